"""What one line of the register is: an entry, its names, its dated roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.kinds import ActorKind


@dataclass(frozen=True, slots=True)
class Alias:
    """A surface form, and the years (inclusive) in which it means the entry."""

    text: str
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """An office held from one month to another, both inclusive; `last` None while in office."""

    role: str
    org: str
    first: date
    last: date | None

    def held_on(self, day: date) -> bool:
        """Whether the office was held in the month of `day`."""
        month = day.replace(day=1)
        return self.first <= month and (self.last is None or month <= self.last)


TieKind = Literal["part-of", "speaks-for", "wing-of", "backs", "allied-to", "splinter-of", "successor-of"]
# What makes one actor the larger one of another in a report.
LARGER: tuple[TieKind, ...] = ("part-of", "speaks-for", "wing-of")


@dataclass(frozen=True, slots=True)
class Tie:
    """What an entry is to another (`to` is a key), and the years (inclusive, None: open) in which it is."""

    kind: TieKind
    to: str
    first_year: int | None = None
    last_year: int | None = None

    def held_in(self, year: int) -> bool:
        """Whether the tie holds in a year."""
        return (self.first_year is None or self.first_year <= year) and (
            self.last_year is None or year <= self.last_year
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the register. `country` is ISO 3166-1 alpha-3; years bound its existence; `pack` names the user's pack that it is from."""

    key: str
    name: str
    kind: ActorKind
    country: str | None = None
    part_of: str | None = None
    aliases: tuple[Alias, ...] = ()
    adjectives: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    ties: tuple[Tie, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    pack: str | None = None

    def larger(self, day: date | None) -> str | None:
        """The key of the larger actor on a day: the undated one, else the first tie of membership that held then.

        Without a day only a membership without an end is told: anything else would be a guess.
        """
        if self.part_of:
            return self.part_of
        for kind in LARGER:
            for tie in self.ties:
                if tie.kind == kind and (tie.held_in(day.year) if day else tie.last_year is None):
                    return tie.to
        return None

    def wholes(self) -> tuple[str, ...]:
        """Keys of the larger actors that it ever was part of, the undated one first."""
        dated = (t.to for kind in LARGER for t in self.ties if t.kind == kind)
        return tuple(dict.fromkeys((*([self.part_of] if self.part_of else ()), *dated)))

    def exists_in(self, year: int) -> bool:
        """Whether the actor was there in a year (a year's grace on each side)."""
        return (self.first_year is None or self.first_year - 1 <= year) and (
            self.last_year is None or year <= self.last_year + 1
        )
