"""What an older program leaves out of the tables is noted, to be put there after its update."""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0069"
down_revision = "0068"


def upgrade() -> None:
    """Bring the schema from the revision before to this one.

    Programs before this one noted nothing: where one took entries of others in, they are looked through.
    """
    noted = op.create_table(
        "row_left_out",
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", columns.Id(), nullable=False),
        sa.Column("known", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name=op.f("pk_row_left_out")),
        sqlite_with_rowid=False,
    )
    log = sa.table("journal_log", sa.column("applied", sa.BigInteger()))
    taken = sa.select(sa.literal(1)).where(log.c.applied > 0).limit(1)
    if op.get_bind().scalar(taken) is not None:
        unnoted = {"table_name": "", "row_id": UUID(int=0), "known": b""}
        op.bulk_insert(noted, [unnoted])
