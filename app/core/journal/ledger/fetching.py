"""Entries of a log as they lie in the database, by column and a run at a time.

SQLite joins what the columns of a run have into one value each. Its driver would make an object of
every value and a row of every seven, and take the connection's lock twice or three times for each.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import msgspec
import sqlalchemy as sa

from app.core.journal.entries import wire_of
from app.core.journal.ledger.vectors import Entries
from app.core.journal.models import WIRE_COLUMNS, EntryRow, place_of
from app.core.storage.prepared import Prepared

_AT_ONCE = 1024
_MOST_BYTES = 16 << 20
"""Of the bodies in a run: it lies in memory twice. One entry alone may have more."""


def entries_between(
    connection: sa.Connection,
    log_id: int,
    first: int,
    last: int,
    at_once: int = _AT_ONCE,
    most_bytes: int = _MOST_BYTES,
) -> Iterator[Entries]:
    """Yield the entries `first` to `last` of a log, a run of some at a time."""
    for begun in range(first, last + 1, at_once):
        end = min(last, begun + at_once - 1)
        places = place_of(log_id, begun), place_of(log_id, end)
        for run in _small_runs(connection, *places, most_bytes):
            entries = _read(connection, *run)
            if entries:
                yield entries


def _small_runs(
    connection: sa.Connection, first: int, last: int, most_bytes: int
) -> Iterator[tuple[int, int]]:
    """Yield the places, in runs whose bodies are no longer together than `most_bytes`."""
    ((size,),) = _SIZE.run(connection, {"first": first, "last": last})
    if first == last or (size or 0) <= most_bytes:
        yield first, last
        return
    middle = (first + last) // 2
    yield from _small_runs(connection, first, middle, most_bytes)
    yield from _small_runs(connection, middle + 1, last, most_bytes)


def _read(connection: sa.Connection, first: int, last: int) -> Entries:
    by_row = connection.dialect.name == "postgresql"
    return (_by_row if by_row else _by_column)(connection, first, last)


def _by_column(connection: sa.Connection, first: int, last: int) -> Entries:
    (joined,) = _COLUMNS.run(connection, {"first": first, "last": last})
    stamps, walls, offsets, actors, actions, reasons, lengths, bodies = joined
    ends = accumulate(_numbers(lengths), initial=0)
    return Entries(
        (
            _numbers(stamps),
            _numbers(walls),
            _numbers(offsets),
            _ids(_texts(actors)),
            _texts(actions),
            _texts(reasons),
            [bodies[begin:end] for begin, end in pairwise(ends)],
        )
    )


def _ids(texts: Sequence[str]) -> Sequence[bytes | None]:
    """Return what hexadecimal digits stand for; none stand for nothing."""
    known = {text: bytes.fromhex(text) or None for text in set(texts)}
    return list(map(known.__getitem__, texts))


def _by_row(connection: sa.Connection, first: int, last: int) -> Entries:
    return Entries.of(map(wire_of, _ROWS.run(connection, {"first": first, "last": last})))


_numbers = msgspec.json.Decoder(list[int]).decode
_texts = msgspec.json.Decoder(list[str]).decode
_BETWEEN = EntryRow.place.between(sa.bindparam("first"), sa.bindparam("last"))
_SIZE = Prepared(sa.select(sa.func.sum(sa.func.length(EntryRow.body))).where(_BETWEEN))
_ROWS = Prepared(sa.select(*WIRE_COLUMNS).where(_BETWEEN).order_by(EntryRow.place))
_RUN = sa.select(*WIRE_COLUMNS).where(_BETWEEN).order_by(EntryRow.place).subquery()
_COLUMNS = Prepared(
    sa.select(
        sa.func.json_group_array(_RUN.c.stamp),
        sa.func.json_group_array(_RUN.c.wall),
        sa.func.json_group_array(_RUN.c.offset_minutes),
        sa.func.json_group_array(sa.func.hex(_RUN.c.actor)),
        sa.func.json_group_array(_RUN.c.action),
        sa.func.json_group_array(_RUN.c.reason),
        sa.func.json_group_array(sa.func.length(_RUN.c.body)),
        sa.cast(sa.func.group_concat(_RUN.c.body, sa.literal_column("''")), sa.LargeBinary),
    )
)
"""Of a table that is kept by place the rows come in that order; stamps that do not rise are refused
when they are packed."""
