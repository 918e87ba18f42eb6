"""Rows that join events to others lie in the order of their keys; only reports without an id are found by their words."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Table: its key, and the other table that it points to.
LINKS = {
    "event_actors": (("event_id", "role", "rank"), "actor"),
    "event_places": (("event_id", "rank"), "place"),
    "event_statements": (("event_id", "statement_id"), "statement"),
    "event_figures": (("event_id", "figure_id"), "figure"),
}
# All columns, in the order of revision 0001.
COLUMNS = {
    "event_actors": ("event_id", "role", "rank", "actor_id", "span_start", "span_end"),
    "event_places": ("event_id", "rank", "place_id"),
    "event_statements": ("event_id", "statement_id", "said_by_rank"),
    "event_figures": ("event_id", "figure_id"),
}


def upgrade() -> None:
    op.drop_index("ix_reports_text_digest", "reports")
    op.create_index(
        "ix_reports_text_digest", "reports", ["text_digest"], sqlite_where=sa.text("named = 0"), postgresql_where=sa.text("not named")
    )  # fmt: skip
    if op.get_bind().dialect.name != "sqlite":
        for table, (key, _) in LINKS.items():
            op.drop_constraint(f"uq_{table}_{'_'.join(key)}", table)
            op.create_primary_key(f"pk_{table}", table, list(key))
        op.alter_column("tallies", "value", type_=sa.Text(collation="C"))
        return
    for table, (key, other) in LINKS.items():
        _made_anew(table, key, other)


def _made_anew(table: str, key: tuple[str, ...], other: str) -> None:
    """SQLite cannot change how a table lies: its rows go into another, which takes its name."""
    made = f"{table}_new"
    columns = [
        sa.Column(n, sa.String(length=9) if n == "role" else sa.Integer(), nullable=n == "said_by_rank")
        for n in COLUMNS[table]
    ]
    checks = [sa.CheckConstraint("role in ('actor', 'recipient')", name=op.f("ck_event_actors_role"))]
    op.create_table(
        made,
        *columns,
        *(
            sa.ForeignKeyConstraint([f"{name}_id"], [f"{name}s.id"], name=op.f(f"fk_{table}_{name}_id"), ondelete="CASCADE")
            for name in ("event", other)
        ),
        *(checks if table == "event_actors" else ()),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        sqlite_with_rowid=False,
    )  # fmt: skip
    names = ", ".join(COLUMNS[table])
    op.execute(f"insert into {made} ({names}) select {names} from {table} order by {', '.join(key)}")
    op.drop_table(table)
    op.rename_table(made, table)
    op.create_index(f"ix_{table}_{other}_id", table, [f"{other}_id"])
