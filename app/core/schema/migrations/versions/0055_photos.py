"""Photos of people (ADR 55)."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "person_photo",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_photo_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_photo")),
    )
    op.create_index(op.f("ix_person_photo_person_id"), "person_photo", ["person_id"])
    guard(op.get_bind(), "person_photo", update=True)
    _let_references_wait()


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "ALTER TABLE person_photo ALTER CONSTRAINT fk_person_photo_person_id"
            " DEFERRABLE INITIALLY IMMEDIATE"
        )
