"""Reckoning with days on every engine, which keep them as ISO text."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class DaysBetween(GenericFunction[int]):
    """How many days the first day lies after the second."""

    type = sa.Integer()
    inherit_cache = True
    name = "days_between"


@compiles(DaysBetween)
def _in_sqlite(element: DaysBetween, compiler: Any, **options: Any) -> str:  # SQLAlchemy's protocol
    later, earlier = (compiler.process(one, **options) for one in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


@compiles(DaysBetween, "postgresql")
def _in_postgresql(element: DaysBetween, compiler: Any, **options: Any) -> str:  # as above
    later, earlier = (compiler.process(one, **options) for one in element.clauses)
    return f"(CAST({later} AS date) - CAST({earlier} AS date))"


def days_between(later: Any, earlier: Any) -> DaysBetween:  # columns or literals of days
    """Return SQL for the number of days from `earlier` to `later`."""
    return DaysBetween(later, earlier)


class DaysLater(GenericFunction[Any]):
    """The day so many days after another."""

    inherit_cache = True
    name = "days_later"


@compiles(DaysLater)
def _later_in_sqlite(element: DaysLater, compiler: Any, **options: Any) -> str:  # as above
    day, count = (compiler.process(one, **options) for one in element.clauses)
    return f"date({day}, ({count}) || ' days')"


@compiles(DaysLater, "postgresql")
def _later_in_postgresql(element: DaysLater, compiler: Any, **options: Any) -> str:  # as above
    day, count = (compiler.process(one, **options) for one in element.clauses)
    return f"to_char(CAST({day} AS date) + ({count}), 'YYYY-MM-DD')"


def days_later(day: Any, count: Any) -> DaysLater:  # a column or literal of a day; a number
    """Return SQL for the day that lies so many days after another."""
    return DaysLater(day, count)


class MidnightOf(GenericFunction[int]):
    """The instant at which a day begins in Greenwich, as instants are kept."""

    type = sa.BigInteger()
    inherit_cache = True
    name = "midnight_of"


@compiles(MidnightOf)
def _midnight_in_sqlite(element: MidnightOf, compiler: Any, **options: Any) -> str:  # as above
    (day,) = (compiler.process(one, **options) for one in element.clauses)
    return f"(CAST(strftime('%s', {day}) AS INTEGER) * 1000000)"


@compiles(MidnightOf, "postgresql")
def _midnight_in_postgresql(element: MidnightOf, compiler: Any, **options: Any) -> str:  # as above
    (day,) = (compiler.process(one, **options) for one in element.clauses)
    return f"(CAST(EXTRACT(EPOCH FROM CAST({day} AS date)) AS bigint) * 1000000)"


def midnight_of(day: Any) -> MidnightOf:  # a column or literal of a day
    """Return SQL for the instant at which a day begins in Greenwich: within a day of where people are."""
    return MidnightOf(day)
