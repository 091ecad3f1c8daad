"""Whether two databases have the same records, and the same beside them, value for value.

Values are compared as the drivers give them: one that a column could not hold is a difference like
any other. An engine's own kind of id is brought to its wire form.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import zip_longest
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.journal.projection.models import AsideRow, ContestRow, RefusedClaimRow, RepointedRow
from app.core.storage.prepared import Prepared
from app.core.storage.tables import table_of

_AT_ONCE = 2000
_ID_BYTES = 16
_RANKS: tuple[type, ...] = (type(None), int, float, str, bytes)
"""How SQLite orders values of several kinds (sqlite.org/datatype3.html#sort_order)."""
_Row = tuple[Any, ...]

BESIDE_MODELS = (AsideRow, RepointedRow, ContestRow, RefusedClaimRow)
BESIDE = tuple(map(table_of, BESIDE_MODELS))
"""What is kept beside the records, and follows from the entries as they do."""


def filled(connection: sa.Connection, tables: tuple[sa.Table, ...]) -> frozenset[str]:
    """Return the names of those tables in which there is anything."""
    (found,) = _any_in(tables).run(connection, {})
    return frozenset(table.name for table, is_any in zip(tables, found, strict=True) if is_any)


@cache
def _any_in(tables: tuple[sa.Table, ...]) -> Prepared:
    one = (sa.select(sa.text("1")).select_from(sa.table(table.name)) for table in tables)
    return Prepared(sa.select(*(sa.exists(rows).label(f"t{n}") for n, rows in enumerate(one))))


def first_difference(ours: sa.Connection, rebuilt: sa.Connection, table: sa.Table) -> str | None:
    """Return the id of the first row, in order of their keys, that differs between two databases."""
    names = [column.key for column in table.columns]
    keys = [names.index(column.key) for column in table.primary_key]
    left, right = _rows(ours, table, table.primary_key), _rows(rebuilt, table, table.primary_key)
    return _first_unlike(left, right, keys, names.index("id"))


def first_beside(ours: sa.Connection, rebuilt: sa.Connection, table: sa.Table) -> str | None:
    """Return the id of the first row beside which the two databases keep something else.

    These are few; an engine may order the words in their keys by a language's rules, so that they are
    put in order here.
    """
    names = [column.key for column in table.columns]
    keys = [names.index("row_id"), *(names.index(column.key) for column in table.primary_key)]
    left, right = (
        sorted(_rows(connection, table, ()), key=lambda row: _order(row, keys))
        for connection in (ours, rebuilt)
    )
    return _first_unlike(left, right, keys, names.index("row_id"))


def _rows(
    connection: sa.Connection, table: sa.Table, order: Iterable[sa.Column[Any]]
) -> Iterator[_Row]:
    with connection.execute(_all_of(table, tuple(order))) as found:
        for row in found:
            yield tuple([value.bytes if isinstance(value, UUID) else value for value in row])


@cache
def _all_of(table: sa.Table, order: tuple[sa.Column[Any], ...]) -> sa.Select[*tuple[Any, ...]]:
    bare = sa.table(table.name, *(sa.column(column.name) for column in table.columns))
    rows = sa.select(*bare.c).order_by(*(bare.c[column.name] for column in order))
    return rows.execution_options(yield_per=_AT_ONCE)


def _first_unlike(
    left: Iterable[_Row], right: Iterable[_Row], keys: list[int], named: int
) -> str | None:
    for one, other in zip_longest(left, right):
        if one != other:
            present = [row for row in (one, other) if row is not None]
            return _worded(min(present, key=lambda row: _order(row, keys))[named])
    return None


def _order(row: _Row, keys: list[int]) -> list[tuple[int, Any]]:
    kinds = [(_RANKS.index(type(row[key])), row[key]) for key in keys]
    return [(rank, 0 if value is None else value) for rank, value in kinds]


def _worded(key: object) -> str:
    if isinstance(key, bytes) and len(key) == _ID_BYTES:
        return str(UUID(bytes=key))
    return repr(key)
