"""Inserts of many rows that are given by column, in wire forms.

SQLite begins and ends a statement for each row that an `executemany` gives it, which takes a fifth of
what the row takes. One statement for some rows takes the same values. It is for tables that have no index
or reference beside their key, and not within a savepoint: SQLite would keep a journal of each statement.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from app.core.storage.columns import wire_type
from app.core.storage.prepared import Prepared, insert_of_wires

_TOGETHER = 32
"""Rows of one statement: twice as many are no quicker."""


class ColumnInsert:
    """An insert into some columns of a table."""

    def __init__(self, table: str, columns: Iterable[sa.Column[Any]]) -> None:
        self._table = table
        self._columns = tuple(columns)
        self._one = insert_of_wires(table, self._columns)

    def run(self, connection: sa.Connection, columns: Sequence[Sequence[Any]]) -> None:
        """Insert rows, in order; `columns` has their values for each of the columns."""
        rows = len(columns[0])
        together = rows - rows % _TOGETHER if connection.dialect.name == "sqlite" else 0
        if together:
            values = _row_by_row([column[:together] for column in columns])
            width = _TOGETHER * len(columns)
            lots = (values[at : at + width] for at in range(0, len(values), width))
            self._several.run_many_in_order(connection, lots)
        if together < rows:
            rest = (column[together:] for column in columns)
            self._one.run_many_in_order(connection, zip(*rest, strict=True))

    @cached_property
    def _several(self) -> Prepared:
        wired = [sa.column(column.name, wire_type(column.type)) for column in self._columns]
        rows = [
            {one.name: sa.bindparam(f"{one.name}_{turn}", type_=one.type) for one in wired}
            for turn in range(_TOGETHER)
        ]
        return Prepared(sa.insert(sa.table(self._table, *wired)).values(rows))


def _row_by_row(columns: Sequence[Sequence[Any]]) -> list[Any]:
    """Return the values of columns in the order of the rows, laid out a column at a time."""
    width = len(columns)
    values: list[Any] = [None] * (width * len(columns[0]))
    for turn, column in enumerate(columns):
        values[turn::width] = column
    return values
