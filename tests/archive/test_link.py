"""Reprints and incidents over an archive: the same in any order, kept up to date, decided by people."""

import json
import random
from datetime import date

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

import dateline.archive
from dateline.archive import decide, tables
from dateline.archive.link import incidents_in_view, link, reprints_in_view
from dateline.archive.write import Arrival, take
from dateline.cli import app
from dateline.errors import NoSuchDecision, NoSuchIncident, NoSuchMention
from dateline.record import ReaderVersion
from dateline.report import Report
from tests.archive.made import record

run = CliRunner().invoke
PLACES = ("Azaz", "Homs", "Idlib", "Daraa")
FILLER = " Residents of the old quarter spent the night in cellars while the guns on the ridge went on firing until dawn broke."


def arrival(made, **more):
    info = made.report
    report = Report(id=info.id, text=info.text, published=info.published, outlet=info.outlet, **more)
    return Arrival(report, made, "test")


def put(archive, *made):
    with archive.writing() as connection:
        return take(connection, [arrival(m) for m in made])


def several():
    return [
        record(f"r{n}", who=("Turkey", "Russia")[n % 2], place=PLACES[n % 4], killed=10 + n % 3, outlet=f"outlet {n % 5}",
               published=date(2016, 2, 20 + n % 6))
        for n in range(12)
    ]  # fmt: skip


def elsewhere(made, day):
    """The same shelling far off, on another day."""
    places = [p.model_copy(update={"lat": 34.73, "lon": 36.72}) for p in made.places]
    shelled, stop = made.events
    events = [shelled.model_copy(update={"start": day, "end": day, "time": None}), stop]
    return made.model_copy(update={"places": places, "events": events, "times": []})


def state(archive):
    return [list(reprints_in_view(archive)), list(incidents_in_view(archive))]


def shelling(archive, report):
    """Id of the incident of a report's shelling, and the mention."""
    with archive.reading() as connection:
        c = tables.links.c
        row = connection.execute(
            select(c.incident_id, c.trigger_start).where(c.report_key == report).order_by(c.trigger_start)
        ).first()
    return row.incident_id, (report, row.trigger_start)


def test_any_order_and_any_steps_give_what_a_rebuild_gives(archive, tmp_path):
    put(archive, *several())
    assert link(archive).anew
    expected = state(archive)
    assert expected[1]
    for seed in range(2):
        moved = several()
        random.Random(seed).shuffle(moved)
        with dateline.archive.open(str(tmp_path / f"{seed}.db")) as other:
            for start in range(0, len(moved), 6):
                put(other, *moved[start : start + 7])
                link(other)
            assert state(other) == expected


def test_an_archive_that_did_not_change_is_not_linked_again(archive):
    put(archive, *several())
    assert link(archive).anew and not link(archive).anew
    put(archive, record("new"))
    assert link(archive).anew


def test_a_killed_report_leaves_reprints_and_incidents(archive):
    put(archive, *several())
    link(archive)
    with archive.writing() as connection:
        gone = several()[0].report
        take(connection, [Arrival(Report(id="r0", text=gone.text, state="killed"), None, "test")])
    link(archive)
    groups, incidents = state(archive)
    assert "r0" not in json.dumps(
        [[m["report"] for i in incidents for m in i["mentions"]], [g["reports"] for g in groups]]
    )


def test_copies_count_as_one_source(archive):
    with archive.writing() as connection:
        for n, outlet in enumerate(("Desk", "Herald", "Courier")):
            made = record(f"r{n}", outlet=outlet)
            info = made.report.model_copy(update={"text": made.report.text + FILLER, "agency": None})
            take(connection, [arrival(made.model_copy(update={"report": info}))])
    link(archive)
    (group,) = reprints_in_view(archive)
    assert group["reports"] == ["r0", "r1", "r2"] and group["origin"] == "r0"
    top = next(i for i in incidents_in_view(archive) if i["type"] == "ASSAULT")
    assert len({m["report"] for m in top["mentions"]}) == 3 and top["independent_sources"] == 1


def test_a_split_is_respected_by_what_comes_later_and_can_be_undone(archive):
    put(archive, record("r1", outlet="a"), record("r2", outlet="b"))
    link(archive)
    id_, mention = shelling(archive, "r2")
    number = decide.split(archive, id_, [mention], "Ada", "another shelling")
    put(archive, record("r3", outlet="c"))
    link(archive)
    assert shelling(archive, "r1")[0] != shelling(archive, "r2")[0]
    with archive.reading() as connection:
        c = tables.links.c
        assert (
            connection.execute(
                select(c.decision_id).where(c.report_key == "r2", c.trigger_start == mention[1])
            ).scalar()
            == number
        )
    decide.undo(archive, number)
    link(archive)
    assert shelling(archive, "r1")[0] == shelling(archive, "r2")[0] == shelling(archive, "r3")[0]
    assert decide.listed(archive)[0]["undone"]
    with pytest.raises(NoSuchDecision):
        decide.undo(archive, number)


def test_a_join_keeps_the_first_id_and_a_pin_keeps_its_own(archive):
    put(
        archive,
        record("r1"),
        elsewhere(record("r2", place="Homs", who="Russia", published=date(2016, 5, 1)), date(2016, 4, 30)),
    )
    link(archive)
    first, second = shelling(archive, "r1")[0], shelling(archive, "r2")[0]
    assert first != second
    decide.join(archive, [second, first], "Ada")
    link(archive)
    assert shelling(archive, "r1")[0] == shelling(archive, "r2")[0] == second
    decide.pin(archive, second, "Ada")
    put(archive, record("r0", published=date(2016, 2, 19)))
    link(archive)
    assert shelling(archive, "r1")[0] == second


def test_what_is_not_there_is_said(archive):
    put(archive, record("r1"))
    link(archive)
    id_, mention = shelling(archive, "r1")
    with pytest.raises(NoSuchIncident, match="dateline incidents"):
        decide.pin(archive, "i0", "Ada")
    with pytest.raises(NoSuchMention, match="r9:4"):
        decide.split(archive, id_, [("r9", 4)], "Ada")
    with pytest.raises(NoSuchMention, match="leave a mention"):
        decide.split(archive, id_, [mention], "Ada")


def test_an_id_outlasts_a_new_reading_that_moves_the_trigger(archive):
    put(archive, record("r1", outlet="a"), record("r2", outlet="b"))
    link(archive)
    before, _ = shelling(archive, "r1")
    newer = record("r1", outlet="a", reader=ReaderVersion(version="0.2.0", model="m2", knowledge="k1"))
    start, end = newer.events[0].trigger
    moved = newer.events[0].model_copy(update={"trigger": (start + 1, end)})
    put(archive, newer.model_copy(update={"events": [moved, newer.events[1]]}))
    link(archive)
    assert shelling(archive, "r1")[0] == before
    link(archive)
    assert shelling(archive, "r1")[0] == before and not link(archive).anew


def test_an_older_id_still_finds_its_incident(archive):
    put(archive, record("r5", outlet="a"))
    link(archive)
    before, _ = shelling(archive, "r5")
    put(archive, record("r1", outlet="b", published=date(2016, 2, 19)))
    link(archive)
    now, _ = shelling(archive, "r5")
    if now != before:
        assert [i["id"] for i in incidents_in_view(archive, before)] == [now]


@pytest.fixture
def filled(sqlite_name):
    with dateline.archive.open(sqlite_name) as archive:
        put(archive, *several())
    return sqlite_name


def test_the_commands(filled, tmp_path):
    out = tmp_path / "incidents.jsonl"
    assert run(app, ["incidents", "--db", filled, "--format", "jsonl", "--output", str(out)]).exit_code == 0
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    wanted = set(
        [
            "id",
            "type",
            "status",
            "start",
            "end",
            "place",
            "actors",
            "recipients",
            "killed",
            "independent_sources",
            "mentions",
            "positions",
        ]
    )
    assert found and all(wanted <= set(i) for i in found)
    assert all(set(m) >= {"report", "trigger"} for i in found for m in i["mentions"])
    shown = run(app, ["reprints", "--db", filled, "--format", "jsonl"]).stdout.splitlines()
    assert all(len(json.loads(line)["reports"]) > 1 for line in shown)
    assert "nothing changed" in run(app, ["link", "--db", filled]).stdout
    one, two = found[0]["id"], found[1]["id"]
    done = run(app, ["incidents", "join", one, two, "--db", filled, "--by", "Ada"])
    assert done.exit_code == 0 and "undo 1" in done.stdout
    assert "Ada" in run(app, ["incidents", "decisions", "--db", filled]).stdout
    assert run(app, ["incidents", "undo", "1", "--db", filled]).exit_code == 0
    shown = run(app, ["incidents", "--db", filled, "--id", one, "--format", "jsonl"]).stdout.splitlines()
    assert [json.loads(line)["id"] for line in shown] == [one]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["incidents", "join", "i1"], 2), (["incidents", "split", "i1", "r1"], 2), (["incidents", "--format", "xml"], 2),
        (["incidents", "undo", "9"], 2), (["incidents", "pin", "i1"], 2), (["reprints", "--format", "xml"], 2),
    ],
)  # fmt: skip
def test_wrong_use_is_named(filled, arguments, status):
    done = run(app, [*arguments, "--db", filled])
    assert done.exit_code == status and (done.stderr or done.output).strip()
