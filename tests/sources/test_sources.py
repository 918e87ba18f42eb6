"""What goes in comes out as a report, or as an error with a code; the rest of the batch is not lost."""

import json
from datetime import date

import pytest

from dateline.sources import read_sources
from dateline.sources.plain import decode

STORY = "The army said on Monday that it had taken the town after a siege of three weeks, and that the rebels were in retreat."
PAGE = f"""<!doctype html><html><head><title>Army takes town</title><meta name="date" content="2016-02-20"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Army takes town</h1><p>{STORY}</p><p>{STORY.replace("Monday", "Tuesday")}</p>
<script>alert("no")</script></article><footer>All rights reserved</footer></body></html>"""


def one(path):
    found = list(read_sources([str(path)]))
    assert len(found) == 1
    return found[0]


def test_text_comes_as_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(f"  {STORY}\r\n\r\nSyria`s war\n".encode())
    assert one(path).report.text == f"  {STORY}\r\n\r\nSyria`s war\n"


def test_page_gives_its_article_title_and_date(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    report = one(path).report
    assert STORY in report.text and "alert" not in report.text and "Home" not in report.text
    assert report.title == "Army takes town" and report.published == date(2016, 2, 20)


def test_json_lines_keep_id_order_and_other_keys(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"id": 7, "text": STORY, "published": "2016-02-20", "desk": "mideast"}, {"text": STORY}]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    first, second = read_sources([str(path)])
    assert (
        first.report.id == "7"
        and first.report.extra == {"desk": "mideast"}
        and first.report.published == date(2016, 2, 20)
    )
    assert second.report.id == f"{path}:2"


def test_a_folder_is_read_in_order_of_names(tmp_path):
    for name in ("b.txt", "a.txt", "c.jpg"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    assert [t.where.rpartition("/")[2] for t in read_sources([str(tmp_path)])] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    "name, body, code",
    [
        ("a.txt", b"", "DL-S01"),
        ("a.txt", b" \n\t ", "DL-S01"),
        ("a.txt", b"... 12 !!", "DL-S01"),
        ("a.txt", b"\x7fELF\x00\x00\x01", "DL-S02"),
        ("a.txt", bytes(range(1, 32)) * 40, "DL-S02"),
        (
            "a.txt",
            "El ejército anunció el sábado que había matado a doce guerrilleros en una operación en el sur.".encode(),
            "DL-S03",
        ),
        ("a.txt", "أعلن الجيش يوم السبت أنه سيطر على البلدة بعد حصار دام ثلاثة أسابيع".encode(), "DL-S03"),
        ("a.html", b"<html><body></body></html>", "DL-S01"),
        ("a.jsonl", b"", "DL-S01"),
    ],
)
def test_what_is_no_report_gets_a_coded_error(tmp_path, name, body, code):
    path = tmp_path / name
    path.write_bytes(body)
    assert one(path).error.code == code


@pytest.mark.parametrize(
    "line, said",
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ('{"id": "x"}', "`text` must be a string"),
        ('{"text": 5, "published": "soon", "title": 3}', "`published` must be a date"),
        ('{"text": "\\ud800 is half"}', "surrogate"),
    ],
)
def test_a_bad_line_is_named_and_the_next_is_read(tmp_path, line, said):
    path = tmp_path / "a.jsonl"
    path.write_text(line + "\n" + json.dumps({"id": "good", "text": STORY}) + "\n", encoding="utf-8")
    bad, good = read_sources([str(path)])
    assert bad.error.code == "DL-S04" and said in str(bad.error)
    assert good.report.id == "good"


def test_a_missing_file_is_named(tmp_path):
    assert one(tmp_path / "nowhere.txt").error.code == "DL-S05"


def test_publication_date_is_given_to_those_that_bring_none(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        json.dumps({"text": STORY}) + "\n" + json.dumps({"text": STORY, "published": "2001-01-02"}) + "\n",
        encoding="utf-8",
    )
    assert [t.report.published for t in read_sources([str(path)], date(2016, 2, 20))] == [
        date(2016, 2, 20),
        date(2001, 1, 2),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    assert decode("Bogotá — “no”".encode(encoding), "x") == "Bogotá — “no”"
