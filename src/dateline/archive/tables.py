"""Which tables does an archive have? `docs/archive.md` says what each column means.

Three layers. *What came*: reports, versions of them, where they were fetched from, runs.
*What was read*: readers and records; the record whole, as JSON. *What is in view*: actors,
places, events, statements, terms, figures and relations of the newest record of each report
that is not killed, laid flat for queries. Above them stand incidents, links and decisions.

Rows of what is in view are written anew when a report is corrected or read again: what must
outlast that (a link, a decision) names a report's key and a trigger span, never a row id.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import JSON

from dateline.archive.tables_above import comparisons, decisions, incidents, links, reprints, tallies
from dateline.archive.tables_base import id_, key_of, metadata, of, span

# ------------------------------------------------------------------ what came

runs = Table(
    "runs", metadata,
    id_(),
    Column("command", Text, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("started", DateTime(timezone=True), nullable=False),
    Column("finished", DateTime(timezone=True)),
    Column("state", String(10), nullable=False),
    Column("added", Integer, nullable=False, default=0),
    Column("corrected", Integer, nullable=False, default=0),
    Column("reread", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("withheld", Integer, nullable=False, default=0),
    Column("killed", Integer, nullable=False, default=0),
    Column("failed", Integer, nullable=False, default=0),
    CheckConstraint("state in ('running', 'done', 'stopped')", name="state"),
)  # fmt: skip

failures = Table(
    "failures", metadata,
    id_(),
    of("runs"),
    Column("whence", Text, nullable=False),
    Column("code", String(10), nullable=False),
    Column("message", Text, nullable=False),
    Index("ix_failures_run_id", "run_id"),
)  # fmt: skip

fetches = Table(
    "fetches", metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("status", Integer, nullable=False),
    Column("fetched", DateTime(timezone=True), nullable=False),
    Column("fresh_until", DateTime(timezone=True)),
)  # fmt: skip

reports = Table(
    "reports", metadata,
    id_(),
    Column("key", Text, nullable=False, unique=True),
    Column("named", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("version_id", Integer),
    Column("record_id", Integer),
    Column("url", Text),
    Column("title", Text),
    Column("outlet", Text),
    Column("agency", Text),
    Column("published", Date),
    Column("language", String(16), nullable=False),
    Column("dateline_place", Text),
    Column("dateline_date", Text),
    Column("text_digest", String(64), nullable=False),
    CheckConstraint("state in ('usable', 'withheld', 'killed')", name="state"),
    Index("ix_reports_published", "published"),
    # Only what has no id of its own is looked for by its words. On PostgreSQL the migration says so alone:
    # to name it here would load that database's dialect for everyone.
    Index("ix_reports_text_digest", "text_digest", sqlite_where=text("named = 0")),
    Index("ix_reports_outlet", "outlet"),
)  # fmt: skip

versions = Table(
    "versions", metadata,
    id_(),
    of("reports"),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("said_version", Integer),
    Column("revised", DateTime(timezone=True)),
    Column("url", Text),
    Column("title", Text),
    Column("outlet", Text),
    Column("published", Date),
    Column("language", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("extra", JSON, nullable=False),
    Column("whence", Text, nullable=False),
    Column("added", DateTime(timezone=True), nullable=False),
    of("runs", cascade=False, nullable=True),
    UniqueConstraint("report_id", "number"),
    CheckConstraint("state in ('usable', 'withheld', 'killed')", name="state"),
)  # fmt: skip

# ------------------------------------------------------------------ what was read

readers = Table(
    "readers", metadata,
    id_(),
    Column("version", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("knowledge", Text, nullable=False),
    UniqueConstraint("version", "model", "knowledge"),
)  # fmt: skip

records = Table(
    "records", metadata,
    id_(),
    of("versions"),
    of("readers", cascade=False),
    Column("json", LargeBinary, nullable=False),
    Column("added", DateTime(timezone=True), nullable=False),
    UniqueConstraint("version_id", "reader_id"),
)  # fmt: skip

# ------------------------------------------------------------------ what is in view

actors = Table(
    "actors", metadata,
    id_(),
    of("reports"),
    Column("local", String(16), nullable=False),
    Column("key", Text),
    Column("name", Text, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("country", String(3)),
    Column("part_of_id", Integer),
    Column("mentions", JSON, nullable=False),
    Index("ix_actors_report_id", "report_id"),
    Index("ix_actors_key", "key"),
    Index("ix_actors_name", text("lower(name)")),
)  # fmt: skip

places = Table(
    "places", metadata,
    id_(),
    of("reports"),
    Column("local", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("country", String(3)),
    Column("feature", String(10)),
    Column("source", Text),
    Column("precision", String(10), nullable=False),
    Column("radius_km", Float),
    Column("mentions", JSON, nullable=False),
    Index("ix_places_report_id", "report_id"),
    Index("ix_places_name", text("lower(name)")),
    Index("ix_places_country", "country"),
    Index("ix_places_lat_lon", "lat", "lon"),
)  # fmt: skip

events = Table(
    "events", metadata,
    id_(),
    of("reports"),
    Column("local", String(16), nullable=False),
    Column("type", String(10), nullable=False),
    Column("mode", String(24)),
    Column("status", String(12), nullable=False),
    *span("trigger"),
    Column("trigger_text", Text, nullable=False),
    *span("sentence"),
    Column("time_value", Text),
    Column("start_date", Date),
    Column("end_date", Date),
    Column("cameo", String(6)),
    Column("acled_event_type", Text),
    Column("acled_sub_event_type", Text),
    Column("contexts", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
    Index("ix_events_report_id", "report_id"),
    Index("ix_events_start_date", "start_date"),
    Index("ix_events_type", "type", "status", "start_date"),
    Index("ix_events_mode", "type", "status", "mode", "acled_sub_event_type"),
)  # fmt: skip

event_actors = Table(
    "event_actors", metadata,
    key_of("events"),
    Column("role", String(9), primary_key=True),
    Column("rank", Integer, primary_key=True),
    of("actors"),
    *span("span"),
    CheckConstraint("role in ('actor', 'recipient')", name="role"),
    Index("ix_event_actors_actor_id", "actor_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

event_places = Table(
    "event_places", metadata,
    key_of("events"),
    Column("rank", Integer, primary_key=True),
    of("places"),
    Index("ix_event_places_place_id", "place_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

statements = Table(
    "statements", metadata,
    id_(),
    of("reports"),
    Column("local", String(16), nullable=False),
    of("actors", "speaker_id", nullable=True),
    *span("speaker", nullable=True),
    *span("cue"),
    Column("content", JSON, nullable=False),
    Column("quoted", Boolean, nullable=False),
    Column("stance", String(24), nullable=False),
    Column("confidence", Float, nullable=False),
    Index("ix_statements_report_id", "report_id"),
    Index("ix_statements_speaker_id", "speaker_id"),
    Index("ix_statements_stance", "stance"),
)  # fmt: skip

event_statements = Table(
    "event_statements", metadata,
    key_of("events"),
    key_of("statements"),
    Column("said_by_rank", Integer),
    Index("ix_event_statements_statement_id", "statement_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

figures = Table(
    "figures", metadata,
    id_(),
    of("reports"),
    Column("local", String(16), nullable=False),
    *span("span"),
    Column("low", Float),
    Column("high", Float),
    Column("approximate", Boolean, nullable=False),
    Column("measure", String(12), nullable=False),
    Column("unit", Text),
    Column("cumulative", Boolean, nullable=False),
    Column("since", Text),
    of("events", nullable=True),
    of("places", nullable=True),
    Column("confidence", Float, nullable=False),
    Index("ix_figures_report_id", "report_id"),
    Index("ix_figures_event_id", "event_id"),
    Index("ix_figures_place_id", "place_id"),
    Index("ix_figures_measure", "measure"),
)  # fmt: skip

event_figures = Table(
    "event_figures", metadata,
    key_of("events"),
    key_of("figures"),
    Index("ix_event_figures_figure_id", "figure_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

terms = Table(
    "terms", metadata,
    id_(),
    of("reports"),
    Column("local", String(16), nullable=False),
    of("actors", "party_id", nullable=True),
    Column("form", String(8), nullable=False),
    Column("commitment", Text),
    *span("commitment", nullable=True),
    Column("requires", JSON, nullable=False),
    of("statements", nullable=True),
    Column("confidence", Float, nullable=False),
    Index("ix_terms_report_id", "report_id"),
    Index("ix_terms_party_id", "party_id"),
    Index("ix_terms_statement_id", "statement_id"),
)  # fmt: skip

relations = Table(
    "relations", metadata,
    id_(),
    of("reports"),
    Column("local", String(16), nullable=False),
    Column("kind", String(8), nullable=False),
    of("actors", "from_id"),
    of("actors", "to_id"),
    *span("span"),
    Column("confidence", Float, nullable=False),
    Index("ix_relations_report_id", "report_id"),
    Index("ix_relations_from_id", "from_id"),
    Index("ix_relations_to_id", "to_id"),
)  # fmt: skip

# Tables of what is in view, in the order in which their rows can be deleted by report.
IN_VIEW = (terms, relations, figures, statements, events, places, actors)

__all__ = [
    "IN_VIEW", "actors", "comparisons", "decisions", "event_actors", "event_figures", "event_places", "event_statements", "events",
    "failures", "fetches", "figures", "incidents", "links", "metadata", "places", "readers", "records", "relations", "reports", "reprints",
    "runs", "statements", "tallies", "terms", "versions",
]  # fmt: skip
