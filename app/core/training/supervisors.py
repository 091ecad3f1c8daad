"""Whose supervisor somebody is, as SQL."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.people import still_here
from app.core.storage.columns import Day, Id
from app.core.training.in_force import is_away
from app.core.training.neighbours import neighbours


def supervisor_of(person_id: Any) -> sa.ScalarSelect[UUID]:  # a column
    """Return the manager of a person's open placement; of several the newest."""
    placement = neighbours().placement
    return (
        sa.select(placement.manager_id)
        .where(
            placement.person_id == person_id,
            placement.to_on.is_(None),
            placement.manager_id.is_not(None),
        )
        .order_by(placement.from_on.desc(), placement.id.desc())
        .limit(1)
        .correlate_except(placement)
        .scalar_subquery()
    )


def who_belongs_here(person_id: Any, day: date) -> sa.ScalarSelect[UUID]:  # a column
    """Return somebody who has not left by a day; nobody where they have."""
    person = aliased(neighbours().person)
    return _one(person, person_id, still_here(person.left_on, sa.literal(day, Day)))


def who_is_here(person_id: Any, day: date) -> sa.ScalarSelect[UUID]:  # a column
    """Return somebody who has not left by a day and is not on leave then; nobody where they have or are."""
    person = aliased(neighbours().person)
    belongs = still_here(person.left_on, sa.literal(day, Day))
    return _one(person, person_id, belongs, ~is_away(person.id, day))


def supervisor_here(person_id: Any, day: date) -> sa.ColumnElement[UUID]:  # a column
    """Return somebody's supervisor on a day; theirs where they have left or are on leave."""
    one = supervisor_of(person_id)
    return sa.func.coalesce(who_is_here(one, day), who_is_here(supervisor_of(one), day), type_=Id())


def _one(
    person: Any, person_id: Any, *conditions: sa.ColumnElement[bool]
) -> sa.ScalarSelect[UUID]:  # a row of people, and a column
    statement = sa.select(person.id).where(person.id == person_id, *conditions)
    return statement.correlate_except(person).scalar_subquery()
