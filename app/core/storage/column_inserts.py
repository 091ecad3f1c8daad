"""Inserts of many rows that are given by column, in wire forms.

The driver binds one value after another, and asks of bytes and of nothing first how to adapt them: for a
row of nine values that takes longer than SQLite takes to keep it. So SQLite is given each column as one
value, joined, and cuts the rows out of the columns itself (as `journal.ledger.fetching` reads them).
"""

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import msgspec
import sqlalchemy as sa

from app.core.storage.columns import Wire
from app.core.storage.prepared import insert_of_wires

_FEW = 32
"""So few rows are bound as quickly as they are joined."""
_FEW_VALUES, _SAMPLE = 8, 64
_DIGITS = 20
"""The longest number of 64 bits, with its sign."""


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
                words = f"{self._into} SELECT {joined.values} FROM json_each({joined.rows})"  # noqa: S608  values are parameters
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
        if isinstance(column, range) and column.step == 1:
            return f"{self._given(column[0])} + key"
        if column.count(column[0]) == self._count:
            return self._given(column[0])
        # Most columns of few values have all of them in their first rows; to look at all rows costs.
        if len(set(column[:_SAMPLE])) <= _FEW_VALUES:
            values = list(set(column))
            if len(values) <= _FEW_VALUES:
                return self._chosen(values, column)
        try:
            return self._differing(column)
        except (TypeError, OverflowError) as error:  # what `join` and `array` say of other values
            raise _NotAlike from error

    def _chosen(self, values: Sequence[Wire], column: Sequence[Wire]) -> str:
        """Return what chooses one of few values, each given once, by a byte that every row has.

        There are always as many choices: the driver keeps statements compiled, but not any number.
        """
        codes = {value: code for code, value in enumerate(values)}
        code_of_each = self._given(bytes(map(codes.__getitem__, column)))
        given = [*values, *[None] * (_FEW_VALUES - len(values))]
        choices = [f"WHEN x'{code:02x}' THEN {self._given(one)}" for code, one in enumerate(given)]
        return f"CASE substr({code_of_each}, key + 1, 1) {' '.join(choices)} END"

    def _differing(self, column: Sequence[Any]) -> str:
        if None in column:
            return self._with_none(column)
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

    def _with_none(self, column: Sequence[Any]) -> str:
        # A value that is empty would be taken for none; of numbers there is no empty one.
        if "" in column or b"" in column:
            raise _NotAlike
        empty = next(one for one in column if one is not None)[:0]
        filled = [empty if one is None else one for one in column]
        return f"nullif({self._differing(filled)}, {self._given(empty)})"

    def _number(self, numbers: Sequence[int]) -> str:
        array("q", numbers)  # says whether each is one that SQLite keeps
        if not self.rows:
            self.rows = self._given(msgspec.json.encode(list(numbers)).decode())
            return "value"
        digits = f"%0{_DIGITS}d" * len(numbers) % tuple(numbers)
        return f"CAST({self._at(digits.encode(), _DIGITS)} AS INTEGER)"

    def _piece(self, joined: bytes, pieces: Sequence[Any]) -> str:
        lengths = list(map(len, pieces))
        if lengths.count(lengths[0]) == self._count:
            return self._at(joined, lengths[0])
        begins = list(accumulate(lengths, initial=1))[:-1]
        return f"substr({self._given(joined)}, {self._number(begins)}, {self._value(lengths)})"

    def _at(self, joined: bytes, width: int) -> str:
        """Return what cuts out a row's part where all are of one width."""
        all_of_them, of_one = self._given(joined), self._given(width)
        return f"substr({all_of_them}, key * {of_one} + 1, {of_one})"
