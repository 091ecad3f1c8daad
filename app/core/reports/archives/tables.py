"""The tables of a year: every row of the kept tables whose time lies in it, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.reports.archives.cells import Names
from app.core.reports.archives.kept import KEPT
from app.core.reports.archives.packing import Packing
from app.core.reports.archives.pages import Listed, TableParts
from app.core.reports.archives.telling import Telling
from app.core.reports.audit_words import SECRET, column_in_words, table_in_words
from app.core.storage.tables import model_of, table_of

_AT_ONCE = 1000
_LEFT_OUT = frozenset({"row_versions", "search_text"})
_IN_PROOFS = frozenset({"payload", "record", "paper"})
"""Of signatures: they stand in the proofs, whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The time that an archive is of: from an instant up to, not at, another."""

    number: int
    begin: datetime
    end: datetime


def count_rows(session: Session, year: Year) -> int:
    """Return how many rows all kept tables have of a year."""
    return sum(
        session.scalar(sa.select(sa.func.count()).where(_of_year(table, at, year))) or 0
        for table, at in _kept()
    )


def put_tables(
    session: Session, year: Year, packing: Packing, names: Names, telling: Telling
) -> list[tuple[str, list[Listed]]]:
    """Put every kept table in; return what the first page says of them, by group."""
    return [
        (
            _(group.title),
            [
                _put(session, table_of(model_of(name)), at, year, packing, names, telling)
                for name, at in group.tables
            ],
        )
        for group in KEPT
    ]


def _put(
    session: Session,
    table: sa.Table,
    at: str,
    year: Year,
    packing: Packing,
    names: Names,
    telling: Telling,
) -> Listed:
    columns = _shown(table)
    title = table_in_words(table.name)
    parts = TableParts(
        packing, f"tables/{table.name}", title, [column_in_words(one.name) for one in columns]
    )
    for row in _rows(session, table, columns, at, year):
        parts.add([names.told(one, value) for one, value in zip(columns, row, strict=True)])
        telling.more(title)
    return parts.finish()


def _rows(
    session: Session, table: sa.Table, columns: Sequence[sa.Column[Any]], at: str, year: Year
) -> Iterator[Sequence[Any]]:
    """Yield the rows of a year in the order of their time, some at a time in memory."""
    statement = (
        sa.select(*columns)
        .where(_of_year(table, at, year))
        .order_by(table.columns[at], table.columns["id"])
    )
    yield from session.execute(statement.execution_options(yield_per=_AT_ONCE))


def _of_year(table: sa.Table, at: str, year: Year) -> sa.ColumnElement[bool]:
    column = table.columns[at]
    return sa.and_(column >= year.begin, column < year.end)


def _shown(table: sa.Table) -> list[sa.Column[Any]]:
    proofs = _IN_PROOFS if table.name == "signature" else frozenset[str]()
    return [
        column
        for column in table.columns
        if column.name not in _LEFT_OUT | proofs and (table.name, column.name) not in SECRET
    ]


def _kept() -> Iterator[tuple[sa.Table, str]]:
    for group in KEPT:
        for name, at in group.tables:
            yield table_of(model_of(name)), at
