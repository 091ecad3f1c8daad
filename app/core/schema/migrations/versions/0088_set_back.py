"""What a revoked PC wrote beyond the entry up to which it is believed stands in no table, wherever it came first."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0088"
down_revision = "0087"

_TABLE = "row_unvouched"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "journal_log_end",
        sa.Column("log_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", name=op.f("pk_journal_log_end")),
    )
    op.create_table(
        _TABLE,
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", columns.Id(), nullable=False),
        sa.Column("station", sa.LargeBinary(32), nullable=False),
        sa.Column("of_others", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name=op.f(f"pk_{_TABLE}")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f(f"ix_{_TABLE}_station"), _TABLE, ["station"])
