"""Reading what decides an answer: tasks with what they ask for, and a person as of a day.

A look-up is a handful of statements, each led by an index, whatever the number of people.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.learning import completion_stands
from app.core.people import GatePass, called, coded, gate_pass_that_counts, people_shown, still_here
from app.core.people.photos import photo_of
from app.core.storage.columns import Day, Id
from app.core.storage.past import Then
from app.core.training.corrections import is_disputed
from app.core.training.in_force import is_away
from app.core.training.kinds import AssignmentEvent, Source
from app.core.training.models import (
    AssignmentEventRow,
    AssignmentRow,
    RequirementCreditRow,
    RequirementRow,
)
from app.core.training.neighbours import neighbours
from app.core.training.permits.day_passes import day_passes, is_foreign
from app.core.training.permits.kinds import Holds, Presented
from app.core.training.permits.models import (
    GateRuleRow,
    TaskRequirementRow,
    TaskRow,
    YoungPersonRow,
)
from app.core.training.permits.types import (
    GateRules,
    Ground,
    Standing,
    Task,
    TaskAsks,
    YoungPerson,
)
from app.core.training.put_aside import FOREVER, is_put_aside

_WAIVERS = (AssignmentEvent.WAIVED, AssignmentEvent.WAIVER_ENDED)


@dataclass(frozen=True, slots=True)
class _Proof:
    at: datetime
    until: date


def tasks(session: Session, day: date, *conditions: sa.ColumnElement[bool]) -> tuple[Task, ...]:
    """Return tasks by title, with what they ask for on a day."""
    unit: Any = neighbours().org_unit
    rows = session.execute(
        sa.select(TaskRow, called(unit), coded(unit))
        .outerjoin(unit, unit.id == TaskRow.org_unit_id)
        .where(*conditions)
        .order_by(TaskRow.title, TaskRow.code)
    ).all()
    asks = _asks(session, day, [row.id for row, _unit, _code in rows])
    return tuple(
        Task(
            id=row.id,
            code=row.code,
            title=row.title,
            org_unit_id=row.org_unit_id,
            org_unit=org_unit or "",
            org_unit_code=unit_code or "",
            location=row.location,
            is_dangerous=row.is_dangerous,
            allows_supervision=row.allows_supervision,
            retired_on=row.retired_on,
            asks=tuple(asks.get(row.id, ())),
        )
        for row, org_unit, unit_code in rows
    )


def _asks(session: Session, day: date, task_ids: list[UUID]) -> dict[UUID, list[TaskAsks]]:
    link, on = TaskRequirementRow, sa.literal(day, Day)
    statement = (
        sa.select(link.task_id, link.one_of, RequirementRow)
        .join(RequirementRow, RequirementRow.id == link.requirement_id)
        .where(link.from_on <= on, sa.or_(link.to_on.is_(None), link.to_on > on))
        .order_by(link.one_of, RequirementRow.title, RequirementRow.code)
    )
    if len(task_ids) == 1:
        statement = statement.where(link.task_id == task_ids[0])
    found: dict[UUID, list[TaskAsks]] = defaultdict(list)
    for task_id, one_of, row in session.execute(statement):
        asked = TaskAsks(
            requirement_id=row.id,
            code=row.code,
            title=row.title,
            one_of=one_of,
            is_retired=row.retired_on is not None and row.retired_on <= day,
        )
        found[task_id].append(asked)
    return found


def gate_rules(session: Session, site_id: UUID | None) -> GateRules:
    """Return how a site answers."""
    row = gate_row(session, site_id)
    if row is None:
        return GateRules()
    return GateRules(
        is_open=row.is_open,
        keeps_checks=row.keeps_checks,
        soon_days=row.soon_days,
        shown_seconds=row.shown_seconds,
    )


def gate_row(session: Session, site_id: UUID | None) -> GateRuleRow | None:
    """Return the row of a site's rules, if there is one."""
    return session.scalars(sa.select(GateRuleRow).where(GateRuleRow.site_id == site_id)).first()


def presented(session: Session, untrusted: str) -> tuple[Presented, UUID | None]:
    """Return what a badge or a number means, and the person where it is one."""
    shown = people_shown(session, untrusted)
    if len(shown.people) > 1:
        return Presented.DOUBLE, None
    for person_id in shown.people:
        return Presented.SOMEBODY, person_id
    return (Presented.LOST if shown.was_taken_back else Presented.UNKNOWN), None


def standing(session: Session, person_id: UUID, here: UUID | None, day: date) -> Standing:
    """Return what is known of a person on a day; `here` is the site that the task is of.

    Raises LookupError.
    """
    person = neighbours().person
    row = session.get(person, person_id)
    if row is None:
        raise LookupError("a person who was found is gone")
    young = sa.select(YoungPersonRow.adult_on).where(YoungPersonRow.person_id == person_id)
    passes = day_passes(session, day, here, person_id)
    return Standing(
        person_id=row.id,
        number=row.number,
        name=row.name,
        kind=row.kind,
        joined_on=row.joined_on,
        left_on=row.left_on,
        is_of_site=not is_foreign(row.home_site_id, here),
        adult_on=session.scalars(young).first(),
        day_pass=passes[0] if passes else None,
        gate_pass=gate_pass_that_counts(
            row.kind, GatePass(number=row.gate_pass, until=row.gate_pass_until)
        ),
        is_disputed=is_disputed(session, person_id),
        is_away=bool(session.scalar(sa.select(is_away(sa.literal(person_id, Id()), day)))),
        photo=photo_of(session, person_id),
    )


def young_people(session: Session, day: date) -> tuple[YoungPerson, ...]:
    """Return who is under 18 on a day and belongs here, by number."""
    person = neighbours().person
    statement = (
        sa.select(YoungPersonRow, person.number, person.name)
        .join(person, person.id == YoungPersonRow.person_id)
        .where(YoungPersonRow.adult_on > sa.literal(day, Day))
        .where(still_here(person.left_on, day))
        .order_by(person.number)
    )
    return tuple(
        YoungPerson(person_id=row.person_id, number=number, name=name, adult_on=row.adult_on)
        for row, number, name in session.execute(statement)
        if row.adult_on is not None
    )


def grounds(session: Session, person_id: UUID, task: Task, moment: Then) -> tuple[Ground, ...]:
    """Return how a person stood with each requirement of a task at a moment.

    Who is let off a training need not have it, and is not made able by that: at a dangerous machine what
    is asked for has to be held.
    """
    if not task.asks:
        return ()
    past = _Past(session, person_id, [one.requirement_id for one in task.asks], moment)
    found = map(past.ground, task.asks)
    return tuple(replace(one, waiver_counts=not task.is_dangerous) for one in found)


class _Past:
    """What had happened between a person and some requirements at a moment."""

    def __init__(
        self, session: Session, person_id: UUID, requirement_ids: list[UUID], moment: Then
    ) -> None:
        self._moment = moment
        self._cycles = _newest_cycles(session, person_id, requirement_ids, moment)
        self._waived = _waivers(session, [row.id for row in self._cycles.values()], moment)
        self._proofs = _proofs(session, person_id, requirement_ids, moment)

    def ground(self, asked: TaskAsks) -> Ground:
        """Return how the person stood with one of them."""
        cycle = self._cycles.get(asked.requirement_id)
        is_open = cycle is not None and not self._is_closed(cycle)
        held = self._held_until(asked.requirement_id, cycle)
        waived = self._waived.get(cycle.id) if is_open and cycle is not None else None
        holds, ends = _how(held, waived, self._moment.day)
        until = None if ends == FOREVER else ends
        is_assigned = is_open and holds is not Holds.WAIVED
        return Ground(asked=asked, holds=holds, until=until, is_assigned=is_assigned)

    def _held_until(self, requirement_id: UUID, cycle: AssignmentRow | None) -> date | None:
        """Return the last valid day of the evidence that lasts longest; None where there is none."""
        since = None if cycle is None else cycle.counts_from
        counted = (
            one.until
            for one in self._proofs.get(requirement_id, ())
            if since is None or one.at >= since
        )
        return max(counted, default=None)

    def _is_closed(self, cycle: AssignmentRow) -> bool:
        return cycle.closed_at is not None and cycle.closed_at < self._moment.end


def _how(held: date | None, waived: date | None, day: date) -> tuple[Holds, date]:
    """Return how somebody stands on a day, and until when."""
    if held is not None and held >= day:
        return Holds.HELD, held
    if waived is not None and waived >= day:
        return Holds.WAIVED, waived
    return (Holds.NEVER, FOREVER) if held is None else (Holds.LAPSED, held)


def _newest_cycles(
    session: Session, person_id: UUID, requirement_ids: Iterable[UUID], moment: Then
) -> dict[UUID, AssignmentRow]:
    """Return by requirement the cycle in force: the newest that was there and that nobody had taken back."""
    rows = session.scalars(
        sa.select(AssignmentRow)
        .where(
            AssignmentRow.person_id == person_id,
            AssignmentRow.requirement_id.in_(list(requirement_ids)),
            ~_is_taken_back(moment),
        )
        .order_by(AssignmentRow.cycle)
    )
    return {row.requirement_id: row for row in rows if row.assigned_at < moment.end}


def _is_taken_back(moment: Then) -> sa.ColumnElement[bool]:
    """Return the condition that somebody had asked for a cycle by hand and somebody cancelled it.

    Evidence of before counts again then. It does not where a rule, the matrix, leaving or retirement
    ended a cycle: what that asked for anew because of doubts was never cleared up.
    """
    act = AssignmentEventRow
    cancelled = sa.exists().where(
        act.assignment_id == AssignmentRow.id,
        act.event == AssignmentEvent.CANCELLED,
        act.by.is_not(None),
        act.until_on.is_(None),
        act.at < moment.end,
    )
    retired = sa.exists().where(
        RequirementRow.id == AssignmentRow.requirement_id,
        RequirementRow.retired_on <= sa.literal(moment.day, Day),
    )
    return sa.and_(
        AssignmentRow.cancelled_reason != "",
        AssignmentRow.rule_id.is_(None),
        AssignmentRow.source != Source.MATRIX,
        cancelled,
        ~retired,
    )


def _waivers(session: Session, assignment_ids: list[UUID], moment: Then) -> dict[UUID, date]:
    """Return by assignment the last day on which it was waived."""
    rows = session.scalars(
        sa.select(AssignmentEventRow)
        .where(
            AssignmentEventRow.assignment_id.in_(assignment_ids),
            AssignmentEventRow.event.in_(_WAIVERS),
        )
        .order_by(AssignmentEventRow.at, AssignmentEventRow.id)
    )
    found: dict[UUID, date] = {}
    for row in rows:
        if row.at >= moment.end:
            continue
        is_waiver = row.event is AssignmentEvent.WAIVED
        found[row.assignment_id] = (row.until_on or FOREVER) if is_waiver else date.min
    return found


def _proofs(
    session: Session, person_id: UUID, requirement_ids: list[UUID], moment: Then
) -> dict[UUID, list[_Proof]]:
    """Return by requirement its evidence: credits first, as of one instant the credit counts."""
    found: dict[UUID, list[_Proof]] = defaultdict(list)
    credit = RequirementCreditRow
    credits_found = session.scalars(
        sa.select(credit)
        .where(
            credit.person_id == person_id,
            credit.requirement_id.in_(requirement_ids),
            ~is_put_aside(credit, moment.known),
        )
        .order_by(credit.at.desc(), credit.id.desc())
    )
    for row in credits_found:
        if row.at < moment.end and row.recorded_at < moment.known:
            found[row.requirement_id].append(_Proof(row.at, row.valid_until or FOREVER))
    completion = neighbours().completion
    completed = session.execute(
        sa.select(RequirementRow.id, completion.at, completion.valid_until)
        .join(RequirementRow, RequirementRow.course_id == completion.course_id)
        .where(
            completion.person_id == person_id,
            RequirementRow.id.in_(requirement_ids),
            completion_stands(completion, moment.known),
        )
        .order_by(completion.at.desc(), completion.id.desc())
    )
    for requirement_id, at, until in completed:
        if at < moment.end:
            found[requirement_id].append(_Proof(at, until or FOREVER))
    return found
