"""Every format of the trade gives its reports (`formats.toml`)."""

import json
import tomllib
from pathlib import Path

import pytest

from dateline.record import Record
from dateline.sources import read_sources

CASES = tomllib.loads((Path(__file__).parent / "formats.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_a_format_gives_its_reports(case, tmp_path):
    path = tmp_path / case["file"]
    path.write_text(case["body"], encoding="utf-8")
    found = list(read_sources([str(path)]))
    assert len(found) == len(case["holds"]), [str(t.error) for t in found]
    for taken, wanted in zip(found, case["holds"], strict=True):
        if "error" in wanted:
            assert taken.error is not None and taken.error.code == wanted["error"]
            assert all(s in str(taken.error) for s in wanted["says"])
            continue
        assert taken.report, taken.error
        got = json.loads(taken.report.model_dump_json())
        for name, value in wanted.items():
            if name == "revised":
                assert taken.report.revised.isoformat() == value
            elif name == "extra":
                assert value.items() <= got["extra"].items()
            else:
                assert got[name] == value, name


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1251", "utf-16"])
def test_xml_is_decoded_as_it_declares(encoding, tmp_path):
    word = "Bogotá" if encoding != "windows-1251" else "Киев"
    path = tmp_path / "a.nitf"
    body = f'<?xml version="1.0" encoding="{encoding}"?><nitf><head/><body><body.content><p>The army took {word} on Saturday, it said.</p></body.content></body></nitf>'
    path.write_bytes(body.encode(encoding))
    (taken,) = read_sources([str(path)])
    assert taken.report and word in taken.report.text


def test_records_come_back_with_the_report_that_they_were_read_from(tmp_path):
    record = {
        "schema": "dateline/1",
        "reader": {"version": "0.1.0", "model": "m", "knowledge": "k"},
        "report": {"id": "r1", "text": "The army took the town.", "published": "2016-02-20", "outlet": "Desk"},
    }
    path = tmp_path / "records.jsonl"
    path.write_text(
        json.dumps(record) + "\n" + json.dumps({**record, "events": [{"id": "e1"}]}) + "\n", encoding="utf-8"
    )
    good, bad = read_sources([str(path)])
    assert isinstance(good.record, Record) and good.report.id == "r1" and str(good.report.published) == "2016-02-20"
    assert bad.error.code == "DL-S04" and "events.0.type" in str(bad.error)


def test_a_file_without_a_telling_name_is_known_by_its_first_bytes(tmp_path):
    for name, body in (
        (
            "a",
            "<rss version='2.0'><channel><item><title>The army took the town on Saturday, it said</title></item></channel></rss>",
        ),
        ("b", '{"id": "r1", "text": "The army took the town."}\n{"id": "r2", "text": "The army left it."}'),
    ):
        (tmp_path / name).write_text(body, encoding="utf-8")
    assert [t.report.title for t in read_sources([str(tmp_path / "a")])] == [
        "The army took the town on Saturday, it said"
    ]
    assert [t.report.id for t in read_sources([str(tmp_path / "b")])] == ["r1", "r2"]
