"""The journal's tables, columns and values in words that an auditor reads."""

from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.core.base import figures
from app.core.base.words import _
from app.core.reports.audit_columns import COLUMNS
from app.core.reports.audit_tables import TABLES
from app.core.reports.audit_values import VALUES
from app.core.storage.columns import Json, Wire, Word, canonical_json, from_wire
from app.core.storage.tables import model_of, table_of

SECRET = frozenset({("credential", "secret"), ("signing_key_wrap", "sealed")})
"""Columns that nobody is shown."""
_LONGEST_BYTES = 64
"""More are a picture or a file: nobody reads them as digits."""
_LONGEST = 400


def table_in_words(table: str) -> str:
    """Return what a row of a table is called."""
    return _(TABLES[table]) if table in TABLES else _plain(table)


def column_in_words(column: str) -> str:
    """Return what a column is called."""
    return _(COLUMNS[column]) if column in COLUMNS else _plain(column)


def part_in_words(name: str) -> str:
    """Return what a column is called, or a table, where a signature tells in which of them something differs."""
    return table_in_words(name) if name in TABLES else column_in_words(name)


def value_in_words(table: str, column: str, wire: Wire) -> str:
    """Return a value from the journal as people read it; secrets stay hidden."""
    if wire is None:
        return ""
    if (table, column) in SECRET:
        return _("(hidden)")
    return _clipped(_text(_value(table, column, wire)))


def _value(table: str, column: str, wire: Wire) -> Any:  # whatever the column holds
    try:
        of = _column(table, column)
    except KeyError:  # written by another version of the program
        return wire
    if isinstance(of.type, Json):
        return wire
    if isinstance(of.type, Word) and not of.type.knows(wire):
        return _of_a_newer_one(wire)
    try:
        return from_wire(of, wire)
    except (TypeError, ValueError):
        return _of_a_newer_one(wire)


def _of_a_newer_one(wire: Wire) -> str:
    return _("{value} (only a newer Daksha knows what that is)").format(value=wire)


@cache
def _column(table: str, column: str) -> sa.Column[Any]:
    """Return a column of a table. Raises KeyError; looked up once, for a trail has millions of values."""
    return table_of(model_of(table)).columns[column]


def _text(value: Any) -> str:  # whatever a column holds
    if isinstance(value, datetime):
        return figures.moment(value)
    if isinstance(value, date):
        return figures.day(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, StrEnum):
        words = VALUES.get(type(value), {}).get(value)
        return str(value) if words is None else _(words)
    if isinstance(value, bytes):
        return value.hex() if len(value) <= _LONGEST_BYTES else figures.size(len(value))
    return canonical_json(value) if isinstance(value, (dict, list)) else str(value)


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
