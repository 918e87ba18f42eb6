"""Can a mention belong to these mentions of one actor?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.resolving.who_names import Reading


@dataclass
class Cluster:
    """Mentions of one actor while a report is being put together."""

    readings: dict[int, Reading] = field(default_factory=dict)

    @property
    def first(self) -> Reading:
        return next(iter(self.readings.values()))

    @property
    def is_person(self) -> bool:
        return any(r.kind == "person" for r in self.readings.values())

    @property
    def is_one(self) -> bool:
        """ "The informant", "a clerk": one nameless somebody."""
        first = self.first
        return first.key is None and first.kind == "other" and first.core.islower() and not first.core.endswith("s")


# Who stands on one of these sides is not the same as who stands on another. "Forces" and "group" may be anyone's.
_SIDE: Mapping[str, str] = {
    "state": "state", "government": "state", "police": "state", "rebel": "armed", "militia": "armed", "terrorist": "armed",
    "civilians": "people", "media": "media", "igo": "nations",
}  # fmt: skip


# Several states are no one state and no body of theirs: "world powers" are not the UN.
SEVERAL = frozenset(("powers", "countries", "nations", "states", "capitals", "governments"))


def at_odds(cluster: Cluster, reading: Reading) -> bool:
    """Two different keys, one and several states, two sides, a person and a group, or two counts of victims are never one actor."""
    if other_victims(cluster, reading):
        return True
    side = _side(reading)
    sides = {_side(r) for r in cluster.readings.values()} - {None}
    if side and sides and side not in sides and not reading.weak:
        return True
    keys = {r.key for r in cluster.readings.values() if r.key}
    if (reading.key and cluster.first.head in SEVERAL) or (keys and reading.head in SEVERAL):
        return True
    return bool(reading.key and keys and reading.key not in keys) or cluster.is_person != (reading.kind == "person")


def _side(reading: Reading) -> str | None:
    """On which side it stands; a state's army on the state's, where "the army" of nobody known may be a rebels' one."""
    return "state" if (reading.key or "").startswith("state:") else _SIDE.get(reading.kind)


def other_victims(cluster: Cluster, reading: Reading) -> bool:
    """ "28 people" are not the "260,000 people" of before: civilians without a key are one only in the same words."""
    if reading.kind != "civilians" or reading.key:
        return False
    return all(r.kind == "civilians" and r.label.lower() != reading.label.lower() for r in cluster.readings.values())


def unfit(word: str, cluster: Cluster) -> bool:
    """A newspaper is no "he", a minister no "it", and a state of one no "who", rebels no "it"."""
    several = word == "it" and all(_is_several(r) for r in cluster.readings.values())
    return (
        several or (word == "he" and not (cluster.is_person or cluster.is_one)) or (word == "it" and cluster.is_person)
    )


def _is_several(reading: Reading) -> bool:
    """ "Rebels", "the front's fighters": a common noun of several, not a name."""
    last = (reading.core.split() or [""])[-1]
    return reading.key is None and last.islower() and last.endswith(_SEVERAL_ENDS)


# Ends of a noun of several people that no body is called by: no "forces", no "press".
_SEVERAL_ENDS = (
    "rebels",
    "fighters",
    "soldiers",
    "gunmen",
    "militants",
    "insurgents",
    "guerrillas",
    "militiamen",
    "officials",
    "leaders",
    "civilians",
    "villagers",
)
