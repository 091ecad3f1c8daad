"""It is kept of each PC which revoked keys it knows, by its own word."""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0098"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column("sync_peer", sa.Column("knows_revoked", sa.LargeBinary(), nullable=True))
