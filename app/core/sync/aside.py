"""Keeping apart what a revoked PC wrote after its last accepted entry (ADR 76).

It is in no table and in no file that leaves, and is not lost: an administrator looks at it and says
what becomes of it. It never becomes valid, for nothing that was revoked does.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.core.base.clock import to_microseconds
from app.core.journal import (
    ChainBroken,
    EntryWire,
    Segment,
    chain,
    hash_at,
    logs_as_believed,
    note_begun,
)
from app.core.storage.columns import Wire
from app.core.storage.prepared import insert_of_wires
from app.core.storage.tables import table_of
from app.core.sync.aside_models import AsideEntryRow

MOST_ENTRIES = 200_000
MOST_BYTES = 256 << 20
"""Of one PC, of the bodies of its entries: who holds a stolen one cannot fill the disk of this one."""
_AT_ONCE = 500
_LATEST = 253_402_300_799_000_000
"""The end of the year 9999, in microseconds: no clock says more, but who forges an entry may."""

_PUT = insert_of_wires("entry_aside", table_of(AsideEntryRow).columns)


def is_aside(connection: sa.Connection, head: bytes) -> bool:
    """Tell whether the entry with a hash is kept apart, and so all before it."""
    return connection.scalar(_hashes().where(AsideEntryRow.hash == head)) is not None


def keep_aside(
    connection: sa.Connection,
    segment: Segment,
    entries: Sequence[EntryWire],
    now: datetime,
    brought_by: bytes,
) -> int | None:
    """Keep entries apart; return how many were new, or None where there are too many. Raises ChainBroken."""
    hashes = chain(segment, entries)
    if not hashes or len(hashes) != segment.entries or hashes[-1] != segment.head:
        raise ChainBroken(segment)
    known, here = _known(connection, hashes), _counted_here(connection, segment, hashes)
    new = [place for place, one in enumerate(hashes) if place >= here and one not in known]
    if not _has_room(connection, segment.log.station, [len(entries[one][-1]) for one in new]):
        return None
    log = segment.log
    beside: dict[str, Wire] = {
        "station": log.station,
        "incarnation": log.incarnation,
        "scope": log.scope.value,
        "came_at": to_microseconds(now),
        "brought_by": brought_by,
    }
    rows = [
        {**beside, **_said(entries[place]), "hash": hashes[place], "seq": segment.first + place}
        for place in new
    ]
    if rows:
        _PUT.run_many(connection, rows)
        note_begun(connection, log.station, [entries[place][-1] for place in new])
    return len(rows)


def _said(entry: EntryWire) -> dict[str, Wire]:
    stamp, wall, offset, actor, action, reason, body = entry
    return {
        "stamp": stamp,
        "wall": max(0, min(wall, _LATEST)),
        "offset_minutes": offset,
        "actor": actor,
        "action": action,
        "reason": reason,
        "body": body,
    }


def _hashes() -> sa.Select[bytes]:
    return sa.select(AsideEntryRow.hash)


def _known(connection: sa.Connection, hashes: Sequence[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for first in range(0, len(hashes), _AT_ONCE):
        some = AsideEntryRow.hash.in_(hashes[first : first + _AT_ONCE])
        found.update(connection.scalars(_hashes().where(some)))
    return found


def _counted_here(connection: sa.Connection, segment: Segment, hashes: Sequence[bytes]) -> int:
    """Return how many of the first entries this PC took in before it heard of the revocation."""
    counted = 0
    for log in logs_as_believed(connection, segment.log):
        last = min(log.last, segment.last, segment.last if log.accepted is None else log.accepted)
        count = last - segment.first + 1
        if count > counted and hash_at(connection, log, last) == hashes[count - 1]:
            counted = count
    return counted


def _has_room(connection: sa.Connection, station: bytes, sizes: Sequence[int]) -> bool:
    count, size = connection.execute(
        sa.select(sa.func.count(), sa.func.sum(sa.func.length(AsideEntryRow.body))).where(
            AsideEntryRow.station == station
        )
    ).one()
    return count + len(sizes) <= MOST_ENTRIES and (size or 0) + sum(sizes) <= MOST_BYTES
