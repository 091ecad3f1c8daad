"""Sessions with their rolls and signatures, and drills with their intervals."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0043"
down_revision = "0042"

_RECORDS = ("class_session", "session_requirement", "drill", "drill_rule")
_FACTS = (
    "session_trainer",
    "session_invitation",
    "session_event",
    "session_attendance",
    "session_pace",
    "session_tally",
    "session_sheet",
    "session_paper",
    "session_signing",
    "session_verdict",
    "drill_event",
    "drill_observation",
)


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _plan_sessions()
    _keep_rolls()
    _keep_signed_attendance()
    _keep_drills()
    for table in (*_FACTS, *_RECORDS):
        guard(op.get_bind(), table, update=table in _FACTS)
    _let_references_wait()


def _plan_sessions() -> None:
    op.create_table(
        "class_session",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("starts_at", columns.Instant(), nullable=False),
        sa.Column("ends_at", columns.Instant(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("course_id", columns.Id(), nullable=True),
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("planned_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_class_session_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_session")),
    )
    op.create_index(op.f("ix_class_session_starts_at"), "class_session", ["starts_at", "site_id"])
    op.create_table(
        "session_requirement",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("ended_at", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirement.id"],
            name=op.f("fk_session_requirement_requirement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_session_requirement_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_requirement")),
        sa.UniqueConstraint(
            "session_id",
            "requirement_id",
            name=op.f("uq_session_requirement_session_id_requirement_id"),
        ),
    )
    op.create_index(
        op.f("ix_session_requirement_requirement_id"), "session_requirement", ["requirement_id"]
    )
    op.create_table(
        "session_trainer",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=True),
        sa.Column("account_id", columns.Id(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_trainer_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_session_trainer_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_trainer")),
    )
    op.create_index(op.f("ix_session_trainer_person_id"), "session_trainer", ["person_id"])
    op.create_index(op.f("ix_session_trainer_session_id"), "session_trainer", ["session_id"])
    op.create_table(
        "session_invitation",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_invitation_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_session_invitation_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_invitation")),
    )
    op.create_index(op.f("ix_session_invitation_person_id"), "session_invitation", ["person_id"])
    op.create_index(op.f("ix_session_invitation_session_id"), "session_invitation", ["session_id"])


def _keep_rolls() -> None:
    op.create_table(
        "session_event",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("began_at", columns.Instant(), nullable=True),
        sa.Column("ended_at", columns.Instant(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_session_event_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_event")),
    )
    op.create_index(op.f("ix_session_event_session_id"), "session_event", ["session_id"])
    op.create_table(
        "session_attendance",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("corrects_id", columns.Id(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("noted_at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["session_attendance.id"],
            name=op.f("fk_session_attendance_corrects_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_attendance_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_session_attendance_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_attendance")),
    )
    op.create_index(op.f("ix_session_attendance_person_id"), "session_attendance", ["person_id"])
    op.create_index(op.f("ix_session_attendance_session_id"), "session_attendance", ["session_id"])
    op.create_table(
        "session_sheet",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("people", columns.Json(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_session_sheet_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_sheet")),
    )
    op.create_index(op.f("ix_session_sheet_session_id"), "session_sheet", ["session_id"])
    op.create_table(
        "session_paper",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_session_paper_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_paper")),
    )
    op.create_index(op.f("ix_session_paper_session_id"), "session_paper", ["session_id"])
    op.create_table(
        "session_pace",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("lesson_id", columns.Id(), nullable=False),
        sa.Column("from_at", columns.Instant(), nullable=False),
        sa.Column("to_at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_session_pace_lesson_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_session_pace_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_pace")),
    )
    op.create_index(op.f("ix_session_pace_session_id"), "session_pace", ["session_id"])
    op.create_table(
        "session_tally",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("knew", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_session_tally_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_tally")),
    )
    op.create_index(op.f("ix_session_tally_session_id"), "session_tally", ["session_id"])


def _keep_signed_attendance() -> None:
    op.create_table(
        "session_signing",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("began_at", columns.Instant(), nullable=False),
        sa.Column("ended_at", columns.Instant(), nullable=False),
        sa.Column("people", columns.Json(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_session_signing_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_signing")),
    )
    op.create_index(op.f("ix_session_signing_session_id"), "session_signing", ["session_id"])
    op.create_table(
        "session_verdict",
        sa.Column("signing_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_session_verdict_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_session_verdict_requirement_id")
        ),
        sa.ForeignKeyConstraint(
            ["signing_id"], ["session_signing.id"], name=op.f("fk_session_verdict_signing_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_verdict")),
    )
    op.create_index(op.f("ix_session_verdict_person_id"), "session_verdict", ["person_id"])
    op.create_index(op.f("ix_session_verdict_signing_id"), "session_verdict", ["signing_id"])


def _keep_drills() -> None:
    op.create_table(
        "drill",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("drill", sa.String(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_drill_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill")),
        sa.UniqueConstraint("session_id", name=op.f("uq_drill_session_id")),
    )
    op.create_table(
        "drill_event",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("missing", sa.String(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_drill_event_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_event")),
    )
    op.create_index(op.f("ix_drill_event_session_id"), "drill_event", ["session_id"])
    op.create_table(
        "drill_observation",
        sa.Column("session_id", columns.Id(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("photo", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["class_session.id"], name=op.f("fk_drill_observation_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_observation")),
    )
    op.create_index(op.f("ix_drill_observation_session_id"), "drill_observation", ["session_id"])
    op.create_table(
        "drill_rule",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("drill", sa.String(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_rule")),
        sa.UniqueConstraint(
            "site_id", "drill", "from_on", name=op.f("uq_drill_rule_site_id_drill_from_on")
        ),
    )


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    inspector = sa.inspect(op.get_bind())
    for table in (*_FACTS, *_RECORDS):
        for key in inspector.get_foreign_keys(table):
            op.execute(
                f"ALTER TABLE {table} ALTER CONSTRAINT {key['name']} DEFERRABLE INITIALLY IMMEDIATE"
            )
