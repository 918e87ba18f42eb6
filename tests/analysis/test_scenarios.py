"""The logic alone: boards made of annotations equal those written by hand."""

import pytest

from quality.annotated import as_record
from quality.scenarios import measure


@pytest.mark.parametrize("name", measure.names())
def test_the_board_is_the_one_written_by_hand(name):
    assert measure.differences(name, [as_record(a) for a in measure.annotations(name)]) == {}


def test_there_are_twelve():
    assert len(measure.names()) == 12
    assert all(3 <= len(measure.annotations(n)) <= 6 for n in measure.names())


def test_every_position_and_every_happening_quotes_its_report():
    from dateline.analysis.truce import board

    for name in measure.names():
        records = [as_record(a) for a in measure.annotations(name)]
        texts = {r.report.id: r.report.text for r in records}
        b = board(records)
        found = [p.evidence for p in (*b.standing.in_force, *b.standing.history)]
        found += [n.evidence for p in b.standing.in_force for n in p.needs]
        found += [h.evidence for r in b.required for h in (*r.judgement.met, *r.judgement.broken)]
        assert all(" ".join(texts[e.report][slice(*e.span)].split()) == e.words for e in found)


def test_the_order_of_the_reports_changes_nothing():
    for name in ("aceh", "sudan", "syria-talks"):
        records = [as_record(a) for a in measure.annotations(name)]
        assert measure.differences(name, records[::-1]) == {}
