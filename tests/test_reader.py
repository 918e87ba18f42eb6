"""The whole way from a report to its record: the rules that hold everywhere."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.batch import ReadingRoom
from dateline.record import Record
from dateline.report import Report
from dateline.sources import Taken, read_sources

WAR = (
    "Syria`s army said on Saturday it had shelled rebels near Aleppo, killing 12. “They deny it,” said the YPG (Kurds)."
)
ODD = st.lists(
    st.sampled_from(
        [
            "🙂",
            "حلب",
            "é",
            "́",
            "\x00",
            "\n\n",
            " ",
            "“",
            "`",
            "&amp;",
            "â€™",
            "\u200b",
            WAR,
            "The UN condemned it. ",
            "28 dead",
        ]
    ),
    max_size=12,
).map("".join)


def spans(part: Any) -> Iterator[tuple[int, int]]:
    """Every span of a record: each is evidence in the report's text."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in ("span", "trigger", "sentence", "cue", "speaker_span") and value is not None:
            yield value
        elif name in ("mentions", "content"):
            yield from value
        elif hasattr(type(value), "model_fields"):
            yield from spans(value)
        elif isinstance(value, list):
            for x in value:
                if hasattr(type(x), "model_fields"):
                    yield from spans(x)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ODD | st.text(max_size=300))
def test_every_span_stands_in_the_text(reader, text):
    record = reader.read(Report(id="x", text=text, published=date(2016, 2, 20)))
    assert record.report.text == text
    for a, b in spans(record):
        assert 0 <= a < b <= len(text), (a, b, text)
        assert text[a:b].strip(), (a, b, text)


def test_a_line_without_an_end_is_read(reader):
    text = WAR + " x" * 25_000
    record = reader.read(Report(id="x", text=text))
    assert all(0 <= a < b <= len(text) for a, b in spans(record))
    assert record.events


@pytest.fixture(scope="module")
def examples(reader) -> list[Record]:
    return [reader.read(t.report) for t in read_sources(["examples"]) if t.report]


def test_examples_fill_every_part_of_the_record(examples):
    for part in ("actors", "places", "times", "events", "statements", "terms", "figures", "relations"):
        assert any(getattr(r, part) for r in examples), part


def test_ids_are_unique_and_references_hold(examples):
    for r in examples:
        ids = [
            x.id
            for part in (r.actors, r.places, r.times, r.events, r.statements, r.terms, r.figures, r.relations)
            for x in part
        ]
        assert len(ids) == len(set(ids))
        known = set(ids)
        for e in r.events:
            named = [
                *(p.id for p in e.actor),
                *(p.id for p in e.recipient),
                *e.places,
                *e.figures,
                *e.said_by,
                *([e.time] if e.time else []),
            ]
            assert set(named) <= known
        for s in r.statements:
            assert {*s.events, *([s.speaker] if s.speaker else [])} <= known
        for x in r.relations:
            assert {x.from_, x.to} <= known


def test_reading_twice_gives_the_same_bytes(reader, examples):
    again = [reader.read(t.report) for t in read_sources(["examples"]) if t.report]
    assert [r.to_json() for r in again] == [r.to_json() for r in examples]


def test_a_record_survives_json(examples):
    for r in examples:
        assert Record.model_validate_json(r.to_json()) == r


def test_an_actor_is_not_on_both_sides_and_a_place_is_no_actor(examples):
    for r in examples:
        names = {p.name for p in r.places if p.precision in ("settlement", "exact")}
        for e in r.events:
            assert not {p.id for p in e.actor} & {p.id for p in e.recipient}
        assert not names & {a.name for a in r.actors if a.key is None}


def test_an_unknown_date_is_not_the_publication_date(reader):
    record = reader.read(
        Report(id="x", text="Rebels shelled the town of Azaz, the army said.", published=date(2016, 2, 20))
    )
    assert record.events
    assert all(e.start is None and e.end is None for e in record.events)


def test_a_room_of_two_reads_what_one_reads() -> None:
    texts = ("Rebels shelled the town of Aleppo on Friday.", "The army denied it.")
    taken = [Taken(str(i), Report(id=str(i), text=text)) for i, text in enumerate(texts)]
    with ReadingRoom() as one, ReadingRoom(jobs=2) as two:
        assert two.read(taken) == one.read(taken)
