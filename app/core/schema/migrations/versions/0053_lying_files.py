"""What the files in the shared folder bring, and to whom (ADR 48)."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "lying_file",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("readers", columns.Json(), nullable=False),
        sa.Column("brings", sa.LargeBinary(), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("since", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lying_file")),
    )
