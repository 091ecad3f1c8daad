"""What is here beyond what somebody holds: how many entries, of when, and what was done in them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.journal.ledger.logs import StoredLog, hash_at, stored_logs
from app.core.journal.ledger.vectors import Position
from app.core.journal.models import EntryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """Entries that somebody does not hold."""

    entries: int
    since: datetime | None
    """When the first of them was made."""
    until: datetime | None
    """When the last was made."""


def entries_beyond(connection: sa.Connection, held: Iterable[Position]) -> Beyond:
    """Return how many entries here the holder of those positions lacks, and of when."""
    entries, times = 0, []
    for beyond in _stretches(connection, held):
        count, first, last = connection.execute(
            sa.select(
                sa.func.count(), sa.func.min(EntryRow.wall), sa.func.max(EntryRow.wall)
            ).where(beyond)
        ).one()
        entries += count
        times += [time for time in (first, last) if time is not None]
    return Beyond(entries=entries, since=min(times, default=None), until=max(times, default=None))


def actions_beyond(connection: sa.Connection, held: Iterable[Position]) -> Counter[str]:
    """Return how often what was done in the entries that the holder of those positions lacks."""
    found = Counter[str]()
    for beyond in _stretches(connection, held):
        counts = sa.select(EntryRow.action, sa.func.count()).where(beyond).group_by(EntryRow.action)
        found.update(dict(connection.execute(counts).all()))
    return found


def bodies_beyond(
    connection: sa.Connection, held: Iterable[Position], limit: int
) -> Iterator[bytes]:
    """Yield the bodies of the newest entries that the holder of those positions lacks, newest first."""
    beyond = list(_stretches(connection, held))
    if beyond:
        newest = sa.select(EntryRow.body).where(sa.or_(*beyond)).order_by(EntryRow.stamp.desc())
        yield from connection.scalars(newest.limit(limit))


def _stretches(
    connection: sa.Connection, held: Iterable[Position]
) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what picks the entries of each log that are beyond what is held."""
    positions = list(held)
    for log in stored_logs(connection):
        yield EntryRow.entries_of(log.id, after=_shared(connection, log, positions))


def _shared(connection: sa.Connection, log: StoredLog, held: list[Position]) -> int:
    """Return up to which entry a log is held; a holder that is ahead of us holds all of it."""
    ends = [position for position in held if position.log == log.name]
    shared = [
        min(end.seq, log.last)
        for end in ends
        if end.seq > log.last or hash_at(connection, log, end.seq) == end.head
    ]
    return max(shared, default=0)
