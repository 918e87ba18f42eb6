"""What do other schemes call it? ACLED types and PLOVER contexts, from the whole event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.knowledge.ontology import Ontology
from dateline.record import Acled, Actor, Event

PEACEFUL, INTERVENED = "Peaceful protest", "Protest with intervention"
FORCES = frozenset(("police", "military", "state", "government"))


def add_codes(text: str, events: Sequence[Event], actors: Sequence[Actor], ontology: Ontology) -> tuple[Event, ...]:
    """The events with ACLED type and contexts. Who acts, against whom, and the sentence decide."""
    by_id = {a.id: a for a in actors}

    def described(event: Event, role: str) -> list[tuple[str, str]]:
        return [(by_id[p.id].kind, text[p.span[0] : p.span[1]]) for p in getattr(event, role) if p.id in by_id]

    contexts = {s: ontology.contexts(text[s[0] : s[1]]) for s in {e.sentence for e in events}}
    out = []
    for e in events:
        sentence = text[e.sentence[0] : e.sentence[1]]
        acled = ontology.acled(
            e.type,
            e.mode,
            e.status,
            described(e, "actor"),
            described(e, "recipient"),
            text[e.trigger[0] : e.trigger[1]],
            sentence,
        )
        out.append(e.model_copy(update={"acled": acled, "contexts": list(contexts[e.sentence])}))
    return tuple(_intervened(e, out, by_id) for e in out)


def _intervened(event: Event, events: Sequence[Event], actors: Mapping[str, Actor]) -> Event:
    """A peaceful protest whose people the forces of a state coerce is one with intervention (codebook, sub-event types)."""
    if event.acled.sub_event_type != PEACEFUL:
        return event
    crowd = {p.id for p in event.actor}
    used = any(
        other.status == "happened"
        and other.type in ("COERCE", "ASSAULT")
        and any(actors[p.id].kind in FORCES for p in other.actor if p.id in actors)
        and crowd & {p.id for p in other.recipient}
        for other in events
    )
    return (
        event.model_copy(update={"acled": Acled(event_type="Protests", sub_event_type=INTERVENED)}) if used else event
    )
