"""What of an event is compared with other events?

A `Mention` is one event of one record, cut down to what tells happenings apart: kind, parties,
places, days, figures and words. It holds no id that is local to the record, so mentions of
many records stand side by side, and it is found again after a new reading by its report and
its trigger.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from sys import intern

from dateline.archive.words import TOKEN, is_common, stem, stems, weight
from dateline.knowledge.places.fold import fold, loosen
from dateline.record import Actor, Event, Figure, Participant, Place, Record, Span, Time

Key = tuple[str, int, int]
# Words around the trigger that are compared as well as the sentence.
NEAR = 7
# A running toll, a share or a distance is no figure of one happening.
NO_FIGURE = frozenset(("share", "distance", "other"))
OF_DAY = re.compile(r"['’`´]s(?: [\w-]+){0,2} ")
CALENDAR = frozenset(map(stem, (*calendar.day_name, *calendar.month_name[1:])))
# Kinds whose acts are those of their country: a foreign minister's refusal is the state's.
OFFICIAL = frozenset(("state", "government", "military", "police", "person"))
WIDE = frozenset(("country", "region", "province", "district"))


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is compared; `name` is the loose spelling, `core` the words of it that name it,
    `radius_km` how far its point may be off."""

    name: str
    core: frozenset[str]
    lat: float | None
    lon: float | None
    radius_km: float
    country: str | None
    wide: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of the event; `None` is an open bound."""

    measure: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Mention:
    """One event of one report.

    `first`/`last` are the event's own days, or those of the only day that its sentence names
    (`dated` tells which); both `None` when the report does not say. Parties are tokens:
    `=key` for the register's keys (with those that the key lies in), `~stem` for words of names,
    `°ISO` for the country of officials, `.stem` for parties without a name.
    """

    report: str
    trigger: Span
    type: str
    mode: str | None
    status: str
    head: str
    sentence: Span
    published: date | None
    first: date | None
    last: date | None
    dated: bool
    actors: frozenset[str]
    recipients: frozenset[str]
    places: tuple[Where, ...]
    counts: tuple[Count, ...]
    words: frozenset[str]
    near: frozenset[str]
    nearest: frozenset[str]
    names: frozenset[str]
    story: frozenset[str]
    confidence: float

    @property
    def key(self) -> Key:
        return (self.report, *self.trigger)

    @property
    def parties(self) -> frozenset[str]:
        return self.actors | self.recipients


def mentions(record: Record) -> tuple[Mention, ...]:
    """The events of a record, ready to be compared; in text order. Of two with one trigger, the surer."""
    text = record.report.text
    actors = {a.id: a for a in record.actors}
    places = {p.id: p for p in record.places}
    figures = {f.id: f for f in record.figures}
    story = _names(
        text, [m for a in record.actors for m in a.mentions] + [m for p in record.places for m in p.mentions]
    )
    made = [_mention(record, e, actors, places, figures, story) for e in record.events]
    surest = {m.key: m for m in sorted(made, key=lambda m: (m.confidence, m.type))}
    return tuple(m for _, m in sorted(surest.items()))


def _mention(
    record: Record, e: Event, actors: dict[str, Actor], places: dict[str, Place],
    figures: dict[str, Figure], story: frozenset[str],
) -> Mention:  # fmt: skip
    text = record.report.text
    inside = text[slice(*e.sentence)]
    first, last, dated = _days(record, e)
    return Mention(
        report=record.report.id, trigger=e.trigger, type=e.type, mode=e.mode, status=e.status,
        head=stem(_head(text[slice(*e.trigger)])), sentence=e.sentence, published=record.report.published,
        first=first, last=last, dated=dated,
        actors=_parties(e.actor, actors, text), recipients=_parties(e.recipient, actors, text),
        places=tuple(_where(places[i]) for i in e.places if i in places),
        counts=tuple(
            Count(f.measure, f.low, f.high)
            for f in (figures[i] for i in e.figures if i in figures)
            if not f.cumulative and f.measure not in NO_FIGURE
        ),
        words=_telling(inside),
        near=_near(text, e),
        nearest=_nearest(text, e), names=_proper(inside),
        story=story, confidence=e.confidence,
    )  # fmt: skip


# A sentence tells of several events, which share what is made of it.
@lru_cache(maxsize=1024)
def _telling(sentence: str) -> frozenset[str]:
    return frozenset(s for s in stems(sentence) if weight(s) > 0.2)


def _head(trigger: str) -> str:
    found = TOKEN.findall(trigger)
    return found[0] if found else trigger


def _near(text: str, e: Event) -> frozenset[str]:
    left = TOKEN.findall(text[e.sentence[0] : e.trigger[0]])[-NEAR:]
    right = TOKEN.findall(text[e.trigger[1] : e.sentence[1]])[:NEAR]
    return frozenset(s for s in (stem(t) for t in (*left, *right)) if weight(s) > 0.2)


def _nearest(text: str, e: Event) -> frozenset[str]:
    """The proper names that stand next to the trigger on either side, in its own clause."""
    left = re.split(r"[;:]", text[e.sentence[0] : e.trigger[0]])[-1]
    right = re.split(r"[;:]", text[e.trigger[1] : e.sentence[1]])[0]
    before = [t for t in TOKEN.findall(left)[-NEAR:] if _proper(t)]
    after = [t for t in TOKEN.findall(right)[:NEAR] if _proper(t)]
    return frozenset(stem(t) for t in (*before[-2:], *after[:2]))


def _days(record: Record, e: Event) -> tuple[date | None, date | None, bool]:
    text = record.report.text
    for t in record.times:  # "Wednesday's shelling" was on Wednesday, whatever else the sentence dates
        if t.start and t.end and OF_DAY.fullmatch(text, t.span[1], e.trigger[0]):
            return t.start, t.end, True
    if e.start or e.end:
        return e.start or e.end, e.end or e.start, True
    days = {(t.start, t.end) for t in record.times if _one_day(t) and e.sentence[0] <= t.span[0] < e.sentence[1]}
    if len(days) == 1:
        start, end = next(iter(days))
        return start, end, False
    return None, None, False


def _one_day(t: Time) -> bool:
    return t.start is not None and t.end is not None and t.end - t.start <= timedelta(days=1)


def _parties(roles: Iterable[Participant], actors: dict[str, Actor], text: str) -> frozenset[str]:
    out: set[str] = set()
    for role in roles:
        actor: Actor | None = actors.get(role.id)
        seen: set[str] = set()
        while actor and actor.id not in seen:
            seen.add(actor.id)
            out |= {intern(t) for t in _tokens(actor, text)}
            actor = actors.get(actor.part_of) if actor.part_of else None
    return frozenset(out)


def _tokens(actor: Actor, text: str) -> set[str]:
    out: set[str] = set()
    if actor.key:
        parts = actor.key.split("/")
        out |= {"=" + "/".join(parts[:n]) for n in range(1, len(parts) + 1)}
    elif actor.country and actor.kind in ("state", "government", "military"):
        out.add(f"=state:{actor.country}")
    if actor.country and actor.kind in OFFICIAL:
        out.add("°" + actor.country)
    names = {actor.name, *(text[slice(*m)] for m in actor.mentions)}
    for name in sorted(names):
        words = [t for t in TOKEN.findall(name) if len(t) > 1]
        capital = [
            t for t in words if (t[0].isupper() and not is_common(stem(t))) or (t[0].isdigit() and not t.isdigit())
        ]
        if not capital and not actor.key:
            out |= {"." + stem(t) for t in words if weight(stem(t)) > 0.3}
            continue
        out |= {"~" + stem(t) for t in capital if weight(stem(t)) > 0.2}
        if len(capital) > 2:
            out.add("~" + "".join(t[0] for t in capital).lower())
    return out


def _where(p: Place) -> Where:
    return Where(
        name=loosen(fold(p.name)), core=_core(p.name), lat=p.lat, lon=p.lon, radius_km=p.radius_km or 0.0, country=p.country,
        wide=p.precision in WIDE,
    )  # fmt: skip


def _core(name: str) -> frozenset[str]:
    """`the east of Aleppo city` and `eastern Aleppo` are both about Aleppo."""
    named = (w for w in fold(name).split() if not is_common(stem(w)) and weight(stem(w)) > 0.2)
    return frozenset(loosen(w) for w in named)


def _names(text: str, spans: Iterable[Span]) -> frozenset[str]:
    return frozenset().union(*(_proper(text[slice(*s)]) for s in spans))


@lru_cache(maxsize=1024)
def _proper(text: str) -> frozenset[str]:
    found = (stem(t) for t in TOKEN.findall(text) if t[0].isupper())
    return frozenset(s for s in found if weight(s) > 0.3 and not is_common(s)) - CALENDAR
