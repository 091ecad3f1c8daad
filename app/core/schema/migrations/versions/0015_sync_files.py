"""What left, what came in, and what others are known to hold."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0015"
down_revision = "0013"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "sent_file",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", columns.Id(), nullable=True),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("recipients", columns.Json(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("written_to", sa.String(), nullable=False),
        sa.Column("carries", sa.LargeBinary(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_file")),
    )
    guard(op.get_bind(), "sent_file", update=True)
    op.create_table(
        "sync_peer",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("holds", sa.LargeBinary(), nullable=False),
        sa.Column("lacks_assets", sa.LargeBinary(), nullable=False),
        sa.Column("said_at", columns.Instant(), nullable=False),
        sa.Column("heard_at", columns.Instant(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("station", name=op.f("pk_sync_peer")),
    )
    op.create_table(
        "incoming_file",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bundle_id", columns.Id(), nullable=True),
        sa.Column("sender", sa.LargeBinary(length=32), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("came_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_incoming_file")),
    )
    op.create_table(
        "signed_head",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(length=8), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(
            "station", "incarnation", "scope", "seq", "head", name=op.f("pk_signed_head")
        ),
    )
    op.create_table(
        "twin",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(length=8), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("forked_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("found_at", columns.Instant(), nullable=False),
        sa.Column("seen_at", columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint(
            "station", "incarnation", "scope", "forked_at", name=op.f("pk_twin")
        ),
    )
