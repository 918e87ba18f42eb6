"""What speaks for a condition's being a term? Names of what holds, weighed; who speaks, and who promises (`term_candidates.py` for its party).

The weights are in `knowledge/terms/weights.toml`, fitted on the corpus's training part by `python -m quality.terms_fit`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from dateline.knowledge.table import load_table, refuse
from dateline.knowledge.terms import load
from dateline.reading.graph import Graph
from dateline.record import Actor, Event, Span, Statement
from dateline.resolving.conditions import Condition
from dateline.resolving.what import OfMark

# Acts that commit whoever does them.
PROMISES = frozenset(("AGREE", "THREATEN", "REJECT", "REQUEST", "CONCEDE"))
# A clause that begins with its promise shares the subject of the one before; a subject stands no farther from its verb.
ELLIPSIS, SUBJECT_WITHIN = 12, 90
_LETS = re.compile(r"(?:could|can|may|might)\b", re.I)
_PASSIVE = re.compile(
    r"\W*(?:(?:not|only|also|never|then|now) )*(?:be|been|get|being)\s+(?:\w+ly )?(?:\w+(?:ed|en|ne|wn)|let|cut|hit|shot|sent|held|met|set|put|given|made|paid|left|built)\b",
    re.I,
)
_OWNED = re.compile(r"(?:his|her|its|their|our|my)\b(?=\s*\w*\s*$|\s)", re.I)
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a term is judged by: the text with its marks, who and what was read in it, and one condition of it."""

    graph: Graph
    of_mark: OfMark
    actors: Mapping[str, Actor]
    events: Sequence[Event]
    statements: Sequence[Statement]
    condition: Condition
    sentence: Span = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentence", self.graph.sentence_of(self.condition.opener[0]))


@cache
def weights(what: Literal["party", "term"]) -> Mapping[str, float]:
    """Weight by name. Raises `KnowledgeError` for what is no number."""
    table = load_table("terms/weights.toml").get(what, {})
    wrong = [k for k, v in table.items() if not isinstance(v, int | float) or not math.isfinite(v)]
    refuse("weights.toml", [f"{what}: no number for {k}" for k in wrong] + ([] if table else [f"no [{what}]"]))
    return {k: float(v) for k, v in table.items()}


def weighed(what: Literal["party", "term"], found: Iterator[str]) -> float:
    """The sum of the weights of what was found."""
    w = weights(what)
    return sum(w.get(f, 0.0) for f in found)


def speaking(statements: Sequence[Statement], span: Span) -> Statement | None:
    """The innermost statement that holds the words."""
    holding = [s for s in statements if any(a <= span[0] and span[1] <= b for a, b in s.content)]
    return min(holding, key=lambda s: sum(b - a for a, b in s.content), default=None)


def said_in(s: Seen) -> Statement | None:
    """The statement that holds the condition or its opener, else the sentence's only one with a speaker."""
    c = s.condition
    said = speaking(s.statements, c.span) or speaking(s.statements, c.opener)
    if said is not None and said.speaker:
        return said
    here = [x for x in s.statements if x.speaker and s.sentence[0] <= x.cue[0] < s.sentence[1]]
    return here[0] if len({x.speaker for x in here}) == 1 else None


@dataclass(frozen=True, slots=True)
class Subject:
    """The mention that a promise's verb has as its subject."""

    actors: tuple[str, ...]
    lets: bool
    passive: bool
    # "His fighters", "its men": somebody else's.
    owned: bool
    # Nothing but an adverb between it and its verb.
    close: bool


def subject(s: Seen) -> Subject | None:
    """Of the promise that the condition hangs on: the last one that has a mention before it."""
    words = load()
    c, text = s.condition, s.graph.text
    start, end = c.main
    if c.wanted:
        start, end = s.sentence[0], c.opener[1]
    promises = [m for m in words.will.finditer(text, start, end)]
    if promises and promises[0].start() - start < ELLIPSIS:  # "…, but would come back": the subject stands before
        start = s.sentence[0]
    mentions = [(i, m) for i, m in s.graph.of("actor") if start <= m.start and m.end <= end and s.of_mark.get(i)]
    floor, best = start, None
    for p in promises:
        before = [
            i
            for i, m in mentions
            if floor <= m.start
            and m.end <= p.start()
            and p.start() - m.end <= SUBJECT_WITHIN
            and not _only_says(s, m.end, p.start())
        ]
        if before:
            mark = s.graph.marks[before[-1]]
            itself = himself(s, mark.span)
            best = Subject(
                (itself,) if itself else s.of_mark[before[-1]], bool(_LETS.match(p.group())), bool(_PASSIVE.match(text, p.end())),
                bool(_OWNED.match(text, mark.start) or _OWNED.search(text[max(0, mark.start - 12) : mark.start])),
                len(text[mark.end : p.start()].split()) < 2,
            )  # fmt: skip
        floor = p.start()
    return best


def _only_says(s: Seen, end: int, promise: int) -> bool:
    """Whether who stands before a promise only says it: "a commander said there would be no talks"."""
    return any(
        end <= x.cue[0] and x.cue[1] <= promise and x.speaker_span and x.speaker_span[1] == end for x in s.statements
    )


_ITSELF = re.compile(r"(?:it|he|she|they)\b", re.I)
_SAID_THAT = re.compile(r"\s(?:that )?[\"“”]?")


def himself(s: Seen, span: Span) -> str | None:
    """The speaker, where a mention is the pronoun right after what it says with: "the opposition said it would"."""
    text = s.graph.text
    if not _ITSELF.fullmatch(text, *span):
        return None
    for x in s.statements:
        if (
            x.speaker
            and x.speaker_span
            and x.speaker_span[1] < span[0]
            and _SAID_THAT.fullmatch(text, x.cue[1], span[0])
        ):
            return x.speaker if x.speaker_span[1] + 1 >= x.cue[0] else None
    return None


def promiser(s: Seen) -> str | None:
    """Who is the actor of the promise, threat or refusal that the condition hangs on: of "vowed", of "refused"."""
    c = s.condition
    start, end = (s.sentence[0], c.opener[1]) if c.wanted else c.main
    told = [
        e
        for e in s.events
        if start <= e.trigger[0] < end
        and e.type in PROMISES
        and e.actor
        and load().will.search(s.graph.text, *e.trigger)
    ]
    if not told:
        return None
    # "Moscow pledged to go on, dashing hopes for a truce that the rebels said they would back": theirs is the later promise.
    later = (himself(s, m.span) for _, m in s.graph.of("actor") if told[-1].trigger[0] < m.start < end)
    return next((a for a in later if a), told[-1].actor[0].id)


def before(s: Seen, sentence: Span) -> Span:
    """The sentence before one; itself where it is the first."""
    return s.graph.sentence_of(max(0, sentence[0] - 2))


def term_features(s: Seen) -> Iterator[str]:
    """What holds of a condition as a term."""
    words, c, text = load(), s.condition, s.graph.text
    yield "bias"
    yield f"form:{c.form}"
    words_of = _WORD.findall(text[slice(*c.opener)].lower())
    opener = " ".join(words_of[:2]) if not c.wanted else "asked"
    yield f"opener:{opener}"
    if c.listed:
        yield "asked:list"
    elif c.wanted and words_of:
        yield f"asked:{words_of[0][:5]}"
    yield "first" if c.first else "last"
    said = text[slice(*c.main)]
    if not (words.will.search(said) or words.refusal.search(said)):
        yield from ("bare", f"bare:{opener}")
    for name, pattern in (("vow", words.vow), ("refusal", words.refusal), ("will", words.will), ("shall", words.shall), ("goes-on", words.goes_on)):  # fmt: skip
        if pattern.search(said):
            yield name
    for name, span in (("main", c.main), ("condition", c.span)):
        yield from _acts(s, name, span)
    yield from _outside(s)
    length = c.span[1] - c.span[0]
    yield f"length:{'short' if length < 20 else 'middle' if length < 120 else 'long'}"


def _acts(s: Seen, name: str, span: Span) -> Iterator[str]:
    """What is told in the condition, or in what hangs on it."""
    done = [e for e in s.events if span[0] <= e.trigger[0] < span[1]]
    if not done:
        yield f"{name}:no-act"
    yield from sorted({f"{name}:{e.status}" for e in done} | {f"{name}:{e.type}" for e in done})
    if load().topic.search(s.graph.text, *span):
        yield f"{name}:topic"
    if load().aside.search(s.graph.text, *span):
        yield f"{name}:aside"


def _outside(s: Seen) -> Iterator[str]:
    """Who says it, and what else its sentence says."""
    words, text = load(), s.graph.text
    told = said_in(s)
    if told is None:
        yield "nobody-speaks"
    elif told.speaker_span and words.onlooker.search(text, *told.speaker_span):
        yield "onlooker"
    elif told.speaker in s.actors:
        yield f"speaker:{s.actors[told.speaker].kind}"  # type: ignore[index]
    outside = rest(s)
    if words.onlooker.search(outside):
        yield "onlooker-near"
    if words.guess.search(outside):
        yield "guess"
    if text[s.sentence[0] : s.sentence[1]].rstrip(" \"”'’").endswith("?"):
        yield "question"


def rest(s: Seen) -> str:
    """The condition's sentence without it."""
    (start, end), span = s.sentence, s.condition.span
    return s.graph.text[start : span[0]] + " " + s.graph.text[span[1] : end]
