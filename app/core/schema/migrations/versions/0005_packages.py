"""Packages are launched and report."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0005"
down_revision = "0002"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "package_shared_state",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("state", columns.Json(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_package_shared_state")),
    )
    op.create_table(
        "package_state",
        sa.Column("registration", columns.Id(), nullable=False),
        sa.Column("start_id", columns.Id(), nullable=False),
        sa.Column("lesson_id", columns.Id(), nullable=False),
        sa.Column("state", columns.Json(), nullable=False),
        sa.Column("reported", columns.Json(), nullable=False),
        sa.Column("updated_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("registration", name=op.f("pk_package_state")),
    )
    op.create_index(op.f("ix_package_state_start_id"), "package_state", ["start_id"], unique=False)
    op.create_table(
        "package_report",
        sa.Column("start_id", columns.Id(), nullable=False),
        sa.Column("lesson_id", columns.Id(), nullable=False),
        sa.Column("registration", columns.Id(), nullable=False),
        sa.Column("package", sa.String(length=64), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("completion", sa.String(), nullable=False),
        sa.Column("success", sa.String(), nullable=False),
        sa.Column("score", columns.Share(), nullable=True),
        sa.Column("progress", columns.Share(), nullable=True),
        sa.Column("session_seconds", sa.Integer(), nullable=True),
        sa.Column("seconds_open", sa.Integer(), nullable=False),
        sa.Column("doubts", columns.Json(), nullable=False),
        sa.Column("data", columns.Json(), nullable=False),
        sa.Column("state", columns.Json(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_package_report_lesson_id")
        ),
        sa.ForeignKeyConstraint(
            ["start_id"], ["course_start.id"], name=op.f("fk_package_report_start_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_report")),
    )
    op.create_index(
        "ix_package_report_registration", "package_report", ["registration", "at"], unique=False
    )
    op.create_index(
        op.f("ix_package_report_start_id"), "package_report", ["start_id"], unique=False
    )
    guard(op.get_bind(), "package_report", update=True)
