"""Columns on which edits that did not see each other disagree: all they say, until somebody decides.

What is shown meanwhile is the same on every PC, and nothing is lost. A decision is an edit that saw
them all (ADR 16).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.journal.entries import LogName
from app.core.journal.ledger.vectors import Position
from app.core.journal.models import EntryRow, LogRow, MentionRow
from app.core.journal.projection.aliases import row_aside
from app.core.journal.projection.models import ContestRow
from app.core.journal.stamps import version_of
from app.core.storage.columns import Wire, from_wire
from app.core.storage.tables import Record, model_of, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One of the values."""

    version: bytes
    """16 bytes that tell it from the others, and from what stood there before."""
    value: Any
    is_shown: bool
    at: datetime | None
    """When it was written, by the clock of the PC that did; None for what began the row unseen."""
    actor: UUID | None
    """The account that wrote it."""
    station: bytes | None
    """The PC."""
    reason: str
    action: str
    """What was done when it was written, as the journal names it; "" for what began the row unseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """An entry that speaks of a row: who wrote it, when, where and why."""

    at: datetime
    actor: UUID | None
    station: bytes
    reason: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One column of one row, with every value that stands."""

    table: str
    key: UUID
    column: str
    values: tuple[Contender, ...]
    """The one that is shown first."""
    decides: frozenset[tuple[str, UUID, str]] = frozenset()
    """Table, row and column of what is decided with it, and is not told beside it."""

    @property
    def name(self) -> tuple[str, UUID, str]:
        """Return what tells it from every other."""
        return self.table, self.key, self.column


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Which of the values of a contest somebody lets stand, and why."""

    key: UUID
    value: Any
    actor: Actor
    reason: str
    at: datetime


def is_open(session: Session, table: str, key: UUID, column: str) -> bool:
    """Tell whether a column waits for a decision."""
    row = session.get(ContestRow, (table, key, column))
    return row is not None and _disagree(msgspec.msgpack.decode(row.live))


def side_by_side(session: Session, model: type[Record], column: str) -> dict[UUID, list[Any]]:
    """Return by row the values of a column of which several stand, also of rows that stand aside."""
    table = table_of(model)
    found = session.scalars(
        sa.select(ContestRow).where(
            ContestRow.table_name == table.name, ContestRow.column_name == column
        )
    )
    return {
        row.row_id: [
            from_wire(table.columns[column], wire)
            for wire in msgspec.msgpack.decode(row.live).values()
        ]
        for row in found
    }


def open_contests(session: Session) -> tuple[Contest, ...]:
    """Return the columns that wait for a decision. The index of mentions must be up to date."""
    return tuple(_contest(session, row, live) for row, live in _open(session))


def _open(session: Session) -> list[tuple[ContestRow, Mapping[bytes, Wire]]]:
    ordered = sa.select(ContestRow).order_by(
        ContestRow.table_name, ContestRow.row_id, ContestRow.column_name
    )
    found = [(row, msgspec.msgpack.decode(row.live)) for row in session.scalars(ordered)]
    return [(row, live) for row, live in found if _disagree(live) and not _follows(row)]


def _follows(row: ContestRow) -> bool:
    """Tell whether a column follows from others of its row, and with what is decided of them."""
    model = model_of(row.table_name)
    return issubclass(model, Record) and row.column_name in model.follows


def _disagree(live: Mapping[bytes, Wire]) -> bool:
    """Tell whether values that stand side by side say different things."""
    return len({msgspec.msgpack.encode(value) for value in live.values()}) > 1


def _contest(session: Session, row: ContestRow, live: Mapping[bytes, Wire]) -> Contest:
    table = table_of(model_of(row.table_name))
    column = table.columns[row.column_name]
    shown = session.execute(sa.select(column).where(table.c.id == row.row_id)).scalar_one_or_none()
    aside = row_aside(session, model_of(row.table_name), row.row_id)
    if aside is not None:
        shown = aside.values[row.column_name]
    written = entries_about(session, row.row_id)
    values = [
        _contender(version, from_wire(column, wire), shown, written.get(version))
        for version, wire in live.items()
    ]
    values.sort(key=lambda one: (not one.is_shown, one.version))
    return Contest(
        table=row.table_name, key=row.row_id, column=row.column_name, values=tuple(values)
    )


def _contender(version: bytes, value: Any, shown: Any, entry: Wrote | None) -> Contender:
    return Contender(
        version=version,
        value=value,
        is_shown=value == shown,
        at=entry.at if entry else None,
        actor=entry.actor if entry else None,
        station=entry.station if entry else None,
        reason=entry.reason if entry else "",
        action=entry.action if entry else "",
    )


def row_contender(session: Session, key: UUID, value: Any, *, is_shown: bool) -> Contender:
    """Return a value that a whole row stands for, with the last entry that speaks of the row.

    Its version is the row's own, also where one entry wrote several rows. The index of mentions must be
    up to date.
    """
    written = entries_about(session, key)
    newest = max(written, default=b"")
    wrote = written.get(newest)
    return Contender(
        version=blake2b(newest + key.bytes, digest_size=16).digest(),
        value=value,
        is_shown=is_shown,
        at=wrote.at if wrote else None,
        actor=wrote.actor if wrote else None,
        station=wrote.station if wrote else None,
        reason=wrote.reason if wrote else "",
        action=wrote.action if wrote else "",
    )


def newest_entry_about(session: Session, key: UUID) -> Position | None:
    """Return where the newest entry stands that speaks of a row; None where none does.

    The index of mentions must be up to date.
    """
    found = session.execute(
        sa.select(EntryRow.seq, EntryRow.hash, LogRow.station, LogRow.incarnation, LogRow.scope)
        .join(LogRow, LogRow.id == EntryRow.log_id)
        .join(MentionRow, MentionRow.place == EntryRow.place)
        .where(MentionRow.key == key)
        .order_by(EntryRow.stamp.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    name = LogName(found.station, found.incarnation, found.scope)
    return Position(log=name, seq=found.seq, head=found.hash)


def entries_about(session: Session, key: UUID) -> dict[bytes, Wrote]:
    """Return the entries that speak of a row, by the version that each gave to what it wrote.

    The index of mentions must be up to date.
    """
    entries = session.execute(
        sa.select(
            EntryRow.stamp,
            EntryRow.wall,
            EntryRow.actor,
            EntryRow.reason,
            EntryRow.action,
            LogRow.station,
        )
        .join(LogRow, LogRow.id == EntryRow.log_id)
        .join(MentionRow, MentionRow.place == EntryRow.place)
        .where(MentionRow.key == key)
    )
    return {
        version_of(row.stamp, row.station): Wrote(
            at=row.wall, actor=row.actor, station=row.station, reason=row.reason, action=row.action
        )
        for row in entries
    }
