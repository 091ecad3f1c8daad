"""Acts on assignments: waive, cancel, ask for again, enter evidence, absences, a new day.

Each act is one entry of the journal with its reason, and one fact beside the assignment.
"""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people import place_of
from app.core.training.assignments import queries
from app.core.training.assignments.away import Away
from app.core.training.assignments.day import cancel
from app.core.training.assignments.looking_back import on_day
from app.core.training.assignments.proving import Proving
from app.core.training.assignments.types import AssignmentDetail, AssignmentSummary
from app.core.training.crediting import note
from app.core.training.errors import NotOpen, ReasonNeeded, TrainingRefused
from app.core.training.kinds import AssignmentEvent, Outcome, Source
from app.core.training.models import AssignmentRow
from app.core.training.requirements.queries import terms_of
from app.core.training.terms import first_due


class Assignments:
    """Where people stand, and what is done about it. Who may: holders of ASSIGN, in their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.absences = Away(site)
        self.evidence = Proving(site)

    def page(self, actor: Actor, request: PageRequest) -> Page[AssignmentSummary]:
        """Return one stretch of the list, searched in people and requirements.

        Sorts: number, name, org_unit, code, title, due_on, assigned_at, state. Filters: open (yes),
        state, overdue (yes, no), requirement, person, org_unit (ids).
        """
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            return queries.page(session, request, scope, self._today())

    def of_person(
        self, actor: Actor, person_id: UUID, on: date | None = None
    ) -> tuple[AssignmentSummary, ...]:
        """Return every cycle that a person ever had; everybody may ask for their own.

        With `on`, those that there were at the end of that day, as they stood then.
        """
        with self._site.read() as session:
            _require(actor, session, person_id, or_own=True)
            found = queries.of_person(session, person_id, self._today())
            return found if on is None else on_day(session, person_id, found, on)

    def detail(self, actor: Actor, assignment_id: UUID) -> AssignmentDetail:
        """Return an assignment with why it is there and all that happened to it. Raises NotFound."""
        with self._site.read() as session:
            found = queries.detail(session, assignment_id, self._today())
            _require(actor, session, found.summary.person_id, or_own=True)
            return found

    def waive(
        self, actor: Actor, assignment_id: UUID, *, until_on: date | None, reason: str
    ) -> None:
        """Let somebody off until a day, the whole of it; None: for good. Evidence is untouched.

        Raises NotOpen, ReasonNeeded, TrainingRefused for a day in the past.
        """
        reason = _reason(reason)
        if until_on is not None and until_on < self._today():
            raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
        with self._site.transaction(actor, "assignment.waive", reason=reason) as unit:
            row = self._open(actor, unit, assignment_id)
            row.waived_until = until_on or date.max
            event = AssignmentEvent.WAIVED
            note(
                unit, actor, row.id, event, self._site.clock.now(), reason=reason, until_on=until_on
            )

    def end_waiver(self, actor: Actor, assignment_id: UUID, reason: str) -> None:
        """Ask for something again from which somebody was let off. Raises NotOpen, ReasonNeeded."""
        reason = _reason(reason)
        with self._site.transaction(actor, "assignment.end-waiver", reason=reason) as unit:
            row = self._open(actor, unit, assignment_id)
            row.waived_until = None
            event = AssignmentEvent.WAIVER_ENDED
            note(unit, actor, row.id, event, self._site.clock.now(), reason=reason)

    def cancel(self, actor: Actor, assignment_id: UUID, reason: str) -> None:
        """End an assignment that is no longer asked for. Raises NotOpen, ReasonNeeded."""
        reason = _reason(reason)
        with self._site.transaction(actor, "assignment.cancel", reason=reason) as unit:
            row = self._open(actor, unit, assignment_id)
            cancel(unit, actor, row, self._site.clock.now(), reason)

    def ask_again(
        self,
        actor: Actor,
        assignment_id: UUID,
        *,
        reason: str,
        due_on: date | None = None,
        source: Source = Source.MANUAL,
    ) -> UUID:
        """Open the next cycle, for which only evidence from now on counts; return its id.

        For evidence that was an error or a fraud, and for what has changed since. The cycle before
        stays as it was; an open one is superseded.
        """
        reason = _reason(reason)
        now, today = self._site.clock.now(), self._today()
        with self._site.transaction(actor, "assignment.ask-again", reason=reason) as unit:
            row = _newest(actor, unit, assignment_id)
            unit.take_turn("assignments of", row.requirement_id)
            if row.closed_at is None:
                row.closed_at, row.outcome = now, Outcome.SUPERSEDED
                note(unit, actor, row.id, AssignmentEvent.SUPERSEDED, now, reason=reason)
            terms = terms_of(unit, row.requirement_id, today)
            due = first_due(terms, assigned_on=today, joined_on=None)
            again = AssignmentRow(
                person_id=row.person_id,
                requirement_id=row.requirement_id,
                cycle=row.cycle + 1,
                assigned_at=now,
                origin=reason,
                due_on=due_on or due.on,
                late_after=None if due_on else due.late_after,
                counts_from=now,
                source=source,
            )
            unit.add(again)
            unit.flush()
        return again.id

    def _open(self, actor: Actor, unit: Unit, assignment_id: UUID) -> AssignmentRow:
        row = _newest(actor, unit, assignment_id)
        if row.closed_at is not None:
            raise NotOpen
        return row

    def _today(self) -> date:
        return local_day(self._site.clock)


def _newest(actor: Actor, unit: Unit, assignment_id: UUID) -> AssignmentRow:
    """Return an assignment that no later cycle of its pair follows. Raises NotFound, NotOpen."""
    row = unit.get(AssignmentRow, assignment_id)
    if row is None:
        raise NotFound(_("The assignment"))
    _require(actor, unit, row.person_id)
    newest = sa.select(sa.func.max(AssignmentRow.cycle)).where(
        AssignmentRow.person_id == row.person_id,
        AssignmentRow.requirement_id == row.requirement_id,
    )
    if unit.scalar(newest) != row.cycle:
        raise NotOpen
    return row


def _require(actor: Actor, session: Session, person_id: UUID, *, or_own: bool = False) -> None:
    if or_own and actor.person_id == person_id:
        return
    actor.scope_of(Capability.ASSIGN)
    actor.require(Capability.ASSIGN, place_of(session, person_id))


def _reason(untrusted: str) -> str:
    reason = " ".join(untrusted.split())
    if not reason:
        raise ReasonNeeded
    return reason
