"""The page: all of the text, every fact linked to its words, nothing fetched, nothing executed."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from dateline.record import Actor, Event, Figure, Participant, ReaderVersion, Record, ReportInfo
from dateline.show import page, table

TEXT = "Turkey shelled <b>the YPG</b> & killed 12."


def record(text: str = TEXT) -> Record:
    return Record(
        schema="dateline/1", reader=ReaderVersion(version="0", model="m", knowledge="k"), report=ReportInfo(id="r", text=text),
        actors=[Actor(id="a1", name="Turkey", kind="state", mentions=[(0, 6)]), Actor(id="a2", name="<YPG>", kind="militia", mentions=[(18, 25)])],
        events=[Event(id="e1", type="ASSAULT", status="happened", trigger=(7, 14), sentence=(0, len(TEXT)), actor=[Participant(id="a1", span=(0, 6))],
                      recipient=[Participant(id="a2", span=(18, 25))], figures=["f1"], confidence=0.9)],
        figures=[Figure(id="f1", span=(39, 41), low=12, high=12, measure="killed", event="e1", confidence=0.9)],
    )  # fmt: skip


def article(html: str) -> str:
    inner = re.search(r"<article[^>]*>(.*)</article>", html, re.DOTALL)
    assert inner
    return unescape(re.sub(r"<[^>]+>", "", inner[1]))


def test_the_text_is_whole_and_escaped():
    html = page.render([record()])
    assert article(html) == TEXT
    assert "<b>the" not in html and "&lt;YPG&gt;" in html


def test_every_fact_has_its_words():
    html = page.render([record()])
    for fact in ("d0-e1", "d0-f1", "d0-a1"):
        assert f'id="{fact}"' in html
        assert re.search(rf'data-f="[^"]*\b{fact}\b', html)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=80))
def test_any_text_is_whole(text):
    stretches = page.stretches(
        Record(
            schema="dateline/1",
            reader=ReaderVersion(version="0", model="m", knowledge="k"),
            report=ReportInfo(id="r", text=text),
        ),
        "",
    )
    assert "".join(s.text for s in stretches) == text


def test_table_has_a_line_an_event():
    heading, line = table.render(record()).splitlines()
    assert line.split("\t")[:7] == ["r", "e1", "ASSAULT", "", "happened", "Turkey", "<YPG>"]
    assert len(heading.split("\t")) == len(line.split("\t"))
