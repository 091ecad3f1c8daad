"""Taking out of the tables what a PC wrote beyond the entry up to which it is believed (ADR 76).

Who heard of a revocation first never put it there; who had taken it in before hears of it later. In the end
the tables of both are made of the same entries. The entries themselves stay where they are stored.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal.changes import BodyUnreadable, Change, Inserted, decode_changes
from app.core.journal.entries import LogName
from app.core.journal.ledger.fetching import entries_between
from app.core.journal.ledger.logs import StoredLog, hash_at, logs_as_believed
from app.core.journal.ledger.vectors import Entries, Segment
from app.core.journal.models import LogEndRow, LogRow
from app.core.journal.projection import note_unvouched, put_right
from app.core.journal.projection.beside import Beside
from app.core.journal.projection.models import UnvouchedRow
from app.core.journal.projection.stored import stored_tables

BelievedTo = Callable[[LogName], int | None]
"""Tells up to which entry a log is believed; None: to its end."""
Keep = Callable[[Segment, Entries], None]
"""Is given what is believed no more, a run at a time, before anything follows from that."""


def is_to_set_back(connection: sa.Connection, believed_to: BelievedTo) -> bool:
    """Tell whether a log is stored of which it is not noted yet how far it is believed."""
    return next(_to_set_back(connection, believed_to), None) is not None


def set_back(
    connection: sa.Connection, believed_to: BelievedTo, keep: Keep
) -> Mapping[str, set[UUID]]:
    """Take out of the tables what is not believed any more; return the rows that changed, by table.

    That takes as long as to prove the records, and only where something of it stood there.
    """
    stood, logs = False, list(_to_set_back(connection, believed_to))
    for log, until in logs:
        stood = stood or (log.applied or 0) > until
        _note_end(connection, log, until)
    for log, until in logs:
        for segment, entries in _late(connection, log, until):
            keep(segment, entries)
            note_begun(connection, log.name.station, entries.bodies, is_here_by_them=stood)
    return put_right(connection) if stood else {}


def note_begun(
    connection: sa.Connection,
    station: bytes,
    bodies: Iterable[bytes],
    *,
    is_here_by_them: bool = False,
) -> None:
    """Note what late entries of a revoked PC began, and nobody else: nobody vouches for it.

    Where the rows are here by these entries they are noted all the same: `put_right` forgets the others.
    """
    beside, shapes = Beside(connection), stored_tables()
    begun = {
        (change.table, change.key.bytes)
        for body in bodies
        for change in _changes(body)
        if isinstance(change, Inserted) and change.table in shapes
    }
    rows = [
        (one, station) for one in begun if is_here_by_them or not beside.has(shapes[one[0]], one[1])
    ]
    note_unvouched(connection, rows, of_others=False)


def unvouched_of_others(session: Session, station: bytes) -> int:
    """Return how many rows that believed PCs began are left out because they name what a revoked one did."""
    row = UnvouchedRow
    wanted = sa.select(sa.func.count()).where(row.station == station, row.of_others)
    return session.scalar(wanted) or 0


def _to_set_back(
    connection: sa.Connection, believed_to: BelievedTo
) -> Iterator[tuple[StoredLog, int]]:
    """Yield the logs of others that are believed to an entry and no further, where that is not noted yet."""
    for log in logs_as_believed(connection):
        until = None if log.is_ours else believed_to(log.name)
        if until is not None and (log.accepted is None or log.accepted > max(until, log.forked_at)):
            yield log, max(until, log.forked_at)


def _note_end(connection: sa.Connection, log: StoredLog, until: int) -> None:
    connection.execute(sa.delete(LogEndRow).where(LogEndRow.log_id == log.id))
    connection.execute(sa.insert(LogEndRow).values(log_id=log.id, until=until))
    applied = min(log.applied or 0, until)
    connection.execute(sa.update(LogRow).where(LogRow.id == log.id).values(applied=applied))


def _late(
    connection: sa.Connection, log: StoredLog, until: int
) -> Iterator[tuple[Segment, Entries]]:
    """Yield what is stored of a log beyond an entry."""
    first, previous = until + 1, hash_at(connection, log, until) or b""
    for entries in entries_between(connection, log.id, first, log.last):
        last = first + len(entries) - 1
        head = hash_at(connection, log, last) or b""
        yield Segment(log=log.name, first=first, last=last, previous=previous, head=head), entries
        first, previous = last + 1, head


def _changes(body: bytes) -> list[Change]:
    try:
        return decode_changes(body)
    except BodyUnreadable:
        return []
