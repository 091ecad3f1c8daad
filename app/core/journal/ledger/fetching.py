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
        yield from _small_runs(connection, *places, most_bytes)


def _small_runs(
    connection: sa.Connection, first: int, last: int, most_bytes: int
) -> Iterator[Entries]:
    """Yield the entries between two places, in runs whose bodies are no longer than `most_bytes`."""
    by_row = connection.dialect.name == "postgresql"
    places = {"first": first, "last": last}
    lengths = (_lengths_by_row if by_row else _lengths_by_column)(connection, places)
    if first < last and sum(lengths) > most_bytes:
        middle = (first + last) // 2
        yield from _small_runs(connection, first, middle, most_bytes)
        yield from _small_runs(connection, middle + 1, last, most_bytes)
    elif lengths:
        yield _by_row(connection, places) if by_row else _by_column(connection, places, lengths)


def _by_column(
    connection: sa.Connection, places: dict[str, int], lengths: Sequence[int]
) -> Entries:
    (joined,) = _COLUMNS.run(connection, places)
    stamps, walls, offsets, actors, actions, reasons, bodies = joined
    ends = accumulate(lengths, initial=0)
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


def _by_row(connection: sa.Connection, places: dict[str, int]) -> Entries:
    return Entries.of(map(wire_of, _ROWS.run(connection, places)))


def _lengths_by_column(connection: sa.Connection, places: dict[str, int]) -> Sequence[int]:
    ((lengths,),) = _LENGTHS.run(connection, places)
    return _numbers(lengths)


def _lengths_by_row(connection: sa.Connection, places: dict[str, int]) -> Sequence[int]:
    return [length for (length,) in _LENGTH_OF_EACH.run(connection, places)]


_numbers = msgspec.json.Decoder(list[int]).decode
_texts = msgspec.json.Decoder(list[str]).decode
_BETWEEN = EntryRow.place.between(sa.bindparam("first"), sa.bindparam("last"))
_LENGTH = sa.func.length(EntryRow.body)
_LENGTH_OF_EACH = Prepared(sa.select(_LENGTH).where(_BETWEEN).order_by(EntryRow.place))
_LENGTHS = Prepared(sa.select(sa.func.json_group_array(_LENGTH)).where(_BETWEEN))
_ROWS = Prepared(sa.select(*WIRE_COLUMNS).where(_BETWEEN).order_by(EntryRow.place))
_EMPTY: sa.ColumnElement[str] = sa.literal_column("''")
_ACTOR = sa.case((EntryRow.actor.is_(None), _EMPTY), else_=sa.func.hex(EntryRow.actor))
"""The digits of nothing take as long as those of an id."""
_COLUMNS = Prepared(
    sa.select(
        sa.func.json_group_array(EntryRow.stamp),
        sa.func.json_group_array(EntryRow.wall),
        sa.func.json_group_array(EntryRow.offset_minutes),
        sa.func.json_group_array(_ACTOR),
        sa.func.json_group_array(EntryRow.action),
        sa.func.json_group_array(EntryRow.reason),
        sa.cast(sa.func.group_concat(EntryRow.body, _EMPTY), sa.LargeBinary),
    ).where(_BETWEEN)
)
"""Of a table that is kept by place the rows come in that order; to ask for it would have SQLite copy
them first. Stamps that do not rise are refused when they are packed."""
