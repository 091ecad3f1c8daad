"""How things stood on days gone by, from dates that rows carry: counted in two passes of SQL.

Each pass gives, for every combination of first days that occurs, how many pairs have it; the
stretches between are then added up. People are counted where they belong now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.clock import start_of
from app.core.learning.models import (
    CourseCompletionRow,
    CourseStartRow,
    LearningSessionRow,
)
from app.core.people.models import PersonListingRow
from app.core.reports.moments import Moments
from app.core.reports.pairs import AnySelect, Scope, within
from app.core.reports.stretches import EVERYBODY, Stretch
from app.core.storage.columns import Instant
from app.core.training.models import AssignmentRow, RequirementCreditRow, RequirementRow

_FEW = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """How many pairs were required, held, expiring and overdue at the end of a day."""

    required: int = 0
    held: int = 0
    expiring: int = 0
    overdue: int = 0

    def __add__(self, other: "Standings") -> "Standings":
        return Standings(
            required=self.required + other.required,
            held=self.held + other.held,
            expiring=self.expiring + other.expiring,
            overdue=self.overdue + other.overdue,
        )


def standings_on(
    session: Session, days: Sequence[date], scope: Scope, stretch: Stretch = EVERYBODY
) -> dict[date, Standings]:
    """Return how the pairs of a stretch of people stood at the end of each of some days, as is known now."""
    at = Moments(tuple(days))
    required, overdue = _Stretches(len(days)), _Stretches(len(days))
    for begin, ends, due, done, count in _rows(session, _assigned(at, scope, stretch), 3):
        required.add(begin, min(ends), count)
        overdue.add(max(begin, due), min(*ends, done), count)
    held, expiring = _Stretches(len(days)), _Stretches(len(days))
    kinds = [_by_course(at, scope, stretch)]
    if session.scalar(sa.select(sa.exists().where(RequirementCreditRow.id.is_not(None)))):
        kinds.append(_by_credit(at, scope, stretch))
    for completed in kinds:
        for begin, ends, near, done, count in _rows(session, completed, 5):
            held.add(max(begin, done), min(ends), count)
            expiring.add(max(begin, done, near), min(ends), count)
    found = zip(required.sums(), held.sums(), expiring.sums(), overdue.sums(), strict=True)
    return {
        day: Standings(required=of, held=have, expiring=soon, overdue=late)
        for day, (of, have, soon, late) in zip(days, found, strict=True)
    }


def learners_up_to(
    session: Session, days: Sequence[date], length: timedelta, scope: Scope
) -> dict[date, int]:
    """Return how many people learned in the stretch of `length` that ends with each day.

    The days are in order and at least `length` apart, so that no sitting counts twice.
    """
    at = Moments(tuple(days))
    first = start_of(days[0] - length + timedelta(days=1))
    place = at.happened(LearningSessionRow.ended_at).label("place")
    sat = (
        sa.select(CourseStartRow.person_id, place)
        .select_from(LearningSessionRow)
        .join(CourseStartRow, CourseStartRow.id == LearningSessionRow.start_id)
        .where(LearningSessionRow.ended_at >= first)
        .distinct()
        .subquery()
    )
    counted = sa.select(sat.c.place, sa.func.count()).group_by(sat.c.place)
    if scope is not None:
        theirs = sa.select(PersonListingRow.person_id).where(*within(scope))
        counted = counted.where(sat.c.person_id.in_(theirs))
    found = dict(tuple(row) for row in session.execute(counted))
    return {day: found.get(index, 0) for index, day in enumerate(days)}


def learners_among(
    session: Session, day: date, length: timedelta, people: Iterable[UUID] | None
) -> set[UUID]:
    """Return who of some people, or of all, learned in the stretch of `length` that ends with a day."""
    first, over = start_of(day - length + timedelta(days=1)), start_of(day + timedelta(days=1))
    who = (
        sa.select(CourseStartRow.person_id)
        .join(LearningSessionRow, LearningSessionRow.start_id == CourseStartRow.id)
        .where(LearningSessionRow.ended_at >= first, LearningSessionRow.ended_at < over)
        .distinct()
    )
    if people is None:
        return set(session.scalars(who))
    asked = list(people)
    return {
        one
        for begin in range(0, len(asked), _FEW)
        for one in session.scalars(
            who.where(CourseStartRow.person_id.in_(asked[begin : begin + _FEW]))
        )
    }


class _Stretches:
    """Counts on a row of days, added a stretch at a time."""

    def __init__(self, days: int) -> None:
        self._steps = [0] * (days + 1)

    def add(self, begin: int, end: int, count: int) -> None:
        """Add to every day from `begin` up to, not on, `end`; nothing for an empty stretch."""
        if begin < end:
            self._steps[begin] += count
            self._steps[end] -= count

    def sums(self) -> Iterable[int]:
        """Return the count of each day."""
        return list(accumulate(self._steps))[:-1]


def _rows(
    session: Session, statement: AnySelect, ends: int
) -> Iterable[tuple[int, tuple[int, ...], int, int, int]]:
    """Give first day, last days, two more days, and count, of each combination."""
    for begin, *rest, one, other, count in session.execute(statement):
        yield begin, tuple(rest[:ends]), one, other, count


def _assigned(at: Moments, scope: Scope, stretch: Stretch) -> AnySelect:
    """Count assignments by when they began, ended, were over their grace and were first met."""
    met, credit = aliased(CourseCompletionRow), aliased(RequirementCreditRow)
    first = _earlier(_first_at(met, *_meets(met)), _first_at(credit, *_credits(credit)), Instant())
    last = sa.func.coalesce(AssignmentRow.late_after, AssignmentRow.due_on)
    raw = _dated(scope, stretch, last.label("late_after"), first.label("met_at"))
    row = raw.cte("dated").prefix_with("MATERIALIZED").c
    return _counted(*_life(at, row), at.passed(row.late_after), at.happened(row.met_at))


def _by_course(at: Moments, scope: Scope, stretch: Stretch) -> AnySelect:
    """Count assignments × completions; evidence counts until the next one takes over."""
    met, later, credit = (
        aliased(CourseCompletionRow),
        aliased(CourseCompletionRow),
        aliased(RequirementCreditRow),
    )
    is_later = sa.or_(later.at > met.at, sa.and_(later.at == met.at, later.id > met.id))
    replaced = _earlier(
        _first_at(
            later, later.person_id == met.person_id, later.course_id == met.course_id, is_later
        ),
        _first_at(credit, *_credits(credit), credit.at >= met.at),
        Instant(),
    )
    return _completed(
        at, _evidenced(scope, stretch, met, replaced).join(met, sa.and_(*_meets(met)))
    )


def _by_credit(at: Moments, scope: Scope, stretch: Stretch) -> AnySelect:
    """Count assignments × credits in the same way."""
    met, later, course = (
        aliased(RequirementCreditRow),
        aliased(RequirementCreditRow),
        aliased(CourseCompletionRow),
    )
    is_later = sa.or_(later.at > met.at, sa.and_(later.at == met.at, later.id > met.id))
    replaced = _earlier(
        _first_at(
            later,
            later.person_id == met.person_id,
            later.requirement_id == met.requirement_id,
            is_later,
        ),
        _first_at(course, *_meets(course), course.at > met.at),
        Instant(),
    )
    return _completed(
        at, _evidenced(scope, stretch, met, replaced).join(met, sa.and_(*_credits(met)))
    )


def _evidenced(scope: Scope, stretch: Stretch, met: Any, replaced: Any) -> AnySelect:
    return _dated(scope, stretch, met.valid_until, met.at, replaced.label("replaced_at"))


def _completed(at: Moments, raw: AnySelect) -> AnySelect:
    row = raw.cte("dated").prefix_with("MATERIALIZED").c
    ends = (at.passed(row.valid_until), at.happened(row.replaced_at))
    return _counted(*_life(at, row), *ends, at.neared(row.valid_until), at.happened(row.at))


def _first_at(met: Any, *conditions: Any) -> Any:  # an alias of either kind of evidence
    first = sa.select(sa.func.min(met.at)).where(*conditions)
    return first.correlate_except(met).scalar_subquery()


def _earlier(one: Any, other: Any, kind: sa.types.TypeEngine[Any]) -> sa.ColumnElement[Any]:
    """Return the earlier of two instants, either of which may be null."""
    first = sa.case((other.is_(None), one), (one.is_(None), other), (one < other, one), else_=other)
    return sa.type_coerce(first, kind)


def _dated(scope: Scope, stretch: Stretch, *columns: Any) -> AnySelect:
    """Select the days and instants of every assignment: worked out once, then compared often."""
    later = aliased(AssignmentRow)
    renewed = (
        sa.select(sa.func.min(later.assigned_at))
        .where(
            later.person_id == AssignmentRow.person_id,
            later.requirement_id == AssignmentRow.requirement_id,
            later.cycle > AssignmentRow.cycle,
        )
        .correlate(AssignmentRow)
        .scalar_subquery()
    )
    cancelled = sa.case((AssignmentRow.cancelled_reason != "", AssignmentRow.closed_at))
    return (
        sa.select(
            AssignmentRow.assigned_at,
            cancelled.label("cancelled_at"),
            renewed.label("renewed_at"),
            PersonListingRow.left_on,
            *columns,
        )
        .select_from(PersonListingRow)
        .join(AssignmentRow, AssignmentRow.person_id == PersonListingRow.person_id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(*within(scope))
        .where(*stretch.holds(PersonListingRow.person_id, AssignmentRow.person_id))
    )


def _life(at: Moments, row: Any) -> tuple[sa.ColumnElement[int], ...]:  # columns by name
    """Return the day on which an assignment begins, and the three on which it may end."""
    return (
        at.happened(row.assigned_at),
        at.happened(row.cancelled_at),
        at.happened(row.renewed_at),
        at.reached(row.left_on),
    )


def _counted(*places: sa.ColumnElement[int]) -> AnySelect:
    placed = sa.select(*(one.label(f"place_{i}") for i, one in enumerate(places))).subquery()
    return sa.select(*placed.c, sa.func.count()).group_by(*placed.c)


def _meets(met: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that a completion is of an assignment's pair, and counts for it."""
    return (
        met.person_id == AssignmentRow.person_id,
        met.course_id == RequirementRow.course_id,
        sa.or_(AssignmentRow.counts_from.is_(None), met.at >= AssignmentRow.counts_from),
    )


def _credits(met: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that a credit is of an assignment's pair, and counts for it."""
    return (
        met.person_id == AssignmentRow.person_id,
        met.requirement_id == AssignmentRow.requirement_id,
        sa.or_(AssignmentRow.counts_from.is_(None), met.at >= AssignmentRow.counts_from),
    )
