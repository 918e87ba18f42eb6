"""The commands that ask and export, as their users meet them."""

import csv
import io
import json
import re
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

import dateline.archive
from dateline.cli import app
from dateline.cli_ask import ask_app
from dateline.cli_question import OPTIONS, first_day, last_day
from tests.archive.asked import STORIES, fill

run = CliRunner().invoke
DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("asked") / "a.db"
    with dateline.archive.open(str(path)) as archive:
        fill(archive)
    return str(path)


def ask(db, *words):
    done = run(app, [*words, "--db", db])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_events_as_table_csv_json_and_parquet(db, tmp_path):
    got = ask(db, "ask", "events", "--actor", "Turkey", "--alone")
    assert "2016-02-20" in got and "assault" in got and "Azaz" in got and "2016-02-23" not in got
    rows = list(csv.DictReader(io.StringIO(ask(db, "events", "--type", "assault", "--format", "csv"))))
    assert [(x["start"], x["place"], x["killed_low"]) for x in rows] == [
        ("2016-03-01", "Marea", "3"), ("2016-02-23", "Hama", "30"), ("2016-02-20", "Azaz", "12"),
    ]  # fmt: skip
    found = json.loads(ask(db, "events", "--until", "2016-02", "--since", "2016-02", "--format", "json"))
    assert [x["place"] for x in found] == ["Hama", "Azaz"] and found[0]["disputed"] is True
    assert json.loads(ask(db, "events", "--type", "AID", "--format", "json")) == []
    path = tmp_path / "events.parquet"
    ask(db, "events", "--output", str(path))
    assert duckdb.sql(f"select sum(killed_low), max(start) from '{path}'").fetchall()[0][0] == 45
    assert len(ask(db, "events", "--format", "jsonl", "--most", "2").splitlines()) == 2


def test_totals(db):
    got = ask(db, "ask", "events", "--total", "month", "--split", "outlet", "--type", "ASSAULT", "--format", "csv")
    assert [x.split(",")[:4] for x in got.splitlines()[1:]] == [
        ["2016-02", "2016-02-01", "Desk", "1"], ["2016-02", "2016-02-01", "Wire", "1"], ["2016-03", "2016-03-01", "Desk", "1"],
    ]  # fmt: skip
    assert "2016-W07" in ask(db, "ask", "incidents", "--total", "week")


@pytest.mark.parametrize("what", [c.name or c.callback.__name__ for c in ask_app.registered_commands])
def test_each_question_has_an_answer_in_every_format(db, what):
    for kind in ("table", "csv", "json"):
        got = ask(db, "ask", what, "--format", kind)
        assert got.strip()
        if kind == "json":
            assert isinstance(json.loads(got), list)


def test_sql(db, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    assert "event_actors" in ask(db, "sql")
    query = "select type, count(*) as n from events group by all order by 1"
    assert ask(db, "sql", query, "--format", "csv") == "type,n\nASSAULT,3\nRETREAT,3\n"
    (copy,) = tmp_path.glob("sql-*.duckdb")
    ask(db, "sql", query)
    assert list(tmp_path.glob("sql-*.duckdb")) == [copy]
    with dateline.archive.open(db) as archive:
        fill(archive, (STORIES[0].model_copy(update={"report": STORIES[0].report.model_copy(update={"id": "r9"})}),))
    assert ask(db, "sql", "select count(*) from reports", "--format", "csv").splitlines()[1] == "4"
    assert copy not in list(tmp_path.glob("sql-*.duckdb"))
    for bad in ("select nothing from nowhere", "delete from events"):
        done = run(app, ["sql", bad, "--db", db])
        assert done.exit_code == 2 and "DL-Q04" in done.output


def test_export_says_what_it_left_out(db, tmp_path):
    out = tmp_path / "acled.csv"
    done = run(app, ["export", "acled", "--output", str(out), "--db", db, "--events", "--source", "r1"])
    assert done.exit_code == 0 and "1 rows" in done.output and "1 left out: did not happen" in done.output
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2
    assert run(app, ["export", "word", "--output", str(out), "--db", db]).exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["events", "--actor", "Nobody of that name"], "DL-Q02"),
        (["events", "--actor", "Turkye"], "did you mean Turkey?"),
        (["events", "--place", "Nowhere of that name"], "DL-Q03"),
        (["events", "--type", "WAR", "--status", "maybe"], "DL-Q01"),
        (["events", "--since", "yesterday"], "no day"),
        (["events", "--near", "Azaz", "--km", "3"], "no point"),
        (["events", "--format", "xls"], "table, csv"),
        (["events", "--format", "parquet"], "needs a file"),
        (["events", "--total", "decade"], "no period"),
        (["events", "--output", "/no/such/folder/x.csv"], "DL-X01"),
    ],
)
def test_wrong_use_is_told(db, words, said):
    done = run(app, [*words, "--db", db])
    assert done.exit_code == 2 and said in " ".join(done.output.split())


def test_days():
    assert [str(f("2016-02")) for f in (first_day, last_day)] == ["2016-02-01", "2016-02-29"]
    assert [str(f("2016")) for f in (first_day, last_day)] == ["2016-01-01", "2016-12-31"]
    assert str(last_day("2015-12")) == "2015-12-31"


def test_every_question_and_condition_is_documented():
    page = (DOCS / "asking.md").read_text(encoding="utf-8")
    for command in ask_app.registered_commands:
        assert f"dateline ask {command.name or command.callback.__name__} " in page
    names = {d for o in OPTIONS.values() for d in o.__metadata__[0].param_decls if d.startswith("--")}
    assert [n for n in names if not all(part in page for part in n.split("/"))] == []


def test_commands_of_the_docs_are_understood():
    for page in ("asking.md", "exports.md"):
        for line in re.findall(r"^dateline .*", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE):
            import shlex

            words = shlex.split(line.split(" #")[0])[1:]
            done = run(app, [*words, "--db", "no-such-archive.db"])
            assert "DL-A01" in done.output, line
