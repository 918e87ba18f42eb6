"""Which demands stand in a list? "It set three conditions: …; …; and …", or a sentence that announces them and those after it.

"The front laid down what it wanted. The army must leave Kalma. Second, the airport has to open." -> two
conditions that hang on the first sentence. The words are in `knowledge/terms/conditions.toml`, `[list]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.knowledge.terms import load
from dateline.record import Span, TermForm
from dateline.resolving.conditions import SHORTEST, Condition, said_after, tied

# A list of more sentences is a programme.
MOST = 6
_PARTS = re.compile(r";\s+(?:and |or )?|,\s+(?:and |or )?|\s+and (?=(?:that|an?|the|no|to)\b)", re.I)
_SEMICOLON = re.compile(r";\s+(?:and |or )?", re.I)
_TRIM = " ,;.\n\"“”'"


def listed(text: str, sentences: Sequence[Span]) -> list[Condition]:
    """The items of every list of conditions, in text order; `opener` and `main` are in the sentence that announces them."""
    out: list[Condition] = []
    for n, sentence in enumerate(sentences):
        out += _colon(text, sentence) or _sentences(text, sentence, sentences[n + 1 : n + 1 + MOST])
    return out


def _colon(text: str, sentence: Span) -> list[Condition]:
    """The items behind a colon."""
    found = load().colon.search(text, *sentence)
    if found is None:
        return []
    at = found.end()
    end = said_after(text, (at, sentence[1]), load())
    stop = load().list_ends.search(text, at, end)
    items = list(items_of(text, (at, stop.start() if stop else end)))
    if not all(load().item.match(text, a, b) for a, b in items[:1]):
        return []
    # "Dropped its demand: it would talk if …": no list, and the condition is the one within.
    if len(items) == 1 and any(o.words.search(text, *items[0]) for o in load().openers if o.what == "clause"):
        return []
    form = tied(text, end, "demand")
    return [_one(text, sentence, found.span(), i, form) for i in items]


def _sentences(text: str, sentence: Span, following: Sequence[Span]) -> list[Condition]:
    """The items in the sentences after one that announces them."""
    words = load()
    found = words.announced.search(text, *sentence)
    if found is None:
        return []
    out: list[Condition] = []
    for start, end in following:
        lead = words.ordinal.match(text, start, end)
        if not (lead or words.must.search(text, start, end)) or words.list_ends.search(text, start, end):
            break
        at = lead.end() if lead else start
        for part in _parts(_SEMICOLON, text, (at, end)):
            out.append(_one(text, sentence, found.span(), _trimmed(text, part)))
    return [c for c in out if c.span[1] - c.span[0] >= SHORTEST]


def _one(text: str, sentence: Span, opener: Span, item: Span, form: TermForm = "demand") -> Condition:
    if form == "demand" and load().waits.search(text, *opener):
        form = "until"
    return Condition(form, opener, item, (sentence[0], opener[1]), first=False, wanted=True, listed=True)


def items_of(text: str, span: Span) -> Iterator[Span]:
    """The items of a list, by semicolons where there are any, else by commas and the last "and"; a clause about an item belongs to it."""
    pattern = _SEMICOLON if ";" in text[slice(*span)] else _PARTS
    out: list[Span] = []
    # "That A be freed, B and C return, and that D resign" has two items.
    alike = "that " if text[: span[0]].endswith("that ") and " that " in text[slice(*span)] else ""
    for part in _parts(pattern, text, span):
        start, end = _trimmed(text, part)
        if end - start < SHORTEST:
            continue
        if out and pattern is _PARTS and not (load().item.match(text, start, end) and text.startswith(alike, start)):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    yield from out


def _parts(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[Span]:
    start = span[0]
    for m in pattern.finditer(text, *span):
        yield start, m.start()
        start = m.end()
    yield start, span[1]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end
