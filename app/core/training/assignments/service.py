"""Acts on assignments: waive, cancel, ask for again, enter evidence, absences, a new day.

Each act is one entry of the journal with its reason, and one fact beside the assignment.
"""

from datetime import date, datetime
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.journal import Site, Unit, index_mentions
from app.core.storage.past import then_of
from app.core.training.assignments import queries
from app.core.training.assignments.again import open_again
from app.core.training.assignments.away import Away
from app.core.training.assignments.ending import cancel
from app.core.training.assignments.listing import CountKept, nothing_kept
from app.core.training.assignments.looking_back import on_day, page_on_day
from app.core.training.assignments.proving import Proving
from app.core.training.assignments.reaching import a_reason, newest_of, open_of, require_keeper
from app.core.training.assignments.retired import end_open_of_retired
from app.core.training.assignments.retraining import Retraining
from app.core.training.assignments.types import AssignmentDetail, AssignmentSummary
from app.core.training.assignments.waivers import Waivers
from app.core.training.crediting import note
from app.core.training.errors import TrainingRefused
from app.core.training.kinds import AssignmentEvent, Source
from app.core.training.requirements.queries import terms_of
from app.core.training.terms import with_grace


class Assignments:
    """Where people stand, and what is done about it. Who may: holders of ASSIGN, in their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.absences = Away(site)
        self.evidence = Proving(site)
        self.retraining = Retraining(site)
        self.waivers = Waivers(site)
        self.count_kept: CountKept = nothing_kept

    def page(self, actor: Actor, request: PageRequest) -> Page[AssignmentSummary]:
        """Return one stretch of the list, searched in people and requirements.

        Sorts: number, name, org_unit, code, title, due_on, assigned_at, state. Filters: open (yes),
        state, overdue (yes, no), requirement, person, org_unit (ids).
        """
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            return queries.page(session, request, scope, self._today(), self.count_kept)

    def page_then(
        self,
        actor: Actor,
        request: PageRequest,
        on: date | None = None,
        known_at: datetime | None = None,
    ) -> Page[AssignmentSummary]:
        """Return one stretch of what there was at the end of a day, as it stood then.

        `known_at` leaves out what had not been recorded by then. Sorts and filters as in `page`, but for
        those of states.
        """
        scope, then = actor.scope_of(Capability.ASSIGN), then_of(self._site.clock, on, known_at)
        with self._site.read() as session:
            return page_on_day(session, request, scope, then)

    def of_person(
        self,
        actor: Actor,
        person_id: UUID,
        on: date | None = None,
        known_at: datetime | None = None,
    ) -> tuple[AssignmentSummary, ...]:
        """Return every cycle that a person ever had; everybody may ask for their own.

        With `on` or `known_at` as in `page_then`.
        """
        with self._site.read() as session:
            require_keeper(actor, session, person_id, or_own=True)
            found = queries.of_person(session, person_id, self._today())
            if on is None and known_at is None:
                return found
            return on_day(session, person_id, found, then_of(self._site.clock, on, known_at))

    def detail(self, actor: Actor, assignment_id: UUID) -> AssignmentDetail:
        """Return an assignment with why it is there and all that happened to it. Raises NotFound."""
        index_mentions(self._site)  # whether somebody made sure of who confirmed what
        with self._site.read() as session:
            found = queries.detail(session, assignment_id, self._today())
            require_keeper(actor, session, found.summary.person_id, or_own=True)
            return found

    def cancel(self, actor: Actor, assignment_id: UUID, reason: str) -> None:
        """End an assignment that is no longer asked for. Raises NotOpen, ReasonNeeded."""
        reason = a_reason(reason)
        with self._site.transaction(actor, "assignment.cancel", reason=reason) as unit:
            row = open_of(actor, unit, assignment_id)
            cancel(unit, actor, row, self._site.clock.now(), reason)

    def move_due(self, actor: Actor, assignment_id: UUID, due_on: date, reason: str) -> None:
        """Let an open assignment be due on another day, sooner or later; its days of grace stay.

        Raises NotOpen, ReasonNeeded, and TrainingRefused for a day that is over.
        """
        reason = a_reason(reason)
        if due_on < self._today():
            raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
        with self._site.transaction(actor, "assignment.move-due", reason=reason) as unit:
            row = open_of(actor, unit, assignment_id)
            if row.due_on == due_on:
                return
            event, now = AssignmentEvent.DUE_MOVED, self._site.clock.now()
            act = note(unit, actor, row.id, event, now, reason=reason, until_on=due_on)
            act.due_before = row.due_on
            due = with_grace(terms_of(unit, row.requirement_id, self._today()), due_on)
            row.due_on, row.late_after = due.on, due.late_after

    def end_retired(self, unit: Unit, actor: Actor, requirement_id: UUID, reason: str) -> int:
        """End what is open of a requirement that is asked for no more (hook of requirements)."""
        today, now = self._today(), self._site.clock.now()
        return end_open_of_retired(unit, actor, today, now, only=requirement_id, reason=reason)

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
        stays as it was; an open one is superseded. Raises ReasonNeeded, NotOpen, StillWaived.
        """
        reason = a_reason(reason)
        with self._site.transaction(actor, "assignment.ask-again", reason=reason) as unit:
            row = newest_of(actor, unit, assignment_id)
            now = self._site.clock.now()
            again = open_again(unit, actor, row, now, reason=reason, due_on=due_on, source=source)
        return again.id

    def _today(self) -> date:
        return local_day(self._site.clock)
