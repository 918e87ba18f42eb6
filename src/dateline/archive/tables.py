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
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import JSON

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, name: str | None = None, *, cascade: bool = True, nullable: bool = False) -> Column[int]:
    """A column that points at the `id` of another table."""
    ondelete = "CASCADE" if cascade else None
    return Column(
        name or f"{table.removesuffix('s')}_id", ForeignKey(f"{table}.id", ondelete=ondelete), nullable=nullable
    )


def _span(name: str, *, nullable: bool = False) -> tuple[Column[int], Column[int]]:
    return Column(f"{name}_start", Integer, nullable=nullable), Column(f"{name}_end", Integer, nullable=nullable)


# ------------------------------------------------------------------ what came

runs = Table(
    "runs", metadata,
    _id(),
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
    _id(),
    _of("runs"),
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
    _id(),
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
    Index("ix_reports_text_digest", "text_digest"),
    Index("ix_reports_outlet", "outlet"),
)  # fmt: skip

versions = Table(
    "versions", metadata,
    _id(),
    _of("reports"),
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
    _of("runs", cascade=False, nullable=True),
    UniqueConstraint("report_id", "number"),
    CheckConstraint("state in ('usable', 'withheld', 'killed')", name="state"),
)  # fmt: skip

# ------------------------------------------------------------------ what was read

readers = Table(
    "readers", metadata,
    _id(),
    Column("version", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("knowledge", Text, nullable=False),
    UniqueConstraint("version", "model", "knowledge"),
)  # fmt: skip

records = Table(
    "records", metadata,
    _id(),
    _of("versions"),
    _of("readers", cascade=False),
    Column("json", LargeBinary, nullable=False),
    Column("added", DateTime(timezone=True), nullable=False),
    UniqueConstraint("version_id", "reader_id"),
)  # fmt: skip

# ------------------------------------------------------------------ what is in view

actors = Table(
    "actors", metadata,
    _id(),
    _of("reports"),
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
    _id(),
    _of("reports"),
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
    _id(),
    _of("reports"),
    Column("local", String(16), nullable=False),
    Column("type", String(10), nullable=False),
    Column("mode", String(24)),
    Column("status", String(12), nullable=False),
    *_span("trigger"),
    Column("trigger_text", Text, nullable=False),
    *_span("sentence"),
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
)  # fmt: skip

event_actors = Table(
    "event_actors", metadata,
    _of("events"),
    Column("role", String(9), nullable=False),
    Column("rank", Integer, nullable=False),
    _of("actors"),
    *_span("span"),
    CheckConstraint("role in ('actor', 'recipient')", name="role"),
    UniqueConstraint("event_id", "role", "rank"),
    Index("ix_event_actors_actor_id", "actor_id"),
)  # fmt: skip

event_places = Table(
    "event_places", metadata,
    _of("events"),
    Column("rank", Integer, nullable=False),
    _of("places"),
    UniqueConstraint("event_id", "rank"),
    Index("ix_event_places_place_id", "place_id"),
)  # fmt: skip

statements = Table(
    "statements", metadata,
    _id(),
    _of("reports"),
    Column("local", String(16), nullable=False),
    _of("actors", "speaker_id", nullable=True),
    *_span("speaker", nullable=True),
    *_span("cue"),
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
    _of("events"),
    _of("statements"),
    Column("said_by_rank", Integer),
    UniqueConstraint("event_id", "statement_id"),
    Index("ix_event_statements_statement_id", "statement_id"),
)  # fmt: skip

figures = Table(
    "figures", metadata,
    _id(),
    _of("reports"),
    Column("local", String(16), nullable=False),
    *_span("span"),
    Column("low", Float),
    Column("high", Float),
    Column("approximate", Boolean, nullable=False),
    Column("measure", String(12), nullable=False),
    Column("unit", Text),
    Column("cumulative", Boolean, nullable=False),
    Column("since", Text),
    _of("events", nullable=True),
    _of("places", nullable=True),
    Column("confidence", Float, nullable=False),
    Index("ix_figures_report_id", "report_id"),
    Index("ix_figures_event_id", "event_id"),
    Index("ix_figures_place_id", "place_id"),
    Index("ix_figures_measure", "measure"),
)  # fmt: skip

event_figures = Table(
    "event_figures", metadata,
    _of("events"),
    _of("figures"),
    UniqueConstraint("event_id", "figure_id"),
    Index("ix_event_figures_figure_id", "figure_id"),
)  # fmt: skip

terms = Table(
    "terms", metadata,
    _id(),
    _of("reports"),
    Column("local", String(16), nullable=False),
    _of("actors", "party_id", nullable=True),
    Column("form", String(8), nullable=False),
    Column("commitment", Text),
    *_span("commitment", nullable=True),
    Column("requires", JSON, nullable=False),
    _of("statements", nullable=True),
    Column("confidence", Float, nullable=False),
    Index("ix_terms_report_id", "report_id"),
    Index("ix_terms_party_id", "party_id"),
    Index("ix_terms_statement_id", "statement_id"),
)  # fmt: skip

relations = Table(
    "relations", metadata,
    _id(),
    _of("reports"),
    Column("local", String(16), nullable=False),
    Column("kind", String(8), nullable=False),
    _of("actors", "from_id"),
    _of("actors", "to_id"),
    *_span("span"),
    Column("confidence", Float, nullable=False),
    Index("ix_relations_report_id", "report_id"),
    Index("ix_relations_from_id", "from_id"),
    Index("ix_relations_to_id", "to_id"),
)  # fmt: skip

# ------------------------------------------------------------------ above the records

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
    _id(),
    Column("incident_id", ForeignKey("incidents.id", ondelete="CASCADE"), nullable=False),
    Column("report_key", Text, nullable=False),
    *_span("trigger"),
    Column("score", Float),
    Column("reasons", JSON, nullable=False),
    _of("decisions", cascade=False, nullable=True),
    UniqueConstraint("incident_id", "report_key", "trigger_start", "trigger_end"),
    Index("ix_links_report_key", "report_key", "trigger_start"),
)  # fmt: skip

decisions = Table(
    "decisions", metadata,
    _id(),
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
    Column("value", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# Tables of what is in view, in the order in which their rows can be deleted by report.
IN_VIEW = (terms, relations, figures, statements, events, places, actors)
