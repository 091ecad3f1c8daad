"""Which rows this program must not edit: those in which a newer one wrote what must not be passed over.

Found as entries are taken in of which something is left out, for these alone may say it; forgotten
when the row that held them has been made up after an update.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import sqlalchemy as sa

from app.core.journal.changes import Change, Inserted
from app.core.journal.critical import CriticalKind
from app.core.journal.projection.beside import wired
from app.core.journal.projection.models import CriticalKindRow, HeldRow
from app.core.journal.projection.stored import stored_tables
from app.core.storage.columns import Wire
from app.core.storage.prepared import Prepared, insert_of_wires
from app.core.storage.tables import table_of

_ID_BYTES = 16
_KINDS = Prepared(sa.select(CriticalKindRow.word))
_HELD = wired(HeldRow)
_PUT = insert_of_wires("row_held", table_of(HeldRow).columns)
_BY = ("by_table", "by_id")
_KEY = ("row_id", "table_name", *_BY)
_IS = {name: _HELD.c[name] == sa.bindparam(name, type_=_HELD.c[name].type) for name in _KEY}
_FIND = Prepared(sa.select(_HELD.c.row_id).where(*_IS.values()))
_FORGET = Prepared(sa.delete(_HELD).where(*(_IS[name] for name in _BY)))


def kinds_known(connection: sa.Connection) -> frozenset[str]:
    """Return what newer programs said must not be passed over."""
    return frozenset(word for (word,) in _KINDS.run(connection, {}))


class Holding:
    """Finds and keeps the rows that are held, on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def hold(self, changes: Iterable[Change]) -> None:
        """Hold what an entry's changes hold; what is sealed in them was opened before."""
        for change in changes:
            for table, key in self._held_by(change):
                values: dict[str, Wire] = {
                    "row_id": key,
                    "table_name": table,
                    "by_table": change.table,
                    "by_id": change.key.bytes,
                }
                if not _FIND.run(self._connection, values):
                    _PUT.run(self._connection, values)

    def let_go(self, table: str, key: bytes) -> None:
        """Let go of what a row held."""
        _FORGET.run(self._connection, {"by_table": table, "by_id": key})

    def _held_by(self, change: Change) -> Iterator[tuple[str, bytes]]:
        for kind in self._kinds.get(change.table, ()):
            value = _said(change, kind.column)
            if _is_understood(change.table, kind.column, value) or not kind.holds_by(value):
                continue
            if kind.is_of_itself:
                yield change.table, change.key.bytes
            elif isinstance(value, bytes) and len(value) == _ID_BYTES:
                yield kind.holds, value

    @cached_property
    def _kinds(self) -> Mapping[str, list[CriticalKind]]:
        found: dict[str, list[CriticalKind]] = {}
        for kind in map(CriticalKind.read, sorted(kinds_known(self._connection))):
            if kind is not None:
                found.setdefault(kind.table, []).append(kind)
        return found


def _said(change: Change, column: str) -> Wire:
    if isinstance(change, Inserted):
        return change.values.get(column)
    edit = change.edits.get(column)
    return None if edit is None else edit.new


def _is_understood(table: str, column: str, value: Wire) -> bool:
    stored = stored_tables().get(table)
    reads = stored.readers.get(column) if stored is not None else None
    return reads is not None and reads(value)
