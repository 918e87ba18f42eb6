"""Which spans name places? The rules' and the model's, where no actor stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.knowledge.places import Gazetteer
from dateline.knowledge.places.fold import fold
from dateline.knowledge.places.tables import place_words
from dateline.reading.graph import Graph, Span
from dateline.reading.masthead import read_masthead
from dateline.resolving.what import overlap
from dateline.resolving.where import find_toponyms

# A toponym that only the model saw is taken from this score on.
SURE = 0.8
_IN = re.compile(
    r"\b(?:in|at|near|to|into|from|inside|outside|across|around|through|throughout|within|over)(?: the)? $"
)
_SHORT = re.compile(r"(?:[Tt]he )?(?:U\.\s?S\.|U\.\s?K\.|US|UK)")
_JOINED = re.compile(r"(?: and|,| or) ([A-Z][a-z]+)")
_NEXT = re.compile(r" (?:(?:suicide|car|truck|bus|metro|train|peace|hostage|mosque|airport) )?([a-z]+)")
_OF_ONE = re.compile(r"(?:\b(?:the|this|a|last)|\d|['’]s) $", re.IGNORECASE)
# "the Sule pagoda", "the Azov regiment", "Minsk peace accords"; the tens of thousands, log10, that make a town large.
_THING, _LARGE = re.compile(r" (?:peace |ceasefire )?([a-z]+)\b"), 4.7
_OWN, _TO, _FROM = re.compile(r"['’]s? ([a-z]+)\b"), re.compile(r"\b([a-z]+) to $"), re.compile(r"\b([a-z]+) from $")
# "AQAP", which no gazetteer has, is a body.
_ACRONYM = re.compile(r"[A-Z]{3,5}")
# "the Somali town of Af Urur": whose town it is.
_TOWN = re.compile(r" (?:[a-z-]+ ){0,2}?(?:town|village|city|port|hamlet|capital)s?\b")
_NOUN = re.compile(r" ([a-z]+)\b")
# "(SANA)" in a dateline or at the foot is whoever filed the report.
_CREDITED = re.compile(r"\([A-Z]{3,6}\)")
# "the Interim Force in Lebanon", "the Tribunal for Rwanda": the state in a body's name.
_BODY_OF = re.compile(r"\b[A-Z][\w-]+ ([A-Z][a-z]+) (?:in|for|to|on|of)(?: the)? $")
# "The U.N. force": the body, not the town of Un.
_ABBREVIATED = re.compile(r"(?:[Tt]he )?(?:[A-Z]\.){2,}")


@dataclass(frozen=True, slots=True)
class Toponyms:
    """`named`: places, with scores, apart from each other; `aside`: names in actors, which tell where the report is."""

    named: list[tuple[Span, float]]
    aside: list[Span]


def toponyms(graph: Graph, gazetteer: Gazetteer) -> Toponyms:
    """Which spans name places, and which only tell where the report is.

    A name that the model reads as an actor is no place where a state or its capital may be meant
    ("Moscow said", "Egypt proposed"), unless a word of place stands before it ("in Moscow"); a town
    that an actor is called after is one ("Mopti police", "Gainesville Police Department"), but not in the
    name of a body that stands for itself ("Kurdistan Freedom Falcons", "Gaza Strip Authority").
    """
    actors = [m.span for _, m in graph.of("actor")]
    filed = read_masthead(graph.text).agency_span

    def taken(span: Span) -> bool:
        if _is_no_place(graph.text, span, gazetteer) or (filed and overlap(filed, span)):
            return True
        inside = [a for a in actors if overlap(a, span)]
        state = _is_state(graph.text[slice(*span)], gazetteer)
        if state and (_is_sender(graph.text, span) or _names_body(graph.text, span)):
            return True
        if inside and not state and _ABBREVIATED.fullmatch(graph.text, *span):
            return True
        if not inside or _across(graph.text, span, inside):
            return False
        if state and _dates_a_deed(graph.text, span, gazetteer):
            return False
        if state and _is_party(graph.text, span):
            return True
        if state:
            return span not in inside or not _IN.search(graph.text, max(0, span[0] - 12), span[0])
        if not gazetteer.exact(graph.text[slice(*span)]):
            return True
        return span not in inside and _in_name(graph, span, inside)

    found = [f for f in find_toponyms(graph.text, graph.sentences, gazetteer) if not _is_body(graph.text, f[0])]
    aside = [s for s, _ in found if taken(s)]
    by_rule = [(s, x) for s, x in found if s not in aside]
    by_model = [
        (m.span, m.score)
        for _, m in graph.of("place")
        if m.score >= SURE
        and _is_named(graph.text[m.start : m.end])
        and not _is_body(graph.text, m.span)
        and not (
            _ACRONYM.fullmatch(graph.text, m.start + _article(graph.text, m.span), m.end)
            and not gazetteer.exact(graph.text[slice(*m.span)])
        )
        and m.span not in actors
        and not _is_no_place(graph.text, m.span, gazetteer)
        and not any(overlap(m.span, s) for s, _ in by_rule)
    ]
    return Toponyms(by_rule + by_model, aside)


def _is_no_place(text: str, span: Span, gazetteer: Gazetteer) -> bool:
    """Whether the words around a name, or the name alone, leave it no place, whoever acts."""
    return (
        _is_seat(text, span)
        or _is_adjective(text, span, gazetteer)
        or _is_thing(text, span, gazetteer)
        or _is_peoples(text, span, gazetteer)
        or _CREDITED.fullmatch(text, span[0] - 1, span[1] + 1) is not None
    )


def _is_seat(text: str, span: Span) -> bool:
    """Whether a house stands for the government in it: "the Kremlin denied", not "outside the Kremlin"."""
    name = fold(text[slice(*span)]).removeprefix("the ")
    return name in place_words().seats and not _IN.search(text, max(0, span[0] - 16), span[0] + _article(text, span))


def _is_thing(text: str, span: Span, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of a pact, a unit or a sight: "the Minsk agreements", "the Sule pagoda"."""
    name, _, last = text[slice(*span)].rpartition(" ")
    after = _THING.match(text, span[1])
    if name and last in place_words().sights | place_words().things:
        kind = last
    elif after is not None:
        name, kind = text[slice(*span)], after[1]
    else:
        return False
    if kind in place_words().things:
        return True
    return kind in place_words().sights and max((c.importance for c in gazetteer.exact(name)), default=0.0) < _LARGE


def _is_party(text: str, span: Span) -> bool:
    """Whether a capital stands for its state by what is asked by it or given to it: "at Bogota's request"."""
    wish, given = _OWN.match(text, span[1]), _TO.search(text, max(0, span[0] - 24), span[0])
    return bool((wish and wish[1] in place_words().wishes) or (given and given[1] in place_words().given))


def _is_sender(text: str, span: Span) -> bool:
    """Whether a state is who gives or says what it is named for: "no comment from Ankara", "support from Canada"."""
    sent = _FROM.search(text, max(0, span[0] - 24), span[0])
    return sent is not None and sent[1] in place_words().sent


def _names_body(text: str, span: Span) -> bool:
    """Whether a state ends the name of a mission or a court: "the United Nations Interim Force in Lebanon"."""
    body = _BODY_OF.search(text, max(0, span[0] - 60), span[0])
    return body is not None and body[1].lower() in place_words().missions


def _is_body(text: str, span: Span) -> bool:
    """Whether a name is no place whatever gazetteers have: Un is a town of India, Red Cross one of Pennsylvania."""
    return fold(text[slice(*span)]).removeprefix("the ") in place_words().bodies


def _is_peoples(text: str, span: Span, gazetteer: Gazetteer) -> bool:
    """Whether a people's name says whose a town or an army is: "the Somali town of Af Urur", not "the Somali region"."""
    name = text[slice(*span)]
    people, _, kind = name.partition(" ")
    if kind:
        return _TOWN.fullmatch(f" {kind}") is not None and kind != "capital" and gazetteer.demonym(people) is not None
    if gazetteer.demonym(name) is None or any(c.feature == "PCLI" for c in gazetteer.exact(name)):
        return False
    noun = _NOUN.match(text, span[1])
    return noun is not None and (_TOWN.match(text, span[1]) is not None or noun[1] in place_words().owned)


def _article(text: str, span: Span) -> int:
    return 4 if text[span[0] : span[0] + 4].lower() == "the " else 0


def _is_adjective(text: str, span: Span, gazetteer: Gazetteer) -> bool:
    """ "U.S. and British warplanes": the abbreviation says whose they are."""
    if not _SHORT.fullmatch(text, *span):
        return False
    other = _JOINED.match(text, span[1])
    return other is not None and gazetteer.demonym(other[1]) is not None


def _dates_a_deed(text: str, span: Span, gazetteer: Gazetteer) -> bool:
    """ "the Madrid bombings": where it happened, not whose it was; a country's name may say either."""
    after = _NEXT.match(text, span[1])
    if after is None or after[1] not in place_words().deeds or not _OF_ONE.search(text[max(0, span[0] - 8) : span[0]]):
        return False
    return gazetteer.exact(text[slice(*span)])[0].feature != "PCLI"


def _is_named(words: str) -> bool:
    """A toponym has a capital letter; "the capital" stands for one that has."""
    if fold(words).removeprefix("the ") in place_words().compass:
        return False
    return any(c.isupper() for c in words) or "capital" in words


def _across(text: str, span: Span, actors: list[Span]) -> bool:
    """Whether the toponym reaches beyond every actor: the actor is named after it, not it after the actor."""
    start = span[0] + 4 * (text[span[0] : span[0] + 4].lower() == "the ")
    return all(start < a or e < span[1] for a, e in actors)


def _in_name(graph: Graph, span: Span, actors: list[Span]) -> bool:
    """Whether the toponym goes on as a body's own name: "Kurdistan Freedom Falcons", not "Mopti Police"."""
    end = max(e for _, e in actors)
    following = graph.text[span[1] : end].lstrip(" -'s")
    word = following.split(" ")[0].strip(".,'’").lower()
    return following[:1].isupper() and word not in place_words().attributive


def _is_state(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a state may be meant: its name or its capital's."""
    return any(c.precision == "country" or c.feature == "PPLC" for c in gazetteer.exact(name)[:3])
