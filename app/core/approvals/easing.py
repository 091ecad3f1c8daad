"""That a site asks for less of approvals takes two people: one proposes it, somebody else approves and signs (ADR 82).

Otherwise one person would turn approvals off, do alone what takes two, and turn them on again.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals.comparing import compare, differences
from app.core.approvals.errors import EasingWaits
from app.core.approvals.in_sql import steps_of
from app.core.approvals.less import LessAsked
from app.core.approvals.models import ApprovalEasingRow, Step
from app.core.approvals.reviewing import KindActs, Review, approval_text
from app.core.approvals.rules import EASING, Asked, waiting_easing
from app.core.approvals.states import Subject, standing_of
from app.core.approvals.steps import Approval, approve, is_own_work, reject, withdraw
from app.core.approvals.submitting import propose
from app.core.approvals.types import REVIEW_SCREEN, ApprovalKind, SubjectTitle
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.ids import new_id
from app.core.base.words import _, mark
from app.core.journal import Site, Unit
from app.core.storage.columns import canonical_json


class Easing:
    """Proposals to ask for less. Who may propose: holders of MANAGE_SITE; who approves: of APPROVE."""

    def __init__(self, site: Site, said_of: Callable[[str], LessAsked]) -> None:
        """Take the site, and what tells how asking for less of a kind is worded."""
        self._site = site
        self._said_of = said_of
        self.kind = ApprovalKind(
            kind=EASING,
            title=mark("Asking for less"),
            screen=REVIEW_SCREEN,
            called=self._called,
            always=True,
            acts=KindActs(
                review=self.review,
                approve=self.approve,
                reject=self.reject,
                withdraw=self.withdraw,
            ),
        )

    def propose(self, unit: Unit, actor: Actor, kind: str, wanted: Asked, reason: str) -> Subject:
        """Propose within a unit of work that this site asks for less of a kind. Raises EasingWaits."""
        return propose_less(
            unit, actor, self._site, kind, _(self._said_of(kind).title), wanted, reason
        )

    def review(self, actor: Actor, subject: Subject) -> Review:
        """Return what an approver reads: what the site asks for, and what it would ask for. Raises NotFound."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            return self._review(session, actor, subject)

    def _review(self, session: Session, actor: Actor, subject: Subject) -> Review:
        row = self._proposal(session, subject)
        steps = steps_of(session, subject)
        sent = [one for one in steps if one.step is Step.SUBMITTED]
        if not sent:
            raise NotFound(_("What is to be approved"))
        standing = standing_of(steps, self._today())
        said = self._said_of(row.subject_kind)
        title, wanted = _(said.title), _wanted(row)
        now = said.now(session, row.site_id, self._today())
        then = differences({title: said.asked(now)}, {title: said.asked(wanted)})
        return Review(
            subject=subject,
            code="",
            title=title,
            detail=said.detail(wanted),
            against="",
            comparison=compare((), (), whole=then),
            follows=said.follows(wanted),
            standing=standing,
            submitted_at=sent[-1].at,
            note=sent[-1].reason,
            sha256=_sha256(row),
            is_own=is_own_work(session, actor, standing.waiting or sent[-1:]),
        )

    def approve(self, actor: Actor, subject: Subject, approval: Approval) -> None:
        """Approve and sign that this site asks for less, from a day on. Raises as approvals do."""
        actor.require_anywhere(Capability.APPROVE)
        now = self._site.clock.now()
        with self._site.transaction(actor, "approval.ease", reason=approval.remark) as unit:
            self._proposal(unit, subject)
            words = approval_text(self._review(unit, actor, subject), approval.effective_on)
            approve(unit, actor, subject, approval, words, now)

    def reject(self, actor: Actor, subject: Subject, reason: str) -> None:
        """Let the site go on asking as it does, with a reason. Raises as approvals do."""
        now = self._site.clock.now()
        with self._site.transaction(actor, "approval.reject-easing", reason=reason) as unit:
            self._proposal(unit, subject)
            reject(unit, actor, subject, reason=reason, now=now)

    def withdraw(self, actor: Actor, subject: Subject, reason: str) -> None:
        """Take back what nobody has approved yet. Raises as approvals do."""
        actor.require(Capability.MANAGE_SITE)
        now = self._site.clock.now()
        with self._site.transaction(actor, "approval.withdraw-easing", reason=reason) as unit:
            self._proposal(unit, subject)
            withdraw(unit, actor, subject, reason=reason, now=now)

    def _proposal(self, session: Session, subject: Subject) -> ApprovalEasingRow:
        """Return a proposal of this site: what another asks for is decided there. Raises NotFound."""
        row = session.get(ApprovalEasingRow, subject.id) if subject.kind == EASING else None
        if row is None or row.site_id != self._site.site_id:
            raise NotFound(_("What is to be approved"))
        return row

    def _called(self, session: Session, ids: Collection[UUID]) -> Mapping[UUID, SubjectTitle]:
        row = ApprovalEasingRow
        found = session.scalars(
            sa.select(row).where(row.id.in_(list(ids)), row.site_id == self._site.site_id)
        )
        return {one.id: self._title(one) for one in found}

    def _title(self, row: ApprovalEasingRow) -> SubjectTitle:
        said = self._said_of(row.subject_kind)
        return SubjectTitle(code="", title=_(said.title), detail=said.detail(_wanted(row)))

    def _today(self) -> date:
        return local_day(self._site.clock)


def propose_less(
    unit: Unit, actor: Actor, site: Site, kind: str, title: str, wanted: Asked, reason: str
) -> Subject:
    """Propose within a unit of work that a site asks for less of a kind. Raises EasingWaits, by its title.

    It takes as many people as the kind itself does, and at least as many as proposals of this kind.
    """
    now = site.clock.now()
    unit.take_turn("approval rules")
    if waiting_easing(unit, site.site_id, kind, local_day(site.clock)) is not None:
        raise EasingWaits(title)
    row = ApprovalEasingRow(
        id=new_id(),
        site_id=site.site_id,
        subject_kind=kind,
        is_asked=wanted.is_asked,
        approvers=wanted.approvers,
        reason=reason,
        at=now,
        by=actor.account_id,
    )
    return propose(
        unit,
        actor,
        EASING,
        row,
        site_id=site.site_id,
        sha256=_sha256(row),
        reason=reason,
        now=now,
        ruled_by=(kind, EASING),
    )


def _wanted(row: ApprovalEasingRow) -> Asked:
    return Asked(is_asked=row.is_asked, approvers=row.approvers)


def _sha256(row: ApprovalEasingRow) -> str:
    """Return SHA-256 of the canonical JSON of a proposal."""
    said = [
        str(row.id), str(row.site_id), row.subject_kind, row.is_asked, row.approvers, row.reason,
    ]  # fmt: skip
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()
