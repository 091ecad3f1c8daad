"""Responses lie with their attempt."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0009"
down_revision = "0008"

_COLUMNS = "attempt_id, question_version_id, response, share, at, id"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.drop_index(op.f("ix_response_attempt_id"), table_name="response")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("pk_response"), "response", type_="primary")
        op.create_primary_key(op.f("pk_response"), "response", ["attempt_id", "id"])
        return
    op.rename_table("response", "response_before")
    op.create_table(
        "response",
        sa.Column("attempt_id", columns.Id(), nullable=False),
        sa.Column("question_version_id", columns.Id(), nullable=False),
        sa.Column("response", columns.Json(), nullable=False),
        sa.Column("share", columns.Share(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_response_attempt_id")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "id", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    op.execute(
        f"INSERT INTO response ({_COLUMNS}) SELECT {_COLUMNS} FROM response_before "  # noqa: S608  names of ours
        "ORDER BY attempt_id, id"
    )
    op.drop_table("response_before")
    guard(op.get_bind(), "response", update=True)
