"""Any text survives a cell, and no spreadsheet runs it."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.export.cells import cell, defused, number, write_csv, write_tsv
from dateline.export.notes import selectors, to_utf16

TEXT = st.text()
settled = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "＝1", "\ufeff=1", "\n=1"])
def test_formulas_are_defused(text):
    assert defused(text) == "'" + text


@pytest.mark.parametrize("text", ["042", "Azaz", "a=b", "1-2", "'=1", ""])
def test_other_texts_stay(text):
    assert cell(text) == text


@pytest.mark.parametrize(
    ("value", "expected"), [(-3.01, "-3.01"), (12.0, "12"), (0.1, "0.1"), (7, "7"), (1e16, "10000000000000000")]
)
def test_numbers_are_numbers(value, expected):
    assert number(value) == cell(value) == expected and float(expected) == value


@settled
@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_csv_comes_back(rows):
    out = io.StringIO(newline="")
    write_csv(out, [["a", "b"]], rows)
    out.seek(0)
    got = list(csv.reader(out))[1:]
    assert got == [[cell(v) for v in row] for row in rows]
    assert not [v for row in got for v in row if v.lstrip(" \u00a0\ufeff")[:1] in tuple("=+-@\t\r\n")]


@settled
@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_tsv_keeps_its_lines_and_columns(rows):
    out = io.StringIO(newline="")
    write_tsv(out, None, rows)
    lines = out.getvalue().splitlines()
    assert len(lines) == len(rows) and all(line.count("\t") == 1 for line in lines)


@settled
@given(TEXT, st.data())
def test_selectors_find_the_words_in_code_points_and_in_utf_16(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote, position = selectors(text, (start, end))
    assert text[position["start"] : position["end"]] == quote["exact"]
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
    a, b = to_utf16(text, (start, end))
    units = text.encode("utf-16-le")
    assert units[2 * a : 2 * b].decode("utf-16-le") == quote["exact"]


def test_a_javascript_string_counts_two_for_an_emoji():
    assert to_utf16("🕊 truce", (2, 7)) == (3, 8)
