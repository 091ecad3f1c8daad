"""Where somebody stood at the end of a day gone by, from what rows and facts say happened until then.

Due dates are those known now: that one moved is told by its event. What is asked for today looks back
to itself: as of now is as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.training.assignments.states import Known, stands
from app.core.training.assignments.types import AssignmentSummary
from app.core.training.begun import is_begun, waits_for_second
from app.core.training.correction_models import CorrectionVerdictRow
from app.core.training.held import FOREVER, Pair, rests_on
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

_WAIVERS = (AssignmentEvent.WAIVED, AssignmentEvent.WAIVER_ENDED)


@dataclass(frozen=True, slots=True)
class _Proof:
    """A completion or a credit: when it was, until when it held, and what it rests on."""

    at: datetime
    until: date
    rests_on: UUID


def on_day(
    session: Session, person_id: UUID, now: Iterable[AssignmentSummary], day: date
) -> tuple[AssignmentSummary, ...]:
    """Return the cycles that somebody had at the end of a day, as they stood then; `now` are today's."""
    past = _Past(session, person_id, day)
    return tuple(past.stood(one) for one in now if one.assigned_at < past.end)


class _Past:
    """What had happened with a person's training by the end of a day."""

    def __init__(self, session: Session, person_id: UUID, day: date) -> None:
        self._session, self._person_id, self._day = session, person_id, day
        self.end = start_of(day + timedelta(days=1))
        self._rows: Mapping[UUID, AssignmentRow] = {
            row.id: row
            for row in session.scalars(
                sa.select(AssignmentRow).where(
                    AssignmentRow.person_id == person_id, AssignmentRow.assigned_at < self.end
                )
            )
        }
        self._courses: Mapping[UUID, UUID | None] = {
            row.id: row.course_id for row in session.scalars(sa.select(RequirementRow))
        }
        self._away = self._is_away()

    def stood(self, one: AssignmentSummary) -> AssignmentSummary:
        """Return a cycle as it stood then."""
        row = self._rows[one.id]
        is_closed = row.closed_at is not None and row.closed_at < self.end
        proof = self._newest(row.requirement_id, row.counts_from)
        until = None if proof is None else proof.until
        waived_until = self._waived_until(row.id)
        known = Known(
            is_closed=is_closed,
            outcome=row.outcome if is_closed else None,
            is_cancelled=is_closed and row.cancelled_reason != "",
            has_later_cycle=any(
                other.requirement_id == row.requirement_id and other.cycle > row.cycle
                for other in self._rows.values()
            ),
            due_on=row.due_on,
            late_after=row.late_after,
            waived_until=waived_until,
            is_away=self._away,
            held_until=until,
            is_pending=self._is_pending(row.requirement_id),
            is_blocked=self._is_blocked(row.requirement_id),
            is_started=self._is_started(row.requirement_id),
            is_renewal=row.source is Source.RENEWAL,
        )
        return replace(
            one,
            closed_at=row.closed_at if is_closed else None,
            waived_until=waived_until,
            valid_until=None if until == FOREVER else until,
            is_held=until is not None and until >= self._day,
            is_stuck=False,
            stands=stands(known, self._day),
        )

    def _newest(self, requirement_id: UUID, counts_from: datetime | None = None) -> _Proof | None:
        """Return the newest evidence; of a completion and a credit of one instant, the credit."""
        found = [*self._credits(requirement_id), *self._completions(requirement_id)]
        counted = [one for one in found if counts_from is None or one.at >= counts_from]
        return max(counted, key=lambda one: one.at, default=None)  # of equal ones the first

    def _credits(self, requirement_id: UUID) -> list[_Proof]:
        credit, verdict = RequirementCreditRow, CorrectionVerdictRow
        is_replaced = sa.exists().where(
            verdict.replaces_id.in_(rests_on(credit)), verdict.at < self.end
        )
        rows = self._session.scalars(
            sa.select(credit)
            .where(
                credit.person_id == self._person_id,
                credit.requirement_id == requirement_id,
                credit.recorded_at < self.end,
                ~is_replaced,
            )
            .order_by(credit.at.desc(), credit.id.desc())
        )
        return [_Proof(row.at, row.valid_until or FOREVER, row.proof_id) for row in rows]

    def _completions(self, requirement_id: UUID) -> list[_Proof]:
        completion, course_id = neighbours().completion, self._courses.get(requirement_id)
        if course_id is None:
            return []
        rows = self._session.scalars(
            sa.select(completion)
            .where(
                completion.person_id == self._person_id,
                completion.course_id == course_id,
                completion.at < self.end,
            )
            .order_by(completion.at.desc(), completion.id.desc())
        )
        return [_Proof(row.at, row.valid_until or FOREVER, row.id) for row in rows]

    def _waived_until(self, assignment_id: UUID) -> date | None:
        last = self._session.scalars(
            sa.select(AssignmentEventRow)
            .where(
                AssignmentEventRow.assignment_id == assignment_id,
                AssignmentEventRow.event.in_(_WAIVERS),
                AssignmentEventRow.at < self.end,
            )
            .order_by(AssignmentEventRow.at.desc(), AssignmentEventRow.id.desc())
            .limit(1)
        ).first()
        if last is None or last.event is AssignmentEvent.WAIVER_ENDED:
            return None
        return last.until_on or date.max

    def _is_away(self) -> bool:
        rows = self._session.scalars(
            sa.select(AbsenceRow).where(AbsenceRow.person_id == self._person_id)
        )
        return any(
            row.from_on <= self._day
            and (row.to_on is None or self._day < row.to_on or not row.has_moved_dues)
            for row in rows
        )

    def _is_pending(self, requirement_id: UUID) -> bool:
        proofs = {one.rests_on for one in self._credits(requirement_id)}
        rows = self._session.execute(
            sa.select(EvidenceRow.id, EvidenceVerdictRow.at)
            .outerjoin(EvidenceVerdictRow, EvidenceVerdictRow.evidence_id == EvidenceRow.id)
            .where(
                EvidenceRow.person_id == self._person_id,
                EvidenceRow.requirement_id == requirement_id,
                EvidenceRow.at < self.end,
            )
        )
        is_unanswered = any(
            evidence_id not in proofs and (at is None or at >= self.end) for evidence_id, at in rows
        )
        return is_unanswered or self._is_so(waits_for_second(self._pair(requirement_id), self.end))

    def _is_blocked(self, requirement_id: UUID) -> bool:
        before = self._session.scalars(
            sa.select(RequirementLinkRow.other_id).where(
                RequirementLinkRow.requirement_id == requirement_id,
                RequirementLinkRow.kind == LinkKind.PREREQUISITE,
                RequirementLinkRow.ended_on.is_(None),
            )
        ).all()
        proofs = (self._newest(one) for one in before)
        return any(one is None or one.until < self._day for one in proofs)

    def _is_started(self, requirement_id: UUID) -> bool:
        return self._is_so(is_begun(self._pair(requirement_id), self.end))

    def _pair(self, requirement_id: UUID) -> Pair:
        return Pair(
            person_id=self._person_id,
            requirement_id=requirement_id,
            course_id=self._courses.get(requirement_id),
        )

    def _is_so(self, condition: sa.ColumnElement[bool]) -> bool:
        return bool(self._session.scalar(sa.select(condition)))
