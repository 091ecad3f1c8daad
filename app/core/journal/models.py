"""The journal's own tables. They are written by the unit of work alone."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant, Word
from app.core.storage.tables import Base, Derived, Scope


class LogRow(Base):
    """One log: a station's incarnation writing in one scope."""

    __tablename__ = "journal_log"
    __table_args__ = (sa.UniqueConstraint("station", "incarnation", "scope"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    incarnation: Mapped[bytes] = mapped_column(sa.LargeBinary(8))
    scope: Mapped[Scope] = mapped_column(Word(Scope))


class EntryRow(Base):
    """One transaction's changes in one scope, chained to the entry before it."""

    __tablename__ = "journal_entry"
    __table_args__ = ({"sqlite_with_rowid": False},)

    log_id: Mapped[int] = mapped_column(sa.ForeignKey("journal_log.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    stamp: Mapped[int] = mapped_column(sa.BigInteger)
    wall: Mapped[datetime] = mapped_column(Instant)
    offset_minutes: Mapped[int]
    actor: Mapped[UUID | None] = mapped_column(Id)
    action: Mapped[str]
    reason: Mapped[str]
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """Last, because SQLite reads a row from its front: the hash must not lie behind a long body."""


class SealRow(Base):
    """A signed head: this log, up to this entry, had this Merkle root (RFC 6962 §2.1)."""

    __tablename__ = "journal_seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    log_id: Mapped[int] = mapped_column(sa.ForeignKey("journal_log.id"), index=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger)
    root: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    sealed_at: Mapped[datetime] = mapped_column(Instant)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    signature: Mapped[bytes] = mapped_column(sa.LargeBinary(64))


class MentionRow(Derived):
    """Which entries speak of a row: the index behind "everything that happened to this record"."""

    __tablename__ = "journal_mention"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[UUID] = mapped_column(Id, primary_key=True)
    log_id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
