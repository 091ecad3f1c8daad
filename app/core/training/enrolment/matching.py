"""A rule as one statement: who matches, and who of them does not have it yet.

The same statement tells the dry run and feeds the live run, so that what was shown is what is done. A
rule matches the people of its own site.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.people import PlacesOfOne, job_roles_meant, still_here
from app.core.storage.columns import Day, Id
from app.core.storage.days import days_between, midnight_of
from app.core.training.coming_back import stretches
from app.core.training.enrolment.attributes import ATTRIBUTES
from app.core.training.enrolment.conditions import (
    All,
    Between,
    Condition,
    Either,
    Not,
    OneOf,
    from_json,
)
from app.core.training.in_force import has_later_cycle
from app.core.training.kinds import Move
from app.core.training.models import AssignmentRow, EnrolmentRuleRow
from app.core.training.moving import moves
from app.core.training.neighbours import neighbours
from app.core.training.opening import without_it

PEOPLE = "people"
"""The name under which a statement that is kept is given people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """When and where rules are looked at."""

    today: date
    site_id: UUID | None
    people: Collection[UUID] | None = None
    """Only these; None: everybody."""
    is_given_people: bool = False
    """Whether whoever carries the statement out gives it the people to look at, as PEOPLE: so it can be kept."""
    as_if_in: Collection[UUID] | None = None
    """Everybody is taken to have these job roles, and no others; None: those that they have."""
    is_one: bool = False
    """Whether one person is looked at, whose places `PlacesOfOne` tells: much cheaper for many rules."""


def matches(row: EnrolmentRuleRow, at: At, *narrowed: sa.ColumnElement[bool]) -> sa.Select[UUID]:
    """Return a query for the ids of the people whom a rule matches on a day.

    One that asks anew after long absences, or moves, matches whoever came back, or was moved, since its first day.
    """
    return _people_here(at).where(*narrowed, *meets(row, at))


def meets(row: EnrolmentRuleRow, at: At) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that a rule matches somebody who is here."""
    conditions = _meant(from_json(row.condition), at)
    if row.away_days is not None:
        long = long_stretches(row, at, away_stretches(row, at)).subquery()
        conditions.append(neighbours().person.id.in_(sa.select(long.c.person_id)))
    if row.moved is not None:
        moved = moves_of(row, at)
        conditions.append(neighbours().person.id.in_(sa.select(moved.c.person_id)))
    elif row.after_days is not None:
        by = at.today - timedelta(days=row.after_days)
        conditions.append(neighbours().person.joined_on <= sa.literal(by, Day))
    return conditions


def people_meant(condition: Condition, at: At) -> sa.Select[UUID]:
    """Return a query for the ids of the people for whom a condition holds on a day."""
    return _people_here(at).where(*_meant(condition, at))


def _people_here(at: At) -> sa.Select[UUID]:
    person, listing = neighbours().person, neighbours().listing
    return sa.select(person.id).join(listing, listing.person_id == person.id).where(*is_of_here(at))


def _meant(condition: Condition, at: At) -> list[sa.ColumnElement[bool]]:
    joined_on = neighbours().person.joined_on
    has_joined = sa.or_(joined_on.is_(None), joined_on <= sa.literal(at.today, Day))
    return [has_joined, _holds(condition, at)]


def long_stretches(row: EnrolmentRuleRow, at: At, stretch: sa.CTE) -> sa.Select[*tuple[Any, ...]]:
    """Return those of `away_stretches` after which a rule asks anew: person_id, from_on, back_on, since."""
    since, today = sa.literal(row.from_on or at.today, Day), sa.literal(at.today, Day)
    answered = midnight_of(stretch.c.from_on).label("since")
    return sa.select(stretch, answered).where(
        stretch.c.back_on.between(since, today),
        days_between(stretch.c.back_on, stretch.c.from_on) >= row.away_days,
    )


def away_stretches(row: EnrolmentRuleRow, at: At) -> sa.CTE:
    """Return all stretches of who came back since a rule's first day, and may be looked at."""
    return stretches(row.from_on or at.today, at.today, partial(_of_some, at))


def moves_of(row: EnrolmentRuleRow, at: At) -> sa.Subquery:
    """Return the moves after which a rule asks anew, as `long_stretches` those of coming back."""
    until = at.today - timedelta(days=row.after_days or 0)
    since = row.from_on or at.today
    return moves(row.moved or Move.EITHER, since, until, at.today, partial(_of_some, at))


def _of_some(at: At, person_id: Any) -> list[sa.ColumnElement[bool]]:
    return [] if at.people is None else [person_id.in_(list(at.people))]


def _people() -> sa.BindParameter[UUID]:
    return sa.bindparam(PEOPLE, type_=Id(), expanding=True)


def is_of_here(at: At) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that somebody is of this site and has not left."""
    person = neighbours().person
    today = sa.literal(at.today, Day)
    conditions = [
        still_here(person.left_on, today),
        sa.or_(person.home_site_id.is_(None), person.home_site_id == at.site_id),
    ]
    if at.people is not None:
        conditions.append(person.id.in_(list(at.people)))
    if at.is_given_people:
        conditions.append(person.id.in_(_people()))
    return conditions


def newly_matched(
    row: EnrolmentRuleRow, at: At, *narrowed: sa.ColumnElement[bool]
) -> sa.Select[UUID, date | None, int]:
    """Return a query for who would get the rule's requirement: person_id, joined_on, cycle."""
    return without_it(matches(row, at, *narrowed), row.requirement_id)


def no_longer_matched(row: EnrolmentRuleRow, at: At) -> sa.Select[AssignmentRow]:
    """Return a query for the open assignments of a rule's making whose person it matches no more."""
    person = neighbours().person
    here = sa.select(person.id).where(*is_of_here(at))
    return sa.select(AssignmentRow).where(
        AssignmentRow.rule_id == row.id,
        AssignmentRow.closed_at.is_(None),
        ~has_later_cycle(),
        AssignmentRow.person_id.in_(here),
        AssignmentRow.person_id.not_in(matches(row, at)),
    )


def _holds(condition: Condition, at: At) -> sa.ColumnElement[bool]:
    match condition:
        case All(parts):
            return sa.and_(sa.true(), *(_holds(one, at) for one in parts))
        case Either(parts):
            return sa.or_(sa.false(), *(_holds(one, at) for one in parts))
        case Not(part):
            return sa.not_(_holds(part, at))
        case OneOf(key, values):
            return _has_one(key, values, at)
        case Between(key, first, last):
            column = ATTRIBUTES[key].day
            return sa.false() if column is None else _between(column(), first, last)


def _has_one(key: str, values: Sequence[str], at: At) -> sa.ColumnElement[bool]:
    attribute = ATTRIBUTES[key]
    if key == "role" and at.as_if_in is not None:
        named = job_roles_meant(values).subquery()
        return sa.exists().where(named.c.id.in_(list(at.as_if_in)))
    if at.is_one and attribute.is_place:
        return PlacesOfOne.is_among(key, values)
    if attribute.has_one_on is not None:
        return attribute.has_one_on(values, at.today)
    return sa.false() if attribute.has_one is None else attribute.has_one(values)


def _between(column: Any, first: date | None, last: date | None) -> sa.ColumnElement[bool]:
    parts = [column.is_not(None)]
    if first is not None:
        parts.append(column >= sa.literal(first, Day))
    if last is not None:
        parts.append(column <= sa.literal(last, Day))
    return sa.and_(*parts)
