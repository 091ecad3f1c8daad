"""The register of what left tells where lines are missing, and of lines that were brought over what they were."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0087"
down_revision = "0086"

_TABLE = "register_gap"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        _TABLE,
        sa.Column("station", sa.LargeBinary(32), nullable=False),
        sa.Column("since", columns.Instant(), nullable=False),
        sa.Column("until", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    guard(op.get_bind(), _TABLE, update=True)
    op.add_column("saved_file", sa.Column("line_id", columns.Id(), nullable=True))
