"""What is open, and overdue, is counted beside the overview's figures, and found by whose it is.

The figures are made anew: what each person adds to them is kept packed.
"""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0064"
down_revision = "0063"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.drop_table("unit_figures")
    op.create_table(
        "unit_figures",
        sa.Column("org_unit_id", columns.Id(), nullable=False),
        sa.Column("day", columns.Day(length=10), nullable=False),
        sa.Column("required", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("expiring", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("learners", sa.Integer(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("org_unit_id", "day", name=op.f("pk_unit_figures")),
        sqlite_with_rowid=False,
    )
    op.drop_index("ix_assignment_open_due", table_name="assignment")
    op.create_index(
        "ix_assignment_open_due",
        "assignment",
        ["due_on", "person_id"],
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    for table in ("person_figures", "figures_head"):  # whoever looks next has all of it worked out
        op.execute(sa.delete(sa.table(table)))
