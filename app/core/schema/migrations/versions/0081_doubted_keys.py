"""The end of a signing key may say from which day on somebody else may have known the password."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0081"
down_revision = "0080"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column("signing_key_end", sa.Column("doubted_from", columns.Day(), nullable=True))
