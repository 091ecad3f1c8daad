"""Working out what people add to the figures, many at a time, and bringing the sums up to it.

What somebody added before is kept beside the sums, and is taken away as it was added: so the sums
are right whoever changed what, in whatever order, and a fold that is done again changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.types import NULLTYPE

from app.core.base.batches import batches
from app.core.base.garbage import collector_resting
from app.core.learning import completion_stands
from app.core.learning.models import CourseCompletionRow, CourseStartRow, LearningSessionRow
from app.core.people.models import PersonRow, PlacementRow
from app.core.reports.day_numbers import Days
from app.core.reports.models import EVERY_UNIT, NO_UNIT, PersonFiguresRow, UnitFiguresRow
from app.core.reports.pairs import AnySelect
from app.core.reports.steps import (
    MEASURES,
    NEVER,
    Assigned,
    Done,
    Steps,
    add_learning,
    add_pair,
    add_work,
)
from app.core.reports.tidings import Touched
from app.core.storage.columns import Day, Id, wire_type
from app.core.storage.prepared import Prepared
from app.core.storage.tables import table_of
from app.core.training import AssignmentEvent, Source, credit_stands, was_asked
from app.core.training.models import (
    AbsenceRow,
    AssignmentEventRow,
    AssignmentRow,
    RequirementCreditRow,
    RequirementRow,
)

_Sums = defaultdict[UUID, Steps]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What somebody adds, and to which org unit."""

    org_unit_id: UUID | None = None
    stands: bytes = b""
    learned: bytes = b""
    is_ahead: bool = False

    @property
    def is_nothing(self) -> bool:
        return not (self.stands or self.learned)


def fold(session: Session, people: Sequence[UUID], touched: Touched, today: date) -> None:
    """Work out anew what some people add, of what is touched, and bring the sums up to it."""
    days = Days(today)
    sums: _Sums = defaultdict(Steps)
    with collector_resting():
        for some in batches(people):
            before = _kept(session, some)
            now = _folded(session, some, before, touched, days)
            changed = [one for one in some if now.get(one) != before.get(one)]
            for one in changed:
                _add(sums, before.get(one), -1)
                _add(sums, now.get(one), 1)
            _keep(session, changed, now)
        _add_to_sums(session, sums)


def _kept(session: Session, people: Sequence[UUID]) -> dict[UUID, _Kept]:
    row = PersonFiguresRow
    statement = sa.select(
        row.person_id, row.org_unit_id, row.stands, row.learned, row.is_ahead
    ).where(row.person_id.in_(people))
    return {row[0]: _Kept(*row[1:]) for row in session.execute(statement)}


def _folded(
    session: Session,
    people: Sequence[UUID],
    before: Mapping[UUID, _Kept],
    touched: Touched,
    days: Days,
) -> dict[UUID, _Kept]:
    """Return what people add now; nothing of who adds nothing, or is no longer there."""
    known = sa.select(PersonRow.id, _raw(PersonRow.left_on)).where(PersonRow.id.in_(people))
    here: dict[UUID, str | None] = dict(session.execute(known).all())
    units = _units(session, people)
    stands = _standing(session, [one for one in here if one in touched.standing], here, days)
    learned = _learning(session, [one for one in here if one in touched.learning], days)
    now = {}
    for one in here:
        was = before.get(one, _Kept())
        standing, standing_ahead = stands.get(one, (was.stands, was.is_ahead))
        learning, learning_ahead = learned.get(one, (was.learned, was.is_ahead))
        kept = _Kept(units.get(one), standing, learning, standing_ahead or learning_ahead)
        if not kept.is_nothing:
            now[one] = kept
    return now


def _units(session: Session, people: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return to which org unit people belong; the newest where two sites opened one each."""
    ordered = (
        sa.select(PlacementRow.person_id, PlacementRow.org_unit_id)
        .where(PlacementRow.person_id.in_(people), PlacementRow.to_on.is_(None))
        .order_by(PlacementRow.from_on, PlacementRow.id)
    )
    return dict(session.execute(ordered).all())


def _standing(
    session: Session, people: Sequence[UUID], left: Mapping[UUID, str | None], days: Days
) -> dict[UUID, tuple[bytes, bool]]:
    if not people:
        return {}
    courses = dict(
        session.execute(sa.select(_raw(RequirementRow.id), _raw(RequirementRow.course_id))).all()
    )
    assigned = _by_person(session, _assignments(people))
    completed = _by_person(session, _completions(people))
    credited = _by_person(session, _credits(people))
    waived: dict[Any, int] = dict(session.execute(_waivers(people)).all())
    away = {person: days.of_text(begin) for person, begin in session.execute(_absences(people))}

    def pack(person: UUID) -> bytes:
        steps, last = Steps(), days.of_text(left[person])
        by_course = _evidence(completed.get(person, ()), days)
        by_credit = _evidence(credited.get(person, ()), days)
        for requirement, rows in groupby(assigned.get(person, ()), itemgetter(1)):
            cycles = [_cycle(row, waived, days) for row in rows]
            done: Sequence[Done] = by_course.get(courses.get(requirement), ())
            if requirement in by_credit:  # of two of one instant the credit counts
                done = sorted([*done, *by_credit[requirement]], key=lambda one: one.at)
            add_pair(steps, cycles, done, last, away.get(person, NEVER))
            add_work(steps, cycles, done, last, away.get(person, NEVER))
        return steps.packed()

    return _each(people, pack, days)


def _evidence(rows: Iterable[tuple[Any, ...]], days: Days) -> dict[Any, list[Done]]:
    """Return evidence, in the order of its instants, by the course or requirement it is for."""
    found = defaultdict[Any, list[Done]](list)
    of_instant, of_text = days.of_instant, days.of_text
    for _person, key, at, until in rows:
        found[key].append(Done(of_instant(at), of_text(until), at))
    return found


def _learning(
    session: Session, people: Sequence[UUID], days: Days
) -> dict[UUID, tuple[bytes, bool]]:
    if not people:
        return {}
    sat = _by_person(session, _sittings(people))

    def pack(person: UUID) -> bytes:
        steps = Steps()
        if person in sat:
            add_learning(steps, {days.of_instant(at) for _person, at in sat[person]})
        return steps.packed()

    return _each(people, pack, days)


def _each(
    people: Iterable[UUID], pack: Callable[[UUID], bytes], days: Days
) -> dict[UUID, tuple[bytes, bool]]:
    """Pack each person, and tell whether something of theirs was ahead."""
    found = {}
    for one in people:
        days.was_ahead = False
        packed = pack(one)
        found[one] = packed, days.was_ahead
    return found


def _cycle(row: Any, waived: Mapping[Any, int], days: Days) -> Assigned:
    """Return what a row of `_assignments` says, `waived`: when, by assignment."""
    _person, _requirement, key, assigned_at, late_after, over_at, since, until, *last = row
    closed_at, source, asked = last
    begin = days.of_instant(assigned_at)
    over = NEVER if over_at is None else days.of_instant(over_at)
    let_off = NEVER
    if until is not None:
        let_off = days.of_instant(waived[key]) if key in waived else begin
    return Assigned(
        begin,
        over,
        days.of_text(late_after),
        since or 0,
        let_off,
        days.of_text(until),
        closed_at is None,
        source == Source.RENEWAL,
        not asked,
        NEVER if closed_at is None else days.of_instant(closed_at),
    )


def _assignments(people: Sequence[UUID]) -> AnySelect:
    row = AssignmentRow
    is_later = row.late_after > row.due_on  # a grace ends no sooner than what it is given to
    late_after = sa.case((is_later, row.late_after), else_=row.due_on)
    over_at = sa.case(
        (row.cancelled_reason != "", sa.func.coalesce(row.closed_at, row.assigned_at))
    )
    columns = (
        row.person_id,
        row.requirement_id,
        row.id,
        row.assigned_at,
        late_after,
        over_at,
        row.counts_from,
        row.waived_until,
        row.closed_at,
        row.source,
        was_asked(row),
    )
    return (
        sa.select(*map(_raw, columns))
        .where(row.person_id.in_(people))
        .order_by(row.person_id, row.requirement_id, row.cycle)
    )


def _waivers(people: Sequence[UUID]) -> AnySelect:
    """Select when the assignments of people that are waived were so last."""
    row, event = AssignmentRow, AssignmentEventRow
    return (
        sa.select(_raw(event.assignment_id), _raw(sa.func.max(event.at)))
        .join(row, row.id == event.assignment_id)
        .where(row.person_id.in_(people), row.waived_until.is_not(None))
        .where(event.event == AssignmentEvent.WAIVED)
        .group_by(event.assignment_id)
    )


def _absences(people: Sequence[UUID]) -> AnySelect:
    """Select from when on due dates of people stand still: while an absence has not put them off."""
    row = AbsenceRow
    return (
        sa.select(row.person_id, _raw(sa.func.min(row.from_on)))
        .where(row.person_id.in_(people), row.has_moved_dues.is_(False))
        .group_by(row.person_id)
    )


def _credits(people: Sequence[UUID]) -> AnySelect:
    row = RequirementCreditRow
    return (
        sa.select(*map(_raw, (row.person_id, row.requirement_id, row.at, row.valid_until)))
        .where(row.person_id.in_(people), credit_stands(row))
        .order_by(row.person_id, row.requirement_id, row.at, row.id)
    )


def _completions(people: Sequence[UUID]) -> AnySelect:
    row = CourseCompletionRow
    return (
        sa.select(*map(_raw, (row.person_id, row.course_id, row.at, row.valid_until)))
        .where(row.person_id.in_(people), completion_stands(row))
        .order_by(row.person_id, row.course_id, row.at, row.id)
    )


def _sittings(people: Sequence[UUID]) -> AnySelect:
    return (
        sa.select(_raw(CourseStartRow.person_id), _raw(LearningSessionRow.ended_at))
        .join(LearningSessionRow, LearningSessionRow.start_id == CourseStartRow.id)
        .where(CourseStartRow.person_id.in_(people))
        .order_by(CourseStartRow.person_id)
    )


def _raw(column: Any) -> sa.ColumnElement[Any]:  # a mapped attribute
    """Return a column whose values are left as the driver gives them: there are millions."""
    return sa.type_coerce(column, NULLTYPE)


def _by_person(session: Session, statement: AnySelect) -> dict[UUID, list[tuple[Any, ...]]]:
    """Return rows that begin with a person, and come in that order, by that person."""
    # a session looks at each row once more, and asking for one after another takes as long again
    rows = session.connection().execute(statement).all()
    return {
        key if isinstance(key, UUID) else UUID(bytes=key): list(theirs)
        for key, theirs in groupby(rows, itemgetter(0))
    }


def _add(sums: _Sums, kept: _Kept | None, times: int) -> None:
    if kept is not None:
        steps = sums[kept.org_unit_id or NO_UNIT]
        steps.add_packed(kept.stands, times)
        steps.add_packed(kept.learned, times)


def _keep(session: Session, people: Sequence[UUID], now: Mapping[UUID, _Kept]) -> None:
    if not people:
        return
    table = table_of(PersonFiguresRow)
    session.execute(sa.delete(table).where(table.c.person_id.in_(people)))
    rows = [
        {
            "person_id": one,
            "org_unit_id": kept.org_unit_id,
            "stands": kept.stands,
            "learned": kept.learned,
            "is_ahead": kept.is_ahead,
        }
        for one in people
        if (kept := now.get(one)) is not None
    ]
    if rows:
        session.execute(sa.insert(table), rows)


_UPSERT = Prepared(
    sa.text("""
    INSERT INTO unit_figures
        (org_unit_id, day, required, held, expiring, overdue, learners, open, late)
    VALUES (:org_unit_id, :day, :required, :held, :expiring, :overdue, :learners, :open, :late)
    ON CONFLICT (org_unit_id, day) DO UPDATE SET
        required = unit_figures.required + excluded.required,
        held = unit_figures.held + excluded.held,
        expiring = unit_figures.expiring + excluded.expiring,
        overdue = unit_figures.overdue + excluded.overdue,
        learners = unit_figures.learners + excluded.learners,
        open = unit_figures.open + excluded.open,
        late = unit_figures.late + excluded.late
    """).bindparams(
        sa.bindparam("day", type_=wire_type(Day())),
        sa.bindparam("org_unit_id", type_=wire_type(Id())),
    )
)


def _add_to_sums(session: Session, sums: _Sums) -> None:
    everybody = Steps()
    for steps in sums.values():
        everybody.add_all(steps)
    rows = [
        (org_unit.bytes, date.fromordinal(day).isoformat(), *changes)
        for org_unit, steps in sorted([*sums.items(), (EVERY_UNIT, everybody)])
        for day, changes in steps.by_day()
    ]
    if not rows:
        return
    _UPSERT.run_many_in_order(session.connection(), rows)
    row = table_of(UnitFiguresRow).c
    is_nothing = [row[name] == 0 for name in MEASURES]
    for some in batches([*sums, EVERY_UNIT]):
        session.execute(sa.delete(row.day.table).where(row.org_unit_id.in_(some), *is_nothing))
