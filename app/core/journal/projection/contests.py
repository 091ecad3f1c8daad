"""Keeping what columns hold whose edits do not follow one on another."""

from collections.abc import Mapping

import msgspec
import sqlalchemy as sa

from app.core.journal.projection.beside import CELL, ROW, Row, equal, wired
from app.core.journal.projection.models import ContestRow
from app.core.journal.projection.registers import Register, are_several, split_versions
from app.core.journal.projection.stored import Stored
from app.core.storage.columns import Wire
from app.core.storage.prepared import Prepared, insert_of_wires
from app.core.storage.tables import table_of

_CONTEST = wired(ContestRow)
_FIND = Prepared(sa.select(_CONTEST.c.live, _CONTEST.c.early).where(*equal(_CONTEST, CELL)))
_NOTE = insert_of_wires("column_contest", table_of(ContestRow).columns)
_FORGET = Prepared(sa.delete(_CONTEST).where(*equal(_CONTEST, CELL)))
_FORGET_ALL = Prepared(sa.delete(_CONTEST).where(*equal(_CONTEST, ROW)))


def register_of(
    connection: sa.Connection,
    shape: Stored,
    key: bytes,
    column: str,
    versions: Mapping[str, bytes],
    value: Wire,
) -> Register:
    """Return a column's register; `value` is what its row has."""
    bases = split_versions(versions[""])
    joined = versions.get(column, bases[0])
    found = _FIND.run(connection, _cell(shape, key, column))
    kept, early = map(msgspec.msgpack.decode, found[0]) if found else ({}, {})
    live = kept if are_several(joined) else {joined: value}
    return Register(live, bases, column in shape.regulated, early)


def keep_register(
    connection: sa.Connection, shape: Stored, key: bytes, column: str, register: Register
) -> None:
    """Keep what a row has no place for; nothing where its edits follow one on another."""
    cell = _cell(shape, key, column)
    _FORGET.run(connection, cell)
    live = register.live if len(register.live) > 1 else {}
    if live or register.early:
        cell["live"] = msgspec.msgpack.encode(dict(sorted(live.items())))
        cell["early"] = msgspec.msgpack.encode(dict(sorted(register.early.items())))
        _NOTE.run(connection, cell)


def forget_registers(connection: sa.Connection, shape: Stored, key: bytes) -> None:
    """Forget what is kept of a row's columns: all that is said of it is taken in anew."""
    _FORGET_ALL.run(connection, {"table_name": shape.table, "row_id": key})


def _cell(shape: Stored, key: bytes, column: str) -> Row:
    return {"table_name": shape.table, "row_id": key, "column_name": column}
