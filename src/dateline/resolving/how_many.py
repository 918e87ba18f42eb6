"""How many? Counts of people and things with their bounds, and what they count.

`figure_find` finds the numbers, `figure_measure` says what they count, `figure_single` adds
the one victim that no number names ("killing a soldier"). A running total is kept apart
from the toll of one event. `event` and `place` are left for the links to fill in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import cast, get_args

from dateline.reading.graph import Mark, Span
from dateline.record import Figure, Measure, Time
from dateline.resolving.figure_find import Count, find_counts
from dateline.resolving.figure_measure import (
    Reading,
    Sentence,
    head_measure,
    object_verb,
    predicate,
    tokenize,
    unit_after,
)
from dateline.resolving.figure_single import find_singles
from dateline.resolving.figure_words import figure_words

HARM: frozenset[Measure] = frozenset(
    ("killed", "injured", "abducted", "detained", "missing", "displaced", "captured", "released", "besieged")
)
_PEOPLE: frozenset[Measure] = frozenset(("people", "fighters", "troops", "refugees"))
# What is burned or hit is no victim; the measures that only people have.
_NO_VICTIMS: frozenset[Measure | None] = frozenset(("settlements", "homes", "vehicles", "other"))
_COUNTED_ALIVE: frozenset[Measure] = frozenset(("killed", "injured", "detained", "abducted", "released", "missing"))
_TOTALLED: frozenset[Measure] = HARM | _PEOPLE | {"attacks", "violations", "money", "homes", "settlements"}
# How far from a count its cues may stand, in code points; keeps run-on text linear.
_WINDOW = 400
# Below this a reading gives way to the model's.
_DOUBTFUL = 0.6
# Below this a figure that the model does not confirm is left out.
_WEAK = 0.5
# "a delegation of" takes so many code points.
_GROUP = 24
_PART_OF = re.compile(
    r" (?:(?:out )?of) (?:the|its|their|his|her|these|those) (?:(?:some|about|nearly|more than|at least) )?"
)
_SINCE = re.compile(r"\bsince\s+((?:the\s+)?[^,.;]{3,60})", re.IGNORECASE)


def resolve_figures(
    text: str, sentences: Sequence[Span], times: Sequence[Time], marks: Sequence[Mark] = ()
) -> tuple[Figure, ...]:
    """Every figure of `text`, in text order, ids "f1", "f2" …

    `marks` of kind figure, when given, decide doubtful measures
    and add numbers that the rules passed over; a doubtful figure that none touches is dropped.
    """
    blocked = [t.span for t in times]
    counts = find_counts(text, blocked)
    counts = sorted([*counts, *_marked(text, marks, counts)], key=lambda c: c.start)
    figures: list[tuple[Count, Reading, Span]] = []
    for sentence in sentences or ((0, len(text)),):
        inside = [c for c in counts if sentence[0] <= c.number[0] < sentence[1]]
        figures += [(c, r, sentence) for c, r in _in_sentence(text, sentence, inside)]
    out: list[Figure] = []
    for count, reading, sentence in sorted(figures, key=lambda f: f[0].start):
        mark = _mark_on(marks, count)
        if mark is None and reading.confidence < (_DOUBTFUL if marks else _WEAK):
            continue
        if mark and reading.confidence < _DOUBTFUL and mark.labels.get("measure") in get_args(Measure):
            reading = Reading(cast(Measure, mark.labels["measure"]), reading.unit, mark.score)
        cumulative = _is_running(text, sentence, count, reading, out)
        out.append(
            Figure(
                id=f"f{len(out) + 1}", span=(count.start, count.end), low=count.low, high=count.high,
                approximate=count.approximate, measure=reading.measure, unit=reading.unit, cumulative=cumulative,
                since=_since(text, sentence, times) if cumulative else None, confidence=reading.confidence,
            )
        )  # fmt: skip
    return tuple(out)


def _in_sentence(text: str, sentence: Span, counts: Sequence[Count]) -> list[tuple[Count, Reading]]:
    s = tokenize(text, sentence)
    starts = [span[0] for span in s.spans]
    position = {c: max(0, bisect_right(starts, c.number[0]) - 1) for c in counts}
    numbers = frozenset(position.values())
    after = {c: bisect_right(starts, c.number[1] - 1) for c in counts}
    out: list[tuple[Count, Reading]] = []
    previous: tuple[Count, Reading] | None = None
    for count in counts:
        first = max(0, bisect_right(starts, count.start) - 1)
        reading = _read(text, s, count, (first, after[count]), numbers, previous) or Reading("other", None, 0.3)
        out.append((count, reading))
        previous = (count, reading)
    singles = find_singles(s, [(position[c], r.measure) for c, r in out])
    read = sorted([*out, *singles], key=lambda item: item[0].start)
    return read + _sums(text, s, read)


def _read(
    text: str,
    s: Sentence,
    count: Count,
    at: tuple[int, int],
    numbers: frozenset[int],
    previous: tuple[Count, Reading] | None,
) -> Reading | None:
    """The reading of one count: `at` are the tokens where it begins and those after it."""
    by_unit = _by_unit(text, count)
    if by_unit:
        return by_unit
    if previous and _is_compared(text, count):
        return Reading(previous[1].measure, previous[1].unit, previous[1].confidence)
    after = at[1]
    head = head_measure(s, after)
    right = None if previous and _is_whole(text, previous[0], count) else predicate(s, after, numbers)
    if right and right[1] and head is not None and head in _NO_VICTIMS and right[0] in _COUNTED_ALIVE:
        return Reading(head, None, 0.85)
    if right and right[1]:
        return _harm(right[0], head, 0.95)
    by_harm = _by_harm(text, s, count, at, head, right[0] if right else None)
    if by_harm:
        return by_harm
    if previous and previous[1].measure in HARM and not _is_thing(head) and _listed(previous[0], count, text):
        return Reading(previous[1].measure, previous[1].unit, 0.7)
    return _by_head(text, s, count, after, head)


# "214 violations, compared with 96 the day before": of what was counted before.
_COMPARED = re.compile(r"\b(?:compared (?:with|to)|up from|down from|as against|versus)\s+$", re.IGNORECASE)
_ALONE = re.compile(
    r"\s*(?:[.,;)]|(?:the|a|an?|last|on|in|one|two) (?:\w+ )?(?:day|week|month|year|night|hours?)|(?:on|last) [A-Z])"
)


def _is_compared(text: str, count: Count) -> bool:
    """Whether a bare number only tells how many it was at another time."""
    before = text[max(0, count.start - 20) : count.start]
    return _COMPARED.search(before) is not None and _ALONE.match(text, count.end) is not None


def _by_unit(text: str, count: Count) -> Reading | None:
    unit = unit_after(text, count.number[1])
    if count.unit == "percent" or (unit and unit[0] == "share"):
        return Reading("share", "percent", 0.95)
    if count.unit:
        return Reading("money", count.unit, 0.95)
    return Reading(unit[0], unit[1], 0.95) if unit else None


# "The army lost three men"; "lost two games" counts no dead.
_LOST = re.compile(r"\b(?:lost|losing|loses?|loss of)\s+(?:(?:at least|some|about|another)\s+)?$", re.IGNORECASE)


def _by_harm(
    text: str, s: Sentence, count: Count, at: tuple[int, int], head: Measure | None, right: Measure | None
) -> Reading | None:
    """By a verb left of the count, a noun of harm after it, or the passive that follows."""
    first, after = at
    w = figure_words()
    left = object_verb(s, first)
    before = text[max(s.spans[0][0], count.start - _WINDOW) : count.start]
    if left is None and head in _PEOPLE and _LOST.search(before):
        return Reading("killed", "people", 0.85)
    if left is None and w.toll.search(text, max(s.spans[0][0], count.number[0] - _WINDOW), count.number[0]):
        return Reading("killed", "people", 0.85)
    following = takewhile(
        lambda t: t not in w.grammar["prepositions"] or t in ("of", "and", "or"), s.tokens[after : after + 3]
    )
    noun = next((m for t in following if (m := w.nouns_of.get(t))), None)
    if noun and not left and right in (None, noun):
        return Reading(noun, "people", 0.9)
    if left and (not _is_thing(head) or left in ("captured", "released")):
        return _harm(left, head, 0.9)
    if left:
        return Reading(head or "other", None, 0.8)
    return _harm(right, head, 0.85) if right and not _is_thing(head) else None


def _is_thing(head: Measure | None) -> bool:
    return head is not None and head not in _PEOPLE


def _harm(measure: Measure, head: Measure | None, confidence: float) -> Reading:
    if measure in ("captured", "released") and head is not None and _is_thing(head):
        return Reading(head, None, confidence)
    if measure == "displaced" and head in ("troops", "fighters"):
        # Soldiers who fled or were driven back are no displaced people.
        return Reading(head, "people", confidence)
    return Reading(measure, "people", confidence)


def _by_head(text: str, s: Sentence, count: Count, after: int, head: Measure | None) -> Reading | None:
    word = text[slice(*count.number)].lower()
    if head is not None:
        sure = 0.5 if word == "one" else 0.8
        return Reading(head, "people" if head in _PEOPLE else None, sure)
    if word in ("one", "a hundred", "a thousand"):
        return None
    follows = s.tokens[after] if after < len(s.tokens) else ""
    before = [t.lower() for t in text[max(0, count.start - _GROUP) : count.start].split()[-2:]]
    if before[1:] == ["of"] and before[0] in figure_words().grammar["collective"] and not follows.isalpha():
        return Reading("people", "people", 0.8)
    plural = follows.isalpha() and any(t.endswith("s") for t in s.tokens[after : after + 3])
    return Reading("other", None, 0.55 if plural and count.value >= 2 else 0.4)


def _is_whole(text: str, part: Count, count: Count) -> bool:
    """Whether a count is the whole that the one before is a part of: "nine of the 30 hostages were freed"."""
    return _PART_OF.fullmatch(text, part.end, count.start) is not None


def _listed(before: Count, count: Count, text: str) -> bool:
    """Whether two counts are coordinated with no verb between them."""
    between = text[before.end : count.start]
    if len(between) > 70 or re.search(r"[;.(]", between):
        return False
    if not re.search(r"(?:\band\b|,|\bincluding\b|\bas well as\b|\bplus\b)\W*$|including|among them", between):
        return False
    words = re.findall(r"[\w'-]+", between.lower())
    w = figure_words()
    parting = w.grammar["be"] | w.grammar["clause"] | (w.grammar["prepositions"] - {"and", "or", "of", "including"})
    return not any(x in w.active or x in w.passive or x in w.alone or x in parting for x in words)


def _sums(text: str, s: Sentence, read: Sequence[tuple[Count, Reading]]) -> list[tuple[Count, Reading]]:
    """The total of a list: "five assailants and one soldier were killed" tells of six.

    Civilians are not added to soldiers, police or fighters: who counts civilian dead (PITF,
    UCDP's one-sided violence) keeps them apart, and the record holds each part anyway.
    """
    out: list[tuple[Count, Reading]] = []
    run: list[tuple[Count, Reading]] = []
    for item in [*read, None]:
        joined = (
            item is not None
            and run
            and item[1].measure == run[-1][1].measure
            and _listed(run[-1][0], item[0], text)
            and "including" not in text[run[-1][0].end : item[0].start]
        )
        if not joined:
            if len(run) > 1 and run[0][1].measure in ("killed", "injured") and _alike(text, s, [c for c, _ in run]):
                out.append(_sum(run))
            run = []
        if item is not None:
            run.append(item)
    return out


def _alike(text: str, s: Sentence, counts: Sequence[Count]) -> bool:
    """Whether the parts of a list may be added: joined by "and", of one side, not one noun twice."""
    if not re.search(r"\band\s+$", text[counts[-2].end : counts[-1].start]):
        return False
    starts = [span[0] for span in s.spans]
    at = [bisect_right(starts, c.end - 1) for c in counts]
    heads = [
        head_measure(s, i if text[c.start].isdigit() or c.low != 1 else max(0, i - 1))
        for i, c in zip(at, counts, strict=True)
    ]
    armed = {h in ("troops", "fighters") for h in heads if h is not None}
    nouns = [s.tokens[i] if i < len(s.tokens) else "" for i in at]
    return len(armed) < 2 and (len(set(nouns)) == len(nouns) or nouns[0] not in figure_words().heads)


def _sum(run: Sequence[tuple[Count, Reading]]) -> tuple[Count, Reading]:
    counts = [c for c, _ in run]
    lows, highs = [c.low for c in counts], [c.high for c in counts]
    low = None if None in lows else sum(x for x in lows if x is not None)
    high = None if None in highs else sum(x for x in highs if x is not None)
    span = (counts[0].start, counts[-1].end)
    return Count(*span, span, low, high, any(c.approximate for c in counts)), Reading(run[0][1].measure, "people", 0.65)


def _is_running(text: str, sentence: Span, count: Count, reading: Reading, before: Sequence[Figure]) -> bool:
    """Whether words of the count's clause, or those that open the sentence, make it a running total."""
    w = figure_words()
    if reading.measure not in _TOTALLED:
        return False
    if w.bringing.search(text, max(sentence[0], count.number[0] - _WINDOW), count.number[0]):
        return True
    opening = (sentence[0], min(sentence[1], sentence[0] + 60))
    cues = [*w.cumulative.finditer(text, *_clause(text, sentence, count))]
    cues = [m for m in cues if not w.parted.search(text, *sorted((m.end(), count.start, count.end, m.start()))[1:3])]
    cues += [m for m in w.cumulative.finditer(text, *opening) if m.start() < sentence[0] + 3]
    if any(not w.record.search(text, max(sentence[0], m.start() - _WINDOW), m.start()) for m in cues):
        return True
    # "260,000 killed since the war began, with half the population displaced, including four million …"
    return bool(
        before
        and before[-1].cumulative
        and before[-1].span[0] >= sentence[0]
        and re.match(r"[^.;]{0,60}(?:,\swith|including)\b[^.;]*$", text[before[-1].span[1] : count.start])
    )


def _clause(text: str, sentence: Span, count: Count) -> Span:
    """The words around a count up to commas, dashes and semicolons."""
    first, last = max(sentence[0], count.start - _WINDOW), min(sentence[1], count.end + _WINDOW)
    left = max(text.rfind(mark, first, count.start) for mark in (", ", "; ", " -", " –"))
    marks = (", ", "; ", " -", " –", " that ", " which ")
    ends = [i for mark in marks if (i := text.find(mark, count.end, last)) >= 0]
    return (max(left, first), min(ends, default=last))


def _since(text: str, sentence: Span, times: Sequence[Time]) -> str | None:
    """What a running total counts from: the id of the time after "since", or the words there."""
    m = _SINCE.search(text, *sentence)
    if m is None:
        return None
    inside = next((t.id for t in times if m.start(1) <= t.span[0] < min(m.end(1), m.start(1) + 15)), None)
    return inside or m[1].strip()


def _marked(text: str, marks: Sequence[Mark], counts: Sequence[Count]) -> list[Count]:
    """Counts that only the model saw, where the marked words spell a number."""
    out: list[Count] = []
    for mark in marks:
        if mark.kind != "figure" or any(c.start < mark.end and mark.start < c.end for c in counts):
            continue
        found = find_counts(text[mark.start : mark.end], ())
        out += [
            replace(c, start=c.start + mark.start, end=c.end + mark.start,
                    number=(c.number[0] + mark.start, c.number[1] + mark.start))
            for c in found[:1]
        ]  # fmt: skip
    return out


def _mark_on(marks: Sequence[Mark], count: Count) -> Mark | None:
    return next((m for m in marks if m.kind == "figure" and m.start < count.end and count.start < m.end), None)
