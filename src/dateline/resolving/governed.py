"""Who does what another act or statement governs, where no link tells?

"Threatened to shell": who threatens. "Asked its guests to leave": the guests. "Accused them of shelling": they, and never
who accuses. And who speaks the words that are an act themselves, "their demand", makes the demand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.record import Event, EventType, Participant, Statement
from dateline.resolving.parties import patterns
from dateline.resolving.what import overlap

# Acts that are words.
SPOKEN: frozenset[EventType] = frozenset(("ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT"))
# Whoever does these is to do what they govern; of others those to whom they are done.
OWN: frozenset[EventType] = frozenset(("AGREE", "REJECT", "THREATEN"))


def with_governed(text: str, events: Sequence[Event], statements: Sequence[Statement]) -> tuple[Event, ...]:
    """The events, those of which nobody is known to do them with whoever the words around them make do them."""
    spoken = [_by_speaker(text, _by_others(text, e, statements), statements) for e in events]
    out = spoken[:1]
    for event in spoken[1:]:
        out.append(_governed(text, out[-1], event))
    return tuple(out)


# Force of which somebody accuses others.
HOSTILE: frozenset[EventType] = frozenset(("ASSAULT", "COERCE"))
_EACH = re.compile(r"\b(?:each|both|other|another|mutual\w*|trad\w+)\b", re.IGNORECASE)


def _by_others(text: str, event: Event, statements: Sequence[Statement]) -> Event:
    """An act without the one who accuses others of it: "Turkey, which blames them for an attack that killed ten".

    Of 1,848 acts of force in accusations in the corpus 72 are the accuser's too, nearly all of two who accuse each other.
    """
    if event.type not in HOSTILE or _EACH.search(text, *event.sentence):
        return event
    accuse = {
        s.speaker for s in statements if s.stance == "accuses" and any(a <= event.trigger[0] < b for a, b in s.content)
    }
    kept = [p for p in event.actor if p.id not in accuse]
    return event if len(kept) == len(event.actor) else event.model_copy(update={"actor": kept})


def _by_speaker(text: str, event: Event, statements: Sequence[Statement]) -> Event:
    """An act of words that a statement's cue tells: the speaker does it; whoever "has been urged" to speak has it done to him."""
    if event.actor or event.type not in SPOKEN:
        return event
    to = {p.id for p in event.recipient}
    said = {s.speaker: s.speaker_span for s in statements if overlap(s.cue, event.trigger) and s.speaker_span}
    parties = [Participant(id=i, span=span) for i, span in said.items() if i and span and i not in to]
    told = [p for p in parties if p.span and patterns()["told"].fullmatch(text, p.span[1], event.trigger[1])]
    if told:
        return event.model_copy(update={"recipient": event.recipient or told})
    return event.model_copy(update={"actor": parties}) if parties else event


def _governed(text: str, before: Event, event: Event) -> Event:
    """An act right after another of its sentence that governs it."""
    if event.actor or before.sentence != event.sentence or before.trigger[1] > event.trigger[0]:
        return event
    gap = (before.trigger[1], event.trigger[0])
    if before.type == "ACCUSE" and patterns()["charge"].fullmatch(text, *gap):
        doing = before.recipient
    elif patterns()["aim"].fullmatch(text, *gap):
        doing = before.actor if before.type in OWN else before.recipient if before.type == "REQUEST" else []
    else:
        return event
    to = {p.id for p in event.recipient}
    return event.model_copy(update={"actor": [p for p in doing if p.id not in to]})
