"""What a change asks of people: counted, decided and signed, and then asked, all by one statement.

The change is a revision of a document, or a version of a course that is materially other. Who holds
it by what was before keeps that evidence; an open cycle of before is superseded.
"""

from datetime import date
from uuid import UUID

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.signatures import Meaning, Undersigned
from app.core.training.controlled import queries
from app.core.training.controlled.asking import (
    found_again,
    newest_decisions,
    open_cycles,
    reach_of,
)
from app.core.training.controlled.counting import (
    asked_now,
    checked,
    impact_now,
    people_in,
    require_wanted,
)
from app.core.training.controlled.kinds import ImpactSubject, RevisionState
from app.core.training.controlled.models import ImpactAssessmentRow
from app.core.training.controlled.reach import to_ask
from app.core.training.controlled.subjects import Changed, changed
from app.core.training.controlled.types import (
    Impact,
    ImpactAssessment,
    ImpactDecision,
    Reach,
    WaitingChange,
)
from app.core.training.controlled.waiting import waiting_changes
from app.core.training.controlled.words import impact_text
from app.core.training.errors import TrainingRefused


class Impacts:
    """Counts and decides. Who may: holders of ASSIGN for the whole site, or in their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def waiting(self, actor: Actor) -> tuple[WaitingChange, ...]:
        """Return the changes about which nobody has decided, the newest first."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return waiting_changes(session, self._site.site_id, self._today())

    def assess(self, actor: Actor, subject: ImpactSubject, subject_id: UUID) -> Impact:
        """Return what a change concerns, in numbers. Raises NotFound."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            return impact_now(session, subject, subject_id, scope, self._today())

    def count(self, actor: Actor, subject: ImpactSubject, subject_id: UUID, reach: Reach) -> int:
        """Return of how many people it would be asked again. Raises NotFound."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            what = changed(session, subject, subject_id, self._today())
            return people_in(asked_now(session, what, reach, scope, self._today()))

    def text(
        self, actor: Actor, subject: ImpactSubject, subject_id: UUID, decision: ImpactDecision
    ) -> str:
        """Return the words that are signed with a decision: its numbers as they are now."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            impact = impact_now(session, subject, subject_id, scope, self._today())
            what = changed(session, subject, subject_id, self._today())
            asked = people_in(asked_now(session, what, decision.reach, scope, self._today()))
            return impact_text(impact, decision, asked)

    def decide(
        self,
        actor: Actor,
        subject: ImpactSubject,
        subject_id: UUID,
        decision: ImpactDecision,
        signed: Undersigned,
    ) -> int:
        """Keep a decision with its signature, and ask of whom it says; return of how many people.

        Raises NotFound, ReasonNeeded, TrainingRefused, ReadOtherwise, and what signing does.
        """
        scope, decision = actor.scope_of(Capability.ASSIGN), checked(decision, self._today())
        with self._site.transaction(actor, "impact.decide", reason=decision.reason) as unit:
            what = changed(unit, subject, subject_id, self._today())
            _require_decidable(what, self._site.site_id)
            for one in what.requirements:
                unit.take_turn("assignments of", one.id)
            impact = impact_now(unit, subject, subject_id, scope, self._today())
            people = asked_now(unit, what, decision.reach, scope, self._today())
            fact = self._fact(actor, impact, decision, people_in(people))
            unit.add(fact)
            unit.flush()
            words = impact_text(impact, decision, people_in(people))
            signed.sign(unit, fact, Meaning.APPROVED, words, decision.reason)
            open_cycles(unit, actor, what, decision.due_on, people, fact.at)
            return people_in(people)

    def ask_latecomers(self, unit: Unit, actor: Actor) -> int:
        """Ask who was not to be asked when a change was decided about, and holds it by what was before.

        Somebody finished the version that they had begun, read the revision before, came into a job
        role that was asked, or was let off. Doing it again asks nobody (hook of the new day).
        """
        today, now, asked = self._today(), self._site.clock.now(), 0
        for fact in newest_decisions(unit, self._site.site_id):
            what = found_again(unit, fact, today)
            if what is None or not what.requirements:
                continue
            unit_wide = to_ask(
                unit,
                [one.id for one in what.requirements],
                reach_of(fact),
                None,
                today,
                fact.subject_id,
                fact.site_id,
            )
            late = [one for one in unit_wide if not one.is_open and one.is_held]
            due_on = fact.due_on if fact.due_on is not None and fact.due_on >= today else None
            open_cycles(unit, actor, what, due_on, late, now)
            asked += len(late)
        return asked

    def of_subject(self, actor: Actor, subject_id: UUID) -> tuple[ImpactAssessment, ...]:
        """Return what was decided about a change, the newest first."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return queries.assessments(session, [subject_id])

    def _fact(
        self, actor: Actor, impact: Impact, decision: ImpactDecision, asked: int
    ) -> ImpactAssessmentRow:
        reach = decision.reach
        return ImpactAssessmentRow(
            subject=impact.subject,
            subject_id=impact.subject_id,
            called=impact.called,
            ask=reach.ask,
            requirements=sorted(str(one.id) for one in impact.requirements),
            job_roles=sorted(map(str, reach.job_role_ids)),
            org_units=sorted(map(str, reach.org_unit_ids)),
            due_on=decision.due_on,
            reason=decision.reason,
            people=impact.people,
            held=impact.held,
            asked=asked,
            at=self._site.clock.now(),
            by=actor.account_id,
            by_name=actor.name,
        )

    def _today(self) -> date:
        return local_day(self._site.clock)


def _require_decidable(what: Changed, site_id: UUID | None) -> None:
    if what.state not in {None, RevisionState.APPROVED, RevisionState.EFFECTIVE}:
        raise TrainingRefused(
            _("{called} is not approved, or no longer in force.").format(called=what.because),
            _("Decide about a revision that is approved or in force."),
        )
    if what.planned is not None and what.planned.holds_at(site_id):
        raise TrainingRefused(
            _("Who reads {called} again was decided with its approval.").format(
                called=what.because
            ),
            _("Assign it to whoever is to read it beside that."),
        )
    require_wanted(what)
