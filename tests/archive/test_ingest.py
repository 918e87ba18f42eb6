"""`dateline add`: reads what is new, passes over what is there, names what fails, goes on after a break."""

import json
import threading
from datetime import date

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

import dateline.archive
from dateline.archive import ingest, tables
from dateline.archive.ingest import add
from dateline.archive.runs import ArchiveMemory
from dateline.archive.watch import Watch
from dateline.batch import ReadingRoom
from dateline.cli import app
from dateline.errors import ArchiveError
from tests.archive.made import record
from tests.sources.warcs import page
from tests.sources.web import Site, fetcher, served

STORY = "BEIRUT (AP) - Turkey shelled the YPG near Azaz on Saturday, killing 12 fighters, the Syrian Observatory for Human Rights said."
run = CliRunner().invoke


@pytest.fixture(scope="module")
def room():
    with ReadingRoom() as open_room:
        yield open_room


def lines(path, *items):
    path.write_text("".join((i if isinstance(i, str) else json.dumps(i)) + "\n" for i in items), encoding="utf-8")
    return str(path)


def records(path, *made):
    return lines(path, *(r.to_json() for r in made))


def runs_of(archive):
    with archive.reading() as connection:
        return connection.execute(select(tables.runs).order_by(tables.runs.c.id)).all()


def test_reports_are_read_and_added_once(archive, tmp_path, room):
    source = lines(
        tmp_path / "a.jsonl",
        {"id": "r1", "text": STORY, "published": "2016-02-20"},
        {"id": "r2", "text": STORY + " It fled."},
    )
    first, again = add(archive, [source], room), add(archive, [source], room)
    assert first.counts == {"added": 2} and again.counts == {"unchanged": 2}
    made = archive.record("r1")
    assert made.events and made.reader == room.version and made.report.published == date(2016, 2, 20)


def test_what_is_there_is_not_read_again(archive, tmp_path):
    class Never:
        jobs, version = 1, None

        def read(self, taken):
            assert not taken
            return []

    made = record("r1")
    add(archive, [records(tmp_path / "records.jsonl", made)], Never())
    source = lines(
        tmp_path / "a.jsonl", {"id": "r1", "text": made.report.text, "published": "2016-02-20", "outlet": "Desk"}
    )
    assert add(archive, [source], Never()).counts == {"unchanged": 1}


def test_reread_reads_with_the_reader_at_hand(archive, tmp_path, room):
    add(archive, [records(tmp_path / "records.jsonl", record("r1"))], room)
    source = lines(
        tmp_path / "a.jsonl",
        {"id": "r1", "text": record("r1").report.text, "published": "2016-02-20", "outlet": "Desk"},
    )
    assert add(archive, [source], room, reread=True).counts == {"reread": 1}
    assert archive.record("r1").reader == room.version
    assert add(archive, [source], room, reread=True).counts == {"unchanged": 1}


def test_what_fails_is_named_and_kept_and_the_rest_is_taken_in(archive, tmp_path, room):
    source = lines(
        tmp_path / "a.jsonl", "no json", record("r1").to_json(), {"id": "r2", "text": ""}, {"schema": "dateline/1"},
        {"uri": "urn:x:1", "pubStatus": "canceled"}, {"id": "r\0", "text": STORY},
    )  # fmt: skip
    heard = []
    summary = add(archive, [source, str(tmp_path / "none.txt")], room, on_done=heard.extend)
    assert summary.counts == {"added": 1, "failed": 5, "killed": 1}
    with archive.reading() as connection:
        failed = connection.execute(select(tables.failures.c.code)).scalars().all()
    assert sorted(failed) == ["DL-S01", "DL-S02", "DL-S04", "DL-S04", "DL-S05"]
    assert sorted(d.code for d in heard if d.became == "failed") == sorted(failed)
    (row,) = runs_of(archive)
    assert (row.state, row.added, row.failed, row.killed) == ("done", 1, 5, 1)


def test_a_record_that_the_database_cannot_hold_costs_no_other(archive, tmp_path, room):
    odd = record("odd")
    odd = odd.model_copy(update={"figures": [odd.figures[0].model_copy(update={"span": (2**70, 2**71)})]})
    good = [record(f"r{n:02}") for n in range(20)]
    summary = add(archive, [records(tmp_path / "records.jsonl", *good[:10], odd, *good[10:])], room)
    assert summary.counts == {"added": 20, "failed": 1}
    assert list(archive.records()) == good


def test_a_run_that_is_broken_off_goes_on(archive, tmp_path, room, monkeypatch):
    monkeypatch.setattr(ingest, "BATCH", 256)
    source = records(tmp_path / "records.jsonl", *(record(f"r{n:04}") for n in range(300)))

    class Break(BaseException): ...

    def stop(done):
        raise Break

    with pytest.raises(Break):
        add(archive, [source], room, on_done=stop)
    # A process that is killed leaves its run as it was.
    with archive.writing() as connection:
        connection.execute(tables.runs.update().values(state="running", finished=None))
    started = []
    summary = add(archive, [source], room, on_start=started.append)
    assert started[0].resumed_after == 256 and summary.counts == {"unchanged": 256, "added": 44}
    assert [r.state for r in runs_of(archive)] == ["stopped", "done"]


def test_the_same_in_any_order_gives_the_same_records(archive, tmp_path, room):
    made = [record(f"r{n}", killed=n) for n in range(40)]
    add(archive, [records(tmp_path / "a.jsonl", *made[::-1])], room)
    assert list(archive.records()) == sorted(made, key=lambda r: r.report.id)


def test_two_writers_at_once_lose_and_double_nothing(archive, archive_name, tmp_path, room):
    sources = [
        records(tmp_path / f"{n}.jsonl", *(record(f"r{k:03}") for k in range(n * 50, n * 50 + 100))) for n in range(3)
    ]
    counts = []

    def write(source):
        with dateline.archive.open(archive_name) as own:
            counts.append(add(own, [source], room).counts)

    threads = [threading.Thread(target=write, args=(s,)) for s in sources]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sum(c["added"] for c in counts) == 200 and sum(c["unchanged"] for c in counts) == 100
    assert [r.report.id for r in archive.records()] == [f"r{k:03}" for k in range(200)]


def test_a_feed_is_asked_for_what_is_new_only_after_all_of_it_is_on_the_disk(archive, room):
    feed = "<rss version='2.0'><channel><title>Desk</title><item><guid>urn:1</guid><title>{}</title></item></channel></rss>"

    def answer(headers):
        if headers.get("If-None-Match") == '"1"':
            return 304, {}, ""
        return 200, {"Content-Type": "application/rss+xml", "ETag": '"1"'}, feed.format(STORY)

    with served(Site({"/feed": answer})) as site:
        url = site.url("/feed")

        def broken(done):
            assert ArchiveMemory(archive).recall(url) is not None
            assert archive.record("urn:1")

        assert add(archive, [url], room, fetcher=fetcher(), on_done=broken).counts == {"added": 1}
        assert add(archive, [url], room, fetcher=fetcher()).counts == {}


def test_watch_polls_each_address_and_waits_longer_for_one_that_fails(archive, room):
    site = Site({"/good": (200, {"Content-Type": "text/html"}, page("Azaz")), "/bad": (500, {}, "")})
    clock = [0.0]
    rounds = []
    with served(site):
        watch = Watch(
            archive, [site.url("/good"), site.url("/bad")], room, every_s=60, fetcher=fetcher, clock=lambda: clock[0],
            on_round=lambda url, summary: rounds.append((int(clock[0]), url.rpartition("/")[2], dict(summary.counts))),
        )  # fmt: skip
        watch.stop.wait = lambda s: clock.__setitem__(0, clock[0] + s)
        watch.run(rounds=3)
    assert rounds == [
        (0, "good", {"added": 1}), (0, "bad", {"failed": 1}), (60, "good", {"unchanged": 1}), (120, "good", {"unchanged": 1}),
        (120, "bad", {"failed": 1}), (180, "good", {"unchanged": 1}),
    ]  # fmt: skip


def test_watch_stops_when_told(archive, room):
    watch = Watch(
        archive, ["http://127.0.0.1/feed"], room, every_s=3600, on_round=lambda url, summary: watch.stop.set()
    )
    watch.run()
    assert [r.failed for r in runs_of(archive)] == [1]


def test_an_archive_that_cannot_be_written_says_so(sqlite_name, tmp_path, room):
    with dateline.archive.open(sqlite_name) as archive:
        with archive.writing() as connection:
            connection.exec_driver_sql(
                "create trigger full before insert on records begin select raise(abort, 'disk full'); end"
            )
        with pytest.raises(ArchiveError), archive.writing() as connection:
            connection.exec_driver_sql("select * from nowhere")


class TestCommandLine:
    """The commands as their users meet them."""

    def test_add_status_records_search(self, archive_name, tmp_path):
        made = [record("r1"), record("r2", place="Marea", title="Marea is shelled")]
        source = records(tmp_path / "records.jsonl", *made)
        done = run(app, ["add", source, "--db", archive_name, "--format", "jsonl"])
        assert done.exit_code == 0 and "2 reports: 2 added" in done.stderr
        assert [json.loads(line) for line in done.stdout.splitlines()] == [
            {"report": k, "became": "added", "code": None, "message": None} for k in ("r1", "r2")
        ]
        again = run(app, ["add", source, "--db", archive_name])
        assert again.exit_code == 0 and "2 unchanged" in again.stderr
        assert run(app, ["records", "--db", archive_name]).stdout == "".join(r.to_json() + "\n" for r in made)
        found = run(app, ["search", "marea", "--db", archive_name, "--format", "jsonl"])
        assert [json.loads(line)["report"] for line in found.stdout.splitlines()] == ["r2"]
        assert "Marea" in json.loads(found.stdout)["words"]
        said = run(app, ["status", "--db", archive_name]).stdout
        assert "2 reports" in said and "4 events" in said and "2 added" in said

    def test_a_failure_is_named_and_the_status_is_1(self, archive_name, tmp_path):
        source = lines(tmp_path / "a.jsonl", "[link] no json", record("r1").to_json())
        done = run(app, ["add", source, "--db", archive_name])
        assert done.exit_code == 1 and "DL-S04" in done.stderr and "1 added, 1 failed" in done.stderr

    def test_no_archive_and_wrong_use_are_status_2(self, tmp_path):
        done = run(app, ["status", "--db", str(tmp_path / "none.db")])
        assert done.exit_code == 2 and "DL-A01" in done.stderr
        assert run(app, ["watch", "feed.xml"]).exit_code == 2
        assert run(app, ["add", "x", "--format", "csv"]).exit_code == 2

    def test_the_environment_names_the_archive(self, tmp_path):
        source = records(tmp_path / "records.jsonl", record("r1"))
        name = str(tmp_path / "named.db")
        assert run(app, ["add", source], env={"DATELINE_DB": name}).exit_code == 0
        assert run(app, ["records"], env={"DATELINE_DB": name}).stdout

    @pytest.mark.parametrize("command", ["add", "watch", "records", "search", "status"])
    def test_help_has_examples(self, command):
        done = run(app, [command, "--help"])
        assert done.exit_code == 0 and "Examples" in done.stdout
