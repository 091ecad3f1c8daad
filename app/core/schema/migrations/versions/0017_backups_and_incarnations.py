"""What became of backups is on record, and that a station went on in new logs."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0017"
down_revision = "0015"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "incarnation",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(length=8), nullable=False),
        sa.Column("parent", sa.LargeBinary(length=8), nullable=False),
        sa.Column("heads", columns.Json(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incarnation")),
    )
    op.create_table(
        "incarnation_seen",
        sa.Column("incarnation_id", columns.Id(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incarnation_id"],
            ["incarnation.id"],
            name=op.f("fk_incarnation_seen_incarnation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incarnation_seen")),
    )
    op.create_index(
        op.f("ix_incarnation_seen_incarnation_id"),
        "incarnation_seen",
        ["incarnation_id"],
        unique=False,
    )
    op.create_table(
        "backup_event",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_event")),
    )
    for table in ("incarnation", "incarnation_seen", "backup_event"):
        guard(op.get_bind(), table, update=True)
