"""What the projection keeps beside the tables: all of it follows from the entries.

`row_id` names a row of `table_name` as the journal does, whether it is shown or stands aside.
"""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.storage.columns import Id
from app.core.storage.guards import TURN
from app.core.storage.tables import Local


class AsideRow(Local):
    """A row that is one thing with another, which is shown in its place."""

    __tablename__ = "row_aside"
    __table_args__ = ({"sqlite_with_rowid": False},)

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    shown_id: Mapped[UUID] = mapped_column(Id, index=True)
    """The row that stands for it: where references to it lead."""
    state: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """Its columns as entries wrote them, as msgpack of wire forms."""


class RepointedRow(Local):
    """A reference that shows another row than the entry named, because that one stands aside."""

    __tablename__ = "row_repointed"
    __table_args__ = ({"sqlite_with_rowid": False},)

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    column_name: Mapped[str] = mapped_column(primary_key=True)
    own_id: Mapped[UUID] = mapped_column(Id, index=True)
    """What the entry named."""


class ContestRow(Local):
    """A column whose edits do not follow one on another: what each says, until somebody decides."""

    __tablename__ = "column_contest"
    __table_args__ = ({"sqlite_with_rowid": False},)

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    column_name: Mapped[str] = mapped_column(primary_key=True)
    live: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """msgpack of {version: value} where several stand; empty where one does, which the row has."""
    early: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """msgpack of {version: how often an edit superseded it more than it came}."""


class LeftOutRow(Local):
    """A row of which an entry said something that this program did not know, and left in the journal."""

    __tablename__ = "row_left_out"
    __table_args__ = ({"sqlite_with_rowid": False},)

    table_name: Mapped[str] = mapped_column(primary_key=True)
    """Empty: a program took entries in before this was noted, so that all of them are to be looked through."""
    row_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    known: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """What the program knew that left it out (`left_out.known`); empty where it is to be tried again."""


class CriticalKindRow(Local):
    """What a newer program said must not be passed over (ADR 75), as it said it: for others, too."""

    __tablename__ = "critical_kind"
    __table_args__ = ({"sqlite_with_rowid": False},)

    word: Mapped[str] = mapped_column(primary_key=True)


class HeldRow(Local):
    """A row that this program must not edit, because of what a newer one wrote in it or of it."""

    __tablename__ = "row_held"
    __table_args__ = ({"sqlite_with_rowid": False},)

    row_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    table_name: Mapped[str] = mapped_column(primary_key=True)
    by_id: Mapped[UUID] = mapped_column(Id, primary_key=True, index=True)
    by_table: Mapped[str] = mapped_column(primary_key=True)
    """The row of which this program does not know all; it may be the same one."""


class TurnRow(Local):
    """Present while the projection changes what guards keep: inside its own transaction only."""

    __tablename__ = TURN

    id: Mapped[int] = mapped_column(primary_key=True)


class WriterRow(Local):
    """A station as the papers of keys have it: for whom it may speak. They are proved elsewhere (ADR 74)."""

    __tablename__ = "journal_writer"

    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), primary_key=True)
    site_id: Mapped[UUID] = mapped_column(Id)
    for_all: Mapped[bool]
    """Whether its site is or was headquarters, which speak for every site."""


class UnvouchedRow(Local):
    """A row that is in no table, because only a PC began it that was revoked before, or because it names one."""

    __tablename__ = "row_unvouched"
    __table_args__ = ({"sqlite_with_rowid": False},)

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    station: Mapped[bytes] = mapped_column(sa.LargeBinary(32), index=True)
    """The PC that was revoked."""
    of_others: Mapped[bool]
    """Whether it was begun by a PC that is believed, and names such a row."""


class RefusedClaimRow(Local):
    """What an entry says of a row, and does not count: its station may not speak of it."""

    __tablename__ = "refused_claim"
    __table_args__ = ({"sqlite_with_rowid": False},)

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    version: Mapped[bytes] = mapped_column(sa.LargeBinary(16), primary_key=True)
    """What the entry gives to what it writes: its stamp, and the station's name."""
    about_table: Mapped[str]
    about_id: Mapped[UUID] = mapped_column(Id, index=True)
    """Of whom or what it may not speak: the row itself, or one that it names."""
