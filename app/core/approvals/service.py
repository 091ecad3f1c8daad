"""Approvals of every kind: what waits, which steps were taken, and what the site asks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import rules
from app.core.approvals.easing import Easing
from app.core.approvals.errors import AlwaysAsked, NoSuchCount, NoSuchKind, NotAskedFor
from app.core.approvals.in_sql import step_taken, steps_of, waiting_in_sql
from app.core.approvals.less import LessAsked, less_approval
from app.core.approvals.models import ApprovalStepRow
from app.core.approvals.reviewing import KindActs
from app.core.approvals.rules import Asked
from app.core.approvals.states import Standing, StepTaken, Subject, standing_of
from app.core.approvals.steps import has_approved, is_own_work
from app.core.approvals.types import (
    ApprovalKind,
    ApprovalRule,
    StepLine,
    SubjectTitle,
    WaitingLine,
)
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.journal import Site
from app.core.people import account_names

APPROVERS = (1, 2)
"""How many people a site may ask for."""


class Approvals:
    """Reads steps and keeps what the site asks for; the features take the steps in their own acts."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kinds: dict[str, ApprovalKind] = {}
        self._less: dict[str, LessAsked] = {}
        self._easing = Easing(site, self._less_asked)
        self.register(self._easing.kind)

    def register(self, kind: ApprovalKind) -> None:
        """Let a kind of thing be approved here."""
        self._kinds[kind.kind] = kind

    def take_two_to_ease(self, kind: str, less: LessAsked) -> None:
        """Let two people decide here that a site asks for less of something that is not approved itself."""
        self._less[kind] = less

    def _less_asked(self, kind: str) -> LessAsked:
        known = self._kinds.get(kind)
        return self._less.get(kind) or less_approval(kind, known.title if known else kind)

    @property
    def today(self) -> date:
        """Return the day by which subjects are effective."""
        return local_day(self._site.clock)

    def is_asked(self, kind: str, session: Session | None = None) -> bool:
        """Tell whether this site asks for an approval of a kind."""
        if session is not None:
            return rules.is_asked(session, self._site.site_id, kind, self.today)
        with self._site.read() as own:
            return rules.is_asked(own, self._site.site_id, kind, self.today)

    def rules(self, actor: Actor) -> tuple[ApprovalRule, ...]:
        """Return of every kind whether this site asks for its approval; the rule of the rules comes last."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        kinds = sorted(self._kinds.values(), key=lambda one: one.kind == rules.EASING)
        with self._site.read() as session:
            return tuple(self._rule(session, one) for one in kinds if not one.follows)

    def _rule(self, session: Session, kind: ApprovalKind) -> ApprovalRule:
        site_id = self._site.site_id
        asked = rules.asked_of(session, site_id, kind.kind, self.today)
        return ApprovalRule(
            kind=kind.kind,
            title=_(kind.title),
            is_asked=kind.always or asked.is_asked,
            approvers=asked.approvers,
            is_fixed=kind.always,
            easing=rules.waiting_easing(session, site_id, kind.kind, self.today),
        )

    def ask(self, actor: Actor, kind: str, *, is_asked: bool, reason: str) -> Subject | None:
        """Ask for approvals of a kind from now on, or propose that it is asked no longer.

        Return the proposal, which somebody else approves before it counts; None where it holds at once.
        What waits goes on waiting. Raises NotAllowed, NoSuchKind, AlwaysAsked, EasingWaits, ReasonMissing.
        """
        actor.require(Capability.MANAGE_SITE)
        why = explained(reason)
        known, site_id = self._ruled(kind)
        if known.always:
            raise AlwaysAsked(_(known.title))
        with self._site.transaction(actor, "approval.ask", reason=why) as unit:
            now = rules.asked_of(unit, site_id, kind, self.today)
            wanted = Asked(is_asked=is_asked, approvers=now.approvers)
            if now.is_asked and not is_asked:
                return self._easing.propose(unit, actor, kind, wanted, why)
            rules.ask_more(unit, actor, site_id, kind, wanted, why, self._site.clock.now())
        return None

    def count(self, actor: Actor, kind: str, approvers: int, reason: str) -> Subject | None:
        """Let two people approve what is submitted of a kind from now on, or propose that one does.

        Its authors never do. Return the proposal, which somebody else approves before it counts; None where
        it holds at once. What waits goes on as it was submitted. Raises NotAllowed, NoSuchKind, NoSuchCount,
        NotAskedFor, EasingWaits, ReasonMissing.
        """
        actor.require(Capability.MANAGE_SITE)
        why = explained(reason)
        known, site_id = self._ruled(kind)
        if approvers not in APPROVERS:
            raise NoSuchCount(approvers)
        with self._site.transaction(actor, "approval.count", reason=why) as unit:
            now = rules.asked_of(unit, site_id, kind, self.today)
            if not (known.always or now.is_asked):
                raise NotAskedFor(_(known.title))
            wanted = Asked(is_asked=True, approvers=approvers)
            if approvers < now.approvers:
                return self._easing.propose(unit, actor, kind, wanted, why)
            rules.ask_more(unit, actor, site_id, kind, wanted, why, self._site.clock.now())
        return None

    def _ruled(self, kind: str) -> tuple[ApprovalKind, UUID]:
        """Return a kind that has a rule of its own, and whose rule it is. Raises NoSuchKind."""
        known, site_id = self._kinds.get(kind), self._site.site_id
        if known is None or known.follows or site_id is None:
            raise NoSuchKind(kind)
        return known, site_id

    def waiting(self, actor: Actor) -> tuple[WaitingLine, ...]:
        """Return everything that waits for an approval, the oldest first."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            sent = [
                (Subject(row.subject_kind, row.subject_id), step_taken(row))
                for row in session.scalars(waiting_in_sql())
                if row.subject_kind in self._kinds
            ]
            titles = self._titles(session, [subject for subject, _step in sent])
            names = _names(session)
            return tuple(
                self._line(session, actor, step, titles[subject], names, subject)
                for subject, step in sent
                if subject in titles
            )

    def subject_called(self, subject_id: UUID) -> Subject | None:
        """Return the subject with an id that took a step and is approved here; None where none did."""
        with self._site.read() as session:
            found = session.scalars(
                sa.select(ApprovalStepRow.subject_kind).where(
                    ApprovalStepRow.subject_id == subject_id,
                    ApprovalStepRow.subject_kind.in_(self._kinds),
                )
            ).first()
        return None if found is None else Subject(found, subject_id)

    def acts(self, kind: str) -> KindActs:
        """Return what is done with subjects of a kind. Raises NoSuchKind."""
        known = self._kinds.get(kind)
        if known is None or known.acts is None:
            raise NoSuchKind(kind)
        return known.acts

    def kind_title(self, kind: str) -> str:
        """Return what subjects of a kind are called, worded."""
        known = self._kinds.get(kind)
        return _(known.title) if known is not None else kind

    def standing(self, subject: Subject) -> Standing:
        """Return where a subject stands today, for whoever may see it."""
        with self._site.read() as session:
            return standing_of(steps_of(session, subject), self.today)

    def steps(self, subject: Subject) -> tuple[StepLine, ...]:
        """Return the steps of a subject by time, for whoever may see it."""
        with self._site.read() as session:
            names = _names(session)
            return tuple(
                StepLine(
                    id=one.id,
                    step=one.step,
                    at=one.at,
                    by=one.by,
                    by_name=_name(names, one.by),
                    reason=one.reason,
                    effective_on=one.effective_on,
                    sha256=one.sha256,
                )
                for one in steps_of(session, subject)
            )

    def _titles(
        self, session: Session, subjects: Iterable[Subject]
    ) -> Mapping[Subject, SubjectTitle]:
        of_kind: dict[str, set[UUID]] = defaultdict(set)
        for subject in subjects:
            of_kind[subject.kind].add(subject.id)
        return {
            Subject(kind, key): title
            for kind, ids in of_kind.items()
            for key, title in self._kinds[kind].called(session, ids).items()
        }

    def _line(
        self,
        session: Session,
        actor: Actor,
        step: StepTaken,
        title: SubjectTitle,
        names: Mapping[UUID, str],
        subject: Subject,
    ) -> WaitingLine:
        kind = self._kinds[subject.kind]
        standing = standing_of(steps_of(session, subject), self.today)
        return WaitingLine(
            subject=subject,
            kind_title=_(kind.title),
            screen=kind.screen,
            code=title.code,
            title=title.title,
            detail=title.detail,
            submitted_at=step.at,
            submitted_by=step.by,
            submitted_by_name=_name(names, step.by),
            note=step.reason,
            sha256=step.sha256,
            is_own=is_own_work(session, actor, [step]),
            approvers=step.approvers,
            given=len(standing.given),
            has_approved=has_approved(session, actor, standing),
        )


def _names(session: Session) -> Mapping[UUID, str]:
    return {one.id: one.name for one in account_names(session)}


def _name(names: Mapping[UUID, str], account_id: UUID | None) -> str:
    return "" if account_id is None else names.get(account_id, "")
