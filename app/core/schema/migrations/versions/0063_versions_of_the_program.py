"""What became of versions of the program on each PC is kept: released, installed, in use, left."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0063"
down_revision = "0062"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "program_event",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("former", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_event")),
    )
    guard(op.get_bind(), "program_event", update=True)
