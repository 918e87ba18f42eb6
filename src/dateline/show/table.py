"""Events as a tab-separated table, one a line."""

from __future__ import annotations

from dateline.record import Record
from dateline.show.view import View

COLUMNS = (
    "report",
    "event",
    "type",
    "mode",
    "status",
    "actor",
    "recipient",
    "place",
    "start",
    "end",
    "said_by",
    "words",
)


def render(record: Record, heading: bool = True) -> str:
    """Lines of the table; the heading stands before the first record's."""
    view = View(record)
    lines = ["\t".join(COLUMNS)] if heading else []
    for e in record.events:
        cells = (
            record.report.id, e.id, e.type, e.mode or "", e.status, view.names([p.id for p in e.actor]), view.names([p.id for p in e.recipient]),
            view.where(e), str(e.start or ""), str(e.end or ""), view.on_whose_word(e), view.words(e.trigger),
        )  # fmt: skip
        lines.append("\t".join(" ".join(c.split()) for c in cells))
    return "".join(line + "\n" for line in lines)
