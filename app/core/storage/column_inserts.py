"""Inserts of many rows that are given by column, in wire forms.

The driver binds one value after another, and asks of bytes and of nothing first how to adapt them: for a
row of nine values that takes longer than SQLite takes to keep it. So SQLite is given each column as one
value, joined, and cuts the rows out of the columns itself (as `journal.ledger.fetching` reads them).
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import msgspec
import sqlalchemy as sa

from app.core.storage.columns import Wire
from app.core.storage.prepared import insert_of_wires

_FEW = 32
"""So few rows are bound as quickly as they are joined."""
_LEAST, _LARGEST = -1 << 63, (1 << 63) - 1


class ColumnInsert:
    """An insert into some columns of a table."""

    def __init__(self, table: str, columns: Iterable[sa.Column[Any]]) -> None:
        kept = tuple(columns)
        names = ", ".join(f'"{column.name}"' for column in kept)
        self._into = f'INSERT INTO "{table}" ({names})'
        self._by_row = insert_of_wires(table, kept)

    def run(self, connection: sa.Connection, columns: Sequence[Sequence[Wire]]) -> None:
        """Insert rows, in order; `columns` has their values for each of the columns."""
        if len(columns[0]) > _FEW and connection.dialect.name == "sqlite":
            try:
                joined = _Joined(columns)
            except _NotAlike:
                pass
            else:
                words = f"{self._into} SELECT {joined.values} FROM json_each({joined.rows})"
                connection.exec_driver_sql(words, tuple(joined.parameters))
                return
        self._by_row.run_many_in_order(connection, zip(*columns, strict=True))


class _NotAlike(ValueError):
    """A column has values that cannot be joined."""


class _Joined:
    """Columns as SQLite is given them.

    `json_each` makes the rows, out of a list of numbers; `key` is a row's place, `value` its number.
    """

    def __init__(self, columns: Sequence[Sequence[Wire]]) -> None:
        """Join them. Raises _NotAlike."""
        self._count = len(columns[0])
        self.parameters: list[Wire] = []
        self.rows = ""
        self.values = ", ".join([self._value(column) for column in columns])
        if not self.rows:
            self.rows = self._given("[" + "0," * (self._count - 1) + "0]")

    def _given(self, parameter: Wire) -> str:
        self.parameters.append(parameter)
        return f"?{len(self.parameters)}"

    def _value(self, column: Sequence[Wire]) -> str:
        """Return what cuts a row's value out of its column."""
        first = column[0]
        if isinstance(column, range) and column.step == 1:
            return f"{self._given(first)} + key"
        if column.count(first) == self._count:
            return self._given(first)
        try:
            return self._differing(column)
        except TypeError as error:  # what `join`, `%` and `min` say of other kinds of values
            raise _NotAlike from error

    def _differing(self, column: Sequence[Any]) -> str:
        if None in column:
            # A value that is empty would be taken for none.
            if "" in column or b"" in column:
                raise _NotAlike
            present = next(one for one in column if one is not None)
            filled = [present[:0] if one is None else one for one in column]
            return f"nullif({self._differing(filled)}, {self._given(present[:0])})"
        match column[0]:
            case int():
                return self._number(column)
            case bytes():
                return self._piece(b"".join(column), column)
            case str():
                text = "".join(column)
                pieces = column if text.isascii() else list(map(str.encode, column))
                return f"CAST({self._piece(text.encode(), pieces)} AS TEXT)"
            case _:
                raise _NotAlike

    def _number(self, numbers: Sequence[int]) -> str:
        least, largest = min(numbers), max(numbers)
        if least < _LEAST or largest > _LARGEST:
            raise _NotAlike  # which the driver tells of
        if not self.rows:
            self.rows = self._given(msgspec.json.encode(list(numbers)).decode())
            return "value"
        width = max(len(str(least)), len(str(largest)))
        digits = f"%0{width}d" * len(numbers) % tuple(numbers)
        return f"CAST({self._at(digits.encode(), width)} AS INTEGER)"

    def _piece(self, joined: bytes, pieces: Sequence[Any]) -> str:
        lengths = list(map(len, pieces))
        if lengths.count(lengths[0]) == self._count:
            return self._at(joined, lengths[0])
        begins = list(accumulate(lengths, initial=1))[:-1]
        return f"substr({self._given(joined)}, {self._number(begins)}, {self._number(lengths)})"

    def _at(self, joined: bytes, width: int) -> str:
        """Return what cuts out a row's part where all are of one width."""
        return f"substr({self._given(joined)}, key * {width} + 1, {width})"
