"""Questions are left out of results by a decision, and what counts without them is worked out."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0070"
down_revision = "0069"

_DECISION, _ANEW = "question_rescore", "attempt_anew"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        _DECISION,
        sa.Column("question_id", columns.Id(), nullable=False),
        sa.Column("versions", columns.Json(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f(f"fk_{_DECISION}_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_DECISION}")),
    )
    op.create_index(op.f(f"ix_{_DECISION}_question_id"), _DECISION, ["question_id"])
    guard(op.get_bind(), _DECISION, update=True)
    op.create_table(
        _ANEW,
        sa.Column("attempt_id", columns.Id(), nullable=False),
        sa.Column("score", columns.Share(), nullable=False),
        sa.Column("score_hundredths", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("report", columns.Json(), nullable=False),
        sa.Column("decisions", columns.Json(), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f(f"pk_{_ANEW}")),
    )
