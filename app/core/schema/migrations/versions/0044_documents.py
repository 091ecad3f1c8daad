"""Documents under a number: revisions, impact assessments, acknowledgements; terms ask for signatures."""

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0044"
down_revision = "0043"

_FACTS = ("impact_assessment", "acknowledgement")
_RECORDS = ("controlled_document", "document_revision", "document_requirement")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.add_column(
        "requirement_terms",
        sa.Column("signed", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    _say_signed_aside()
    _keep_documents()
    _keep_what_is_asked()
    _keep_readings()
    for table in (*_FACTS, *_RECORDS):
        guard(op.get_bind(), table, update=table in _FACTS)
    _let_references_wait()


def _say_signed_aside() -> None:
    """Let terms that stand aside have the new column, too."""
    aside = sa.table(
        "row_aside",
        sa.column("table_name", sa.String()),
        sa.column("row_id", columns.Id()),
        sa.column("state", sa.LargeBinary()),
    )
    is_terms = aside.c.table_name == "requirement_terms"
    found = op.get_bind().execute(sa.select(aside.c.row_id, aside.c.state).where(is_terms))
    for key, state in found.all():
        row = {**msgspec.msgpack.decode(state), "signed": True}
        changed = sa.update(aside).where(is_terms, aside.c.row_id == key)
        op.get_bind().execute(changed.values(state=msgspec.msgpack.encode(row)))


def _keep_documents() -> None:
    op.create_table(
        "controlled_document",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("org_unit_id", columns.Id(), nullable=True),
        sa.Column("page_seconds", sa.Integer(), nullable=False),
        sa.Column("least_seconds", sa.Integer(), nullable=False),
        sa.Column("may_print", sa.Boolean(), nullable=False),
        sa.Column("retired_on", columns.Day(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_controlled_document")),
    )
    op.create_index(op.f("ix_controlled_document_number"), "controlled_document", ["number"])
    op.create_table(
        "document_revision",
        sa.Column("document_id", columns.Id(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("files", columns.Json(), nullable=False),
        sa.Column("effective_from", columns.Day(), nullable=False),
        sa.Column("review_due", columns.Day(), nullable=True),
        sa.Column("supersedes", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("change_class", sa.String(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["controlled_document.id"],
            name=op.f("fk_document_revision_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_revision")),
    )
    op.create_index(op.f("ix_document_revision_document_id"), "document_revision", ["document_id"])
    op.create_table(
        "document_requirement",
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("document_id", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["controlled_document.id"],
            name=op.f("fk_document_requirement_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirement.id"],
            name=op.f("fk_document_requirement_requirement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_requirement")),
        sa.UniqueConstraint("requirement_id", name=op.f("uq_document_requirement_requirement_id")),
    )
    op.create_index(
        op.f("ix_document_requirement_document_id"), "document_requirement", ["document_id"]
    )


def _keep_what_is_asked() -> None:
    op.create_table(
        "impact_assessment",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", columns.Id(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("ask", sa.String(), nullable=False),
        sa.Column("requirements", columns.Json(), nullable=False),
        sa.Column("job_roles", columns.Json(), nullable=False),
        sa.Column("org_units", columns.Json(), nullable=False),
        sa.Column("due_on", columns.Day(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_assessment")),
    )
    op.create_index("ix_impact_assessment_subject_id", "impact_assessment", ["subject_id"])


def _keep_readings() -> None:
    op.create_table(
        "acknowledgement",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("requirement_id", columns.Id(), nullable=False),
        sa.Column("revision_id", columns.Id(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("opened_at", columns.Instant(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("is_signed", sa.Boolean(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_acknowledgement_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_acknowledgement_requirement_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["document_revision.id"],
            name=op.f("fk_acknowledgement_revision_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    op.create_index(
        "ix_acknowledgement_person_id", "acknowledgement", ["person_id", "requirement_id"]
    )
    op.create_index(op.f("ix_acknowledgement_revision_id"), "acknowledgement", ["revision_id"])
    op.create_table(
        "document_reading",
        sa.Column("person_id", columns.Id(), nullable=False),
        sa.Column("revision_id", columns.Id(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("opened_at", columns.Instant(), nullable=False),
        sa.Column("pages", columns.Json(), nullable=False),
        sa.PrimaryKeyConstraint(
            "person_id", "revision_id", "language", name=op.f("pk_document_reading")
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
