"""The overview's figures, kept: worked out from the records when somebody first looks."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0026"
down_revision = "0024"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "figures_head",
        sa.Column("log_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("day", columns.Day(length=10), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", name=op.f("pk_figures_head")),
    )
    op.create_table(
        "person_figures",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("org_unit_id", columns.Id(), nullable=True),
        sa.Column("stands", sa.LargeBinary(), nullable=False),
        sa.Column("learned", sa.LargeBinary(), nullable=False),
        sa.Column("is_ahead", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_figures")),
    )
    op.create_table(
        "unit_figures",
        sa.Column("day", columns.Day(length=10), nullable=False),
        sa.Column("org_unit_id", columns.Id(), nullable=False),
        sa.Column("required", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("expiring", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("learners", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "org_unit_id", name=op.f("pk_unit_figures")),
        sqlite_with_rowid=False,
    )
