"""Whose term is it? The likeliest actor of the condition's sentence, by what the words and the model say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from dateline.knowledge.terms import load
from dateline.reading.graph import Graph
from dateline.record import Statement
from dateline.resolving.acts import log_odds
from dateline.resolving.term_candidates import party_features
from dateline.resolving.term_features import Seen, said_in, subject, weighed
from dateline.resolving.what import OfMark

# How much the model's link weighs beside the words, and the score at which it says nothing.
LINK, NEUTRAL = 1.5, 0.2


def party_of(s: Seen, linked: Mapping[str, float]) -> str | None:
    """The party's id, None where nobody is near. `linked`: the model's score of each actor that it links to the condition."""
    odds = {
        a: weighed("party", iter(f)) + (LINK * (log_odds(linked[a]) - log_odds(NEUTRAL)) if a in linked else 0.0)
        for a, f in party_features(s).items()
    }
    best = max(odds, key=lambda a: odds[a], default=max(linked, key=lambda a: linked[a], default=None))
    return _side(s, best) if best is not None and _only_voices(s, best) else best


def _only_voices(s: Seen, actor: str) -> bool:
    """Whether one without a name says what somebody else would do: "there will be no talks, the rebels' chief said"."""
    sub, said = subject(s), said_in(s)
    who = s.actors.get(actor)
    # "A front commander in the Qalamoun", and a ministry or council of a state.
    nameless = who is not None and (
        (who.kind == "person" and _WHERE.split(who.name)[0].split()[-1].islower())
        or (who.kind == "government" and who.part_of is not None)
    )
    return nameless and said is not None and said.speaker == actor and (sub is None or actor not in sub.actors)


_WHERE = re.compile(r" (?:in|of|at|for|from) ")
# From here on a tie that the model saw names a speaker's side.
SURE_TIE = 0.6


def _side(s: Seen, speaker: str) -> str:
    """Whose official, commander or spokesman a person is; himself where that is not told."""
    if part := s.actors[speaker].part_of:
        return part
    ties = [
        (x.score, a)
        for x in s.graph.links
        if x.kind in ("part-of", "leads") and x.score >= SURE_TIE and speaker in s.of_mark.get(x.source, ())
        for a in s.of_mark.get(x.target, ())
        if a != speaker and a in s.actors and s.actors[a].kind != "person"
    ]
    return max(ties)[1] if ties else speaker


_BOTH = re.compile(r" and (?:the |an? |its |their )?")


def beside(s: Seen, party: str) -> tuple[str, ...]:
    """Whoever promises, wants or refuses together with the party: "A and B will disarm if …" is a term of each."""
    text, outside = s.graph.text, s.condition.span
    marks = [(i, m) for i, m in s.graph.of("actor") if s.sentence[0] <= m.start < s.sentence[1] and s.of_mark.get(i)]
    for (i, a), (j, b) in pairwise(marks):
        pair = (s.of_mark[i][0], s.of_mark[j][0])
        if party not in pair or pair[0] == pair[1] or not _BOTH.fullmatch(text, a.end, b.start):
            continue
        if (b.end <= outside[0] or a.start >= outside[1]) and load().joint.match(text, b.end):
            return tuple(x for x in pair if x != party)
    return ()


def spoken_for(graph: Graph, of_mark: OfMark, statements: Sequence[Statement]) -> dict[str, str]:
    """Speaker, and whom its description names -> the side in whose name it speaks: "Speaking for the opposition, the head of X said"."""
    out: dict[str, str] = {}
    for i, m in graph.of("actor"):
        start, end = graph.sentence_of(m.start)
        if i not in of_mark or not of_mark[i] or not load().speaks_for.search(graph.text[start : m.start]):
            continue
        side = _whose(graph, of_mark, m.end) or of_mark[i][0]
        for s in statements:
            if not s.speaker or not start <= s.cue[0] < end:
                continue
            named = (of_mark.get(j, ()) for j, x in graph.of("actor") if m.end <= x.start and x.end <= s.cue[0])
            for speaker in (s.speaker, *(a for ids in named for a in ids)):
                if speaker != side:
                    out.setdefault(speaker, side)
    return {speaker: side for speaker, side in out.items() if side not in out}


_OWNS = re.compile(r"['’`]s?\s+([^\W\d_]+)")


def _whose(graph: Graph, of_mark: OfMark, end: int) -> str | None:
    """ "Syria's opposition", marked "Syria": the side that another mention names with that noun; None where nothing is owned."""
    owned = _OWNS.match(graph.text, end)
    if owned is None:
        return None
    noun = owned[1].lower()
    same = (
        of_mark[i][0]
        for i, m in graph.of("actor")
        if of_mark.get(i) and graph.text[m.start : m.end].lower().endswith(noun)
    )
    return next(same, None)
