"""Counts of events are kept, and names and stances are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("split", sa.String(length=12), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("split", "day", "value", name=op.f("pk_tallies")),
        sqlite_with_rowid=False,
    )
    for table in ("actors", "places"):
        op.drop_index(f"ix_{table}_name", table)
        op.create_index(f"ix_{table}_name", table, [sa.text("lower(name)")])
    op.create_index("ix_statements_stance", "statements", ["stance"])
