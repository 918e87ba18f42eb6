"""Tables above the records: what several reports are worked out to tell of, what reviewers decided, and counts.

Rows here name a report by its key and an event by its trigger: those outlast what is in view.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import JSON

from dateline.archive.tables_base import id_, metadata, of, span

reprints = Table(
    "reprints", metadata,
    Column("report_key", Text, primary_key=True),
    Column("group_key", Text, nullable=False),
    Column("lineage", JSON, nullable=False),
    Index("ix_reprints_group_key", "group_key"),
)  # fmt: skip

incidents = Table(
    "incidents", metadata,
    Column("id", String(40), primary_key=True),
    Column("type", String(10), nullable=False),
    Column("status", String(12), nullable=False),
    Column("start_date", Date),
    Column("end_date", Date),
    Column("first_reported", Date),
    Column("last_reported", Date),
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("country", String(3)),
    Column("killed_low", Float),
    Column("killed_high", Float),
    Column("independent_sources", Integer, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("body", JSON, nullable=False),
    Index("ix_incidents_type", "type", "status", "start_date"),
    Index("ix_incidents_start_date", "start_date"),
)  # fmt: skip

links = Table(
    "links", metadata,
    id_(),
    Column("incident_id", ForeignKey("incidents.id", ondelete="CASCADE"), nullable=False),
    Column("report_key", Text, nullable=False),
    *span("trigger"),
    Column("score", Float),
    Column("reasons", JSON, nullable=False),
    of("decisions", cascade=False, nullable=True),
    UniqueConstraint("incident_id", "report_key", "trigger_start", "trigger_end"),
    Index("ix_links_report_key", "report_key", "trigger_start"),
)  # fmt: skip

decisions = Table(
    "decisions", metadata,
    id_(),
    Column("kind", String(10), nullable=False),
    Column("body", JSON, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("reason", Text),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("undone", DateTime(timezone=True)),
)  # fmt: skip

# What linking worked out, by day, so that it need not again; it can be emptied at any time.
comparisons = Table(
    "comparisons", metadata,
    Column("task", Text, primary_key=True),
    Column("stamp", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
)  # fmt: skip

# Events by day and by what they are split by; `tallies.py` keeps it.
tallies = Table(
    "tallies", metadata,
    Column("split", String(12), primary_key=True),
    Column("day", String(10), primary_key=True),
    # By code points on any server: spans of values are asked for.
    Column("value", Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
