"""What is asked? Conditions that all must hold; one that is empty or None asks nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, get_args

from dateline.errors import BadQuestion
from dateline.kinds import EventType, Status

Role = Literal["any", "actor", "recipient"]
TYPES: tuple[str, ...] = get_args(EventType)
STATUSES: tuple[str, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Question:
    """Conditions on events, and on what stands beside them (figures, terms, statements, incidents).

    `actors`, `with_actors`: names or register keys; any of the first takes part in `role`, and any
    of the second takes part too. `place`: a name; with `km`, what lies within that many
    kilometres of it, else what lies in it. `point`: degrees north and east, with `km`.
    `since`, `until`: first and last day, of the event, or of the report when `reported` is true.
    An event without a date is in no span of days. `source`: an outlet, an agency, or a report's
    id. `said_by`: who must be named as saying it. `disputed`: asserted and denied, or not.
    """

    actors: tuple[str, ...] = ()
    with_actors: tuple[str, ...] = ()
    role: Role = "any"
    alone: bool = False
    place: str | None = None
    point: tuple[float, float] | None = None
    km: float | None = None
    country: str | None = None
    since: date | None = None
    until: date | None = None
    reported: bool = False
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    source: str | None = None
    said_by: str | None = None
    disputed: bool | None = None
    measures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        problems = [f"{t!r} is no event type; types are {', '.join(TYPES)}" for t in self.types if t not in TYPES]
        problems += [
            f"{s!r} is no status; statuses are {', '.join(STATUSES)}" for s in self.statuses if s not in STATUSES
        ]
        if self.since and self.until and self.since > self.until:
            problems.append(f"since {self.since} is after until {self.until}")
        if self.point and self.km is None:
            problems.append("a point needs a distance in km")
        if self.km is not None and self.km <= 0:
            problems.append("km must be more than 0")
        if self.km is not None and not (self.point or self.place):
            problems.append("km needs a place or a point to measure from")
        if self.point and not (-90 <= self.point[0] <= 90 and -180 <= self.point[1] <= 180):
            problems.append(f"{self.point[0]},{self.point[1]} is no point; give degrees north, then east")
        if problems:
            raise BadQuestion("; ".join(problems))

    @property
    def is_open(self) -> bool:
        """Whether nothing is asked: everything is meant."""
        return all(getattr(self, f.name) == f.default for f in fields(self))


EVERYTHING = Question()
