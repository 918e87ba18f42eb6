"""What of its sentence does an event belong to: which time dates it, which places did it happen in?

A sum of weights, one for each thing that holds of the event and the time or place
(`clause_features.py`); then the model's link. The weights are in `knowledge/clause.toml`,
fitted on the corpus by `python -m quality.clause_fit`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from dateline.knowledge.table import load_table, refuse
from dateline.reading.graph import Graph, Link, Mark
from dateline.reading.masthead import read_masthead
from dateline.record import Place, Span, Time
from dateline.resolving.clause_features import dates_saying, features, in_phrase, is_excepted, is_record

# A time is taken from this chance on, the likeliest place and further places from these.
TIME_FLOOR, PLACE_FLOOR, MORE_PLACES = 0.3, 0.35, 0.5
# What stands in another sentence needs a link of the model's this strong.
LINK_FLOOR = 0.4
_ORIGIN, _ORIGIN_REACH = re.compile(r"\bfrom(?: the)?(?: (?:north|south|east|west)\w*| central)? $"), 24
# "Haiti's capital", "Sudan's second city of Nyala": the town, not the country.
_OWNER = re.compile(r"['’]s (?:[a-z-]+ ){0,4}?")
_RANGE = re.compile(r"(?: [a-z]+)? to ")
# "the road east from Aleppo", "12 km from Aleppo"
_WAY_FROM = re.compile(r"\b(?:road|highway|route|stretch\w*|north|south|east|west|away|km|kilomet\w+|miles) from\b")
# Acts that a clause of their own does not put where the clause before was; ", and" between the two.
_ELSEWHERE = frozenset(("ACCUSE", "MOBILIZE", "REJECT", "REQUEST", "SANCTION", "THREATEN"))
_COORDINATE = re.compile(r"(?:,|;| and| but)(?: \w+ly)? $")
_PARTED = re.compile(r"[,;:]| and | but ")
_RUN_OF = re.compile(r" of(?: [a-z-]+){0,2} ")
_LASTING = re.compile(r"\b(?:has|have)\b[^;:.]*\bfor (?:(?:the|nearly|almost|about|some|more than|over) )*$")
# Nothing so many characters away is weighed.
_REACH = 600


@cache
def weights(what: Literal["time", "place"]) -> Mapping[str, float]:
    """Weight by feature, with "bias"; and "link", "words", "base" that weigh the model's link against the words."""
    table = load_table("clause.toml")[what]
    wrong = [k for k, v in table.items() if not isinstance(v, int | float) or not math.isfinite(v)]
    missing = [k for k in ("bias", "link", "words", "base") if k not in table]
    refuse("clause.toml", [f"{what}: no number for {name}" for name in (*wrong, *missing)])
    return {k: float(v) for k, v in table.items()}


def chance(what: Literal["time", "place"], found: Iterator[str], link: float) -> float:
    """The chance that the event belongs to the time or place; `link` is the model's score, 0 to 1."""
    w = weights(what)
    link = min(0.99, max(0.02, link))
    words = w["bias"] + sum(w.get(f, 0.0) for f in found)
    return 1 / (1 + math.exp(-w["base"] - w["link"] * math.log(link / (1 - link)) - w["words"] * words))


def dates_events(time: Time) -> bool:
    """Whether an expression names days on which something could have happened."""
    return time.start is not None and time.type != "SET"


def event_time(graph: Graph, event: Mark, links: Sequence[Link], times: Sequence[Time], status: str) -> Time | None:
    """The likeliest time of the event's sentence, else the one that the model links it to; never the publication day.

    `links` are the event's own; `status` is the event's.
    """
    sentence = graph.sentence_of(event.start)
    dated = [(graph.marks[x.target].span, x.score) for x in links if x.kind == "date"]
    near = _near(sentence, event)
    near_by = [t for t in times if dates_events(t) and near[0] <= t.span[0] < near[1]]
    inside = [t for t in near_by if not is_record(graph.text, sentence, event.span, t.span)]
    events = [m.span for _, m in graph.of("trigger") if near[0] <= m.start < near[1]]
    if run := next((t for t in inside if _runs(graph.text, event.span, t, events)), None):
        return run
    best: tuple[float, Time | None] = (TIME_FLOOR, None)
    told = [t for t in inside if t.span[1] <= event.start and dates_saying(graph.text, sentence, t.span)]
    weighed = [t for t in inside if t not in told]
    # "said on Friday that a bomb killed four on Wednesday": where another day is told, that of the saying is not the act's.
    own = any(t.span[0] >= event.end and not _PARTED.search(graph.text, event.end, t.span[0]) for t in weighed)
    weighed = weighed if own else inside
    for t in weighed:
        link = max((x for span, x in dated if _share(span, t.span)), default=0.0)
        held = features(graph.text, sentence, event.span, status, t.span, events, [x.span for x in inside])
        best = max(best, (chance("time", held, link), t), key=lambda b: b[0])
    if best[1] is not None:
        return best[1]
    for span, score in sorted(dated, key=lambda x: -x[1]):
        away = next((t for t in times if dates_events(t) and t not in near_by and _share(span, t.span)), None)
        if score >= LINK_FLOOR and away is not None:
            return away
    return None


def _runs(text: str, event: Span, time: Time, events: Sequence[Span]) -> bool:
    """Whether a run of days is the event's own: "a week of fighting", "have been under siege by rebels for two years"."""
    if time.type != "DURATION":
        return False
    if time.span[1] <= event[0]:
        return _RUN_OF.fullmatch(text, time.span[1], event[0]) is not None
    lasting = _LASTING.search(text[max(0, time.span[0] - _REACH) : time.span[0]])
    if lasting is None:
        return False
    since = max(0, time.span[0] - _REACH) + lasting.start()
    return event == min((e for e in events if since <= e[0] < time.span[0]), default=None)


def event_places(
    graph: Graph,
    event: Mark,
    links: Sequence[Link],
    places: Sequence[Place],
    status: str,
    again: Sequence[tuple[str, Span]] = (),
) -> list[str]:
    """Ids of the places of the event's sentence that it likeliest happened in, and of those elsewhere that the model links it to, best first.

    `again`: words that stand for a place named before, such as "the city", and its id.
    """
    sentence = graph.sentence_of(event.start)
    linked = [(graph.marks[x.target].span, x.score) for x in links if x.kind == "place"]
    near = _near(sentence, event)
    spans = [*((p.id, m) for p in places for m in p.mentions), *again]
    every = [(p, m) for p, m in spans if near[0] <= m[0] < near[1]]
    # "between A and B" is where it happened, not A.
    inside = [(p, m) for p, m in every if not any(_holds(w, m) for _, w in every)]
    barred = {m for _, m in inside if is_excepted(graph.text, event.span, m) or _is_others(graph, event, m)}
    barred |= {m for _, m in inside for _, n in inside if _OWNER.fullmatch(graph.text, m[1], n[0])}
    inside = [(p, m) for p, m in inside if m not in barred]
    events = [m.span for _, m in graph.of("trigger") if near[0] <= m.start < near[1]]
    found: dict[str, float] = {}
    own = {p for p, m in inside if in_phrase(graph.text, m, event.span, events)}
    for name, span in inside:
        link = max((x for s, x in linked if _share(s, span)), default=0.0)
        held = features(graph.text, sentence, event.span, status, span, events, [m for _, m in inside])
        found[name] = max(found.get(name, 0.0), chance("place", held, link))
    weighed = frozenset(found) | {p for p, m in every if m in barred}
    if own:
        # "the Madrid bombings": there and nowhere else.
        return sorted(own, key=lambda p: -found[p])
    best = max(found.values(), default=0.0)
    if whence := {p for p, m in inside if _is_origin(graph.text, m)}:
        # "shelled the city from the hills": where it came from, where another place is where it happened.
        fired = event.labels.get("type") == "ASSAULT" and any(found[p] >= PLACE_FLOOR for p in found if p not in whence)
        only = not fired and max(found, key=lambda q: found[q]) in whence
        found = {p: x for p, x in found.items() if p not in whence or only}
        best = max(found.values(), default=0.0)
    kept = {p: x for p, x in found.items() if x >= MORE_PLACES or x == best >= PLACE_FLOOR}
    if (filed := read_masthead(graph.text).place_span) and sentence[0] <= filed[0] < sentence[1]:
        # "OUAGADOUGOU - Gunmen killed 14 in Dablo": where it was filed.
        there = {p for p in kept if all(_share(filed, m) for q, m in inside if q == p)}
        kept = {p: x for p, x in kept.items() if p not in there} or kept
    for span, score in linked:
        away = (p.id for p in places if p.id not in weighed and any(_share(span, m) for m in p.mentions))
        if score >= LINK_FLOOR:
            kept |= {p: score for p in away}
    return sorted(kept, key=lambda p: -kept[p])


def _is_others(graph: Graph, event: Mark, place: Span) -> bool:
    """Whether a place is that of the act before: "suspended talks in Aden, mobilised reservists and complained".

    What is said, asked, forbidden or called up by a verb with an object of its own happens elsewhere or nowhere in
    particular; blows that follow one another fall in one place.
    """
    if event.labels.get("type") not in _ELSEWHERE or not 0 <= event.start - place[1] <= _REACH:
        return False
    gap, sentence = graph.text[place[1] : event.start], graph.sentence_of(event.start)
    before = [m for _, m in graph.of("trigger") if sentence[0] <= m.start and m.end <= place[0]]
    return bool(before) and _COORDINATE.search(gap) is not None


def _is_origin(text: str, place: Span) -> bool:
    """Whether a place is where something came from: "from the hills", not "from Aleppo to Raqqa", "the road from Aleppo"."""
    lead = text[max(0, place[0] - _ORIGIN_REACH) : place[0]]
    return bool(_ORIGIN.search(lead)) and not _WAY_FROM.search(lead) and not _RANGE.match(text, place[1])


def _near(sentence: Span, event: Mark) -> Span:
    """The part of the sentence around the event that is weighed."""
    return max(sentence[0], event.start - _REACH), min(sentence[1], event.end + _REACH)


def _holds(wide: Span, narrow: Span) -> bool:
    return wide != narrow and wide[0] <= narrow[0] and narrow[1] <= wide[1]


def _share(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
