"""Rows in which a newer program wrote what must not be passed over are kept, and not edited."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0082"
down_revision = "0080"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
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
