"""What stations say of whom they may not speak of is refused, and noted."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0083"
down_revision = "0082"

_CLAIMS = "refused_claim"
_WRITERS = "journal_writer"
_SEEN = "refused_claim_seen"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        _WRITERS,
        sa.Column("station", sa.LargeBinary(32), nullable=False),
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("for_all", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("station", name=op.f(f"pk_{_WRITERS}")),
    )
    op.create_table(
        _CLAIMS,
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", columns.Id(), nullable=False),
        sa.Column("version", sa.LargeBinary(16), nullable=False),
        sa.Column("about_table", sa.String(), nullable=False),
        sa.Column("about_id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", "version", name=op.f(f"pk_{_CLAIMS}")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f(f"ix_{_CLAIMS}_about_id"), _CLAIMS, ["about_id"])
    op.create_table(
        _SEEN,
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", columns.Id(), nullable=False),
        sa.Column("version", sa.LargeBinary(16), nullable=False),
        sa.Column("seen_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", "version", name=op.f(f"pk_{_SEEN}")),
    )
