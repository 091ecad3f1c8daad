"""Asking "May I?": a badge and a machine, and the answer with its reasons."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.journal import Site
from app.core.people import ProvedPresent, people_shown, person_numbered, place_of
from app.core.storage.past import Then, then_of
from app.core.training.assignments.proving import Proving
from app.core.training.errors import TrainingRefused
from app.core.training.neighbours import neighbours
from app.core.training.permits import reading
from app.core.training.permits.answering import answer
from app.core.training.permits.errors import GateShut
from app.core.training.permits.kinds import FREE, Presented, Proved, Verdict
from app.core.training.permits.models import GateRuleRow, TaskCheckRow, TaskRow
from app.core.training.permits.passes import Passes
from app.core.training.permits.tasks import Tasks
from app.core.training.permits.types import (
    Answer,
    GateRules,
    KeptCheck,
    Permit,
    Question,
    Task,
)
from app.core.training.permits.visiting import Visiting

Supervisor = str | ProvedPresent
"""What a reader typed, or who proved to be there (`SignIn.prove_present`)."""
_FEWEST_SECONDS, _MOST_SECONDS = 3, 120
_MOST_DAYS = 365


class Permits:
    """Answers whether somebody may do a task. Who may ask: who sees records, and the gate if it is open.

    Of people outside the asker's departments, and at the gate, the answer comes without its reasons.
    """

    def __init__(self, site: Site, evidence: Proving) -> None:
        self._site = site
        self.tasks = Tasks(site)
        self.passes = Passes(site)
        self.visiting = Visiting(site, self.passes, evidence)

    def may(
        self,
        actor: Actor,
        untrusted_badge: str,
        untrusted_code: str,
        *,
        supervisor: Supervisor = "",
        on: date | None = None,
        known_at: datetime | None = None,
    ) -> Permit:
        """Answer for a badge or number and a machine's code, as of a day; today without one.

        `known_at` leaves out what had not been recorded by then. `supervisor` is the badge of whoever
        will stand beside them, or who proved to be there by their own PIN or password; a number alone
        proves nothing. That is kept for good (Factories Act, 23). Raises NoTask.
        """
        scope = actor.scope_of(Capability.VIEW_RECORDS)
        if _is_named(supervisor):
            actor.require_anywhere(Capability.ASSIGN)
        moment = self._moment(on, known_at)
        with self._site.read() as session:
            found = self._look_up(session, untrusted_badge, untrusted_code, supervisor, moment)
            someone = found.permit.standing
            if someone is not None and not _is_within(session, someone.person_id, scope):
                found = replace(found, permit=_without_reasons(found.permit))
            keeps = reading.gate_rules(session, self._site.site_id).keeps_checks
        is_now = on is None and known_at is None
        if is_now and (keeps or found.permit.supervisor):
            self._keep(actor, found, at_gate=False)
        return found.permit

    def at_gate(
        self, untrusted_badge: str, untrusted_code: str, *, supervisor: Supervisor = ""
    ) -> Permit:
        """Answer where nobody is signed in: the verdict alone; see `may`. Raises GateShut, NoTask."""
        with self._site.read() as session:
            rules = reading.gate_rules(session, self._site.site_id)
            if not rules.is_open:
                raise GateShut
            moment = self._moment(None, None)
            found = self._look_up(session, untrusted_badge, untrusted_code, supervisor, moment)
        if rules.keeps_checks or found.permit.supervisor:
            self._keep(system_actor(_("Gate")), found, at_gate=True)
        return _without_reasons(found.permit)

    def task_at_gate(self, untrusted_code: str) -> Task:
        """Return the machine that a label means, where nobody is signed in. Raises GateShut, NoTask."""
        with self._site.read() as session:
            if not reading.gate_rules(session, self._site.site_id).is_open:
                raise GateShut
            return self.tasks.find(session, untrusted_code, local_day(self._site.clock))

    def rules(self) -> GateRules:
        """Return how this site answers."""
        with self._site.read() as session:
            return reading.gate_rules(session, self._site.site_id)

    def set_rules(self, actor: Actor, rules: GateRules, reason: str = "") -> None:
        """Say how this site answers. Raises TrainingRefused for days or seconds that cannot be."""
        actor.require(Capability.MANAGE_SITE)
        if not 0 <= rules.soon_days <= _MOST_DAYS:
            raise TrainingRefused(
                _("{count} is no number of days.").format(count=rules.soon_days),
                _("Give 0 to {most}.").format(most=_MOST_DAYS),
            )
        if not _FEWEST_SECONDS <= rules.shown_seconds <= _MOST_SECONDS:
            raise TrainingRefused(
                _("{count} is no number of seconds.").format(count=rules.shown_seconds),
                _("Give {fewest} to {most}.").format(fewest=_FEWEST_SECONDS, most=_MOST_SECONDS),
            )
        with self._site.transaction(actor, "gate.set-rules", reason=reason) as unit:
            row = reading.gate_row(unit, self._site.site_id)
            if row is None:
                row = GateRuleRow(site_id=self._site.site_id)
                unit.add(row)
            row.is_open, row.keeps_checks = rules.is_open, rules.keeps_checks
            row.soon_days, row.shown_seconds = rules.soon_days, rules.shown_seconds

    def kept(self, actor: Actor, number: str) -> tuple[KeptCheck, ...]:
        """Return the answers that were kept of a person, the newest first; one may ask for one's own.

        Raises NotFound, NotOne.
        """
        person = neighbours().person
        supervisor = aliased(person)
        with self._site.read() as session:
            person_id = person_numbered(session, number)
            if actor.person_id != person_id:
                actor.require(Capability.VIEW_RECORDS, place_of(session, person_id))
            rows = session.execute(
                sa.select(TaskCheckRow, TaskRow.title, person.number, person.name, supervisor.name)
                .join(TaskRow, TaskRow.id == TaskCheckRow.task_id)
                .join(person, person.id == TaskCheckRow.person_id)
                .outerjoin(supervisor, supervisor.id == TaskCheckRow.supervisor_id)
                .where(TaskCheckRow.person_id == person_id)
                .order_by(TaskCheckRow.at.desc(), TaskCheckRow.id.desc())
            )
            return tuple(
                KeptCheck(
                    at=row.at,
                    task=title,
                    number=number,
                    name=name,
                    verdict=row.verdict,
                    supervisor=supervised_by or "",
                    supervisor_proved=row.supervisor_proved,
                    at_gate=row.at_gate,
                    by_name=row.by_name,
                )
                for row, title, number, name, supervised_by in rows
            )

    def _moment(self, on: date | None, known_at: datetime | None) -> Then:
        return then_of(self._site.clock, on, known_at)

    def _look_up(
        self, session: Session, badge: str, code: str, supervisor: Supervisor, moment: Then
    ) -> "_Found":
        task = self.tasks.find(session, code, moment.day)
        permit = self._ask(session, *reading.presented(session, badge), task, moment)
        is_supervised = permit.answer.verdict is Verdict.NEEDS_SUPERVISOR
        if not _is_named(supervisor) or not is_supervised or permit.standing is None:
            return _Found(permit)
        how, person_id, proved = _who_proved(session, supervisor)
        beside = self._ask(session, how, person_id, task, moment)
        refused = _why_not(permit, beside)
        if refused or beside.standing is None:
            return _Found(replace(permit, supervisor_refused=refused))
        if proved is None:
            refused = _("A number alone proves nobody to be there.")
            return _Found(replace(permit, supervisor_refused=refused, asks_secret=True))
        named = replace(permit, supervisor=beside.standing.name)
        return _Found(named, beside.standing.person_id, proved)

    def _ask(
        self,
        session: Session,
        how: Presented,
        person_id: UUID | None,
        task: Task,
        moment: Then,
    ) -> Permit:
        rules = reading.gate_rules(session, self._site.site_id)
        if person_id is None:
            question = Question(day=moment.day, presented=how, task=task)
            return Permit(day=moment.day, task=task, answer=answer(question))
        standing = reading.standing(session, person_id, self._site.site_id, moment.day)
        question = Question(
            day=moment.day,
            presented=Presented.SOMEBODY,
            task=task,
            standing=standing,
            grounds=reading.grounds(session, person_id, task, moment),
            soon_days=rules.soon_days,
        )
        return Permit(day=moment.day, task=task, answer=answer(question), standing=standing)

    def _keep(self, actor: Actor, found: "_Found", *, at_gate: bool) -> None:
        permit = found.permit
        if permit.standing is None:
            return  # of a badge that means nobody there is nothing to keep
        with self._site.transaction(actor, "task.check") as unit:
            unit.add(
                TaskCheckRow(
                    task_id=permit.task.id,
                    person_id=permit.standing.person_id,
                    supervisor_id=found.supervisor_id,
                    supervisor_proved=found.proved,
                    verdict=permit.answer.verdict,
                    at_gate=at_gate,
                    at=self._site.clock.now(),
                    by=actor.account_id,
                    by_name=actor.name,
                )
            )


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer, and whoever will stand beside the person."""

    permit: Permit
    supervisor_id: UUID | None = None
    proved: Proved | None = None


def _is_named(supervisor: Supervisor) -> bool:
    return not isinstance(supervisor, str) or bool(supervisor.strip())


def _who_proved(
    session: Session, supervisor: Supervisor
) -> tuple[Presented, UUID | None, Proved | None]:
    """Return who is named as supervisor, and how they proved to be there; None: they did not."""
    if not isinstance(supervisor, str):
        return Presented.SOMEBODY, supervisor.person_id, Proved.SECRET
    how, person_id = reading.presented(session, supervisor)
    is_badge = person_id in people_shown(session, supervisor).by_badge
    return how, person_id, Proved.BADGE if is_badge else None


def _is_within(session: Session, person_id: UUID, scope: frozenset[UUID] | None) -> bool:
    return scope is None or place_of(session, person_id) in scope


def _why_not(permit: Permit, beside: Permit) -> str:
    """Return why somebody may not supervise; "" where they may."""
    someone, other = permit.standing, beside.standing
    if other is None:
        return _("That badge or number means nobody here.")
    if someone is not None and other.person_id == someone.person_id:
        return _("Nobody supervises themselves.")
    barred = (
        (not other.is_of_site, _("{name} is a guest here and supervises nobody.")),
        (other.is_young(beside.day), _("{name} is under 18.")),
        (other.is_away, _("{name} is on leave.")),
        (beside.answer.verdict not in FREE, _("{name} may not do this alone.")),
    )
    return next((words.format(name=other.name) for is_so, words in barred if is_so), "")


def _without_reasons(permit: Permit) -> Permit:
    """Return an answer as it is shown to who may not see the records: the verdict, and when it ends."""
    said = permit.answer
    bare = Answer(verdict=said.verdict, until=said.until, days_left=said.days_left)
    return replace(permit, answer=bare, is_whole=False)
