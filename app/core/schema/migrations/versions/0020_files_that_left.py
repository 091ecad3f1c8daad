"""Files that somebody saved and pages that somebody printed."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0020"
down_revision = "0018"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "saved_file",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", columns.Id(), nullable=True),
        sa.Column("saved_at", columns.Instant(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("saved_to", sa.String(), nullable=False),
        sa.Column("is_paper", sa.Boolean(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_file")),
    )
    guard(op.get_bind(), "saved_file", update=True)
