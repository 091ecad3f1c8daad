"""What was laid in the shared folder, and how far each file that left brings its readers (ADR 48)."""

from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

from app.core.storage import columns

revision = "0054"
down_revision = "0053"

_AT_ONCE = 1000
_SCOPES = ("identity", "catalogue", "records")


def upgrade() -> None:
    """Bring the schema from the revision before to this one."""
    op.create_table(
        "laid_file",
        sa.Column("id", columns.Id(), nullable=False),
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", columns.Id(), nullable=True),
        sa.Column("laid_at", columns.Instant(), nullable=False),
        sa.Column("gone_at", columns.Instant(), nullable=True),
        sa.Column("readers", columns.Json(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("laid_in", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_laid_file")),
    )
    op.create_index(op.f("ix_laid_file_laid_at"), "laid_file", ["laid_at"])
    op.create_index("ix_laid_file_station_gone_at", "laid_file", ["station", "gone_at"])
    op.create_index(op.f("ix_sent_file_made_at"), "sent_file", ["made_at"])
    op.create_index("ix_sent_file_destination", "sent_file", ["kind", "destination", "made_at"])
    op.create_index(op.f("ix_correction_verdict_credit_id"), "correction_verdict", ["credit_id"])
    _say_ends()


def _say_ends() -> None:
    ends = op.create_table(
        "sent_end",
        sa.Column("station", sa.LargeBinary(length=32), nullable=False),
        sa.Column("incarnation", sa.LargeBinary(length=8), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("file_id", columns.Id(), nullable=False),
        sa.PrimaryKeyConstraint(
            "station", "incarnation", "scope", "seq", "head", "file_id", name=op.f("pk_sent_end")
        ),
    )
    sent = sa.table(
        "sent_file",
        sa.column("id", columns.Id()),
        sa.column("kind", sa.String()),
        sa.column("carries", sa.LargeBinary()),
    )
    connection = op.get_bind()
    records = sa.select(sent.c.id, sent.c.carries).where(sent.c.kind == "records")
    for lot in connection.execute(records).partitions(_AT_ONCE):
        found = [row for file_id, carries in lot for row in _ends(file_id, carries)]
        if found:
            connection.execute(sa.insert(ends), found)


def _ends(file_id: Any, carries: bytes) -> Iterator[dict[str, object]]:
    """Yield the positions in a msgpack list of [[station, incarnation, scope, branch], seq, head]."""
    told = {}
    for log, seq, head in msgspec.msgpack.decode(carries):
        station, incarnation, scope, *_branch = log
        if scope in _SCOPES:
            told[station, incarnation, scope, seq, head] = {
                "station": station,
                "incarnation": incarnation,
                "scope": scope,
                "seq": seq,
                "head": head,
                "file_id": file_id,
            }
    yield from told.values()
