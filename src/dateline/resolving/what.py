"""What happened? Triggers and their links -> events.

The model gives each trigger a type, mode and status and scores every link; here links are
chosen and grouped by actor, and an event takes its place and time from its own clause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import cast

from dateline.knowledge.ontology import Ontology
from dateline.reading.graph import Graph, Link, Mark
from dateline.record import Event, Participant, Place, Span, Status, Time
from dateline.resolving.acts import is_act
from dateline.resolving.clause import event_places, event_time
from dateline.resolving.concerned import with_concerned
from dateline.resolving.done_to import done_to
from dateline.resolving.kind import settle_type
from dateline.resolving.mode import settle_mode
from dateline.resolving.no_act import is_none
from dateline.resolving.nominal import is_lead_in, is_light, is_nominal, named_parties
from dateline.resolving.parties import settled_links
from dateline.resolving.role_words import word_lists
from dateline.resolving.roles import is_passive, weighed_links
from dateline.resolving.status import settle
from dateline.resolving.timex_ranges import lasted
from dateline.resolving.where_again import named_again
from dateline.resolving.who_apposition import appositions

# A link to an actor is taken from here on; found on the project's own test.
ACTOR_FLOOR = 0.5
# When no actor reaches the floor, the best one is taken from here on; not of talks, nor of what is told in the passive.
ACTOR_FALLBACK = 0.25
# Beside a surer one.
ACTOR_BESIDE = 0.65
# Recipients are rarer and more often nobody: they need more.
RECIPIENT_FLOOR = 0.35
# Beside a surer one.
RECIPIENT_BESIDE = 0.6

# What is nearly always done to somebody needs less when nobody else reaches the floor: of these types six events and
# more in ten of the corpus's training part have a recipient.
DONE_TO = frozenset(("ACCUSE", "AID", "ASSAULT", "COERCE", "REJECT", "REQUEST", "SANCTION", "THREATEN"))
RECIPIENT_FALLBACK = 0.25

# Index of an actor mark -> ids of the actors that it stands for (`who.Who.of_mark`).
OfMark = Mapping[int, tuple[str, ...]]


def overlap(a: Span, b: Span) -> bool:
    """Whether two half-open spans share a position."""
    return a[0] < b[1] and b[0] < a[1]


def participants(
    graph: Graph, links: Sequence[Link], of_mark: OfMark, floor: float, fallback: float, beside: float = 0.0
) -> list[Participant]:
    """The actors that links point at: one entry an actor, with its best mention, in text order.

    Mentions of one actor support each other: the actor's chance of being right is that at
    least one of its links is.
    """
    best: dict[str, Link] = {}
    miss: dict[str, float] = {}
    for link in links:
        for actor in of_mark.get(link.target, ()):
            miss[actor] = miss.get(actor, 1.0) * (1.0 - link.score)
            if actor not in best or _shows_better(graph, link, best[actor]):
                best[actor] = link
    chosen = [a for a in best if 1.0 - miss[a] >= floor]
    if len(chosen) > 1:
        needed = min(beside, max(1.0 - miss[a] for a in chosen))
        chosen = [a for a in chosen if 1.0 - miss[a] >= needed]
    if not chosen and best:
        top = max(best, key=lambda a: (1.0 - miss[a], -graph.marks[best[a].target].start))
        # "both": those who share the best mention stand or fall together.
        chosen = [a for a in best if best[a] is best[top]] if 1.0 - miss[top] >= fallback else []
    found = [(graph.marks[best[a].target].span, a) for a in chosen]
    return [Participant(id=a, span=span) for span, a in sorted(found)]


def _named(graph: Graph, parties: Sequence[Participant], of_mark: OfMark) -> list[Participant]:
    """The parties of an act, a pronoun shown by the nearest name or description that its sentence has before it."""
    marks = graph.of("actor")
    out: list[Participant] = []
    for party in parties:
        start, _ = graph.sentence_of(party.span[0])
        if graph.text[slice(*party.span)].lower() in word_lists().pronoun:
            before = [i for i, m in marks if start <= m.start < party.span[0] and not _is_pronoun(graph, i)]
            # A mark that stands for several names them together.
            name = next((i for i in reversed(before) if of_mark.get(i) == (party.id,)), None)
            party = party if name is None else Participant(id=party.id, span=graph.marks[name].span)
        out.append(party)
    return sorted(out, key=lambda p: (p.span, p.id))


# A name in the act's sentence shows who is meant better than a pronoun, where it lacks no more than this.
NAMED = 0.3


def _shows_better(graph: Graph, link: Link, other: Link) -> bool:
    """Whether a link's mention is the better one to show of an actor: the stronger, a name before a pronoun."""
    lead = NAMED * (_is_pronoun(graph, other.target) - _is_pronoun(graph, link.target))
    return link.score + lead > other.score


def _is_pronoun(graph: Graph, mark: int) -> bool:
    return graph.text[slice(*graph.marks[mark].span)].lower() in word_lists().pronoun


def resolve_events(
    graph: Graph, of_mark: OfMark, places: Sequence[Place], times: Sequence[Time], ontology: Ontology
) -> tuple[Event, ...]:
    """Events in text order, ids `e1`…; `figures` and `said_by` are filled by those who know them."""
    links, again = _by_source(graph, _described(graph)), named_again(graph.text, places)
    out: list[Event] = []
    for i, mark in graph.of("trigger"):
        if not is_act(mark, graph.text[mark.start : mark.end]) or is_none(graph.text, mark.span, mark.labels["type"]):
            continue
        mine = done_to(graph, i, settled_links(graph, mark, weighed_links(graph, i, links.get(i, []))))
        actor = participants(
            graph,
            [x for x in mine if x.kind == "actor"],
            of_mark,
            ACTOR_FLOOR,
            ACTOR_FLOOR if mark.labels["type"] == "CONSULT" or is_passive(graph, mark) else ACTOR_FALLBACK,
            ACTOR_BESIDE,
        )
        recipient = participants(
            graph,
            [x for x in mine if x.kind == "recipient"],
            of_mark,
            RECIPIENT_FLOOR,
            RECIPIENT_FALLBACK if mark.labels["type"] in DONE_TO else RECIPIENT_FLOOR,
            RECIPIENT_BESIDE,
        )
        if is_nominal(graph.text[mark.start : mark.end]):
            actor = named_parties(graph.text, mark, actor)
        actor, recipient = _settle(mark, actor, recipient, mine, graph, of_mark)
        sentence = graph.sentence_of(mark.start)
        before, words, after = (
            graph.text[a:b] for a, b in ((sentence[0], mark.start), mark.span, (mark.end, sentence[1]))
        )
        status = settle(before, cast(Status, mark.labels["status"]), words, after)
        type_, status, told = settle_type(graph.text, sentence, mark.span, mark.labels["type"], status)
        where = event_places(graph, mark, mine, places, status, again)
        when = event_time(graph, mark, mine, times, status)
        first, last = lasted(graph.text, when, times) if when else (None, None)
        mode = (
            settle_mode(graph.text, sentence, mark.labels.get("mode") or None, mark.span)
            if type_ == mark.labels["type"] and not told
            else told
        )
        out.append(
            Event(
                id=f"e{len(out) + 1}", type=type_, mode=mode, status=status, trigger=mark.span,
                sentence=sentence, actor=_named(graph, actor, of_mark), recipient=_named(graph, recipient, of_mark),
                places=where,
                time=when.id if when else None, start=first, end=last,
                cameo=ontology.cameo(type_, mode, status), confidence=round(mark.score, 2),
            )
        )  # fmt: skip
    return tuple(with_concerned(graph.text, out))


# Each later event of a sentence counts for so much of the one before it.
PROMINENCE = 0.7


def ranked(text: str, events: Sequence[Event]) -> tuple[Event, ...]:
    """The act that governs a sentence mostly comes first ("lifted the sanctions"); what it speaks of counts for less.

    A light verb changes places with its noun ("launched an investigation"). What only tells who somebody is ("the jailed
    ministers were freed") or when ("During the visit, they signed") comes after all others, and what is called off counts
    for less than what calls it off.
    """
    before: Counter[Span] = Counter()
    ranks: list[int] = []
    parties = [p.span for e in events for p in (*e.actor, *e.recipient) if p.span is not None]
    for event in events:
        aside = _tells_who(text, event.trigger, parties) or is_lead_in(text, event.sentence, event.trigger)
        ranks.append(before[event.sentence] + 2 * aside + (event.status == "cancelled"))
        before[event.sentence] += not aside
    for i, (event, following) in enumerate(pairwise(events)):
        verb = text[event.trigger[0] : event.trigger[1]]
        if event.sentence == following.sentence and is_light(verb, text[event.trigger[1] : following.trigger[0]]):
            ranks[i], ranks[i + 1] = ranks[i + 1], ranks[i]
    return tuple(
        e.model_copy(update={"confidence": round(e.confidence * PROMINENCE**rank, 2)})
        for e, rank in zip(events, ranks, strict=True)
    )


def _tells_who(text: str, trigger: Span, parties: Sequence[Span]) -> bool:
    """Whether a trigger stands inside the name of a party or in a compound: "the coalition fighting them", "UN-brokered"."""
    inside = any(a <= trigger[0] and trigger[1] <= b for a, b in parties)
    return inside or text[max(0, trigger[0] - 1) : trigger[0]] == "-"


# What is told by "the CSP, a coalition of Tuaregs, said" and linked to the coalition, but to the CSP by less than this, is not theirs.
NAMED_TOO = 0.3


def _described(graph: Graph) -> dict[int, tuple[int, int]]:
    """Description of one who speaks -> the name before it to which it stands in apposition, and where the saying ends."""
    words = {i: graph.text[slice(*m.span)] for i, m in graph.of("actor") if not _is_pronoun(graph, i)}
    out: dict[int, tuple[int, int]] = {}
    for description, name in appositions(graph, words).items():
        start, end = graph.marks[description].end, graph.sentence_of(graph.marks[description].start)[1]
        cue = next((m for _, m in graph.of("cue") if start <= m.start < end), None)
        if cue is not None:
            out[description] = (name, cue.end)
    return out


def _by_source(graph: Graph, described: Mapping[int, tuple[int, int]]) -> dict[int, list[Link]]:
    """The links of each mark, without those of what is told to the description of a speaker whose name has none."""
    named = {(x.source, x.target) for x in graph.links if x.kind == "actor" and x.score >= NAMED_TOO}
    out: dict[int, list[Link]] = {}
    for link in graph.links:
        if link.kind == "actor" and link.target in described:
            name, said = described[link.target]
            if graph.marks[link.source].start >= said and (link.source, name) not in named:
                continue
        out.setdefault(link.source, []).append(link)
    return out


# Talks and clashes: all parties are actors unless the sides are clear, so one may not be both.
def _settle(
    mark: Mark,
    actor: list[Participant],
    recipient: list[Participant],
    links: Sequence[Link],
    graph: Graph,
    of_mark: OfMark,
) -> tuple[list[Participant], list[Participant]]:
    """An actor does not do a thing to itself: where one stands on both sides, the stronger link wins."""
    both = {x.id for x in actor} & {x.id for x in recipient}
    for name in both:
        score = {
            side: max((x.score for x in links if x.kind == side and name in of_mark.get(x.target, ())), default=0.0)
            for side in ("actor", "recipient")
        }
        if score["actor"] >= score["recipient"]:
            recipient = [x for x in recipient if x.id != name]
        else:
            actor = [x for x in actor if x.id != name]
    return actor, recipient
