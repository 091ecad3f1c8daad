"""Papers are kept of people, and a document describes a job role."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0076"
down_revision = "0074"

_PAPER, _DESCRIPTION = "person_paper", "job_description"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        _PAPER,
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("dated_on", columns.Day(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{_PAPER}_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_PAPER}")),
    )
    op.create_index(op.f(f"ix_{_PAPER}_person_id"), _PAPER, ["person_id"])
    guard(op.get_bind(), _PAPER, update=True)
    op.create_table(
        _DESCRIPTION,
        sa.Column("job_role_id", columns.Id(), nullable=False),
        sa.Column("document_id", columns.Id(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_role_id"], ["job_role.id"], name=op.f(f"fk_{_DESCRIPTION}_job_role_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["controlled_document.id"],
            name=op.f(f"fk_{_DESCRIPTION}_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_DESCRIPTION}")),
    )
    op.create_index(op.f(f"ix_{_DESCRIPTION}_job_role_id"), _DESCRIPTION, ["job_role_id"])
    guard(op.get_bind(), _DESCRIPTION, update=True)
