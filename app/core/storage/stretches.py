"""Cutting a list in SQL: one stretch in the order asked for, and how many rows there are."""

from collections.abc import Mapping
from typing import Any, TypeVarTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.paging import PageRequest

_Row = TypeVarTuple("_Row")
Sorts = Mapping[str, sa.ColumnElement[Any]]  # Any: a list is sorted by columns of every type
"""What a list is sorted by, by the key of its column; its own order first."""


def stretch_of(
    listed: sa.Select[*_Row],
    request: PageRequest,
    sorts: Sorts,
    tie: sa.ColumnElement[Any] | sa.orm.InstrumentedAttribute[Any],  # Any: likewise
) -> sa.Select[*_Row]:
    """Return the rows asked for; among equal ones `tie` decides, so that no row is on two pages."""
    order = sorts.get(request.sort, next(iter(sorts.values())))
    put_in_order = listed.order_by(order.desc() if request.descending else order, tie)
    return put_in_order.offset(request.offset).limit(request.limit)


def total_of(session: Session, listed: sa.Select[*_Row]) -> int:
    """Return how many rows the whole list has."""
    counted = sa.select(sa.func.count()).select_from(listed.subquery())
    return session.scalar(counted) or 0
