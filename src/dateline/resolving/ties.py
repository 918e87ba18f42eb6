"""Who stands with whom? Ties that the model saw, and those that a form of words gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product

from dateline.knowledge.actors import Register
from dateline.reading.graph import Graph
from dateline.record import Actor, Event, Relation, RelationKind, Span
from dateline.resolving.behind import behind
from dateline.resolving.ties_held import has_office, is_apart, is_gone, is_past, is_to_come, stands
from dateline.resolving.ties_owned import LEADER, SECOND, leads_by_words
from dateline.resolving.what import OfMark, overlap
from dateline.resolving.who_inside import COMPOUND, HEADS

COMPOUND_KIND: Mapping[str, RelationKind] = {
    "backed": "backs", "supported": "backs", "funded": "backs", "armed": "backs", "allied": "allied", "aligned": "allied",
    "led": "leads", "linked": "allied", "affiliated": "allied",
}  # fmt: skip
SYMMETRIC = frozenset(("fights", "allied"))


def resolve_relations(
    graph: Graph,
    of_mark: OfMark,
    actors: Sequence[Actor],
    register: Register,
    published: date | None,
    events: Sequence[Event] = (),
) -> tuple[Relation, ...]:
    """Relations `r1`…, each tie between two actors once, with its strongest evidence."""
    best, of = _Best(), {x.id: x for x in actors}
    together, compounds = _together(events), list(_compounds(graph, of_mark, actors, register))
    for kind, a, b, score, span in _seen(graph, of_mark):
        belied = (kind == "fights" and {a, b} in together and score < APART) or (
            kind == "backs" and (_backed_by_another(a, b, span, compounds) or _goes_against(graph.text, span))
        )
        if not belied and stands(kind, of[a], of[b], score, register, published):
            best.keep(kind, a, b, score, span)
    for kind, a, b, span in compounds:
        best.keep(kind, a, b, 0.95, span)
    persons = {x.id for x in actors if x.kind == "person"}
    for kind, a, b, span in _offices(graph.text, actors, register, published):
        best.pop(("part-of" if kind == "leads" else "leads", a, b), None)
        if a in persons:  # who holds an office belongs there, whatever stands near
            for there in [k for k, (score, _) in best.items() if _elsewhere(k, a, b, score)]:
                del best[there]
        best.keep(kind, a, b, 0.6, span)
    for a, b, span in leads_by_words(graph, of_mark, actors):
        if stands("leads", of[a], of[b], 0.6, register, published):
            best.keep("leads", a, b, 0.6, span)
    for kind, a, b, span, score in _at_war(graph.text, events):
        best.keep(kind, a, b, score, span)
    best.part()
    best.lower({k for k in best if k[0] == "leads" and _serves_only(graph.text, of[k[1]], of[k[2]])})
    order = sorted(best.items(), key=lambda x: (x[1][1], x[0]))
    return tuple(
        Relation(id=f"r{n + 1}", kind=kind, from_=a, to=b, span=span, confidence=round(score, 2))
        for n, ((kind, a, b), (score, span)) in enumerate(order)
    )


class _Best(dict[tuple[RelationKind, str, str], tuple[float, Span]]):
    """Each tie with its strongest evidence; one that holds both ways stands once."""

    def keep(self, kind: RelationKind, a: str, b: str, score: float, span: Span) -> None:
        there, back = (kind, a, b), (kind, b, a)
        if kind in SYMMETRIC and back in self:
            if score <= self[back][0]:
                return
            del self[back]
        if a != b and score > self.get(there, (0.0, span))[0]:
            self[there] = (score, span)

    def part(self) -> None:
        """Of two where one both backs and fights the other the surer tie alone."""
        for kind, a, b in [k for k in self if k[0] == "fights"]:
            backs = max((self[k][0] for k in (("backs", a, b), ("backs", b, a)) if k in self), default=0.0)
            if backs >= self[kind, a, b][0]:
                del self[kind, a, b]
            elif backs:
                self.pop(("backs", a, b), None)
                self.pop(("backs", b, a), None)

    def lower(self, ties: set[tuple[RelationKind, str, str]]) -> None:
        """Ties of who leads a body as those of who is part of it."""
        for kind, a, b in sorted(ties):
            self.keep("part-of", a, b, *self.pop((kind, a, b)))


# A fight that the model is less sure of than this is one act, or none: ties that stand need more.
FIGHTS = 0.56


# "A firefight with the one and the other": they are one side of it.
_AND = re.compile(r",?\s+and\s+(?:the\s+)?")
_WITH = re.compile(r"\b(?:with|by|against)\s+(?:the\s+)?$")


def _one_side(graph: Graph, a: int, b: int) -> bool:
    first, then = sorted((graph.marks[a], graph.marks[b]), key=lambda m: m.start)
    joined = _AND.fullmatch(graph.text, first.end, then.start) is not None
    return joined and _WITH.search(graph.text, max(0, first.start - 16), first.start) is not None


def _seen(graph: Graph, of_mark: OfMark) -> Iterator[tuple[RelationKind, str, str, float, Span]]:
    """The ties that the model saw between two mentions."""
    participles = behind(graph)
    for link in graph.links:
        if link.kind == "fights" and (link.score < FIGHTS or _one_side(graph, link.source, link.target)):
            continue
        if link.kind == "backs" and participles.get(link.source, (link.target,))[0] != link.target:
            continue  # of those "backed by" him, not of whom the sentence is about
        if link.kind in ("backs", "opposes", "fights", "allied", "part-of", "leads"):
            s, t = graph.marks[link.source].span, graph.marks[link.target].span
            for a, b in product(of_mark.get(link.source, ()), of_mark.get(link.target, ())):
                yield link.kind, a, b, link.score, (min(s[0], t[0]), max(s[1], t[1]))


# Two who attack a third together fight one another only where the model is this sure.
APART = 0.8


def _together(events: Sequence[Event]) -> list[set[str]]:
    """The pairs that do an act of force together to somebody else."""
    return [
        {a.id, b.id}
        for e in events
        if e.type in ("ASSAULT", "COERCE") and {p.id for p in e.recipient} - {p.id for p in e.actor}
        for a, b in combinations(e.actor, 2)
    ]


def _backed_by_another(a: str, b: str, span: Span, compounds: Sequence[tuple[RelationKind, str, str, Span]]) -> bool:
    """In "Saudi Arabia's war with the Iran-backed group" Iran backs it, not the one who fights it."""
    return any(kind == "backs" and d == b and c != a and overlap(span, s) for kind, c, d, s in compounds)


# "Firing into the north to stem the advance of a coalition" backs nobody.
_AGAINST = re.compile(
    r"\b(?:stem|halt|stop|curb|counter|repel|contain|thwart|against|battl\w+|fighting|fought)\b", re.IGNORECASE
)
_BACKING = re.compile(
    r"\b(?:back\w*|support\w*|arm(?:s|ed|ing)?|fund\w*|financ\w*|help\w*|aid\w*|train\w*|all(?:y|ies|ied)|prop\w*|assist\w*|sid(?:e|ed|ing) with|protect\w*|defend\w*|suppl\w*|loyal|pro)\b",
    re.IGNORECASE,
)


def _goes_against(text: str, span: Span) -> bool:
    """Whether the words of a tie tell of what is done against somebody, and of nothing done for him."""
    return _AGAINST.search(text, *span) is not None and _BACKING.search(text, *span) is None


# Somebody who holds an office is part of another body only where the model is sure.
_SURE = 0.95


def _elsewhere(tie: tuple[str, str, str], person: str, body: str, score: float) -> bool:
    kind, a, b = tie
    return a == person and b != body and kind == "part-of" and score < _SURE


# Acts that are standing ties in themselves, by the word that tells them.
STANDING: Mapping[str, RelationKind] = {
    **dict.fromkeys(("fighting", "fight", "fights", "fought", "battling", "at war", "war"), "fights"),
    **dict.fromkeys(("backing", "backs", "supporting", "supports", "propping up"), "backs"),
    **dict.fromkeys(("opposes", "oppose", "opposing", "opposed to"), "opposes"),
}  # fmt: skip


# "Fighting alongside the army" is fighting for it.
_BESIDE = re.compile(r"\s+(?:alongside|beside|together with|side by side|shoulder to shoulder|on behalf of|for)\b")


def _at_war(text: str, events: Sequence[Event]) -> Iterator[tuple[RelationKind, str, str, Span, float]]:
    """Who fights or backs whom by the acts of the report: "the army, which is fighting the rebels"."""
    for event in events:
        kind = STANDING.get(text[slice(*event.trigger)].lower())
        if kind is None or event.status not in ("happened", "intended"):
            continue
        if kind == "fights" and _BESIDE.match(text, event.trigger[1]):
            continue
        acts, bears = [p.id for p in event.actor], [p.id for p in event.recipient]
        two = list(product(acts, bears)) or (combinations(acts, 2) if kind == "fights" and len(acts) == 2 else ())
        for a, b in two:
            yield kind, a, b, event.sentence, round(0.8 * event.confidence, 2)


# A state has one of these; its chiefs and commanders lead less.
HEAD_OF_STATE = re.compile(
    r"\b(?:leader|president|prime minister|premier|chancellor|king|queen|emir|sultan|ruler|(?:junta|coup) (?:chief|leader|head)|head of (?:state|government))\b",
    re.IGNORECASE,
)


# Offices of those who lead no state, unless another word of theirs says that they do.
_LESSER = re.compile(
    r"\b(?:(?<!general )secretary(?!-general)|minister|mayor|governor|ambassador|envoy|delegation|negotiators?|spokes\w+|colonel|vice|deputy)\b",
    re.IGNORECASE,
)


def _serves_only(text: str, person: Actor, body: Actor) -> bool:
    """Whether whoever is said to lead a state is by all his mentions a mayor, a minister or the like."""
    if person.kind != "person" or not (body.key or "").startswith("state:"):
        return False
    words = [text[slice(*m)] for m in person.mentions]
    heads = any(HEAD_OF_STATE.search(w) and not _LESSER.search(w.lower().replace("prime minister", "")) for w in words)
    return not heads and any(_LESSER.search(w) for w in words)


def _offices(
    text: str, actors: Sequence[Actor], register: Register, published: date | None
) -> Iterator[tuple[RelationKind, str, str, Span]]:
    """Who leads or belongs to whom by office, and known groups that are part of others."""
    of = {x.id: x for x in actors}
    for actor in actors:
        named = actor.kind == "person" or (actor.key or "state:").split(":")[0] in ("gov", "group", "party")
        if not (actor.part_of and named and actor.mentions):
            continue
        whole = of.get(actor.part_of)
        if actor.kind == "person" and whole is not None and _only_described(actor, whole):
            continue
        if actor.kind == "person" and whole is not None and not _serves(text, actor, whole, register, published):
            continue
        leads = actor.kind == "person" and _leads(text, actor, whole, register, published)
        if actor.kind == "person" and not leads and not _is_described(text, actor):
            continue
        yield "leads" if leads else "part-of", actor.id, actor.part_of, actor.mentions[0]


def _only_described(actor: Actor, whole: Actor) -> bool:
    """ "A French official": who has no name, and a body named only to say who that is, are no two actors of a story."""
    nameless = any(w.islower() and len(w) > 3 for w in actor.name.split())
    inside = all(any(a <= s and e <= b for a, b in actor.mentions) for s, e in whole.mentions)
    return actor.key is None and nameless and inside


def _is_described(text: str, actor: Actor) -> bool:
    """Whether the report says who a person is, not the register alone: more than the name, "Kenya's Amina Mohamed"."""
    words = len(actor.name.split())
    return any(len(text[a:b].split()) > words or has_office(text[a:b]) for a, b in actor.mentions)


def _serves(text: str, actor: Actor, whole: Actor, register: Register, published: date | None) -> bool:
    """Whether a person belongs to a body on the day: by the register's term of office, else by the words of the mentions."""
    entry, org = register.get(actor.key) if actor.key else None, (whole.key or "").partition("/")[0]
    if entry is not None and any(r.org.partition("/")[0] == org for r in entry.roles) and published is not None:
        if is_to_come(entry, org, published):
            return any(has_office(text[slice(*m)]) for m in actor.mentions)
        return not is_past(entry, org, published) and not is_apart(entry, org, published)
    of_state = org.startswith("state:")
    return not (of_state and any(is_gone(text[slice(*m)]) for m in actor.mentions))


def _leads(text: str, actor: Actor, whole: Actor | None, register: Register, published: date | None) -> bool:
    """Whether a person leads the actor that they belong to: by the office held on the day, else by the words of a mention."""
    entry, key = register.get(actor.key) if actor.key else None, (whole.key or "") if whole else ""
    org = key.partition("/")[0]
    held = [r for r in entry.roles if published is None or r.held_on(published)] if entry is not None else []
    if any(r.org.partition("/")[0] == org for r in held) or (held and not org):
        return any(r.role in HEADS for r in held if not org or r.org.partition("/")[0] == org)
    office = HEAD_OF_STATE if org.startswith("state:") and "/" not in key.removesuffix("/government") else LEADER
    return any(office.search(text, a, b) and not SECOND.search(text, max(0, a - 3), b) for a, b in actor.mentions)


def _compounds(
    graph: Graph, of_mark: OfMark, actors: Sequence[Actor], register: Register
) -> list[tuple[RelationKind, str, str, Span]]:
    out: list[tuple[RelationKind, str, str, Span]] = []
    named = {graph.text[a:b].lower(): x.id for x in actors for a, b in x.mentions}
    named |= {x.name.lower(): x.id for x in actors}
    by_key = {(x.key or "").removesuffix("/government"): x.id for x in reversed(actors)}
    for m in COMPOUND.finditer(graph.text):
        state = register.adjective(m[1]) or register.capital(m[1])
        backer = named.get(m[1].lower()) or (by_key.get(state.key) if state else None)
        backed = next(
            (
                of_mark[i][0]
                for i, k in graph.of("actor")
                if i in of_mark and (overlap(k.span, m.span()) or 0 <= k.start - m.end() <= 1)
            ),
            None,
        )
        if backer and backed and backer != backed:
            kind = COMPOUND_KIND[m[2]]
            ends = (
                (backed, backer) if kind == "allied" else (backer, backed)
            )  # "al-Qaeda-linked": the group is the ally
            out.append((kind, *ends, m.span()))
    return out
