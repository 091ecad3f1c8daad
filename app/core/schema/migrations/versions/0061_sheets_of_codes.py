"""Records leave on sheets of codes, and nothing comes back by file from some."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.asides import say_aside
from app.core.storage.guards import guard

revision = "0061"
down_revision = "0060"

_SENT, _WAY = "sent_file", "peer_way"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _say_on_how_many_sheets()
    op.create_table(
        _WAY,
        sa.Column("peer", sa.String(), nullable=False),
        sa.Column("is_one_way", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_WAY}")),
    )
    guard(op.get_bind(), _WAY, update=True)


def _say_on_how_many_sheets() -> None:
    op.add_column(_SENT, sa.Column("sheets", sa.Integer(), nullable=True))
    say_aside(op.get_bind(), _SENT, {"sheets": None})
