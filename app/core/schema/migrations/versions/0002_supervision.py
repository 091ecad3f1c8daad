"""Quizzes under supervision: further attempts, ended waiting, extra time."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "extra_time",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_extra_time_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_time")),
    )
    op.create_index(op.f("ix_extra_time_person_id"), "extra_time", ["person_id"], unique=False)
    op.create_table(
        "attempt_unlock",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("lesson_id", columns.Id(), nullable=False),
        sa.Column("adds_attempt", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_attempt_unlock_lesson_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attempt_unlock_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_unlock")),
    )
    op.create_index(
        op.f("ix_attempt_unlock_person_id"), "attempt_unlock", ["person_id"], unique=False
    )
    op.create_table(
        "attempt_extension",
        sa.Column("attempt_id", columns.Id(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_extension_attempt_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_extension")),
    )
    op.create_index(
        op.f("ix_attempt_extension_attempt_id"), "attempt_extension", ["attempt_id"], unique=False
    )
    guard(op.get_bind(), "extra_time", update=True)
    guard(op.get_bind(), "attempt_unlock", update=True)
    guard(op.get_bind(), "attempt_extension", update=True)
