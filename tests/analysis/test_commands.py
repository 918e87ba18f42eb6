"""The commands as a user types them."""

import json

import pytest
from typer.testing import CliRunner

from dateline.archive import open_archive
from dateline.cli import app
from quality.annotated import as_record
from quality.scenarios import measure
from quality.truce_speed import made


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    records = [as_record(a) for a in measure.annotations("sudan")]
    path.write_text("".join(r.to_json() + "\n" for r in records), encoding="utf-8")
    return path


def run(*args):
    return CliRunner().invoke(app, [str(a) for a in args])


def test_the_board_is_told_in_words_with_its_evidence(file):
    done = run("truce", file)
    assert done.exit_code == 0, done.output
    assert "No party that has stated terms can move first." in done.output
    assert "Sudan's army will not: halt air strikes" in done.output
    assert "“to keep bombing the paramilitaries until victory” [sud-2, 2023-05-31" in done.output


def test_an_earlier_day_has_its_own_board(file):
    told = json.loads(run("truce", file, "--on", "2023-05-21", "--format", "json").output)
    assert told["on"] == "2023-05-21"
    assert told["together"]


def test_violations_and_disputes_say_when_there_is_none(file):
    assert "no truce found" in run("violations", file).output
    assert "nothing is disputed" in run("disputes", file).output
    assert json.loads(run("violations", file, "--from", "2023-05-01", "--format", "json").output)[0]["violations"]


def test_a_party_that_no_report_names_is_wrong_use(file):
    done = run("violations", file, "--from", "2023-05-01", "--party", "Atlantis")
    assert done.exit_code == 2
    assert "Atlantis" in done.output


@pytest.mark.parametrize("body", ["{}", "no json\n", '{"schema": "dateline/1"}\n{}\n'])
def test_what_is_no_record_is_named(tmp_path, body):
    path = tmp_path / "bad.jsonl"
    path.write_text(body)
    done = run("truce", path)
    assert done.exit_code == 2
    assert "DL-S04" in done.output


def test_neither_file_nor_archive_is_wrong_use():
    assert run("truce").exit_code == 2


def test_an_archive_gives_the_same_board(file, tmp_path):
    assert run("add", file, "--db", tmp_path / "war.db").exit_code == 0
    assert (
        run("truce", "--db", tmp_path / "war.db", "--format", "json").output
        == run("truce", file, "--format", "json").output
    )
    with open_archive(str(tmp_path / "war.db")) as archive:
        assert len(list(archive.records())) == 3


def test_many_parties_and_a_long_history_are_one_board():
    from dateline.analysis.truce import board

    b = board(made(40, 400))
    assert len(b.standing.in_force) >= 40
    assert len(b.standing.history) >= 300
