"""The overview's sums lie by org unit: those of one are read, and written, in one stretch."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.execute("CREATE TEMPORARY TABLE sums AS SELECT * FROM unit_figures")
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
        sa.PrimaryKeyConstraint("org_unit_id", "day", name=op.f("pk_unit_figures")),
        sqlite_with_rowid=False,
    )
    kept = "org_unit_id, day, required, held, expiring, overdue, learners"
    op.execute(f"INSERT INTO unit_figures ({kept}) SELECT {kept} FROM sums ORDER BY 1, 2")  # noqa: S608  names of ours
    op.execute("DROP TABLE sums")
