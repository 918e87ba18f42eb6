"""What arrives is added once, corrected by versions, read again by readers, taken out of view when killed."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, text

from dateline.archive import tables
from dateline.archive.full_text import excerpt
from dateline.archive.write import Arrival, take
from dateline.record import ReaderVersion
from dateline.report import Report
from dateline.sources.take_in import report_of
from tests.archive.made import record

OTHER = ReaderVersion(version="0.2.0", model="m2", knowledge="k1")


def arrival(made, **changes):
    report = report_of(made).model_copy(update=changes)
    return Arrival(report, made if report.state == "usable" else None, "file.jsonl")


def put(archive, *arrivals):
    """What became of a batch."""
    with archive.writing() as connection:
        return [d.became for d in take(connection, arrivals)]


def count(archive, table):
    with archive.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def everything(archive):
    """All rows of all tables of reports and records, but for row ids and times of arrival."""
    with archive.reading() as connection:
        return {
            t.name: sorted(
                str({k: v for k, v in row._mapping.items() if k not in ("added", "run_id")})
                for row in connection.execute(select(t))
            )
            for t in tables.metadata.sorted_tables
            if t.name not in ("runs", "failures")
        }


def test_a_record_comes_back_as_it_was(archive):
    made = record("r1", who="Türkiye", title="Azaz “shelled” ☃")
    assert put(archive, arrival(made)) == ["added"]
    assert archive.record("r1") == made
    assert list(archive.records()) == [made]
    assert archive.record("r2") is None


def test_a_record_is_laid_flat(archive):
    put(archive, arrival(record("r0")), arrival(record("r1", place="Marea", killed=14)))
    query = """
        select r.key, e.type, e.trigger_text, e.start_date, a.name as actor, b.name as recipient, p.name as place, f.low as killed,
               s.stance, k.key as said_by, x.said_by_rank
        from events e join reports r on r.id = e.report_id
        join event_actors ea on ea.event_id = e.id and ea.role = 'actor' join actors a on a.id = ea.actor_id
        join event_actors eb on eb.event_id = e.id and eb.role = 'recipient' join actors b on b.id = eb.actor_id
        join event_places ep on ep.event_id = e.id join places p on p.id = ep.place_id
        join event_figures ef on ef.event_id = e.id join figures f on f.id = ef.figure_id and f.event_id = e.id
        join event_statements x on x.event_id = e.id join statements s on s.id = x.statement_id
        left join actors k on k.id = s.speaker_id
        where e.type = 'ASSAULT' order by r.key, s.local"""
    with archive.reading() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
        part_of = (
            connection.execute(
                text("select b.name from actors a join actors b on b.id = a.part_of_id where a.name = 'army'")
            )
            .scalars()
            .all()
        )
        term = connection.execute(select(tables.terms.c.commitment, tables.terms.c.requires)).first()
    assert [r[:3] + r[4:] for r in rows] == [
        (key, "ASSAULT", "shelled", "Turkey", "people", place, killed, stance, said_by, rank)
        for key, place, killed in (("r0", "Azaz", 12), ("r1", "Marea", 14))
        for stance, said_by, rank in (("says", "sohr", 0), ("denies", None, None))
    ]
    assert {str(r[3]) for r in rows} == {"2016-02-20"}
    assert part_of == ["Turkey", "Turkey"]
    assert term.commitment == "stop" and term.requires[0]["action"] == "left"


def test_the_same_again_changes_nothing(archive):
    batch = [arrival(record("r1")), arrival(record("r2", place="Marea"))]
    assert put(archive, *batch, *batch) == ["added", "added", "unchanged", "unchanged"]
    before = everything(archive)
    assert put(archive, *batch) == ["unchanged", "unchanged"]
    assert everything(archive) == before


@pytest.mark.parametrize("together", [True, False])
def test_a_correction_is_a_new_version_and_what_was_said_before_is_kept(archive, together):
    batch = [arrival(record("r1", killed=12)), arrival(record("r1", killed=14)), arrival(record("r2"))]
    became = put(archive, *batch) if together else [put(archive, one)[0] for one in batch]
    assert became == ["added", "corrected", "added"]
    assert archive.record("r1").figures[0].low == 14
    with archive.reading() as connection:
        texts = connection.execute(select(tables.versions.c.text).order_by(tables.versions.c.id)).scalars().all()
        figures = connection.execute(select(tables.figures.c.low).order_by(tables.figures.c.low)).scalars().all()
    assert "killing 12" in texts[0] and "killing 14" in texts[1] and figures == [12, 14]
    assert count(archive, tables.records) == 3 and archive.search("14") == ["r1"]
    # The older one once more is no news.
    assert put(archive, arrival(record("r1", killed=12))) == ["unchanged"]
    assert archive.record("r1").figures[0].low == 14


def test_the_publishers_number_orders_versions_whatever_the_order_of_arrival(archive):
    assert put(archive, arrival(record("r1", killed=14), version=3)) == ["added"]
    assert put(archive, arrival(record("r1", killed=12), version=2)) == ["corrected"]
    assert archive.record("r1").figures[0].low == 14
    late, early = datetime(2016, 2, 21, tzinfo=UTC), datetime(2016, 2, 20, tzinfo=UTC)
    put(archive, arrival(record("r2", killed=5), revised=late), arrival(record("r2", killed=4), revised=early))
    assert archive.record("r2").figures[0].low == 5


def test_a_kill_takes_out_of_view_and_not_out_of_history(archive):
    put(archive, arrival(record("r1"), version=1), arrival(record("r2")))
    kill = Arrival(Report(id="r1", text="", state="killed", version=2), None, "wire")
    assert put(archive, kill) == ["killed"]
    assert [r.report.id for r in archive.records()] == ["r2"] and archive.record("r1") is None
    assert archive.search("Azaz") == ["r2"]
    assert (
        count(archive, tables.events) == 2
        and count(archive, tables.versions) == 3
        and count(archive, tables.records) == 2
    )
    assert put(archive, kill, arrival(record("r1"), version=1)) == ["unchanged", "unchanged"]
    # The publisher may take it back.
    assert put(archive, arrival(record("r1"), version=3)) == ["corrected"]
    assert sorted(archive.search("Azaz")) == ["r1", "r2"] and archive.record("r1")


def test_a_kill_before_the_report_holds(archive):
    put(archive, Arrival(Report(id="r1", text="", state="killed", version=2), None, "wire"))
    assert put(archive, arrival(record("r1"), version=1)) == ["corrected"]
    assert list(archive.records()) == [] and count(archive, tables.events) == 0


def test_withheld_until_it_is_usable(archive):
    made = record("r1")
    assert put(archive, arrival(made, state="withheld")) == ["withheld"]
    assert list(archive.records()) == [] and archive.search("Azaz") == []
    assert put(archive, arrival(made)) == ["corrected"]
    assert list(archive.records()) == [made]


def test_another_reader_reads_again_and_both_are_kept(archive):
    put(archive, arrival(record("r1")))
    assert put(archive, arrival(record("r1", reader=OTHER))) == ["reread"]
    assert archive.record("r1").reader == OTHER
    assert (
        count(archive, tables.records) == 2
        and count(archive, tables.versions) == 1
        and count(archive, tables.events) == 2
    )
    assert put(archive, arrival(record("r1")), arrival(record("r1", reader=OTHER))) == ["unchanged", "unchanged"]


def test_a_text_without_an_id_is_the_same_wherever_it_lies(archive):
    one = record("a/story.txt", published=None)
    assert put(archive, arrival(one, named=False)) == ["added"]
    assert put(archive, arrival(record("b/story.txt", published=None), named=False)) == ["unchanged"]
    # A date that is given by hand is a correction, and stays.
    assert put(archive, arrival(one, named=False, published=date(2020, 1, 1))) == ["corrected"]
    assert put(archive, arrival(one, named=False)) == ["unchanged"]


def test_another_text_where_one_lay_is_no_correction(archive):
    put(archive, arrival(record("story.txt"), named=False))
    other = arrival(record("story.txt", place="Marea"), named=False)
    assert put(archive, other) == ["added"]
    assert put(archive, other) == ["unchanged"]
    keys = [r.report.id for r in archive.records()]
    assert (
        keys[0] == "story.txt"
        and keys[1].startswith("story.txt~")
        and archive.record(keys[1]).places[0].name == "Marea"
    )


def test_records_come_in_the_order_of_their_keys_on_both_databases(archive):
    keys = ["b", "a", "Z", "é", "10", "9", "a b"]
    put(archive, *(arrival(record(k)) for k in keys))
    assert [r.report.id for r in archive.records()] == sorted(keys)
    assert [r.report.id for r in archive.records(["b", "Z", "none"])] == ["Z", "b"]


def test_an_excerpt_shows_the_words_found():
    body = "The town was quiet. " * 20 + "Gunners were shelling the\nbridge at dawn. " + "Nothing moved. " * 20
    shown = excerpt(body, '-quiet "shelled bridge" or dawn')
    assert "Gunners were shelling the bridge" in shown and shown.startswith("… ") and shown.endswith(" …")
    assert excerpt("Short.", "nowhere") == "Short." == excerpt("Short.", "")


@pytest.mark.parametrize(
    "words, found",
    [
        ("azaz", ["r1"]), ("AZAZ shelled", ["r1"]), ('"shelled azaz"', ["r1"]), ('"azaz shelled"', []), ("azaz or marea", ["r1", "r2"]),
        ("shelled -azaz", ["r2"]), ("kill", ["r1", "r2"]), ("headline", ["r2"]), ("", []), ('"', []), ("-azaz", []), ("(((", []), ("a'b*:^{}", []),
        ("NOT AND OR", []), ("nowhere", []),
    ],
)  # fmt: skip
def test_search(archive, words, found):
    put(archive, arrival(record("r1")), arrival(record("r2", place="Marea", title="A headline")))
    assert sorted(archive.search(words)) == found


def test_a_record_that_names_parts_which_it_does_not_have_is_kept_without_them(archive):
    made = record("r1")
    event = made.events[0].model_copy(
        update={"places": ["p9"], "figures": ["f9", "f1", "f1"], "said_by": ["s9", "s1", "s1"], "time": "t9"}
    )
    odd = made.model_copy(update={"events": [event, made.events[1]]})
    assert put(archive, arrival(odd)) == ["added"]
    assert archive.record("r1") == odd
    assert count(archive, tables.event_places) == 0 and count(archive, tables.event_figures) == 1
