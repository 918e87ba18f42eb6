"""Events are found by their mode and ACLED sub-type: captures, losses and clashes are few among all attacks."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_events_mode", "events", ["type", "status", "mode", "acled_sub_event_type"])
