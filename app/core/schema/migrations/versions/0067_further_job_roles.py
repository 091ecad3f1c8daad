"""Somebody has further job roles beside that of their placement, from day to day."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0067"
down_revision = "0066"

_TABLE = "person_job_role"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    refers = {"person_id": "person", "job_role_id": "job_role"}
    op.create_table(
        _TABLE,
        *(sa.Column(name, columns.Id(), nullable=False) for name in refers),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("to_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{_TABLE}_{name}"))
            for name, other in refers.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    for name in refers:
        op.create_index(op.f(f"ix_{_TABLE}_{name}"), _TABLE, [name])
    guard(op.get_bind(), _TABLE, update=False)
