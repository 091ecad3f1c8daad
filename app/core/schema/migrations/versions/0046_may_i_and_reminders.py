"""May I?: tasks, ages, day passes, checks; the reminder ladder, who was told; mail and its outbox."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0046"
down_revision = "0045"

_FACTS = ("day_pass", "task_check")
_RECORDS = (
    "task", "task_requirement", "young_person", "gate_rule", "reminder_ladder", "reminder", "mail_plan",
)  # fmt: skip


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _ask_of_tasks()
    _let_people_pass()
    _remind()
    _send()
    for table in (*_FACTS, *_RECORDS):
        guard(op.get_bind(), table, update=table in _FACTS)
    _let_references_wait()


def _ask_of_tasks() -> None:
    op.create_table(
        "task",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("org_unit_id", columns.Id(), nullable=True),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("is_dangerous", sa.Boolean(), nullable=False),
        sa.Column("allows_supervision", sa.Boolean(), nullable=False),
        sa.Column("retired_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_task_site_id_code")),
    )
    op.create_index(op.f("ix_task_code"), "task", ["code"])
    op.create_table(
        "task_requirement",
        sa.Column("task_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("to_on", columns.Day(), nullable=True),
        sa.Column("one_of", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_task_requirement_requirement_id")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_requirement_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_requirement")),
        sa.UniqueConstraint(
            "task_id",
            "requirement_id",
            "from_on",
            name=op.f("uq_task_requirement_task_id_requirement_id_from_on"),
        ),
    )
    op.create_index(
        op.f("ix_task_requirement_requirement_id"), "task_requirement", ["requirement_id"]
    )


def _let_people_pass() -> None:
    op.create_table(
        "young_person",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("adult_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_young_person_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_young_person")),
        sa.UniqueConstraint("person_id", name=op.f("uq_young_person_person_id")),
    )
    op.create_table(
        "day_pass",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("day", columns.Day(), nullable=False),
        sa.Column("escort_id", columns.Id(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["escort_id"], ["person.id"], name=op.f("fk_day_pass_escort_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_day_pass_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_pass")),
    )
    op.create_index(op.f("ix_day_pass_day"), "day_pass", ["day"])
    op.create_index("ix_day_pass_person_id_day", "day_pass", ["person_id", "day"])
    op.create_table(
        "task_check",
        sa.Column("task_id", columns.Id(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("supervisor_id", columns.Id(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("at_gate", sa.Boolean(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_check_person_id")),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["person.id"], name=op.f("fk_task_check_supervisor_id")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_check_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_check")),
    )
    op.create_index(op.f("ix_task_check_person_id"), "task_check", ["person_id"])
    op.create_index(op.f("ix_task_check_task_id"), "task_check", ["task_id"])
    op.create_table(
        "gate_rule",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("keeps_checks", sa.Boolean(), nullable=False),
        sa.Column("soon_days", sa.Integer(), nullable=False),
        sa.Column("shown_seconds", sa.Integer(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_rule")),
        sa.UniqueConstraint("site_id", name=op.f("uq_gate_rule_site_id")),
    )


def _remind() -> None:
    op.create_table(
        "reminder_ladder",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("learner_before", sa.Integer(), nullable=True),
        sa.Column("supervisor_after", sa.Integer(), nullable=True),
        sa.Column("head_after", sa.Integer(), nullable=True),
        sa.Column("qa_after", sa.Integer(), nullable=True),
        sa.Column("head_id", columns.Id(), nullable=True),
        sa.Column("qa_id", columns.Id(), nullable=True),
        sa.Column("numbers_only", sa.Boolean(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["head_id"], ["person.id"], name=op.f("fk_reminder_ladder_head_id")
        ),
        sa.ForeignKeyConstraint(["qa_id"], ["person.id"], name=op.f("fk_reminder_ladder_qa_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_ladder")),
        sa.UniqueConstraint("site_id", "from_on", name=op.f("uq_reminder_ladder_site_id_from_on")),
    )
    op.create_table(
        "reminder",
        sa.Column("assignment_id", columns.Id(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("told_id", columns.Id(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_reminder_assignment_id")
        ),
        sa.ForeignKeyConstraint(["told_id"], ["person.id"], name=op.f("fk_reminder_told_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("assignment_id", "step", name=op.f("uq_reminder_assignment_id_step")),
    )
    op.create_index(op.f("ix_reminder_told_id"), "reminder", ["told_id"])


def _send() -> None:
    op.create_table(
        "mail_plan",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("station", sa.LargeBinary(length=32), nullable=True),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("reminds", sa.Boolean(), nullable=False),
        sa.Column("mails_certificates", sa.Boolean(), nullable=False),
        sa.Column("certificates_from", columns.Instant(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_plan")),
        sa.UniqueConstraint("site_id", name=op.f("uq_mail_plan_site_id")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("attachment", sa.String(), nullable=False),
        sa.Column("attachment_name", sa.String(), nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", columns.Instant(), nullable=False),
        sa.Column("left_at", columns.Instant(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_message_key")),
    )
    op.create_index("ix_outbox_message_due", "outbox_message", ["state", "next_at"])
    op.create_index(op.f("ix_outbox_message_person_id"), "outbox_message", ["person_id"])


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
