"""What is here beyond what somebody holds: how many entries, and from when to when."""

from collections.abc import Iterable
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
    """Return the entries here that the holder of those positions lacks."""
    positions = list(held)
    entries, times = 0, []
    for log in stored_logs(connection):
        after = _shared(connection, log, positions)
        count, first, last = connection.execute(
            sa.select(
                sa.func.count(), sa.func.min(EntryRow.wall), sa.func.max(EntryRow.wall)
            ).where(EntryRow.entries_of(log.id, after=after))
        ).one()
        entries += count
        times += [time for time in (first, last) if time is not None]
    return Beyond(entries=entries, since=min(times, default=None), until=max(times, default=None))


def _shared(connection: sa.Connection, log: StoredLog, held: list[Position]) -> int:
    """Return up to which entry a log is held; a holder that is ahead of us holds all of it."""
    ends = [position for position in held if position.log == log.name]
    shared = [
        min(end.seq, log.last)
        for end in ends
        if end.seq > log.last or hash_at(connection, log, end.seq) == end.head
    ]
    return max(shared, default=0)
