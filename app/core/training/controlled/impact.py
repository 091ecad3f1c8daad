"""What a change asks of people: counted, decided and signed, and then asked, all by one statement.

The change is a revision of a document, or a version of a course that is materially other. Who holds
it by what was before keeps that evidence; an open cycle of before is superseded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.signatures import Meaning, Pen, Signing
from app.core.training.controlled import queries
from app.core.training.controlled.asking import (
    found_again,
    newest_decisions,
    open_cycles,
    reach_of,
)
from app.core.training.controlled.kinds import Ask, ImpactSubject, RevisionState
from app.core.training.controlled.models import ImpactAssessmentRow
from app.core.training.controlled.reach import Concerned, Scope, concerned, to_ask
from app.core.training.controlled.subjects import Changed, changed
from app.core.training.controlled.types import (
    Impact,
    ImpactAssessment,
    ImpactDecision,
    ImpactGroup,
    Reach,
    WaitingChange,
)
from app.core.training.controlled.waiting import waiting_changes
from app.core.training.controlled.words import impact_text
from app.core.training.errors import ReasonNeeded, TrainingRefused


class ImpactOutdated(UserFacingError):
    """What is concerned changed between reading the numbers and signing them."""

    def __init__(self) -> None:
        super().__init__(
            _("Meanwhile this concerns other people than were shown."),
            safe=_("Nothing was decided and nobody was asked."),
            remedy=_("Look at the numbers again, then sign."),
        )


@dataclass(frozen=True, slots=True)
class SignedImpact:
    """What a decision is signed with, and the words that the signer read."""

    pen: Pen
    shown: str


class Impacts:
    """Counts and decides. Who may: holders of ASSIGN for the whole site, or in their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def waiting(self, actor: Actor) -> tuple[WaitingChange, ...]:
        """Return the changes about which nobody has decided, the newest first."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return waiting_changes(session, self._today())

    def assess(self, actor: Actor, subject: ImpactSubject, subject_id: UUID) -> Impact:
        """Return what a change concerns, in numbers. Raises NotFound."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            return self._impact(session, subject, subject_id, scope)

    def count(self, actor: Actor, subject: ImpactSubject, subject_id: UUID, reach: Reach) -> int:
        """Return of how many people it would be asked again. Raises NotFound."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            what = changed(session, subject, subject_id, self._today())
            return _people(self._to_ask(session, what, reach, scope))

    def text(
        self, actor: Actor, subject: ImpactSubject, subject_id: UUID, decision: ImpactDecision
    ) -> str:
        """Return the words that are signed with a decision: its numbers as they are now."""
        scope = actor.scope_of(Capability.ASSIGN)
        with self._site.read() as session:
            impact = self._impact(session, subject, subject_id, scope)
            what = changed(session, subject, subject_id, self._today())
            asked = _people(self._to_ask(session, what, decision.reach, scope))
            return impact_text(impact, decision, asked)

    def decide(
        self,
        actor: Actor,
        subject: ImpactSubject,
        subject_id: UUID,
        decision: ImpactDecision,
        signed: SignedImpact,
    ) -> int:
        """Keep a decision with its signature, and ask of whom it says; return of how many people.

        Raises NotFound, ReasonNeeded, TrainingRefused, ImpactOutdated, and what signing does.
        """
        scope, decision = actor.scope_of(Capability.ASSIGN), _checked(decision, self._today())
        with self._site.transaction(actor, "impact.decide", reason=decision.reason) as unit:
            what = changed(unit, subject, subject_id, self._today())
            _require_decidable(what)
            for one in what.requirements:
                unit.take_turn("assignments of", one.id)
            impact = self._impact(unit, subject, subject_id, scope)
            people = self._to_ask(unit, what, decision.reach, scope)
            if signed.shown != impact_text(impact, decision, _people(people)):
                raise ImpactOutdated
            fact = self._fact(actor, impact, decision, _people(people))
            unit.add(fact)
            unit.flush()
            signing = Signing(meaning=Meaning.APPROVED, shown=signed.shown, reason=decision.reason)
            signed.pen.sign(unit, fact, signing)
            open_cycles(unit, actor, what, decision.due_on, people, fact.at)
            return _people(people)

    def ask_latecomers(self, unit: Unit, actor: Actor) -> int:
        """Ask who was not to be asked when a change was decided about, and holds it by what was before.

        Somebody finished the version that they had begun, read the revision before, came into a job
        role that was asked, or was let off. Doing it again asks nobody (hook of the new day).
        """
        today, now, asked = self._today(), self._site.clock.now(), 0
        for fact in newest_decisions(unit):
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

    def _impact(
        self, session: Session, subject: ImpactSubject, subject_id: UUID, scope: Scope
    ) -> Impact:
        what = changed(session, subject, subject_id, self._today())
        people = concerned(session, [one.id for one in what.requirements], scope, self._today())
        return Impact(
            subject=subject,
            subject_id=subject_id,
            called=what.because,
            requirements=what.requirements,
            people=_people(people),
            held=_people(one for one in people if one.is_held),
            open=_people(one for one in people if not one.is_held),
            job_roles=_groups(people, by_role=True),
            org_units=_groups(people, by_role=False),
            due_on=what.due_on,
            proposed=what.proposed,
        )

    def _to_ask(
        self, session: Session, what: Changed, reach: Reach, scope: Scope
    ) -> list[Concerned]:
        ids = [one.id for one in what.requirements]
        return to_ask(session, ids, reach, scope, self._today(), what.subject_id)

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


def _checked(decision: ImpactDecision, today: date) -> ImpactDecision:
    reason = " ".join(decision.reason.split())
    if not reason:
        raise ReasonNeeded
    reach = decision.reach
    if reach.ask is Ask.SOME and not (reach.job_role_ids or reach.org_unit_ids):
        raise TrainingRefused(
            _("No job role and no department is chosen."),
            _("Choose some, or ask everybody or nobody."),
        )
    if decision.due_on is not None and decision.due_on < today:
        raise TrainingRefused(_("That day is over."), _("Give today or a later day."))
    return ImpactDecision(reach=reach, due_on=decision.due_on, reason=reason)


def _require_decidable(what: Changed) -> None:
    if what.state not in {None, RevisionState.APPROVED, RevisionState.EFFECTIVE}:
        raise TrainingRefused(
            _("{called} is not approved, or no longer in force.").format(called=what.because),
            _("Decide about a revision that is approved or in force."),
        )
    if not what.requirements:
        raise TrainingRefused(
            _("Nobody is required to hold this: nothing would change for anybody."),
            _("Let a requirement point at it first."),
        )


def _people(some: Iterable[Concerned]) -> int:
    return len({one.person_id for one in some})


def _groups(people: list[Concerned], *, by_role: bool) -> tuple[ImpactGroup, ...]:
    names: dict[UUID | None, str] = {}
    members: dict[UUID | None, list[Concerned]] = {}
    for one in people:
        key = one.job_role_id if by_role else one.org_unit_id
        names[key] = one.job_role if by_role else one.org_unit
        members.setdefault(key, []).append(one)
    made = (
        ImpactGroup(
            id=key,
            name=names[key],
            people=_people(some),
            held=_people(one for one in some if one.is_held),
            open=_people(one for one in some if not one.is_held),
        )
        for key, some in members.items()
    )
    return tuple(sorted(made, key=lambda one: (one.id is None, one.name)))
