"""Making the tables again what the journal says, where entries that stood in them count no more."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.projection.beside import Beside, wired
from app.core.journal.projection.comparing import BESIDE_MODELS
from app.core.journal.projection.merging import as_bytes
from app.core.journal.projection.models import UnvouchedRow
from app.core.journal.projection.replay import rebuild, scratch_tables
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.journal.projection.touching import Touched
from app.core.journal.projection.turns import turn
from app.core.journal.projection.unvouched import Named, forget_unvouched
from app.core.journal.shapes import Wires
from app.core.storage.columns import id_wire
from app.core.storage.prepared import insert_of_wires
from app.core.storage.tables import Base, table_of

_AT_ONCE = 2000
_Change = tuple[bytes, bool, bool]
"""The id of a row that differs, whether it is in the tables, and whether it is to be."""


def put_right(connection: sa.Connection) -> Mapping[str, set[UUID]]:
    """Make the tables anew in memory, and write what differs; return which rows, by table.

    Rows are compared whole, as `journal verify` does: it takes as long, and as much memory. Of the rows
    that nobody vouches for those that somebody began after all are forgotten.
    """
    while True:
        with scratch_tables() as rebuilt:
            found = rebuild(connection, rebuilt).unvouched
            alive = _come_after_all(connection, rebuilt)
            forget_unvouched(connection, alive)
            if not alive or not found.found:  # else something was left out that need not be
                found.keep()
                return _taken_over(connection, rebuilt)


def _taken_over(connection: sa.Connection, rebuilt: sa.Connection) -> Mapping[str, set[UUID]]:
    touched = Touched()
    with turn(connection):
        for table, stored in stored_tables().items():
            changes = list(_differing(connection, rebuilt, stored))
            before = _rows_of(
                connection, stored, (key for key, is_there, _new in changes if is_there)
            )
            after = _rows_of(rebuilt, stored, (key for key, _old, is_to_be in changes if is_to_be))
            for row in before:
                stored.remove(connection, as_bytes(row["id"]))
            if after:
                stored.write(connection, after)
            touched.note(table, [key for key, _is_there, _is_to_be in changes])
            _note_named(touched, stored, [*before, *after])
        for model in BESIDE_MODELS:
            _copy_all(connection, rebuilt, model)
    return touched.by_table()


def _rows_of(connection: sa.Connection, stored: Stored, keys: Iterable[bytes]) -> list[Wires]:
    return [row for key in keys if (row := stored.read(connection, key)) is not None]


def _note_named(touched: Touched, stored: Stored, rows: Iterable[Wires]) -> None:
    """Note what rows name, too: what is summed up of a row hangs on those that are gone from it."""
    for row in rows:
        for column, table in stored.referring:
            named = row[column]
            if isinstance(named, bytes):
                touched.note(table, [named])


def _differing(
    connection: sa.Connection, rebuilt: sa.Connection, stored: Stored
) -> Iterator[_Change]:
    """Yield the rows of a table that are not what the journal says."""
    ours, theirs = _all(connection, stored), _all(rebuilt, stored)
    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            yield _key(one), True, False
            one = next(ours, None)
        elif one is None or other[0] < one[0]:
            yield _key(other), False, True
            other = next(theirs, None)
        else:
            if one != other:
                yield _key(one), True, True
            one, other = next(ours, None), next(theirs, None)


def _all(connection: sa.Connection, stored: Stored) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table as the driver gives them, in order of their ids, which come first."""
    table = sa.table(stored.table, *map(sa.column, stored.columns))
    others = [table.c[name] for name in stored.columns if name != "id"]
    rows = sa.select(table.c.id, *others).order_by(table.c.id)
    with connection.execute(rows.execution_options(yield_per=_AT_ONCE)) as found:
        for row in found:
            yield tuple([value.bytes if isinstance(value, UUID) else value for value in row])


def _key(row: tuple[Any, ...] | None) -> bytes:
    return id_wire(row[0]) if row else b""


def _come_after_all(connection: sa.Connection, rebuilt: sa.Connection) -> list[Named]:
    """Return the rows noted as vouched for by nobody that are in the tables made anew."""
    beside, shapes, noted = Beside(rebuilt), stored_tables(), wired(UnvouchedRow)
    rows = connection.execute(sa.select(noted.c.table_name, noted.c.row_id)).all()
    named = ((table, id_wire(key)) for table, key in rows if table in shapes)
    return [one for one in named if beside.has(shapes[one[0]], one[1])]


def _copy_all(connection: sa.Connection, rebuilt: sa.Connection, model: type[Base]) -> None:
    """Let a table that is kept beside the records be as it was made anew."""
    table, names = wired(model), [column.key for column in table_of(model).columns]
    rows = rebuilt.execute(sa.select(*(table.c[name] for name in names))).all()
    connection.execute(sa.delete(table_of(model)))
    if rows:
        insert = insert_of_wires(table_of(model).name, table_of(model).columns)
        insert.run_many(connection, [dict(zip(names, row, strict=True)) for row in rows])
