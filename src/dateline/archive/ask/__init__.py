"""Ask: what does an archive hold on an actor, a place, a time, a source?

    from dateline.archive import ask
    with dateline.archive.open("war.db") as archive:
        for event in ask.events(archive, ask.Question(actors=("Turkey",), place="Syria", since=date(2016, 2, 1))):
            print(event.start, event.sentence)

A `Question` says what is meant; each function answers it with frozen rows, a few at a time. An
actor is meant with what is part of it, a place with what lies in it. `docs/asking.md` has more.
"""

from dateline.archive.ask.question import Question
from dateline.archive.ask.rows import EventInFull, Party, Spot
from dateline.archive.ask.told_incidents import IncidentLine, incidents

from dateline.archive.ask.told_events import EventLine, events, events_in_full, line_of  # isort: skip
from dateline.archive.ask.counted import PERIODS, SPLITS, Total, totals
from dateline.archive.ask.summaries import (
    ActorLine,
    FigureLine,
    PlaceLine,
    StatementLine,
    TermLine,
    actors,
    figures,
    places,
    statements,
    terms,
)

__all__ = [
    "PERIODS",
    "SPLITS",
    "ActorLine",
    "EventInFull",
    "EventLine",
    "FigureLine",
    "IncidentLine",
    "Party",
    "PlaceLine",
    "Question",
    "Spot",
    "StatementLine",
    "TermLine",
    "Total",
    "actors",
    "events",
    "events_in_full",
    "figures",
    "incidents",
    "line_of",
    "places",
    "statements",
    "terms",
    "totals",
]
