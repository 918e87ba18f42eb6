"""An archive to ask: one war, three reports; spans are true."""

from __future__ import annotations

from datetime import date

from dateline.archive import Archive
from dateline.archive.write import Arrival, take
from dateline.record import Record
from dateline.sources.take_in import report_of
from tests.archive.made import record


def story(
    key: str,
    who: str,
    register_key: str | None,
    country: str,
    day: date,
    place: str,
    point: tuple[float, float],
    land: str = "SYR",
    **more,
) -> Record:  # type: ignore[no-untyped-def]
    """`made.record` with its actor, place and day told by hand."""
    made = record(key, who=who, place=place, **more)
    first = made.actors[0].model_copy(update={"key": register_key, "country": country})
    actors = [first, *made.actors[1:]]
    places = [p.model_copy(update={"lat": point[0], "lon": point[1], "country": land}) for p in made.places]
    events = [e.model_copy(update={"start": day, "end": day}) if e.start else e for e in made.events]
    return made.model_copy(update={"actors": actors, "places": places, "events": events})


STORIES = (
    story("r1", "Turkey", "state:TUR", "TUR", date(2016, 2, 20), "Azaz", (36.586, 37.044), outlet="Desk"),
    story("r2", "Russia", "state:RUS", "RUS", date(2016, 2, 23), "Hama", (35.132, 36.758), outlet="Wire", published=date(2016, 2, 24), killed=30),
    story("r3", "YPG", "group:YPG", "SYR", date(2016, 3, 1), "Marea", (36.482, 37.195), outlet="Desk", published=date(2016, 3, 2), killed=3),
)  # fmt: skip


def fill(archive: Archive, records: tuple[Record, ...] = STORIES) -> None:
    with archive.writing() as connection:
        take(connection, [Arrival(report_of(r), r, "test") for r in records])
