"""Where somebody stood at the end of a day gone by, from what rows and facts say happened until then.

What is asked for today looks back to itself: as of now is as it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.paging import Page, PageRequest
from app.core.learning import completion_stands, courses_stuck
from app.core.people import called, is_placed
from app.core.storage.columns import Day, Id, Instant
from app.core.storage.past import Then
from app.core.training.assignments.listing import Scope
from app.core.training.assignments.queries import page_where
from app.core.training.assignments.states import Known, stands
from app.core.training.assignments.types import AssignmentSummary
from app.core.training.begun import is_begun, waits_for_second
from app.core.training.due_then import DueThen, Move, due_then
from app.core.training.held import pair_of
from app.core.training.kinds import AssignmentEvent, LinkKind, Source
from app.core.training.models import (
    AbsenceRow,
    AssignmentEventRow,
    AssignmentRow,
    EvidenceRow,
    EvidenceVerdictRow,
    RequirementCreditRow,
    RequirementLinkRow,
    RequirementRow,
)
from app.core.training.neighbours import neighbours
from app.core.training.put_aside import FOREVER, is_put_aside

_Value = TypeVar("_Value")
AnySelect = sa.Select[*tuple[Any, ...]]
_PERSON = sa.bindparam("person", type_=Id())
_END = sa.bindparam("end", type_=Instant())
_KNOWN = sa.bindparam("known", type_=Instant())
_DAY = sa.bindparam("day", type_=Day())
"""What is left open in the statements: they are put together once, which takes longer than running them."""
_WAIVERS = (AssignmentEvent.WAIVED, AssignmentEvent.WAIVER_ENDED)


@dataclass(frozen=True, slots=True)
class _Proof:
    """A completion or a credit: when it was, until when it held, and what it rests on."""

    at: datetime
    until: date
    rests_on: UUID


def on_day(
    session: Session, person_id: UUID, now: Iterable[AssignmentSummary], then: Then
) -> tuple[AssignmentSummary, ...]:
    """Return the cycles that somebody had at the end of a day, as they stood then; `now` are today's."""
    past = _Past(session, person_id, then)
    return tuple(past.stood(one) for one in now if one.assigned_at < past.end)


def page_on_day(
    session: Session, request: PageRequest, scope: Scope, then: Then
) -> Page[AssignmentSummary]:
    """Return one stretch of the cycles that there were, as they stood then."""
    was_there = AssignmentRow.assigned_at < then.end
    now = page_where(session, request, scope, then.day, was_there)
    pasts = {one: _Past(session, one, then) for one in {row.person_id for row in now.rows}}
    return replace(now, rows=tuple(pasts[one.person_id].stood(one) for one in now.rows))


class _Past:
    """What had happened with a person's training by the end of a day."""

    def __init__(self, session: Session, person_id: UUID, then: Then) -> None:
        self._session, self._person_id, self._day = session, person_id, then.day
        self.end = then.end
        self._values = {
            _PERSON.key: person_id,
            _END.key: self.end,
            _KNOWN.key: then.known,
            _DAY.key: then.day,
        }
        self._rows: Mapping[UUID, AssignmentRow] = {
            row.id: row for row in session.scalars(_assigned(), self._values)
        }
        self._newest_cycles = {
            row.requirement_id: row.cycle
            for row in sorted(self._rows.values(), key=lambda row: row.cycle)
        }
        self._courses = _courses(session)
        self._credits = self._proofs_by_requirement()
        self._completions = self._proofs_by_course()
        self._waivers = self._newest_waivers()
        told = session.execute(_waiting_and_begun(), self._values).all()
        self._unconfirmed = self._waiting_evidence()
        self._for_second = {one.id for one in told if one.is_waiting}
        self._started = {one.id for one in told if one.is_begun}
        self._stuck = courses_stuck(session, person_id, self.end)
        self._before = self._prerequisites()
        self._moves = self._moves_of_dues()
        self._unit = self._org_unit()
        self._away = self._is_away()

    def stood(self, one: AssignmentSummary) -> AssignmentSummary:
        """Return a cycle as it stood then."""
        row = self._rows[one.id]
        proof = self._counting(row.requirement_id, row.counts_from)
        until = None if proof is None else proof.until
        due = due_then(row, self._moves.get(row.id, ()), self.end)
        known = self._known(row, due, until)
        return replace(
            one,
            org_unit=one.org_unit if self._unit is None else self._unit,
            closed_at=row.closed_at if known.is_closed else None,
            due_on=due.on,
            late_after=due.late_after,
            is_due_of_now=due.is_of_now,
            waived_until=known.waived_until,
            valid_until=None if until == FOREVER else until,
            is_held=until is not None and until >= self._day,
            is_stuck=self._is_stuck(row),
            stands=stands(known, self._day),
        )

    def _known(self, row: AssignmentRow, due: DueThen, held_until: date | None) -> Known:
        """Return what tells where a cycle stood then."""
        is_closed = row.closed_at is not None and row.closed_at < self.end
        return Known(
            is_closed=is_closed,
            outcome=row.outcome if is_closed else None,
            is_cancelled=is_closed and row.cancelled_reason != "",
            has_later_cycle=row.cycle < self._newest_cycles[row.requirement_id],
            due_on=due.on,
            late_after=due.late_after,
            waived_until=self._waivers.get(row.id),
            is_away=self._away,
            held_until=held_until,
            is_pending=row.requirement_id in self._unconfirmed or row.id in self._for_second,
            is_blocked=self._is_stuck(row) or self._is_blocked(row.requirement_id),
            is_started=row.id in self._started,
            is_renewal=row.source is Source.RENEWAL,
        )

    def _is_stuck(self, row: AssignmentRow) -> bool:
        return self._courses.get(row.requirement_id) in self._stuck

    def _counting(self, requirement_id: UUID, counts_from: datetime | None = None) -> _Proof | None:
        """Return the evidence that lasts longest; of equal ones the newest, and of those the credit."""
        course_id = self._courses.get(requirement_id)
        completed = [] if course_id is None else self._completions.get(course_id, [])
        found = [*self._credits.get(requirement_id, []), *completed]
        counted = [one for one in found if counts_from is None or one.at >= counts_from]
        return max(
            counted, key=lambda one: (one.until, one.at), default=None
        )  # of equal ones the first

    def _is_blocked(self, requirement_id: UUID) -> bool:
        return not all(map(self._has_seen_to, self._before.get(requirement_id, [])))

    def _has_seen_to(self, requirement_id: UUID) -> bool:
        """Tell whether they held what comes first, or were let off it."""
        proof = self._counting(requirement_id)
        if proof is not None and proof.until >= self._day:
            return True
        return any(
            row.requirement_id == requirement_id
            and self._waivers.get(row.id, date.min) >= self._day
            and (row.closed_at is None or row.closed_at >= self.end)
            for row in self._rows.values()
        )

    def _proofs_by_requirement(self) -> Mapping[UUID, list[_Proof]]:
        """Return by requirement the credits that stood, the newest first."""
        rows = self._session.execute(_credits(), self._values)
        return _grouped((row[0], _Proof(row[1], row[2] or FOREVER, row[3])) for row in rows)

    def _proofs_by_course(self) -> Mapping[UUID, list[_Proof]]:
        """Return by course what was completed, the newest first."""
        rows = self._session.execute(_completions(), self._values)
        return _grouped((row[0], _Proof(row[1], row[2] or FOREVER, row[3])) for row in rows)

    def _newest_waivers(self) -> Mapping[UUID, date]:
        """Return by assignment until when it was waived: date.max until somebody ends that."""
        until = dict[UUID, date]()
        rows = self._session.execute(_waivers(), self._values)
        for assignment_id, event, until_on in rows:
            if event is AssignmentEvent.WAIVER_ENDED:
                until.pop(assignment_id, None)
            else:
                until[assignment_id] = until_on or date.max
        return until

    def _waiting_evidence(self) -> frozenset[UUID]:
        """Return the requirements for which evidence waited for somebody to confirm it."""
        proofs = {one.rests_on for some in self._credits.values() for one in some}
        rows = self._session.execute(_evidence(), self._values)
        return frozenset(
            requirement_id
            for evidence_id, requirement_id, at in rows
            if evidence_id not in proofs and (at is None or at >= self.end)
        )

    def _prerequisites(self) -> Mapping[UUID, list[UUID]]:
        """Return by requirement what has to be held before it; what is retired is given to nobody."""
        rows = self._session.execute(_links(), self._values)
        return _grouped(
            (one.requirement_id, one.other_id)
            for one, retired_on in rows
            if one.stood_on(self._day) and (retired_on is None or retired_on > self._day)
        )

    def _moves_of_dues(self) -> Mapping[UUID, list[Move]]:
        """Return by assignment how its due date moved, at any time, the oldest first."""
        rows = self._session.execute(_moves(), self._values)
        return _grouped(
            (one, Move(at=at, to=to, before=before))
            for one, at, to, before in rows
            if to is not None
        )

    def _org_unit(self) -> str | None:
        """Return where they were; None for who was nowhere."""
        return self._session.scalars(_place(), self._values).first()

    def _is_away(self) -> bool:
        rows = self._session.scalars(
            sa.select(AbsenceRow).where(AbsenceRow.person_id == self._person_id)
        )
        return any(
            row.from_on <= self._day
            and (row.to_on is None or self._day < row.to_on or not row.has_moved_dues)
            for row in rows
        )


@cache
def _assigned() -> sa.Select[AssignmentRow]:
    row = AssignmentRow
    return sa.select(row).where(row.person_id == _PERSON, row.assigned_at < _END)


@cache
def _credits() -> AnySelect:
    credit = RequirementCreditRow
    return (
        sa.select(credit.requirement_id, credit.at, credit.valid_until, credit.proof_id)
        .where(
            credit.person_id == _PERSON,
            credit.at < _END,
            credit.recorded_at < _KNOWN,
            ~is_put_aside(credit, _KNOWN),
        )
        .order_by(credit.at.desc(), credit.id.desc())
    )


@cache
def _completions() -> AnySelect:
    completion = neighbours().completion
    return (
        sa.select(completion.course_id, completion.at, completion.valid_until, completion.id)
        .where(
            completion.person_id == _PERSON,
            completion.at < _END,
            completion_stands(completion, _KNOWN),
        )
        .order_by(completion.at.desc(), completion.id.desc())
    )


@cache
def _waivers() -> AnySelect:
    act = AssignmentEventRow
    return (
        sa.select(act.assignment_id, act.event, act.until_on)
        .join(AssignmentRow, AssignmentRow.id == act.assignment_id)
        .where(AssignmentRow.person_id == _PERSON, act.event.in_(_WAIVERS), act.at < _END)
        .order_by(act.at, act.id)
    )


@cache
def _evidence() -> AnySelect:
    return (
        sa.select(EvidenceRow.id, EvidenceRow.requirement_id, EvidenceVerdictRow.at)
        .outerjoin(EvidenceVerdictRow, EvidenceVerdictRow.evidence_id == EvidenceRow.id)
        .where(EvidenceRow.person_id == _PERSON, EvidenceRow.at < _END)
    )


@cache
def _waiting_and_begun() -> AnySelect:
    """Select of the assignments of then whether attendance waited for a second person, and whether they were begun."""
    pair = pair_of()
    return (
        sa.select(
            AssignmentRow.id,
            waits_for_second(pair, _END).label("is_waiting"),
            is_begun(pair, _END).label("is_begun"),
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(AssignmentRow.person_id == _PERSON, AssignmentRow.assigned_at < _END)
    )


@cache
def _links() -> AnySelect:
    link = RequirementLinkRow
    asked = sa.select(AssignmentRow.requirement_id).where(AssignmentRow.person_id == _PERSON)
    return (
        sa.select(link, RequirementRow.retired_on)
        .join(RequirementRow, RequirementRow.id == link.other_id)
        .where(link.requirement_id.in_(asked), link.kind == LinkKind.PREREQUISITE)
    )


@cache
def _moves() -> AnySelect:
    act = AssignmentEventRow
    return (
        sa.select(act.assignment_id, act.at, act.until_on, act.due_before)
        .join(AssignmentRow, AssignmentRow.id == act.assignment_id)
        .where(AssignmentRow.person_id == _PERSON, act.event == AssignmentEvent.DUE_MOVED)
        .order_by(act.at, act.id)
    )


@cache
def _place() -> sa.Select[str]:
    unit, placed = neighbours().org_unit, aliased(neighbours().placement)
    named = sa.select(called(unit)).join(placed, placed.org_unit_id == unit.id)
    return named.where(placed.person_id == _PERSON, is_placed(placed, _DAY)).limit(1)


def _courses(session: Session) -> Mapping[UUID, UUID]:
    """Return by requirement its course."""
    rows = session.execute(
        sa.select(RequirementRow.id, RequirementRow.course_id).where(
            RequirementRow.course_id.is_not(None)
        )
    )
    return {one: course_id for one, course_id in rows if course_id is not None}


def _grouped(pairs: Iterable[tuple[UUID, _Value]]) -> Mapping[UUID, list[_Value]]:
    groups: dict[UUID, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
