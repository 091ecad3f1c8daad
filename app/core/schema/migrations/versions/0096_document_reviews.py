"""The review of a document is recorded, and somebody sees to it and is reminded."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0096"
down_revision = "0095"

_REVIEW, _KEEPER, _REMINDER = "document_review", "document_keeper", "review_reminder"


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _reviews()
    _keepers()
    _reminders()
    for table in (_REVIEW, _KEEPER, _REMINDER):
        _let_references_wait(table)
        guard(op.get_bind(), table, update=table is not _REMINDER)


def _reviews() -> None:
    op.create_table(
        _REVIEW,
        sa.Column("document_id", columns.Id(), nullable=False),
        sa.Column("revision_id", columns.Id(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("due_on", columns.Day(), nullable=True),
        sa.Column("next_due", columns.Day(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("id", columns.Id(), nullable=False),
        _refers(_REVIEW, "document_id", "controlled_document"),
        _refers(_REVIEW, "revision_id", "document_revision"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_REVIEW}")),
    )
    for column in ("document_id", "revision_id"):
        op.create_index(op.f(f"ix_{_REVIEW}_{column}"), _REVIEW, [column])


def _keepers() -> None:
    op.create_table(
        _KEEPER,
        sa.Column("document_id", columns.Id(), nullable=False),
        sa.Column("site_id", columns.Id(), nullable=True),
        sa.Column("person_id", columns.Id(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by", columns.Id(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        _refers(_KEEPER, "document_id", "controlled_document"),
        _refers(_KEEPER, "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_KEEPER}")),
    )
    for column in ("document_id", "person_id"):
        op.create_index(op.f(f"ix_{_KEEPER}_{column}"), _KEEPER, [column])


def _reminders() -> None:
    op.create_table(
        _REMINDER,
        sa.Column("keeper_id", columns.Id(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("due_on", columns.Day(), nullable=False),
        sa.Column("told_id", columns.Id(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("row_versions", sa.LargeBinary(), nullable=False),
        _refers(_REMINDER, "keeper_id", _KEEPER),
        _refers(_REMINDER, "told_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_REMINDER}")),
        sa.UniqueConstraint(
            "keeper_id", "step", "due_on", name=op.f(f"uq_{_REMINDER}_keeper_id_step_due_on")
        ),
    )
    op.create_index(op.f(f"ix_{_REMINDER}_told_id"), _REMINDER, ["told_id"])


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _let_references_wait(table: str) -> None:
    """Let rows refer to what stands aside for a while (ADR 16)."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for key in sa.inspect(op.get_bind()).get_foreign_keys(table):
        op.execute(
            f"ALTER TABLE {table} ALTER CONSTRAINT {key['name']} DEFERRABLE INITIALLY IMMEDIATE"
        )
