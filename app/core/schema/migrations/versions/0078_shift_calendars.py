"""The hours of shifts are kept, and the holidays of a site."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0078"
down_revision = "0077"

_SHIFT, _HOLIDAY = "shift", "holiday"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        _SHIFT,
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("anchor_on", columns.Day(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("works_on_holidays", sa.Boolean(), nullable=False),
        sa.Column("closed_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_SHIFT}")),
        sa.UniqueConstraint("site_id", "word", name=op.f(f"uq_{_SHIFT}_site_id_word")),
    )
    op.create_table(
        _HOLIDAY,
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("falls_on", columns.Day(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ended_at", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_HOLIDAY}")),
        sa.UniqueConstraint("site_id", "falls_on", name=op.f(f"uq_{_HOLIDAY}_site_id_falls_on")),
    )
    for table in (_SHIFT, _HOLIDAY):
        guard(op.get_bind(), table, update=False)
