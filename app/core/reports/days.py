"""Whole days between two days, on every engine: days are kept as ISO text."""

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
