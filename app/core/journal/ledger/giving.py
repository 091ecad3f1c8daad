"""What a peer lacks, and the entries themselves in segments of a size that travels."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

import msgspec
import sqlalchemy as sa

from app.core.journal.changes import Inserted, decode_changes
from app.core.journal.entries import LogName
from app.core.journal.ledger.fetching import entries_between
from app.core.journal.ledger.logs import StoredLog, hash_at, stored_logs
from app.core.journal.ledger.vectors import Entries, Position, Segment, Vector
from app.core.journal.models import EntryRow, place_of
from app.core.storage.columns import Wire

MOST_ENTRIES = 32_768
MOST_BYTES = 8 * 1024 * 1024
"""Of the bodies in one segment; one that is larger by itself is a segment of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The entries of one stored log that somebody lacks."""

    log: StoredLog
    first: int
    last: int
    previous: bytes
    head: bytes
    """Hash of the entry `last`."""
    parting: bytes = b""
    """Hash of the entry with which a branch left what it is one of; empty for a log of its own."""

    @property
    def end(self) -> Position:
        """Return where its last entry stands."""
        return Position(log=self.log.name, seq=self.last, head=self.head)

    @property
    def entries(self) -> int:
        """Return how many they are."""
        return self.last - self.first + 1


def lacking(
    connection: sa.Connection, readers: Sequence[Vector], wanted: Callable[[LogName], bool]
) -> tuple[Stretch, ...]:
    """Return what any of `readers` lacks of the wanted logs, a branch after what it is one of.

    Each reader is given by all that it is known to hold.
    """
    found = []
    for log in stored_logs(connection):
        if not wanted(log.name):
            continue
        reached = min((_on_the_way(connection, log, known) for known in readers), default=0)
        had = max(reached, log.forked_at)
        if had < log.reach:
            found.append(stretch_of(connection, log, had + 1, log.reach))
    return tuple(found)


def stretch_of(connection: sa.Connection, log: StoredLog, first: int, last: int) -> Stretch:
    """Return a run of entries that a log has. Raises LookupError for one that it has not."""
    previous, head = (hash_at(connection, log, seq) for seq in (first - 1, last))
    parting = hash_at(connection, log, log.forked_at + 1) if log.branch else b""
    if previous is None or head is None or parting is None:
        raise LookupError(f"log {log.id} has no entries {first} to {last}")
    return Stretch(log=log, first=first, last=last, previous=previous, head=head, parting=parting)


def tells_only_of(connection: sa.Connection, stretch: Stretch, actions: Sequence[str]) -> bool:
    """Tell whether a stretch has no entry but of some actions."""
    first, last = (place_of(stretch.log.id, seq) for seq in (stretch.first, stretch.last))
    other = sa.exists().where(
        EntryRow.place.between(first, last), EntryRow.action.not_in(list(actions))
    )
    return not connection.execute(sa.select(other)).scalar_one()


def rows_in(connection: sa.Connection, stretch: Stretch, table: str) -> Iterator[dict[str, Wire]]:
    """Yield the rows of one table that the entries of a stretch insert, in wire form."""
    named = msgspec.msgpack.encode(table)
    for _segment, entries in segments_of(connection, stretch):
        for body in entries.bodies:
            # Few entries speak of any one table: the others are not unpacked.
            if named not in body:
                continue
            for change in decode_changes(body):
                if isinstance(change, Inserted) and change.table == table:
                    yield change.values


def _on_the_way(connection: sa.Connection, log: StoredLog, known: Vector) -> int:
    """Return the last entry of a log that somebody has by one of the positions they named."""
    reached = [
        position.seq
        for position in known
        if position.log == log.name
        and position.seq <= log.last
        and hash_at(connection, log, position.seq) == position.head
    ]
    return max(reached, default=0)


def has_reached(connection: sa.Connection, known: Vector, position: Position) -> bool:
    """Tell whether the holder of `known` has the entry at a position, and so all before it."""
    return any(
        log.last >= position.seq
        and hash_at(connection, log, position.seq) == position.head
        and _on_the_way(connection, log, known) >= position.seq
        for log in stored_logs(connection, position.log)
    )


def segments_of(connection: sa.Connection, stretch: Stretch) -> Iterator[tuple[Segment, Entries]]:
    """Yield the entries of a stretch, in segments; one segment is in memory at a time. Raises LookupError."""
    previous, first = stretch.previous, stretch.first
    for entries in _cut(entries_between(connection, stretch.log.id, stretch.first, stretch.last)):
        last = first + len(entries) - 1
        head = hash_at(connection, stretch.log, last)
        if head is None:
            raise LookupError(f"log {stretch.log.id} has no entry {last}")
        named = Segment(log=stretch.log.name, first=first, last=last, previous=previous, head=head)
        yield named, entries
        first, previous = last + 1, head


def _cut(runs: Iterable[Entries]) -> Iterator[Entries]:
    """Yield the same entries in lots that a segment may hold."""
    held: list[list[Any]] = []
    size = 0
    for run in runs:
        begun = 0
        while begun < len(run):
            held = held or [[] for _column in run.columns]
            sizes = list(accumulate(map(len, islice(run.bodies, begun, None)), initial=size))[1:]
            room = min(MOST_ENTRIES - len(held[0]), bisect_left(sizes, MOST_BYTES) + 1, len(sizes))
            for column, more in zip(held, run.columns, strict=True):
                column.extend(more[begun : begun + room])
            begun, size = begun + room, sizes[room - 1]
            if len(held[0]) == MOST_ENTRIES or size >= MOST_BYTES:
                yield Entries(held)
                held, size = [], 0
    if held:
        yield Entries(held)
