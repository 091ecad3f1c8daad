"""Who was away for how long, and is back since when: one definition, as SQL.

Away is who an absence names, and who had left and joined again, in the days between. Days that overlap,
or follow upon one another without a working day between, are one stretch, whoever noted them, and on
however many PCs. Of an absence whose end is not known nobody is back.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.storage.columns import Day
from app.core.training.held import FOREVER
from app.core.training.models import AbsenceRow
from app.core.training.neighbours import neighbours

Narrowed = Callable[[Any], list[sa.ColumnElement[bool]]]
"""Returns the conditions on a column of person ids by which only some are looked at."""


def stretches(since: date, today: date, narrowed: Narrowed) -> sa.CTE:
    """Return who came back between two days, with all their stretches: person_id, from_on, back_on.

    A stretch that lasts has FOREVER as its day of coming back. Only who came back in these days is
    looked at, so that most people's past is never put in order.
    """
    came = _came(since, today).cte()
    of_some = partial(_of_some, came, narrowed)
    days = sa.union_all(_absences(of_some), _gaps(of_some)).subquery()
    mark = sa.select(days, _begins(days).label("begins")).subquery()
    nth = sa.func.sum(mark.c.begins).over(
        partition_by=mark.c.person_id, order_by=(mark.c.from_on, mark.c.back_on)
    )
    numbered = sa.select(mark, nth.label("nth")).subquery()
    return (
        sa.select(
            numbered.c.person_id,
            sa.func.min(numbered.c.from_on, type_=Day()).label("from_on"),
            sa.func.max(numbered.c.back_on, type_=Day()).label("back_on"),
        )
        .group_by(numbered.c.person_id, numbered.c.nth)
        .cte()
    )


def was_ever_away(person_id: UUID) -> sa.ColumnElement[bool]:
    """Return the condition that somebody may have come back at all; false for most, and quick to ask."""
    placement = neighbours().placement
    places = sa.select(sa.func.count()).where(placement.person_id == person_id)
    return sa.or_(
        sa.exists().where(AbsenceRow.person_id == person_id), places.scalar_subquery() > 1
    )


def leavings(session: Session, person_id: UUID) -> tuple[date, ...]:
    """Return the first day of each stretch in which somebody had left who joined again, the earliest first."""
    row = neighbours().placement
    end = _end(row.to_on)
    placed = session.execute(
        sa.select(row.from_on, sa.type_coerce(end, Day))
        .where(row.person_id == person_id, end > row.from_on)
        .order_by(row.from_on, end)
    )
    found: list[date] = []
    reach: date | None = None
    for begins, ends in placed:
        if reach is not None and reach < begins:
            found.append(reach)
        reach = ends if reach is None else max(reach, ends)
    return tuple(found)


def _begins(days: sa.Subquery) -> sa.Case[int]:
    """Return 1 where a row begins a stretch, as none before it reaches up to its first day."""
    reach = _reach(days.c.back_on, days.c.person_id, days.c.from_on, days.c.back_on)
    return sa.case((reach >= days.c.from_on, 0), else_=1)


def _reach(column: Any, person_id: Any, *order: Any) -> sa.ColumnElement[date]:
    """Return the latest day in the rows before one of a person's."""
    return sa.func.max(column, type_=Day()).over(
        partition_by=person_id, order_by=order, rows=(None, -1)
    )


def _absences(of_some: Narrowed) -> sa.Select[*tuple[Any, ...]]:
    row, back_on = AbsenceRow, _end(AbsenceRow.to_on)
    return sa.select(row.person_id, row.from_on.label("from_on"), back_on.label("back_on")).where(
        back_on > row.from_on, *of_some(row.person_id)
    )


def _gaps(of_some: Narrowed) -> sa.Select[*tuple[Any, ...]]:
    """Return the days between two placements, in which who belongs here had left."""
    row = neighbours().placement
    end = _end(row.to_on)
    placed = (
        sa.select(
            row.person_id,
            _reach(end, row.person_id, row.from_on, end).label("from_on"),
            row.from_on.label("back_on"),
        )
        .where(end > row.from_on, *of_some(row.person_id))
        .subquery()
    )
    return sa.select(placed).where(placed.c.from_on < placed.c.back_on)


def _of_some(came: sa.CTE, narrowed: Narrowed, person_id: Any) -> list[sa.ColumnElement[bool]]:
    return [person_id.in_(sa.select(came.c.person_id)), *narrowed(person_id)]


def _came(since: date, today: date) -> sa.CompoundSelect[Any]:
    """Return whose absence ended, or placement began, in these days."""
    first, last = (sa.literal(one, Day) for one in (since, today))
    absence, placement = AbsenceRow, neighbours().placement
    ended = sa.select(absence.person_id).where(absence.to_on.between(first, last))
    begun = sa.select(placement.person_id).where(placement.from_on.between(first, last))
    return ended.union(begun)


def _end(to_on: Any) -> sa.ColumnElement[date]:
    return sa.func.coalesce(to_on, sa.literal(FOREVER, Day), type_=Day())
