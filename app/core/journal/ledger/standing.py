"""Putting entries that came in where people see them: into the tables, log by log, as far as proved.

An entry whose rows refer to some that are not here yet waits, and the rest of its log with it; every
other log goes on, and the waiting ones are tried again until nothing moves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.entries import EntryWire
from app.core.journal.layers import lay
from app.core.journal.ledger.logs import StoredLog, logs_as_believed
from app.core.journal.ledger.taking import Taken
from app.core.journal.ledger.vectors import Entries, Segment
from app.core.journal.models import EntryRow, LogRow, place_of
from app.core.journal.projection import Clash, Projection, Run, forget_unvouched, put_right
from app.core.storage.prepared import Prepared

_AT_ONCE = 8192


@dataclass(slots=True)
class Stood:
    """What came of one round."""

    applied: int = 0
    waiting: int = 0
    """Entries that are here and proved, and speak of rows that are not here."""
    clashes: list[Clash] = field(default_factory=list)
    touched: Mapping[str, set[UUID]] = field(default_factory=dict)
    in_part: Mapping[bytes, int] = field(default_factory=dict)
    """By station: how many of its entries tell of what only a newer program knows."""
    is_more: bool = False
    """The round ended before everything was tried."""


def stand(connection: sa.Connection, most: int = 65_536) -> Stood:
    """Apply what is stored and proved, about `most` entries of it, in the caller's transaction."""
    stood, projection = Stood(), Projection(connection)
    moved = True
    while moved and not stood.is_more:
        moved = _round(connection, projection, stood, most)
        if not moved and stood.waiting and projection.unvouched.is_any:
            # nobody else has begun what they wait for: what names it is left out
            projection.passes_over = True
            moved = _round(connection, projection, stood, most)
            projection.passes_over = False
    projection.flush()
    projection.unvouched.keep()
    stood.clashes, stood.touched = list(projection.clashes), _touched(connection, projection)
    stood.in_part = projection.in_part
    return stood


def _round(connection: sa.Connection, projection: Projection, stood: Stood, most: int) -> bool:
    """Try every log that is behind; tell whether any went on."""
    before, stood.waiting = stood.applied, 0
    for log in _behind(connection):
        applied = _go_on(connection, projection, log, most - stood.applied)
        stood.applied += applied
        stood.is_more = stood.applied >= most
        if stood.is_more:
            break
        stood.waiting += log.counts_to - (log.applied or 0) - applied
    return stood.applied > before


def stand_along(
    connection: sa.Connection, taken: Taken, segment: Segment, entries: Sequence[EntryWire]
) -> Stood | None:
    """Apply what was new of a segment while it is in memory; None where it is not its turn yet.

    That is where it is not proved, or where something before it waits: `stand` comes to it later.
    """
    log = next(
        (one for one in _behind(connection) if taken.log is not None and one.id == taken.log.id),
        None,
    )
    known = segment.entries - taken.stored
    if log is None or log.counts_to < segment.last or log.applied != segment.first + known - 1:
        return None
    projection = Projection(connection)
    new = Entries.of(entries[known:] if known else entries)
    run = Run(new.stamps, new.bodies, new.layers)
    done = projection.apply_in_turn(log.name.station, run)
    projection.flush()
    _note(connection, log, log.applied + done)
    return Stood(
        applied=done,
        clashes=list(projection.clashes),
        touched=_touched(connection, projection),
        in_part=projection.in_part,
    )


def _touched(connection: sa.Connection, projection: Projection) -> Mapping[str, set[UUID]]:
    """Return the rows that came or changed, by table.

    Where somebody began a row for which nobody vouched, what was left out because of it is put right.
    """
    touched = projection.touched
    if not projection.unvouched.is_any:
        return touched
    begun = [
        (table, key)
        for table, key in projection.unvouched.noted()
        if UUID(bytes=key) in touched.get(table, ())
    ]
    if not begun:
        return touched
    forget_unvouched(connection, begun)
    righted = put_right(connection)
    tables = touched.keys() | righted.keys()
    return {one: {*touched.get(one, ()), *righted.get(one, ())} for one in tables}


def is_behind(connection: sa.Connection) -> bool:
    """Tell whether anything is stored and proved that is not in the tables; it may wait for more."""
    return next(_behind(connection), None) is not None


def _behind(connection: sa.Connection) -> Iterator[StoredLog]:
    """Yield the logs that are not applied as far as they are proved, and may go on."""
    for log in logs_as_believed(connection):
        if log.applied is None or log.applied >= log.counts_to:
            continue
        parent = log.parent
        if parent is not None and parent.applied is not None and parent.applied < log.forked_at:
            continue  # what the branch goes on from comes first
        yield log


def _go_on(connection: sa.Connection, projection: Projection, log: StoredLog, most: int) -> int:
    """Apply the next entries of a log until one waits; return how many were applied."""
    begun = log.applied or 0
    last, reached = min(log.counts_to, begun + most), begun
    while reached < last:
        until = min(last, reached + _AT_ONCE)
        places = {"first": place_of(log.id, reached + 1), "last": place_of(log.id, until)}
        rows = _READ.run(connection, places)
        stamps, actions, bodies = (list(map(itemgetter(place), rows)) for place in range(3))
        run = Run(stamps, bodies, tuple(lay(bodies, actions)))
        reached += projection.apply_in_turn(log.name.station, run)
        projection.flush()
        if reached < until:
            break
    _note(connection, log, reached)
    return reached - begun


def _note(connection: sa.Connection, log: StoredLog, applied: int) -> None:
    _APPLIED.run(connection, {"log_id": log.id, "until": applied})


_APPLIED = Prepared(
    sa.update(LogRow)
    .where(LogRow.id == sa.bindparam("log_id"))
    .values(applied=sa.bindparam("until"))
)
_READ = Prepared(
    sa.select(EntryRow.stamp, EntryRow.action, EntryRow.body)
    .where(EntryRow.place.between(sa.bindparam("first"), sa.bindparam("last")))
    .order_by(EntryRow.place)
)
