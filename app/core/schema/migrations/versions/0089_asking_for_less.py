"""That a site asks for less of approvals is proposed, and approved by somebody else."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0089"
down_revision = "0088"

_TABLE = "approval_easing"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        _TABLE,
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        sa.Column("approvers", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_site_id_subject_kind"), _TABLE, ["site_id", "subject_kind"])
    guard(op.get_bind(), _TABLE, update=True)
