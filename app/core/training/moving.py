"""Who was moved, and since when: one definition, as SQL.

Moved is who belongs today where they came from somewhere else without a day between: to another department,
or from one job role to another. Whoever had no job role before was not moved by being given one, nor whoever
has none now. Of somebody who was moved again the last move counts.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.people import called, is_placed
from app.core.storage.columns import Day
from app.core.storage.days import midnight_of
from app.core.training.coming_back import Narrowed
from app.core.training.kinds import Move
from app.core.training.neighbours import neighbours

_HALF_A_DAY = 12 * 3600 * 1_000_000
"""In microseconds: midnight in Greenwich is less than that from midnight where people are."""


def moves(kind: Move, since: date, until: date, today: date, narrowed: Narrowed) -> sa.Subquery:
    """Return who was moved between two days and is still there: person_id, from_on, back_on, since.

    `back_on` is the day of the move, `from_on` that on which they had come to where they were before. A move that
    was answered since noon of that day was this one, whatever its day was said to be then.
    """
    now, before = aliased(neighbours().placement), aliased(neighbours().placement)
    first, last = (sa.literal(one, Day) for one in (since, until))
    return (
        sa.select(
            now.person_id,
            before.from_on.label("from_on"),
            now.from_on.label("back_on"),
            (midnight_of(before.from_on) + _HALF_A_DAY).label("since"),
        )
        .join(
            before,
            sa.and_(before.person_id == now.person_id, before.to_on == now.from_on),
        )
        .where(
            now.from_on.between(first, last),
            is_placed(now, sa.literal(today, Day)),
            before.from_on < before.to_on,
            _is_other(kind, before, now),
            *narrowed(now.person_id),
        )
        .subquery()
    )


def where_from(session: Session, moved: Mapping[UUID, date]) -> dict[UUID, str]:
    """Return where people were before they were moved on a day, in words: department and job role."""
    before, unit, role = neighbours().placement, neighbours().org_unit, neighbours().job_role
    rows = session.execute(
        sa.select(before.person_id, before.to_on, called(unit), called(role))
        .join(unit, unit.id == before.org_unit_id)
        .outerjoin(role, role.id == before.job_role_id)
        .where(before.person_id.in_(moved))
        .order_by(before.from_on)
    )
    return {
        person_id: " · ".join(name for name in (org_unit, job_role) if name)
        for person_id, to_on, org_unit, job_role in rows
        if to_on == moved[person_id]
    }


def _is_other(kind: Move, before: Any, now: Any) -> sa.ColumnElement[bool]:
    """Return the condition that two places differ in what counts; null, as no, where one of two roles is none."""
    other_unit: sa.ColumnElement[bool] = before.org_unit_id != now.org_unit_id
    other_role: sa.ColumnElement[bool] = before.job_role_id != now.job_role_id
    if kind is Move.UNIT:
        return other_unit
    return other_role if kind is Move.ROLE else sa.or_(other_unit, other_role)
