"""How do other data sets code kinds of actors and types of events? From `exchange.toml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from dateline.kinds import ActorKind, EventType
from dateline.knowledge.table import load_table, refuse

ARMED = frozenset(("state", "government", "military", "police", "rebel", "militia", "terrorist"))


@dataclass(frozen=True, slots=True)
class Exchange:
    """The crosswalks, loaded."""

    inter: Mapping[str, str]
    cameo_type: Mapping[str, str]
    sector: Mapping[str, str]
    quad: Mapping[str, int]
    goldstein_of: Mapping[str, float]
    precedence: Sequence[str]
    needs_two_armed_sides: frozenset[str]
    event_type: Mapping[str, str]
    disorder: Mapping[str, str]

    def goldstein(self, cameo: str) -> float | None:
        """Goldstein scale of a CAMEO code, by the longest beginning that has a value."""
        return next(
            (self.goldstein_of[cameo[:n]] for n in range(len(cameo), 1, -1) if cameo[:n] in self.goldstein_of), None
        )

    def acled(self, subs: Collection[str], two_armed_sides: bool) -> tuple[str, str] | None:
        """ACLED's event type and sub-event type of a whole event, whose reports give these sub-events.

        `two_armed_sides`: whether armed actors stand on both sides of it.
        """
        found = [s for s in self.precedence if s in subs]
        sure = [s for s in found if two_armed_sides or s not in self.needs_two_armed_sides]
        best = next(iter(sure or found), None)
        return (self.event_type[best], best) if best else None


@cache
def load_exchange() -> Exchange:
    """Read and validate; `KnowledgeError` names every bad entry."""
    data = load_table("ontology/exchange.toml")
    kinds, acled = data["kind"], data["acled"]
    bad = [f"kind.{k}: missing" for k in get_args(ActorKind) if len(kinds.get(k, ())) != 3]
    bad += [f"quad.{t}: missing" for t in get_args(EventType) if data["quad"].get(t) not in (1, 2, 3, 4)]
    bad += [f"goldstein.{c}: {v}" for c, v in data["goldstein"].items() if not -10 <= v <= 10]
    event_type = {s: t for t, subs in acled["type"].items() for s in subs}
    bad += [f"acled.precedence: {s}" for s in {*acled["precedence"]} ^ {*event_type}]
    bad += [f"acled.disorder: {t}" for t in {*acled["disorder"]} ^ {*acled["type"]}]
    refuse("exchange.toml", bad)
    inter, cameo, sector = ({k: v[n] for k, v in kinds.items()} for n in range(3))
    return Exchange(
        inter, cameo, sector, data["quad"], data["goldstein"], acled["precedence"], frozenset(acled["needs_two_armed_sides"]),
        event_type, acled["disorder"],
    )  # fmt: skip
