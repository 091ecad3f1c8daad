"""Which rows an older program left something out of: noted as it takes entries in, made up after its update."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from app.core.journal.changes import Change
from app.core.journal.personal import LentKeyring, Opening
from app.core.journal.projection.beside import ROW, Beside, equal, wired
from app.core.journal.projection.merging import versions_of
from app.core.journal.projection.models import LeftOutRow
from app.core.journal.projection.reading import NewRow, NewValues, read_changes
from app.core.journal.projection.registers import split_versions
from app.core.journal.projection.stored import stored_tables
from app.core.storage.columns import Word, id_wire
from app.core.storage.prepared import Prepared, insert_of_wires
from app.core.storage.tables import Kind, table_of

UNNOTED = ""
"""In the place of a table's name: a program that noted nothing took entries in."""
_TO_TRY = b""

_LEFT_OUT = wired(LeftOutRow)
_FORGET = Prepared(sa.delete(_LEFT_OUT).where(*equal(_LEFT_OUT, ROW)))
_NOTE = insert_of_wires("row_left_out", table_of(LeftOutRow).columns)
_IS_DUE = _LEFT_OUT.c.known != sa.bindparam("known", type_=sa.LargeBinary())
_DUE_TABLES = Prepared(
    sa.select(_LEFT_OUT.c.table_name, sa.func.count())
    .where(_IS_DUE)
    .group_by(_LEFT_OUT.c.table_name)
)


@cache
def known() -> bytes:
    """Return the digest of what this program can read: its tables, their columns and words."""
    said = [
        (name, stored.kind.value, [(n, *_said_of(c.type)) for n, c in stored.journalled.items()])
        for name, stored in sorted(stored_tables().items())
    ]
    return hashlib.sha256(msgspec.msgpack.encode(said)).digest()


def _said_of(kind: Any) -> tuple[Any, ...]:
    if isinstance(kind, Word):
        return sorted(one.value for one in kind.kind), kind.otherwise is None
    return (type(kind).__name__,)


def note_left_out(connection: sa.Connection, rows: Iterable[tuple[str, bytes]]) -> None:
    """Note rows of which this program does not know all that is said."""
    _note(connection, rows, known())


def note_to_make_up(connection: sa.Connection, rows: Iterable[tuple[str, bytes]]) -> None:
    """Note rows that are to be made up, as soon as may be."""
    _note(connection, rows, _TO_TRY)


def _note(connection: sa.Connection, rows: Iterable[tuple[str, bytes]], what: bytes) -> None:
    forget(connection, rows := list(rows))
    notes = [{"table_name": table, "row_id": key, "known": what} for table, key in rows]
    _NOTE.run_many(connection, notes)


def forget(connection: sa.Connection, rows: Iterable[tuple[str, bytes]]) -> None:
    """Forget rows that have been made up."""
    for table, key in rows:
        _FORGET.run(connection, {"table_name": table, "row_id": key})


def due_tables(connection: sa.Connection) -> dict[str, int]:
    """Return of which tables rows may be made up by what this program knows, and of how many rows each."""
    return dict(_DUE_TABLES.run(connection, {"known": known()}))


def newest_unknown(connection: sa.Connection, of_each: int) -> dict[str, list[UUID]]:
    """Return the newest rows of each table of which this program does not know all that is said."""
    row = LeftOutRow
    unknown = sa.and_(row.table_name != UNNOTED, row.known == known())
    return {
        table: list(
            connection.execute(
                sa.select(row.row_id)
                .where(row.table_name == table, row.known == known())
                .order_by(row.row_id.desc())
                .limit(of_each)
            ).scalars()
        )
        for table in connection.execute(sa.select(row.table_name).where(unknown).distinct())
        .scalars()
        .all()
    }


def noted_rows(connection: sa.Connection, table: str, after: bytes, most: int) -> Sequence[bytes]:
    """Return the next rows of a table of which something is left out, by their ids in wire form."""
    rows = sa.select(_LEFT_OUT.c.row_id).where(
        _LEFT_OUT.c.table_name == table, _LEFT_OUT.c.row_id > after
    )
    found = connection.execute(rows.order_by(_LEFT_OUT.c.row_id).limit(most))
    return [id_wire(one) for one in found.scalars()]


def due_rows(connection: sa.Connection, table: str, after: bytes, most: int) -> Sequence[bytes]:
    """Return the next rows of a table that may be made up, by their ids in wire form."""
    rows = sa.select(_LEFT_OUT.c.row_id).where(
        _LEFT_OUT.c.table_name == table, _LEFT_OUT.c.row_id > after, _LEFT_OUT.c.known != known()
    )
    found = connection.execute(rows.order_by(_LEFT_OUT.c.row_id).limit(most))
    return [id_wire(one) for one in found.scalars()]


def forget_unnoted(connection: sa.Connection) -> None:
    """Forget that entries were taken in by a program that noted nothing: they have been looked through."""
    connection.execute(sa.delete(_LEFT_OUT).where(_LEFT_OUT.c.table_name == UNNOTED))


class Looking:
    """Looks for what entries say that is not in the tables, on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._beside = Beside(connection)
        self._opening = Opening(LentKeyring(connection), connection)

    def lacking(self, version: bytes, changes: Iterable[Change]) -> Iterator[tuple[str, bytes]]:
        """Yield the rows that do not bear out what an entry says of them, or where later edits cover it."""
        read, strange = read_changes(self._opening.opened(changes))
        yield from strange
        for one in read:
            if not self._is_there(version, one):
                yield one.stored.table, one.key

    def _is_there(self, version: bytes, one: NewRow | NewValues) -> bool:
        own = self._beside.own(one.stored, one.key)
        if own is None:
            return False
        if one.stored.kind is Kind.FACT:
            return isinstance(one, NewRow) and own == one.row
        versions = versions_of(own)
        if isinstance(one, NewValues):
            return all(version == versions.get(name) for name in one.values)
        names = one.stored.journalled.keys() - versions.keys()
        return version in split_versions(versions[""]) and all(own[n] == one.row[n] for n in names)
