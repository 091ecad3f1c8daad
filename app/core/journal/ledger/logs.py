"""The logs a database holds, and their chains, with those that were continued in two ways."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.journal.entries import GENESIS, LogName
from app.core.journal.ledger.vectors import Position, Vector
from app.core.journal.models import EntryRow, LogRow, log_and_seq, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLog:
    """One log, or one way that a log went on."""

    id: int
    name: LogName
    branch: int
    """0 for the way that came here first."""
    parent: "StoredLog | None"
    """The log it is a branch of; its entries up to `forked_at` are the parent's."""
    forked_at: int
    last: int
    """Number of its newest entry; `forked_at` while it has none of its own."""
    applied: int | None
    """Number of the last entry that stands in the tables; None: all do, for they were written here."""


def stored_logs(connection: sa.Connection, name: LogName | None = None) -> tuple[StoredLog, ...]:
    """Return the logs, or those that bear one name; a branch comes after what it is a branch of."""
    newest = sa.select(sa.func.max(EntryRow.place)).where(EntryRow.entries_of(LogRow.id))
    statement = sa.select(LogRow.__table__, newest.scalar_subquery().label("place"))
    if name is not None:
        statement = statement.where(
            LogRow.station == name.station,
            LogRow.incarnation == name.incarnation,
            LogRow.scope == name.scope,
        )
    logs: dict[int, StoredLog] = {}
    for row in connection.execute(statement.order_by(LogRow.id)):
        logs[row.id] = StoredLog(
            id=row.id,
            name=LogName(row.station, row.incarnation, row.scope),
            branch=row.branch,
            parent=logs.get(row.parent_id),
            forked_at=row.forked_at,
            last=log_and_seq(row.place)[1] if row.place else row.forked_at,
            applied=row.applied,
        )
    return tuple(logs.values())


def hash_at(connection: sa.Connection, log: StoredLog, seq: int) -> bytes | None:
    """Return the hash of an entry on the way a log went; None when it does not go so far."""
    if seq == 0:
        return GENESIS
    holder = holder_of(log, seq)
    statement = sa.select(EntryRow.hash).where(EntryRow.place == place_of(holder.id, seq))
    return connection.execute(statement).scalar_one_or_none()


def holder_of(log: StoredLog, seq: int) -> StoredLog:
    """Return the log that an entry lies in: the log itself, or what it is a branch of."""
    while log.parent is not None and seq <= log.forked_at:
        log = log.parent
    return log


def hashes_between(
    connection: sa.Connection, log: StoredLog, first: int, last: int
) -> Sequence[bytes]:
    """Return the hashes of a run of entries on the way a log went, as far as it goes."""
    found: list[bytes] = []
    while first <= last:
        holder = holder_of(log, first)
        until = last if holder is log else min(last, _end_of(log, holder))
        places = EntryRow.place.between(place_of(holder.id, first), place_of(holder.id, until))
        part = connection.execute(sa.select(EntryRow.hash).where(places).order_by(EntryRow.place))
        hashes = part.scalars().all()
        found += hashes
        if len(hashes) < until - first + 1:
            break
        first = until + 1
    return found


def _end_of(log: StoredLog, holder: StoredLog) -> int:
    """Return up to which entry `holder` is on the way of its branch `log`."""
    while log.parent is not None and log.parent is not holder:
        log = log.parent
    return log.forked_at


def vector_of(connection: sa.Connection) -> Vector:
    """Return how far every log goes here."""
    positions = []
    for log in stored_logs(connection):
        head = hash_at(connection, log, log.last) if log.last else None
        if head is not None:
            positions.append(Position(log=log.name, seq=log.last, head=head))
    return tuple(positions)


def position_of(connection: sa.Connection, name: LogName) -> Position | None:
    """Return how far a log goes on the way that came here first; None when it has no entry."""
    for log in stored_logs(connection, name):
        head = hash_at(connection, log, log.last) if log.branch == 0 and log.last else None
        if head is not None:
            return Position(log=name, seq=log.last, head=head)
    return None


def is_held(connection: sa.Connection, position: Position) -> bool:
    """Tell whether a position lies on the way of a log here that came first."""
    return any(
        log.branch == 0
        and log.last >= position.seq
        and hash_at(connection, log, position.seq) == position.head
        for log in stored_logs(connection, position.log)
    )
