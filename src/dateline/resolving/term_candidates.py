"""Who may be a condition's party, and what speaks for each? Names of what holds, weighed (`term_features.py`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.knowledge.terms import load
from dateline.reading.graph import Mark
from dateline.record import Span, Statement
from dateline.resolving.term_features import PROMISES, Seen, Subject, before, promiser, said_in, speaking, subject

_WE = re.compile(r"\b(?:we|us|our|I|my|me|we'll|we’ll|I'll|I’ll)\b")


def role(s: Seen, said: Statement) -> str:
    """What the speaker is called: "spokesman", "office" (a ministry, a delegation, an official), "head", else "name"."""
    words = load()
    span = said.speaker_span
    if span is None:
        return "none"
    start = max(s.graph.sentence_of(span[0])[0], span[0] - 60)
    around = s.graph.text[start : span[1]] + s.graph.text[span[1] : span[1] + 50].partition(".")[0]
    if words.spokesman.search(s.graph.text[slice(*span)]) or words.spokesman.search(around):
        return "spokesman"
    if words.office.search(s.graph.text[slice(*span)]):
        return "office"
    return "head" if words.head.search(around) else "name"


def candidates(s: Seen) -> list[str]:
    """Actors that may be the party: of the sentence and the two before it, the speaker, and what the speaker is part of."""
    start = before(s, before(s, s.sentence))[0]
    out: dict[str, None] = {}
    for i, m in s.graph.of("actor"):
        if start <= m.start < s.sentence[1]:
            out |= dict.fromkeys(s.of_mark.get(i, ()))
    said = said_in(s)
    if said is not None and said.speaker:
        out[said.speaker] = None
        part = s.actors[said.speaker].part_of if said.speaker in s.actors else None
        if part:
            out[part] = None
    return list(out)


def _in_his_words(s: Seen) -> Seen:
    """With the main clause cut to what the condition's speaker says: "dashing hopes for a truce that [the rebels said it would back] if"."""
    c = s.condition
    said = speaking(s.statements, c.span) or speaking(s.statements, c.opener)
    if said is None or said.speaker_span is None or c.first or c.wanted:
        return s
    start = said.speaker_span[0]
    if not (c.main[0] < start < said.cue[0] < c.opener[0] and all(a >= said.cue[1] for a, _ in said.content)):
        return s
    return replace(s, condition=replace(c, main=(start, c.main[1])))


def party_features(s: Seen) -> dict[str, list[str]]:
    """What holds of each candidate."""
    s = _in_his_words(s)
    said, vower, last = said_in(s), promiser(s), before(s, s.sentence)
    firsts = {"sentence-first": _first(s, s.sentence), "previous-first": _first(s, last) if last != s.sentence else ()}
    spoke = {x.speaker for x in s.statements if last[0] <= x.cue[0] < last[1] != s.sentence[1]}
    kind = _kind(s)
    out: dict[str, list[str]] = {}
    sub, found = subject(s), candidates(s)
    marks: dict[str, list[Mark]] = {a: [] for a in found}
    for i, m in s.graph.of("actor"):
        for a in s.of_mark.get(i, ()):
            if a in marks:
                marks[a].append(m)
    for a in found:
        f = [*_standing(s, a, marks[a]), *_speaking(s, a, said, sub)]
        f += ["promiser", f"promiser:{kind}"] if a == vower else []
        f += [name for name, who in firsts.items() if a in who]
        f += ["previous-speaker"] if a in spoke else []
        f += ["previous-speaker:nobody-now"] if a in spoke and said is None else []
        f += ["far"] if "elsewhere" in f and not any(last[0] <= m.start < last[1] for m in marks[a]) else []
        out[a] = f
    return out


def _kind(s: Seen) -> str:
    return "first" if s.condition.first else "wanted" if s.condition.wanted else "last"


def _speaking(s: Seen, a: str, said: Statement | None, sub: Subject | None) -> Iterator[str]:
    """How an actor stands to the one who speaks and to the subject of the promise."""
    speaker, kind = said.speaker if said else None, _kind(s)
    called = role(s, said) if said else "none"
    side = s.actors[speaker].part_of if speaker in s.actors else None  # type: ignore[index]
    if speaker is None:
        yield "no-speaker"
    elif a == speaker:
        yield from ("speaker", f"speaker:{called}", f"speaker:{kind}")
        if said and said.quoted:
            yield "speaker:quoted"
        if _WE.search(s.graph.text, *s.condition.main):
            yield from ("speaker:we", f"speaker:{called}:we")
        if sub is not None and sub.owned and a not in sub.actors:
            yield from ("speaker:his-own", f"speaker:{called}:his-own")
        yield from _beside(a, side, called, sub)
    elif side is not None and a == side:
        yield from ("side", f"side:{called}")
        if _WE.search(s.graph.text, *s.condition.main):
            yield "side:we"
    if sub is not None and a in sub.actors:
        yield from ("subject", f"subject:{kind}")
        yield from ("subject:lets",) if sub.lets else ()
        yield from ("subject:passive",) if sub.passive else ()
        yield from ("subject:owned",) if sub.owned else ()
        yield from ("subject:close",) if sub.close else ()
        if speaker is not None and a not in (speaker, side):
            yield f"subject:other-speaks:{called}"


def _beside(speaker: str, side: str | None, called: str, sub: Subject | None) -> Iterator[str]:
    """How the speaker stands to the subject."""
    if sub is None:
        yield "speaker:no-subject"
    elif sub.passive or sub.lets:
        yield "speaker:subject-done-to"
    elif side in sub.actors:
        yield from ("speaker:side-is-subject", f"speaker:{called}:side-is-subject")
    elif speaker not in sub.actors:
        yield from ("speaker:other-subject", f"speaker:{called}:other-subject")


def _first(s: Seen, sentence: Span) -> tuple[str, ...]:
    return next(
        (s.of_mark[i] for i, m in s.graph.of("actor") if sentence[0] <= m.start < sentence[1] and s.of_mark.get(i)), ()
    )


def _standing(s: Seen, actor: str, marks: Sequence[Mark]) -> Iterator[str]:
    """Where an actor with these marks stands and what it does, apart from speaking and promising."""
    c = s.condition
    kind = s.actors[actor].kind if actor in s.actors else "other"
    yield f"kind:{kind}"
    here = [m for m in marks if s.sentence[0] <= m.start < s.sentence[1]]
    if not here:
        yield "elsewhere"
    inside = [m for m in here if c.span[0] <= m.start < c.span[1]]
    if inside:
        yield "in-condition"
        if len(inside) == len(here):
            yield "only-in-condition"
        if inside[0].start - c.span[0] < 6:
            yield "condition's-subject"
    yield from _in_main(s, here)
    for name, span in (("main", c.main), ("condition", c.span)):
        done = [e for e in s.events if span[0] <= e.trigger[0] < span[1]]
        if any(p.id == actor for e in done for p in e.actor):
            yield f"{name}-actor"
        if any(p.id == actor for e in done for p in e.recipient):
            yield f"{name}-recipient"
    vows = [e for e in s.events if s.sentence[0] <= e.trigger[0] < s.sentence[1] and e.type in PROMISES]
    if any(p.id == actor for e in vows for p in e.actor):
        yield "vows"


def _in_main(s: Seen, here: Sequence[Mark]) -> Iterator[str]:
    """Whether an actor, whose mentions in the sentence are given, stands in what hangs on the condition, and whether first."""
    start, end = s.condition.main
    within = [m for m in here if start <= m.start < end]
    if not within:
        return
    yield "in-main"
    if not any(start <= m.start < within[0].start for i, m in s.graph.of("actor") if s.of_mark.get(i)):
        yield from ("main-first", f"main-first:{_kind(s)}")
    if within[0].start - start < 5:
        yield "main-begins"
