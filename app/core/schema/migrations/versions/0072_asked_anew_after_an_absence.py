"""Enrolment rules may ask anew whoever comes back after a long absence."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0070"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    for column in ("away_days", "due_days"):
        op.add_column("enrolment_rule", sa.Column(column, sa.Integer(), nullable=True))
