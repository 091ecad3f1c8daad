"""The logs a database holds, and their chains, with those that were continued in two ways."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.journal.entries import GENESIS, LogName
from app.core.journal.ledger.vectors import Position, Vector
from app.core.journal.models import EntryRow, LogEndRow, LogRow, log_and_seq, place_of
from app.core.storage.prepared import Prepared
from app.core.storage.tables import Scope


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
    proved: int
    """Number of the last entry that its station's own signature reaches."""
    accepted: int | None = None
    """Number of the last entry up to which its station is believed, where `logs_as_believed` found one."""

    @property
    def is_ours(self) -> bool:
        """Tell whether it was written here and by nobody else."""
        return self.applied is None

    @property
    def reach(self) -> int:
        """Return the number of the last entry that may be vouched for, and given on."""
        return self.last if self.is_ours else min(self.last, self.proved)

    @property
    def counts_to(self) -> int:
        """Return the number of the last entry that may be put into the tables."""
        return self.reach if self.accepted is None else min(self.reach, self.accepted)


def stored_logs(connection: sa.Connection, name: LogName | None = None) -> tuple[StoredLog, ...]:
    """Return the logs, or those that bear one name; a branch comes after what it is a branch of."""
    if name is None:
        rows = _ALL.run(connection, {})
    else:
        named = {"station": name.station, "incarnation": name.incarnation, "scope": name.scope}
        rows = _NAMED.run(connection, named)
    logs: dict[int, StoredLog] = {}
    for (
        log_id,
        station,
        incarnation,
        scope,
        branch,
        parent,
        forked_at,
        applied,
        proved,
        place,
    ) in rows:
        logs[log_id] = StoredLog(
            id=log_id,
            name=LogName(station, incarnation, Scope(scope)),
            branch=branch,
            parent=logs.get(parent),
            forked_at=forked_at,
            last=log_and_seq(place)[1] if place else forked_at,
            applied=applied,
            proved=proved,
        )
    return tuple(logs.values())


def logs_as_believed(
    connection: sa.Connection, name: LogName | None = None
) -> tuple[StoredLog, ...]:
    """Return logs as `stored_logs` does, those of revoked stations with how far they are believed."""
    logs, ends = stored_logs(connection, name), dict(_ENDS.run(connection, {}))
    if not ends:
        return logs
    return tuple(replace(log, accepted=ends.get(log.id)) for log in logs)


def _logs() -> sa.Select[*tuple[Any, ...]]:
    newest = sa.select(sa.func.max(EntryRow.place)).where(EntryRow.entries_of(LogRow.id))
    return sa.select(
        LogRow.id,
        LogRow.station,
        LogRow.incarnation,
        LogRow.scope,
        LogRow.branch,
        LogRow.parent_id,
        LogRow.forked_at,
        LogRow.applied,
        LogRow.proved,
        newest.scalar_subquery(),
    ).order_by(LogRow.id)


_ENDS = Prepared(sa.select(LogEndRow.log_id, LogEndRow.until))
_ALL = Prepared(_logs())
_NAMED = Prepared(
    _logs().where(
        LogRow.station == sa.bindparam("station"),
        LogRow.incarnation == sa.bindparam("incarnation"),
        LogRow.scope == sa.bindparam("scope"),
    )
)
_HASH = Prepared(sa.select(EntryRow.hash).where(EntryRow.place == sa.bindparam("place")))


def hash_at(connection: sa.Connection, log: StoredLog, seq: int) -> bytes | None:
    """Return the hash of an entry on the way a log went; None when it does not go so far."""
    if seq == 0:
        return GENESIS
    found = _HASH.run(connection, {"place": place_of(holder_of(log, seq).id, seq)})
    return bytes(found[0][0]) if found else None


def first_since(connection: sa.Connection, log: StoredLog, moment: datetime) -> int | None:
    """Return the first entry of a log that was made at a moment or later, by the clock of its PC."""
    way: StoredLog | None = log
    last, found = log.last, None
    while way is not None:
        first = sa.select(sa.func.min(EntryRow.place)).where(
            EntryRow.entries_of(way.id),
            EntryRow.place <= place_of(way.id, last),
            EntryRow.wall >= moment,
        )
        place = connection.scalar(first)
        if place is not None:
            found = log_and_seq(place)[1]
        last, way = way.forked_at, way.parent
    return found


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


def held_among(connection: sa.Connection, positions: Iterable[Position]) -> Vector:
    """Return those of somebody's positions that are on a way here too, as far as it is proved.

    Told back to them they say what both hold, where our own ends are ones that they do not know yet.
    """
    return tuple(
        position
        for position in positions
        if any(
            position.seq <= log.reach and hash_at(connection, log, position.seq) == position.head
            for log in stored_logs(connection, position.log)
        )
    )


def vector_of(connection: sa.Connection) -> Vector:
    """Return how far every log goes here, as far as it is proved."""
    positions = []
    for log in stored_logs(connection):
        head = hash_at(connection, log, log.reach) if log.reach else None
        if head is not None:
            positions.append(Position(log=log.name, seq=log.reach, head=head))
    return tuple(positions)


def is_continued_elsewhere(connection: sa.Connection, names: Iterable[LogName]) -> bool:
    """Tell whether somebody else wrote in logs that this station writes: it has a twin."""
    found = (log for name in names for log in stored_logs(connection, name))
    return any(log.branch or not log.is_ours for log in found)


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
