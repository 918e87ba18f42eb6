"""What holds of an event and a time or place of its sentence, as names of features.

Which comes first, how far apart they are and what stands between; whether another event or
time is nearer; what stands right before each of them; whether both stand in one noun phrase
("the July 14 attack"), the time opens the sentence or dates what somebody said. Words are in
`knowledge/clause_words.toml`; what each feature weighs is in `knowledge/clause.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from dateline.knowledge.table import load_table, refuse
from dateline.reading.graph import Span

_WORD = re.compile(r"[A-Za-z'’`-]+|[,;:—–]| - ")
# The first words of a sentence end within so many; a noun phrase holds so many words, a phrase in front so many code points.
_OPENING, _PHRASE_WORDS, _FRONT = 60, 4, 80
_TIED = re.compile(r"\s(?:after|before)\s")
_APART = re.compile(r'[,;:—–"“”()]')
_RECORD = re.compile(r"\b(?:worst|first|biggest|most|\w{3,}est)\b[^.;]*$")
_RELATIVE = re.compile(r"\b(?:who|which|that|where)\b(?: [a-z]+){0,2} $")
_QUOTE = re.compile(r'["“”]')
_PERFECT = re.compile(r"\b(?:has|have)\b(?:\W+\w+){0,3}\W*$")
_LEAD = 40
_POSSESSIVE = ("'s", "’s", "`s")


@cache
def _words() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Table, key -> words. Raises `KnowledgeError` with every key that is missing or empty."""
    wanted = {
        "between": (), "lead": (), "phrase": ("apart",), "saying": ("cues",), "front": ("words",), "except": ("words",),
    }  # fmt: skip
    tables = load_table("clause_words.toml")
    bad = [f"{t}: missing or empty" for t in wanted if not tables.get(t)]
    bad += [f"{t}.{k}: no words" for t, keys in wanted.items() for k in keys if not tables.get(t, {}).get(k)]
    refuse("clause_words.toml", bad)
    return {t: {k: frozenset(v) for k, v in tables[t].items()} for t in wanted}


@cache
def _kinds(table: str) -> Mapping[str, str]:
    """Word -> its kind."""
    return {w: kind for kind, words in _words()[table].items() for w in words}


@cache
def _saying() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A word of saying that ends right before a time, and one that begins right after it."""
    cue = f"(?:{'|'.join(sorted(_words()['saying']['cues']))})"
    told = r"(?: (?:\w+ ){0,3}?(?:reporters|journalists|parliament|lawmakers))?"
    before = rf"\b{cue}{told}(?: (?:in|from|at) \w+)?,?(?: (?:on|late on|early on|late|early|in|over))? *$"
    return re.compile(before), re.compile(rf" *,? {cue}\b")


def dates_saying(text: str, sentence: Span, time: Span) -> bool:
    """Whether a time says when somebody spoke: "the army said on Friday"."""
    return _saying()[0].search(text[max(sentence[0], time[0] - 60) : time[0]]) is not None


def features(
    text: str, sentence: Span, event: Span, status: str, time: Span, events: Sequence[Span], times: Sequence[Span]
) -> Iterator[str]:
    """Names of what holds of an event and a time, or a place in the place of it.

    `events` and `times` are all spans of the sentence, the two asked of included.
    """
    before = time[1] <= event[0]
    gap = (time[1], event[0]) if before else (event[1], time[0])
    order = "time-event" if before else "event-time" if event[1] <= time[0] else "inside"
    yield order
    words = [m[0].lower() for m in _WORD.finditer(text, *gap)] if gap[0] < gap[1] else []
    n = sum(w[0].isalpha() for w in words)
    yield f"words:{'0-2' if n < 3 else '3-6' if n < 7 else '7-12' if n < 13 else '13-20' if n < 21 else '21-'}"
    between = _kinds("between")
    for kind in sorted({between[w] for w in words if w in between}):
        yield f"{order}:{kind}"
    if (tie := _TIED.match(text, time[1])) and not any(tie.end() <= e[0] < event[0] for e in events):
        yield "tied" if before else "tied-to-another"
    yield f"{order}:commas:{min(2, words.count(','))}"
    inner = sum(gap[0] <= e[0] and e[1] <= gap[1] for e in events)
    yield f"{order}:events-between:{min(2, inner)}"
    if min(events, key=lambda e: abs(e[0] - time[0]), default=event) == event:
        yield "nearest-event"
    nearest = min(times, key=lambda t: abs(t[0] - event[0]), default=time)
    if nearest != time:
        yield "nearer-time"
    elif len(times) > 1:
        yield "nearest-time-of-several"
    if len(_QUOTE.findall(text, *gap)) % 2:
        yield f"{order}:quote"
    yield f"status:{status}"
    yield from _of_event(text, sentence, event, order)
    yield from _of_time(text, sentence, event, time, order)
    if before and (other := max((e for e in events if e[1] <= time[0]), default=None)):
        clause = _RELATIVE.search(text[max(sentence[0], other[0] - _LEAD) : other[0]])
        if clause and not _APART.search(text, *gap):
            yield "in-relative"
    yield from _phrases(text, sentence, event, time, events)


def _of_event(text: str, sentence: Span, event: Span, order: str) -> Iterator[str]:
    """What stands right before the event, and how it ends."""
    lead = text[max(sentence[0], event[0] - 14) : event[0]].lower().split()
    if "had" in lead[-2:] or "having" in lead[-2:]:
        yield f"{order}:had"
    if lead[-1:] == ["to"]:
        yield f"{order}:infinitive"
    kind = _lead(text, sentence, event)
    yield f"{order}:lead:{kind}"
    word = text[event[0] : event[1]].lower()
    if word.endswith("ing"):
        yield f"{order}:-ing"
        if kind == "comma":
            yield f"{order}:comma-ing"
    elif not word.endswith("ed"):
        yield f"{order}:{'-ion' if word.endswith(('ion', 'ment', 's')) else 'other-end'}"


def _lead(text: str, sentence: Span, event: Span) -> str:
    """The kind of word right before the event."""
    words = _WORD.findall(text, max(sentence[0], event[0] - _LEAD), event[0])
    while words and words[-1].endswith("ly"):
        words.pop()
    if not words:
        return "start"
    word = words[-1].lower()
    if word == ",":
        return "comma"
    return _kinds("lead").get(word) or ("possessive" if word.endswith(_POSSESSIVE) else "other")


def _of_time(text: str, sentence: Span, event: Span, time: Span, order: str) -> Iterator[str]:
    """What stands at the time."""
    if time[0] - sentence[0] <= _OPENING and len(text[sentence[0] : time[0]].split()) <= 2:
        yield "opens-sentence"
    held = text[max(sentence[0], time[0] - 12) : time[0]].lower().split()
    last = held[-1] if held else ""
    yield f"after:{last if last in _words()['lead']['preposition'] or last == 'to' else 'other'}"
    perfect = _PERFECT.search(text[max(sentence[0], event[0] - _LEAD) : event[0]])
    if last == "since":
        yield "since:perfect" if perfect else "since:other"
    elif perfect:
        yield f"{order}:perfect"
    if text.startswith(_POSSESSIVE, time[1]):
        yield f"{order}:possessive"
    ahead, behind = _saying()
    if said := ahead.search(text[max(sentence[0], time[0] - 60) : time[0]]):
        start = max(sentence[0], time[0] - 60) + said.start()
        yield f"{order}:saying:{'own' if start < event[1] and event[0] < time[0] else 'before'}"
    elif said := behind.match(text, time[1], min(sentence[1], time[1] + 60)):
        yield f"{order}:saying:{'own' if said.start() <= event[0] < said.end() else 'after'}"


def _phrases(text: str, sentence: Span, event: Span, time: Span, events: Sequence[Span]) -> Iterator[str]:
    """Whether the two stand in one noun phrase, or the time opens the sentence within a longer one."""
    if in_phrase(text, time, event, events):
        yield "attributive"
    elif any(e != event and in_phrase(text, time, e, events) for e in events):
        yield "attributive-to-another"
    if time[1] > event[0]:
        return
    if time[0] - sentence[0] <= _FRONT and text.startswith(",", time[1]):
        first = _WORD.match(text, sentence[0])
        if first and first[0].lower() in _words()["front"]["words"]:
            yield "fronted"


def is_record(text: str, sentence: Span, event: Span, time: Span) -> bool:
    """Whether the time only says how rare the event is: "the worst raid since 2009"."""
    since = text[max(event[1], time[0] - 60) : time[0]]
    lead = text[max(sentence[0], event[0] - _LEAD) : event[0]]
    return event[1] <= time[0] and re.search(r"\bsince\b", since) is not None and _RECORD.search(lead) is not None


@cache
def _excepting() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{'|'.join(sorted(_words()['except']['words']))})(?: (?:in|at|for|from|around|near))?(?: the)? $"
    )


def is_excepted(text: str, event: Span, place: Span) -> bool:
    """Whether words before a place say that it is not there: "lifted everywhere except in Omdurman, where …"."""
    return (
        not text.startswith(", where", place[1], max(place[1], event[0]))
        and _excepting().search(text, max(0, place[0] - _LEAD), place[0]) is not None
    )


def in_phrase(text: str, time: Span, event: Span, events: Sequence[Span]) -> bool:
    """Whether the time stands before the event in its own noun phrase: "Tuesday's attack", "the July 14 Nice attack"."""
    if not time[1] <= event[0] <= time[1] + _LEAD or _APART.search(text, time[1], event[0]):
        return False
    words = [w.lower() for w in _WORD.findall(text, time[1], event[0])]
    if len(words) > _PHRASE_WORDS + 1 or any(time[1] <= e[0] < event[0] for e in events):
        return False
    if {*_words()["phrase"]["apart"], *_words()["lead"]["preposition"]} & set(words):
        return False
    lead = text[max(0, time[0] - 12) : time[0]].lower().split()
    return text.startswith(_POSSESSIVE, time[1]) or (
        bool(lead)
        and (lead[-1] in _words()["lead"]["determiner"] or lead[-1].isdigit() or lead[-1].endswith(_POSSESSIVE))
    )
