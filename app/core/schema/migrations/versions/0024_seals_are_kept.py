"""Seals stand in the journal too; an account says of which site it is."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "kept_seal",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(length=8), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_at", columns.Instant(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_seal")),
    )
    guard(op.get_bind(), "kept_seal", update=True)
    op.add_column("account", sa.Column("home_site_id", columns.Id(), nullable=True))
