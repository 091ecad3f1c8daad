"""That somebody has opened what they are to read (ADR 44)."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0056"
down_revision = "0055"

_REFERS = (
    ("person_id", "person"),
    ("requirement_id", "requirement"),
    ("revision_id", "document_revision"),
)


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "document_opening",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("revision_id", columns.Id(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_document_opening_{column}")
            )
            for column, table in _REFERS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_opening")),
    )
    op.create_index(
        "ix_document_opening_person_id", "document_opening", ["person_id", "requirement_id"]
    )
    guard(op.get_bind(), "document_opening", update=True)
    _let_references_wait()


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for column, _table in _REFERS:
        op.execute(
            f"ALTER TABLE document_opening ALTER CONSTRAINT fk_document_opening_{column}"
            " DEFERRABLE INITIALLY IMMEDIATE"
        )
