"""The command line as its users meet it."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.record import Record

STORY = "BEIRUT (AP) - Turkey shelled the YPG near Azaz on Saturday, killing 12 fighters, the Syrian Observatory for Human Rights said. The YPG denied that it had attacked Turkey.\n"
run = CliRunner().invoke


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_one_report_gives_one_record(story):
    done = run(app, ["read", str(story), "--published", "2016-02-20"])
    assert done.exit_code == 0
    record = Record.model_validate_json(done.stdout)
    assert record.report.text == STORY and record.report.agency == "AP" and str(record.report.published) == "2016-02-20"


def test_json_lines_in_gives_json_lines_out_in_order_for_any_number_of_jobs(tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_text(
        "".join(json.dumps({"id": f"r{n}", "text": STORY * (n % 3 + 1)}) + "\n" for n in range(9)), encoding="utf-8"
    )
    out = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for jobs, target in zip(("1", "2"), out, strict=True):
        assert run(app, ["read", str(path), "--jobs", jobs, "--output", str(target)]).exit_code == 0
    assert out[0].read_bytes() == out[1].read_bytes()
    assert [json.loads(line)["report"]["id"] for line in out[0].read_text(encoding="utf-8").splitlines()] == [
        f"r{n}" for n in range(9)
    ]


def test_what_cannot_be_read_is_named_and_the_rest_is_written(tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_text(
        '{"id": "empty", "text": ""}\nnot json\n' + json.dumps({"id": "good", "text": STORY}) + "\n", encoding="utf-8"
    )
    done = run(app, ["read", str(path)])
    assert done.exit_code == 1
    assert "DL-S01" in done.stderr and "DL-S04" in done.stderr and "1 of 3 reports read" in done.stderr
    assert [json.loads(line)["report"]["id"] for line in done.stdout.splitlines()] == ["good"]


def test_standard_input(story):
    done = run(app, ["read", "-", "--format", "table"], input=STORY)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].startswith("report\tevent\ttype")


def test_show_prints_what_happened(story):
    done = run(app, ["show", str(story), "--published", "2016-02-20"])
    assert done.exit_code == 0 and "What happened" in done.stdout


def test_show_takes_records_and_writes_a_page(story, tmp_path):
    records, page = tmp_path / "records.jsonl", tmp_path / "page.html"
    assert run(app, ["read", str(story), "--output", str(records)]).exit_code == 0
    assert run(app, ["show", str(records), "--html", str(page)]).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert "the Syrian Observatory" in re.sub(r"<[^>]+>", "", html)
    assert not re.search(r"(?:src|href)=[\"']?https?:", html)


@pytest.mark.parametrize("command", ["read", "show", "schema"])
def test_help_has_examples(command):
    done = run(app, [command, "--help"])
    assert done.exit_code == 0
    assert command == "schema" or "Examples" in done.stdout


def test_readme_commands_exist():
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"^dateline (\w+)", readme, re.MULTILINE))
    assert commands
    for c in commands:
        assert run(app, [c, "--help"]).exit_code == 0
