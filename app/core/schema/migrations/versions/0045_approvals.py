"""Approvals: steps of what is approved, and whether a site asks for them."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "approval_step",
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", columns.Id(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("answers", columns.Id(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("authors", columns.Json(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("effective_on", columns.Day(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_step")),
    )
    op.create_index(
        op.f("ix_approval_step_subject_id_subject_kind"),
        "approval_step",
        ["subject_id", "subject_kind"],
    )
    op.create_index(op.f("ix_approval_step_answers"), "approval_step", ["answers"])
    guard(op.get_bind(), "approval_step", update=True)
    op.create_table(
        "approval_rule",
        sa.Column("site_id", columns.Id(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_rule")),
        sa.UniqueConstraint(
            "site_id", "subject_kind", name=op.f("uq_approval_rule_site_id_subject_kind")
        ),
    )
    guard(op.get_bind(), "approval_rule", update=False)
    op.create_table(
        "course_retirement",
        sa.Column("course_id", columns.Id(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_retirement_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_retirement")),
    )
    op.create_index(op.f("ix_course_retirement_course_id"), "course_retirement", ["course_id"])
    guard(op.get_bind(), "course_retirement", update=True)
    op.create_table(
        "bank_state",
        sa.Column("bank_id", columns.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("versions", columns.Json(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["question_bank.id"], name=op.f("fk_bank_state_bank_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_state")),
    )
    op.create_index(op.f("ix_bank_state_bank_id_number"), "bank_state", ["bank_id", "number"])
    guard(op.get_bind(), "bank_state", update=True)
