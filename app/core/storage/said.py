"""Rows that a statement says itself: a few values that it joins as if they were a table."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

_Columns = Sequence[sa.ColumnClause[Any]]
_FEW = 100
"""Rows up to which each is a select of its own. SQLAlchemy compiles a statement with VALUES anew each time,
some 100 ms for a great one, and one of selects once for each number of them; SQLite joins 500 at most."""


def said_rows(columns: _Columns, rows: Sequence[tuple[Any, ...]]) -> sa.CTE:
    """Return rows, at least one, under the names and types of some columns."""
    if len(rows) > _FEW:
        return sa.values(*columns).data(rows).cte()
    first, *more = (said_row(columns, row) for row in rows)
    return (sa.union_all(first, *more) if more else first).cte()


def said_row(columns: _Columns, row: Sequence[Any]) -> sa.Select[*tuple[Any, ...]]:
    """Return one row."""
    named = zip(columns, row, strict=True)
    return sa.select(*(sa.literal(value, one.type).label(one.name) for one, value in named))
