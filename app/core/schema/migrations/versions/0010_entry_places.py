"""An entry is named by one number, so that adding one leaves the pages before it alone."""

import sqlalchemy as sa
from alembic import op

from app.core.storage import columns
from app.core.storage.guards import guard

revision = "0010"
down_revision = "0009"

_KEPT = "stamp, wall, offset_minutes, actor, action, reason, hash, body"
_PLACE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    _move_entries()
    _index_mentions_anew()


def _move_entries() -> None:
    op.rename_table("journal_entry", "journal_entry_before")
    if op.get_bind().dialect.name == "postgresql":  # where names of keys are the schema's own
        op.drop_constraint(op.f("pk_journal_entry"), "journal_entry_before", type_="primary")
    op.create_table(
        "journal_entry",
        sa.Column("place", _PLACE, autoincrement=False, nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("wall", columns.Instant(), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("actor", columns.Id(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_journal_entry")),
    )
    op.execute(
        f"INSERT INTO journal_entry (place, {_KEPT}) "  # noqa: S608  names of ours
        f"SELECT CAST(log_id AS BIGINT) * 1099511627776 + seq, {_KEPT} "
        "FROM journal_entry_before ORDER BY log_id, seq"
    )
    op.drop_table("journal_entry_before")
    guard(op.get_bind(), "journal_entry", update=True)


def _index_mentions_anew() -> None:
    """Begin the index of mentions afresh: it is derived, and fills itself at the next look."""
    op.drop_table("journal_mention")
    op.create_table(
        "journal_mention",
        sa.Column("key", columns.Id(), nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "place", name=op.f("pk_journal_mention")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "journal_mention_head",
        sa.Column("log_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("log_id", name=op.f("pk_journal_mention_head")),
    )
