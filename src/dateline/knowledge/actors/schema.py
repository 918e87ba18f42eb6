"""What one line of the register is: an entry, its names, its dated roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateline.record import ActorKind


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


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the register. `country` is ISO 3166-1 alpha-3; years bound its existence."""

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
    first_year: int | None = None
    last_year: int | None = None

    def exists_in(self, year: int) -> bool:
        """Whether the actor was there in a year (a year's grace on each side)."""
        return (self.first_year is None or self.first_year - 1 <= year) and (
            self.last_year is None or year <= self.last_year + 1
        )
