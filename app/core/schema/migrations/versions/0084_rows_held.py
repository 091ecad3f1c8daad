"""Rows that a newer program holds are not edited; what revoked PCs wrote after that is kept aside."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0084"
down_revision = "0083"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _hold_rows()
    _keep_aside()


def _hold_rows() -> None:
    op.create_table(
        "critical_kind",
        sa.Column("word", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_critical_kind")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "row_held",
        sa.Column("row_id", columns.Id(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("by_id", columns.Id(), nullable=False),
        sa.Column("by_table", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "row_id", "table_name", "by_id", "by_table", name=op.f("pk_row_held")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_row_held_by_id"), "row_held", ["by_id"])


def _keep_aside() -> None:
    op.create_table(
        "entry_aside",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("station", sa.LargeBinary(32), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(8), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("wall", columns.Instant(), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("actor", columns.Id(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("came_at", columns.Instant(), nullable=False),
        sa.Column("brought_by", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_entry_aside")),
    )
    op.create_index(op.f("ix_entry_aside_station"), "entry_aside", ["station"])
    op.create_table(
        "aside_decision",
        sa.Column("station", sa.LargeBinary(32), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aside_decision")),
    )
    op.create_index(op.f("ix_aside_decision_station"), "aside_decision", ["station"])
    guard(op.get_bind(), "aside_decision", update=True)
