"""What is less sure than the user asks for is left out, and nothing points at it."""

from __future__ import annotations

from dateline.reader import Reader
from dateline.report import Report

TEXT = "Rebels said on Monday that the army had shelled Aleppo, killing nine people. The army denied it."


def test_nothing_points_at_what_is_left_out() -> None:
    record = Reader(threads=1, least_confidence=0.8).read(Report(id="r", text=TEXT))
    known = {e.id for e in record.events} | {s.id for s in record.statements}
    assert all(s in known for e in record.events for s in e.said_by)
    assert all(e in known for s in record.statements for e in s.events)
    assert all(f.event is None or f.event in known for f in record.figures)


def test_the_threshold_leaves_out_more_the_higher_it_is() -> None:
    counts = [
        len(Reader(threads=1, least_confidence=p).read(Report(id="r", text=TEXT)).events) for p in (0.0, 0.5, 1.0)
    ]
    assert counts[0] >= counts[1] >= counts[2] and counts[0] > counts[2]
