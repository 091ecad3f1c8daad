"""Statements."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "statement_key",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("stored", columns.Instant(), nullable=False),
        sa.Column("statement_id", columns.Id(), nullable=False),
        sa.Column("origin_id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint(
            "key", "stored", "statement_id", "origin_id", name=op.f("pk_statement_key")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "xapi_activity",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_xapi_activity")),
    )
    op.create_table(
        "xapi_document",
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("registration", columns.Id(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("updated_at", columns.Instant(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_xapi_document")),
    )
    op.create_index(
        "ix_xapi_document_place", "xapi_document", ["kind", "activity", "agent"], unique=False
    )
    op.create_index("ix_xapi_document_unsettled", "xapi_document", ["is_settled"], unique=False)
    op.create_table(
        "statement",
        sa.Column("stored", columns.Instant(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=True),
        sa.Column("refers_to", columns.Id(), nullable=True),
        sa.Column("voids", columns.Id(), nullable=True),
        sa.Column("meaning", sa.LargeBinary(length=32), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_statement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index("ix_statement_person", "statement", ["person_id", "stored"], unique=False)
    op.create_index(op.f("ix_statement_refers_to"), "statement", ["refers_to"], unique=False)
    op.create_index("ix_statement_stored", "statement", ["stored", "id"], unique=False)
    op.create_index(op.f("ix_statement_voids"), "statement", ["voids"], unique=False)
    op.create_table(
        "xapi_document_version",
        sa.Column("document_id", columns.Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("registration", columns.Id(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person_id", columns.Id(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_xapi_document_version_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_xapi_document_version")),
    )
    op.create_index(
        "ix_xapi_document_version", "xapi_document_version", ["document_id", "at"], unique=False
    )
    op.create_index(
        op.f("ix_xapi_document_version_person_id"),
        "xapi_document_version",
        ["person_id"],
        unique=False,
    )
    guard(op.get_bind(), "statement", update=True)
    guard(op.get_bind(), "xapi_document_version", update=True)
