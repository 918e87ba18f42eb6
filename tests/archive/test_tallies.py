"""What is counted beside the events is what counting them gives, whatever came, was corrected, killed and read again."""

from sqlalchemy import select

from dateline.archive import ask, tables, tallies
from dateline.archive.ask import Question
from dateline.archive.write import Arrival, take
from dateline.report import Report
from dateline.sources.take_in import report_of
from tests.archive.made import record


def kept(connection):
    return sorted(tuple(row) for row in connection.execute(select(tables.tallies)))


def came(archive, *records):
    with archive.writing() as connection:
        take(connection, [Arrival(report_of(r), r, "x") for r in records])


def test_counts_are_those_of_counting_anew(archive):
    came(archive, record("r1", killed=12), record("r2", place="Marea"), record("r3"), record("r4"))
    came(archive, record("r1", killed=14, place="Marea"), record("r5"))
    with archive.writing() as connection:
        take(connection, [Arrival(Report(id="r3", text="", state="killed", version=2), None, "x")])
        found = kept(connection)
        tallies.recount(connection)
        assert found == kept(connection)
        assert found and all(n > 0 for *_, n in found)


def test_what_is_told_twice_or_written_otherwise_counts_as_the_database_counts(archive):
    one = record("r1")
    event = one.events[0]
    actors = [*one.actors, one.actors[3].model_copy(update={"id": "a6", "name": "ARMY"})]
    both = [*event.actor, *(event.actor[0].model_copy(update={"id": i}) for i in ("a4", "a6", "a4", "a1"))]
    places = [
        one.places[0].model_copy(update={"lat": -0.0}),
        one.places[0].model_copy(update={"id": "p2", "country": None}),
    ]
    told = event.model_copy(update={"actor": both, "places": ["p1", "p2", "p1"], "start": None, "mode": None})
    came(
        archive,
        one.model_copy(update={"actors": actors, "places": places, "events": [told, *one.events[1:]]}),
        record("r2", outlet=None, who="T" * 600),
        record("r3").model_copy(update={"statements": [record("r3").statements[1]]}),
    )
    with archive.writing() as connection:
        found = kept(connection)
        tallies.recount(connection)
        assert found == kept(connection)
        assert ("who", "", '[null, "army"]', 6) in found
        assert ("disputed", "2016-02-20", "disputed", 2) in found
        assert ("rows", "", "events", 6) in found


def test_all_killed_nothing_counts(archive):
    came(archive, record("r1"), record("r2"))
    with archive.writing() as connection:
        gone = [Report(id=i, text="", state="killed", version=2) for i in ("r1", "r2")]
        take(connection, [Arrival(r, None, "x") for r in gone])
        assert kept(connection) == []


def test_totals_of_everything_are_those_of_a_question_that_leaves_nothing_out(archive):
    came(archive, record("r1", killed=12), record("r2", place="Marea"), record("r3"))
    everything = Question(statuses=("happened", "intended", "demanded", "conditional", "negated", "cancelled"))
    assert not everything.is_open
    for split in (None, *ask.SPLITS):
        assert ask.totals(archive, Question(), "month", split) == ask.totals(archive, everything, "month", split), split
        for most in (1, 2, 5):
            assert (
                ask.totals(archive, Question(), "day", split, most=most)
                == ask.totals(archive, everything, "day", split)[:most]
            )
    assert ask.actors(archive) == ask.actors(archive, everything)
    for most in (0, 1, 2, 3):
        assert ask.actors(archive, most=most) == ask.actors(archive, everything)[:most]
    assert list(ask.events(archive, Question(), 2)) == list(ask.events(archive))[:2]
    assert ask.places(archive) == ask.places(archive, everything)
