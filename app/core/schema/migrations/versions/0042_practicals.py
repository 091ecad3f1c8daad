"""Practicals: forms, the register of assessors, what was seen, concluded and signed."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0042"
down_revision = "0041"

_RECORDS = ("practical_form", "practical_run")
_FACTS = (
    "practical_version",
    "assessor_appointment",
    "assessor_end",
    "practical_round",
    "practical_mark",
    "practical_result",
    "practical_signing",
    "practical_request",
    "practical_refusal",
)


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _keep_forms()
    _keep_the_register()
    _keep_runs()
    _keep_results()
    for table in (*_FACTS, *_RECORDS):
        guard(op.get_bind(), table, update=table in _FACTS)
    _let_references_wait()


def _keep_forms() -> None:
    op.create_table(
        "practical_form",
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("draft", columns.Json(), nullable=True),
        sa.Column("current_version_id", columns.Id(), nullable=True),
        sa.Column("assessor_holds_id", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_practical_form_requirement_id")
        ),
        sa.ForeignKeyConstraint(
            ["assessor_holds_id"],
            ["requirement.id"],
            name=op.f("fk_practical_form_assessor_holds_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_form")),
        sa.UniqueConstraint("requirement_id", name=op.f("uq_practical_form_requirement_id")),
    )
    op.create_table(
        "practical_version",
        sa.Column("form_id", columns.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", columns.Json(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("published_at", columns.Instant(), nullable=False),
        sa.Column("published_by", columns.Id(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["practical_form.id"], name=op.f("fk_practical_version_form_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_version")),
    )
    op.create_index(op.f("ix_practical_version_form_id"), "practical_version", ["form_id"])


def _keep_the_register() -> None:
    op.create_table(
        "assessor_appointment",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("until_on", columns.Day(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_assessor_appointment_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirement.id"],
            name=op.f("fk_assessor_appointment_requirement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessor_appointment")),
    )
    op.create_index(
        op.f("ix_assessor_appointment_requirement_id"), "assessor_appointment", ["requirement_id"]
    )
    op.create_index(
        op.f("ix_assessor_appointment_pair"),
        "assessor_appointment",
        ["person_id", "requirement_id"],
    )
    op.create_table(
        "assessor_end",
        sa.Column("appointment_id", columns.Id(), nullable=False),
        sa.Column("end_on", columns.Day(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["assessor_appointment.id"],
            name=op.f("fk_assessor_end_appointment_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessor_end")),
    )
    op.create_index(op.f("ix_assessor_end_appointment_id"), "assessor_end", ["appointment_id"])


def _keep_runs() -> None:
    op.create_table(
        "practical_run",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_practical_run_requirement_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practical_run_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_run")),
        sa.UniqueConstraint(
            "person_id",
            "requirement_id",
            "number",
            name=op.f("uq_practical_run_person_id_requirement_id_number"),
        ),
    )
    op.create_index(op.f("ix_practical_run_requirement_id"), "practical_run", ["requirement_id"])
    op.create_table(
        "practical_round",
        sa.Column("run_id", columns.Id(), nullable=False),
        sa.Column("version_id", columns.Id(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("assessor_id", columns.Id(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessor_id"], ["person.id"], name=op.f("fk_practical_round_assessor_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["practical_run.id"], name=op.f("fk_practical_round_run_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["practical_version.id"], name=op.f("fk_practical_round_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_round")),
    )
    op.create_index(op.f("ix_practical_round_run_id"), "practical_round", ["run_id"])
    op.create_table(
        "practical_mark",
        sa.Column("round_id", columns.Id(), nullable=False),
        sa.Column("step", columns.Id(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("photo", sa.String(64), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["practical_round.id"], name=op.f("fk_practical_mark_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_mark")),
    )
    op.create_index(op.f("ix_practical_mark_round_id"), "practical_mark", ["round_id"])


def _keep_results() -> None:
    op.create_table(
        "practical_result",
        sa.Column("round_id", columns.Id(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("retry_on", columns.Day(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("assessor_id", columns.Id(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessor_id"], ["person.id"], name=op.f("fk_practical_result_assessor_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["practical_round.id"], name=op.f("fk_practical_result_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_result")),
    )
    op.create_index(op.f("ix_practical_result_round_id"), "practical_result", ["round_id"])
    op.create_table(
        "practical_signing",
        sa.Column("result_id", columns.Id(), nullable=False),
        sa.Column("hand", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("signer_id", columns.Id(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["signer_id"], ["person.id"], name=op.f("fk_practical_signing_signer_id")
        ),
        sa.ForeignKeyConstraint(
            ["result_id"], ["practical_result.id"], name=op.f("fk_practical_signing_result_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_signing")),
    )
    op.create_index(op.f("ix_practical_signing_result_id"), "practical_signing", ["result_id"])
    op.create_table(
        "practical_request",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("wanted_on", columns.Day(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practical_request_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_practical_request_requirement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_request")),
    )
    op.create_index(
        op.f("ix_practical_request_pair"), "practical_request", ["person_id", "requirement_id"]
    )
    op.create_table(
        "practical_refusal",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practical_refusal_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_practical_refusal_requirement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practical_refusal")),
    )
    op.create_index(op.f("ix_practical_refusal_person_id"), "practical_refusal", ["person_id"])


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
