"""What signed attendance waits for before it counts."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0051"
down_revision = "0050"

_REFERS = (
    ("signing_id", "session_signing"),
    ("person_id", "person"),
    ("requirement_id", "requirement"),
)


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "session_wait",
        sa.Column("signing_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("for_quiz", sa.Boolean(), nullable=False),
        sa.Column("for_second", sa.Boolean(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_session_wait_{column}")
            )
            for column, table in _REFERS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_wait")),
    )
    op.create_index("ix_session_wait_pair", "session_wait", ["person_id", "requirement_id"])
    op.create_index(op.f("ix_session_wait_signing_id"), "session_wait", ["signing_id"])
    guard(op.get_bind(), "session_wait", update=True)
    _let_references_wait()


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for column, _table in _REFERS:
        op.execute(
            f"ALTER TABLE session_wait ALTER CONSTRAINT fk_session_wait_{column}"
            " DEFERRABLE INITIALLY IMMEDIATE"
        )
