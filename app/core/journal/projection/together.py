"""New rows of facts, by the thousand: read, checked and written by column.

Most of what comes is that. Where anything is out of the ordinary (a row that came before or is one
thing with another, a reference to what is not here, a value that no screen could read) the lot is
given back untouched, and its entries go one by one.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from app.core.journal.projection.beside import Beside
from app.core.journal.projection.stored import Stored, stored_tables
from app.core.journal.projection.touching import Touched
from app.core.storage.columns import Wire
from app.core.storage.tables import Kind

HasCome = Callable[[str, bytes], bool]
"""Tells whether a table has a row, shown or aside."""

_ID_BYTES = 16
_Inserts = list[tuple[Literal[0], str, bytes, dict[str, Any]]]
"""A body of new rows alone (journal.changes)."""
_decode = msgspec.msgpack.Decoder(_Inserts).decode
_WIRES = ({bytes}, {str}, {int}, {bool}, {type(None)})
_NOTHING = type(None)


class _Alike:
    """Rows of one table whose entries gave the same columns."""

    def __init__(self, stored: Stored, names: tuple[str, ...]) -> None:
        self.stored = stored
        self.names = names
        self.keys: list[bytes] = []
        self.values: list[tuple[Wire, ...]] = []
        self.turns: list[int] = []
        """Of each row, which one of the lot it is."""
        self.columns: dict[str, Sequence[Wire]] = {}

    def is_readable(self) -> bool:
        """Lay the values out by column; tell whether each can be its column's."""
        by_column = zip(*self.values, strict=True)
        self.columns = dict(zip(self.names, by_column, strict=True))
        readers = self.stored.readers
        return all(_are_readable(readers[name], self.columns[name]) for name in self.names)

    def first_named(self) -> Iterator[tuple[str, bytes, int]]:
        """Yield the rows that these refer to: table, id, and at which of the lot first."""
        for name, target in self.stored.references.items():
            column = self.columns.get(name, ())
            first = dict(zip(reversed(column), reversed(self.turns), strict=False))
            for key, turn in first.items():
                if isinstance(key, bytes):
                    yield target, key, turn

    def rows(self) -> Iterator[tuple[Wire, ...]]:
        """Yield whole rows, in the order of the table's columns."""
        blank = self.stored.blank
        columns = {**self.columns, "id": self.keys}
        return zip(*(columns.get(n) or repeat(blank[n]) for n in self.stored.columns), strict=False)


class Lot:
    """New facts of entries that follow one another in a log."""

    def __init__(self, connection: sa.Connection, beside: Beside, has_come: HasCome) -> None:
        self._connection = connection
        self._beside = beside
        self._has_come = has_come
        self._alike: dict[tuple[str, ...], _Alike | None] = {}
        self._rows = 0

    def add(self, body: bytes) -> bool:
        """Take in an entry; False, with nothing taken, where it is not new facts alone."""
        try:
            changes = _decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return False
        found = []
        for _code, table, key, values in changes:
            names = (table, *values)
            if names not in self._alike:
                self._alike[names] = _alike(*names)
            alike = self._alike[names]
            if alike is None or len(key) != _ID_BYTES:
                return False
            found.append((alike, key, values))
        for alike, key, values in found:
            alike.keys.append(key)
            alike.values.append(tuple(values.values()))
            alike.turns.append(self._rows)
            self._rows += 1
        return True

    def write(self, touched: Touched) -> bool:
        """Put all of it into the tables; False, with nothing done, where it has to go one by one."""
        lots = [alike for alike in self._alike.values() if alike is not None and alike.keys]
        if not self._is_plain(lots):
            return False
        order = list(stored_tables())
        try:
            with self._connection.begin_nested():
                for alike in sorted(lots, key=lambda one: order.index(one.stored.table)):
                    alike.stored.write_in_order(self._connection, alike.rows())
        except sa.exc.IntegrityError:
            return False
        for alike in lots:
            touched.note(alike.stored.table, *alike.keys)
        return True

    def _is_plain(self, lots: list[_Alike]) -> bool:
        born = {
            key: turn for alike in lots for key, turn in zip(alike.keys, alike.turns, strict=True)
        }
        return (
            len(born) == self._rows
            and all(alike.is_readable() for alike in lots)
            and all(self._is_here(born, *named) for alike in lots for named in alike.first_named())
            and not any(self._beside.aside_among(alike.stored, alike.keys) for alike in lots)
        )

    def _is_here(self, born: dict[bytes, int], table: str, key: bytes, turn: int) -> bool:
        """Tell whether a row had come when it was named; one that comes later in its log had not."""
        return born.get(key, turn + 1) <= turn or self._has_come(table, key)


def _alike(table: str, *names: str) -> _Alike | None:
    """Return where rows of a table with such columns go; None for those that go one by one."""
    stored = stored_tables().get(table)
    if stored is None or stored.kind is not Kind.FACT:
        return None
    is_known = stored.required <= set(names) <= stored.readers.keys()
    return _Alike(stored, names) if is_known else None


def _are_readable(reads: Callable[[Any], bool], column: Sequence[Wire]) -> bool:
    """Tell whether every value can be the column's; one that comes again is looked at once."""
    kinds = set(map(type, column))
    kinds.discard(_NOTHING)
    # True equals 1, and what is no wire form may not be looked up at all: neither is mixed in
    return (not kinds or kinds in _WIRES) and all(map(reads, set(column)))
