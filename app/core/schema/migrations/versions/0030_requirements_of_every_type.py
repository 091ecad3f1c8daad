"""Requirements of every type with dated terms, what proves them, the rules that assign, and absences."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0030"
down_revision = "0026"

_FACTS = ("evidence", "evidence_verdict", "requirement_credit", "assignment_event")
_RECORDS = (
    "requirement_terms",
    "requirement_link",
    "legal_reference",
    "enrolment_rule",
    "absence",
)


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _say_what_is_asked()
    _let_rules_assign()
    _keep_evidence()
    _widen_assignments()
    _keep_acts()
    _find_what_expires()
    for table in (*_FACTS, *_RECORDS):
        guard(op.get_bind(), table, update=table in _FACTS)
    _let_references_wait()


def _say_what_is_asked() -> None:
    op.add_column(
        "requirement", sa.Column("type", sa.String(), nullable=False, server_default="course")
    )
    op.add_column(
        "requirement", sa.Column("description", sa.String(), nullable=False, server_default="")
    )
    op.add_column("requirement", sa.Column("retired_on", columns.Day(), nullable=True))
    op.create_table(
        "requirement_terms",
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("validity", sa.String(), nullable=False),
        sa.Column("valid_count", sa.Integer(), nullable=True),
        sa.Column("valid_until_on", columns.Day(), nullable=True),
        sa.Column("keeps_anniversary", sa.Boolean(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("due_rule", sa.String(), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=True),
        sa.Column("due_day", columns.Day(), nullable=True),
        sa.Column("renewal_due_days", sa.Integer(), nullable=True),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("substitutes", sa.String(), nullable=False),
        sa.Column("prior_days", sa.Integer(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_requirement_terms_requirement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_terms")),
        sa.UniqueConstraint(
            "requirement_id", "from_on", name=op.f("uq_requirement_terms_requirement_id_from_on")
        ),
    )
    op.create_table(
        "requirement_link",
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("other_id", columns.Id(), nullable=False),
        sa.Column("ended_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["requirement.id"], name=op.f("fk_requirement_link_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_requirement_link_requirement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_link")),
        sa.UniqueConstraint(
            "requirement_id",
            "kind",
            "other_id",
            name=op.f("uq_requirement_link_requirement_id_kind_other_id"),
        ),
    )
    op.create_index(
        op.f("ix_requirement_link_other_id"), "requirement_link", ["other_id"], unique=False
    )
    op.create_table(
        "legal_reference",
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=True),
        sa.Column("to_on", columns.Day(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_legal_reference_requirement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_reference")),
    )
    op.create_index(
        op.f("ix_legal_reference_requirement_id"),
        "legal_reference",
        ["requirement_id"],
        unique=False,
    )


def _let_rules_assign() -> None:
    op.create_table(
        "enrolment_rule",
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("condition", columns.Json(), nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=True),
        sa.Column("from_on", columns.Day(), nullable=True),
        sa.Column("to_on", columns.Day(), nullable=True),
        sa.Column("cancels", sa.Boolean(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_enrolment_rule_requirement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_rule")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_enrolment_rule_site_id_code")),
    )
    op.create_index(op.f("ix_enrolment_rule_code"), "enrolment_rule", ["code"], unique=False)
    op.create_index(
        op.f("ix_enrolment_rule_requirement_id"), "enrolment_rule", ["requirement_id"], unique=False
    )


def _keep_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("obtained_on", columns.Day(), nullable=False),
        sa.Column("valid_until", columns.Day(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evidence_person_id")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_evidence_requirement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(
        "ix_evidence_person_id_requirement_id",
        "evidence",
        ["person_id", "requirement_id"],
        unique=False,
    )
    op.create_table(
        "evidence_verdict",
        sa.Column("evidence_id", columns.Id(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_verdict_evidence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_verdict")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_evidence_verdict_evidence_id")),
    )
    op.create_table(
        "requirement_credit",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("valid_until", columns.Day(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("proof_id", columns.Id(), nullable=False),
        sa.Column("recorded_at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_requirement_credit_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirement.id"],
            name=op.f("fk_requirement_credit_requirement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_credit")),
    )
    op.create_index(
        "ix_requirement_credit_expiry",
        "requirement_credit",
        ["requirement_id", "valid_until"],
        unique=False,
    )
    op.create_index(
        "ix_requirement_credit_newest",
        "requirement_credit",
        ["person_id", "requirement_id", "at"],
        unique=False,
    )


def _widen_assignments() -> None:
    op.add_column(
        "assignment", sa.Column("source", sa.String(), nullable=False, server_default="manual")
    )
    for name, kind in (
        ("late_after", columns.Day()),
        ("counts_from", columns.Instant()),
        ("waived_until", columns.Day()),
        ("outcome", sa.String()),
    ):
        op.add_column("assignment", sa.Column(name, kind, nullable=True))
    _refer("rule_id", "enrolment_rule")
    _refer("credit_id", "requirement_credit")
    op.create_index(op.f("ix_assignment_rule_id"), "assignment", ["rule_id"], unique=False)


def _refer(column: str, table: str) -> None:
    """Add a reference without setting a large table up again."""
    kind = "UUID" if op.get_bind().dialect.name == "postgresql" else "BLOB"
    op.execute(
        f"ALTER TABLE assignment ADD COLUMN {column} {kind}"
        f" CONSTRAINT fk_assignment_{column} REFERENCES {table} (id)"
    )


def _keep_acts() -> None:
    op.create_table(
        "assignment_event",
        sa.Column("assignment_id", columns.Id(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("until_on", columns.Day(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_event_assignment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_event")),
    )
    op.create_index(
        op.f("ix_assignment_event_assignment_id"),
        "assignment_event",
        ["assignment_id"],
        unique=False,
    )
    op.create_table(
        "absence",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("from_on", columns.Day(), nullable=False),
        sa.Column("to_on", columns.Day(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("has_moved_dues", sa.Boolean(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"], unique=False)


def _find_what_expires() -> None:
    op.drop_index(op.f("ix_course_completion_course_id"), table_name="course_completion")
    op.create_index(
        "ix_course_completion_expiry", "course_completion", ["course_id", "valid_until"]
    )


def _let_references_wait() -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    inspector = sa.inspect(op.get_bind())
    for table in (*_FACTS, *_RECORDS, "assignment"):
        for key in inspector.get_foreign_keys(table):
            op.execute(
                f"ALTER TABLE {table} ALTER CONSTRAINT {key['name']} DEFERRABLE INITIALLY IMMEDIATE"
            )
