"""The journal's own tables. They are written by the unit of work alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id, Instant, Word
from app.core.storage.prepared import insert_of_wires
from app.core.storage.tables import Base, Derived, Fact, Local, Scope, table_of


class LogRow(Base):
    """One log: a station's incarnation writing in one scope."""

    __tablename__ = "journal_log"
    __table_args__ = (sa.UniqueConstraint("station", "incarnation", "scope", "branch"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    incarnation: Mapped[bytes] = mapped_column(sa.LargeBinary(8))
    scope: Mapped[Scope] = mapped_column(Word(Scope))
    branch: Mapped[int] = mapped_column(default=0)
    """A log that was continued in two ways is kept in both; 0 is the way that came here first."""
    parent_id: Mapped[int | None]
    """The log that a branch goes on from, after its entry `forked_at`."""
    forked_at: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    applied: Mapped[int | None] = mapped_column(sa.BigInteger)
    """Up to which entry it stands in the tables. None for a log that is written here: all of it."""
    proved: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """Up to which entry a signature of its own station reaches: no entry beyond is put in the tables."""
    seen: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """The newest stamp that came in from elsewhere: ours are to be later."""


class LogEndRow(Local):
    """How far a log of a revoked station is believed: no entry beyond is put in the tables."""

    __tablename__ = "journal_log_end"

    log_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    until: Mapped[int] = mapped_column(sa.BigInteger)
    """Number of the last entry that is believed."""


_SEQ_BITS = 40
_SEQ_MASK = (1 << _SEQ_BITS) - 1
_PLACES: sa.ColumnElement[int] = sa.literal_column(str(1 << _SEQ_BITS), sa.BigInteger)
"""Of one log. Written out, not a parameter: prepared statements have none but their own."""
_Place = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite keeps a table by its key only if that is called an INTEGER."""


def place_of(log_id: int, seq: int) -> int:
    """Return where an entry stands among all: by log, and by its number in it (from 1)."""
    return log_id << _SEQ_BITS | seq


def log_and_seq(place: int) -> tuple[int, int]:
    """Return the log and the number in it of the entry at a place."""
    return divmod(place, 1 << _SEQ_BITS)


class EntryRow(Base):
    """One transaction's changes in one scope, chained to the entry before it.

    Log and number are one whole number, the place: SQLite adds a row at the end of a table kept by
    such a key without touching the pages before it; a key of two columns cost one or two pages more
    in every commit, each encrypted and written.
    """

    __tablename__ = "journal_entry"

    place: Mapped[int] = mapped_column(_Place, primary_key=True, autoincrement=False)
    stamp: Mapped[int] = mapped_column(sa.BigInteger)
    wall: Mapped[datetime] = mapped_column(Instant)
    offset_minutes: Mapped[int]
    actor: Mapped[UUID | None] = mapped_column(Id)
    action: Mapped[str]
    reason: Mapped[str]
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """Last, because SQLite reads a row from its front: the hash must not lie behind a long body."""

    @hybrid_property
    def log_id(self) -> int:
        """Return the log's id in this database. To look for a log's entries use `entries_of`."""
        return self.place >> _SEQ_BITS

    @log_id.inplace.expression
    @classmethod
    def _log_id(cls) -> sa.ColumnElement[int]:
        return cls.place.bitwise_rshift(sa.literal_column(str(_SEQ_BITS), sa.Integer))

    @hybrid_property
    def seq(self) -> int:
        """Return the entry's number in its log."""
        return self.place & _SEQ_MASK

    @seq.inplace.expression
    @classmethod
    def _seq(cls) -> sa.ColumnElement[int]:
        return cls.place.bitwise_and(sa.literal_column(str(_SEQ_MASK), sa.BigInteger))

    @classmethod
    def entries_of(cls, log_id: Any, after: int = 0) -> sa.ColumnElement[bool]:
        """Return what holds for a log's entries past one; `log_id` may be a column or a parameter."""
        before_first = log_id * _PLACES
        beginning = before_first + after if after else before_first
        return sa.and_(cls.place > beginning, cls.place < before_first + _PLACES)


WIRE_COLUMNS = (
    EntryRow.stamp,
    EntryRow.wall,
    EntryRow.offset_minutes,
    EntryRow.actor,
    EntryRow.action,
    EntryRow.reason,
    EntryRow.body,
)
"""What an entry's wire form is made of, in its order (journal.entries.EntryWire)."""
WRITTEN_COLUMNS = [
    table_of(EntryRow).columns[one.key] for one in (EntryRow.place, *WIRE_COLUMNS, EntryRow.hash)
]
"""An entry's place, the parts of its wire form, and its hash."""
INSERT_ENTRY = insert_of_wires("journal_entry", WRITTEN_COLUMNS)
"""Takes the written columns in their order."""


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


class KeptSealRow(Fact):
    """A seal as an entry of the journal: no seal goes unseen, and peers keep each other's."""

    __tablename__ = "kept_seal"
    table_scope = Scope.IDENTITY

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    incarnation: Mapped[bytes] = mapped_column(sa.LargeBinary(8))
    scope: Mapped[str]
    """Of the log, like the two before it."""
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
    place: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)


class MentionHeadRow(Derived):
    """How far each log is indexed."""

    __tablename__ = "journal_mention_head"

    log_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(sa.BigInteger)
