"""Leaving a question out of every result: asked for with a reason, approved and signed by somebody else.

The decision is a fact that travels with the questions (ADR 69). Where it comes in, the attempts of that
site are scored anew by the same code (anew.py), and who passes by it is told to those above, as often as
need be: they do once what is to be done.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import (
    REVIEW_SCREEN,
    Approval,
    ApprovalKind,
    KindActs,
    Review,
    Standing,
    Step,
    Subject,
    SubjectState,
    SubjectTitle,
    approval_text,
    approve,
    compare,
    differences,
    is_own_work,
    propose,
    reject,
    standing_of,
    steps_of,
    withdraw,
)
from app.core.assessments.anew import (
    ANEW_SOURCES,
    RESCORE,
    asked_any,
    refresh_anew,
    stands,
)
from app.core.assessments.attempts import ScoredAttempt
from app.core.assessments.bank_errors import CountsAtOnce, LeftOutAlready
from app.core.assessments.bank_queries import question_row
from app.core.assessments.bank_writing import name_of
from app.core.assessments.describing import describe_question
from app.core.assessments.models import (
    AttemptResultRow,
    AttemptRow,
    QuestionBankRow,
    QuestionRescoreRow,
    QuestionRow,
    QuestionVersionRow,
)
from app.core.assessments.readings import Reading, passed_anew, readings
from app.core.assessments.stored import question_from_json
from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.reasons import explained
from app.core.base.words import _, mark, plural
from app.core.courses import Releases
from app.core.journal import Site, Unit
from app.core.storage.columns import canonical_json

OnPassedAnew = Callable[[Unit, ScoredAttempt, datetime], None]
"""Called with an attempt that passes since it was scored anew, and when it was handed in."""
_OPEN = frozenset({SubjectState.IN_REVIEW, SubjectState.APPROVED, SubjectState.EFFECTIVE})


class Rescoring:
    """Decisions that leave questions out. Who may ask: holders of AUTHOR_COURSES; who approves: of APPROVE."""

    def __init__(self, site: Site, releases: Releases) -> None:
        self._site = site
        self._releases = releases
        self.on_passed: list[OnPassedAnew] = []
        self.kind = ApprovalKind(
            kind=RESCORE,
            title=mark("Questions left out of results"),
            screen=REVIEW_SCREEN,
            called=_called,
            always=True,
            acts=KindActs(
                review=self.review,
                approve=self.approve,
                reject=self.reject,
                withdraw=self.withdraw,
            ),
        )

    def propose(self, actor: Actor, question_id: UUID, reason: str) -> Subject:
        """Ask that a question be left out of every result, and take it out of use.

        Nothing is scored anew before somebody else approves. Raises NotFound, ReasonMissing, LeftOutAlready.
        """
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        why, now = explained(reason), self._site.clock.now()
        with self._site.transaction(actor, "rescore.propose", reason=why) as unit:
            unit.take_turn("rescore", question_id)
            question = question_row(unit, question_id)
            if any(self._is_open(unit, one) for one in _of_question(unit, question_id)):
                raise LeftOutAlready
            if question.withdrawn_at is None:
                question.withdrawn_at = now
            versions = _versions(unit, question_id)
            row = QuestionRescoreRow(
                question_id=question_id,
                versions=[str(one.id) for one in versions],
                sha256=_sha256(versions),
                reason=why,
                at=now,
                by=actor.account_id,
            )
            return propose(
                unit,
                actor,
                RESCORE,
                row,
                site_id=self._site.site_id,
                sha256=row.sha256,
                reason=why,
                now=now,
            )

    def state_of(self, session: Session, question_id: UUID) -> SubjectState:
        """Return where the newest decision about a question stands; a draft where there is none."""
        found = _of_question(session, question_id)
        states = [self._standing(session, one.id).state for one in found]
        return next((one for one in states if one in _OPEN), SubjectState.DRAFT)

    def review(self, actor: Actor, subject: Subject) -> Review:
        """Return what an approver reads: the question, the reason, and how many would pass here."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            return self._review(session, actor, subject)

    def _review(self, session: Session, actor: Actor, subject: Subject) -> Review:
        row = _decision(session, subject)
        title = _called(session, [row.id])[row.id]
        sent = [one for one in steps_of(session, subject) if one.step is Step.SUBMITTED]
        if not sent:
            raise NotFound(_("What is to be approved"))
        standing = self._standing(session, row.id)
        count = self.would_pass(session, [UUID(one) for one in row.versions])
        return Review(
            subject=subject,
            code=title.code,
            title=title.title,
            detail=title.detail,
            against=plural(
                "As known here {count} person passes by it.",
                "As known here {count} people pass by it.",
                count,
            ),
            comparison=compare((), (), whole=differences(_described(session, row), {})),
            follows=_(
                "It is left out of every result, at every site that takes this in: whoever passes "
                "without it has passed on the day they answered. Nobody who passed loses it. This "
                "cannot be taken back."
            ),
            standing=standing,
            submitted_at=sent[-1].at,
            note=sent[-1].reason,
            sha256=row.sha256,
            is_own=is_own_work(session, actor, standing.waiting or sent[-1:]),
        )

    def approve(self, actor: Actor, subject: Subject, approval: Approval) -> None:
        """Approve and sign a decision, and score anew what is here.

        Raises CountsAtOnce for another day than today, and as approvals do.
        """
        actor.require_anywhere(Capability.APPROVE)
        if approval.effective_on != local_day(self._site.clock):
            raise CountsAtOnce
        now = self._site.clock.now()
        with self._site.transaction(actor, "rescore.approve", reason=approval.remark) as unit:
            row = _decision(unit, subject)
            words = approval_text(self._review(unit, actor, subject), approval.effective_on)
            approve(unit, actor, subject, approval, words, now)
            if stands(unit, row):
                refresh_anew(unit, {RESCORE: {row.id}})
                self._tell(unit)

    def reject(self, actor: Actor, subject: Subject, reason: str) -> None:
        """Let results stand as they are, with a reason. Raises as approvals do."""
        now = self._site.clock.now()
        with self._site.transaction(actor, "rescore.reject", reason=reason) as unit:
            _decision(unit, subject)
            reject(unit, actor, subject, reason=reason, now=now)

    def withdraw(self, actor: Actor, subject: Subject, reason: str) -> None:
        """Take back what nobody has approved yet. Raises as approvals do."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        now = self._site.clock.now()
        with self._site.transaction(actor, "rescore.withdraw", reason=reason) as unit:
            _decision(unit, subject)
            withdraw(unit, actor, subject, reason=reason, now=now)

    def take_over(self, touched: Mapping[str, Collection[UUID]]) -> None:
        """Let those pass whose attempts pass by what came from elsewhere; doing it again changes nothing."""
        if touched.keys().isdisjoint(ANEW_SOURCES):
            return
        with self._site.read() as session:
            if not passed_anew(session, self._site.site_id):
                return
        with self._site.transaction(system_actor(), "attempt.score-anew") as unit:
            self._tell(unit)

    def would_pass(self, session: Session, versions: Collection[UUID]) -> int:
        """Return how many people here would pass a quiz that they have not, without question versions."""
        asked = (
            sa.select(AttemptRow.id)
            .join(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
            .where(asked_any(versions))
        )
        before: set[tuple[UUID, UUID]] = set()
        after: set[tuple[UUID, UUID]] = set()
        for one in self.readings(session, session.scalars(asked).all(), versions):
            key = one.person_id, one.lesson_id
            before.update([key] if one.before else [])
            after.update([key] if one.after else [])
        return len({person_id for person_id, _lesson in after - before})

    def readings(
        self, session: Session, attempts: Iterable[UUID], left_out: Collection[UUID]
    ) -> Iterator[Reading]:
        """Yield how attempts that were handed in pass, as they count and without some question versions."""
        return readings(session, self._releases, attempts, left_out)

    def _tell(self, unit: Unit) -> None:
        """Tell of those of this site; another site's people get what follows from it there."""
        for scored, at in passed_anew(unit, self._site.site_id):
            for act in self.on_passed:
                act(unit, scored, at)

    def _is_open(self, session: Session, row: QuestionRescoreRow) -> bool:
        return self._standing(session, row.id).state in _OPEN

    def _standing(self, session: Session, decision_id: UUID) -> Standing:
        today = local_day(self._site.clock)
        return standing_of(steps_of(session, Subject(RESCORE, decision_id)), today)


def _of_question(session: Session, question_id: UUID) -> list[QuestionRescoreRow]:
    row = QuestionRescoreRow
    wanted = sa.select(row).where(row.question_id == question_id)
    return list(session.scalars(wanted.order_by(row.at.desc(), row.id.desc())))


def _versions(
    session: Session, question_id: UUID, among: Iterable[UUID] | None = None
) -> list[QuestionVersionRow]:
    row = QuestionVersionRow
    wanted = sa.select(row).where(row.question_id == question_id)
    if among is not None:
        wanted = wanted.where(row.id.in_(list(among)))
    return list(session.scalars(wanted.order_by(row.number, row.id)))


def _sha256(versions: Iterable[QuestionVersionRow]) -> str:
    """Return SHA-256 of the canonical JSON of versions: each with its id and all of what it asks."""
    said = [[str(one.id), one.question] for one in versions]
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()


def _decision(session: Session, subject: Subject) -> QuestionRescoreRow:
    row = session.get(QuestionRescoreRow, subject.id) if subject.kind == RESCORE else None
    if row is None:
        raise NotFound(_("What is to be approved"))
    return row


def _described(session: Session, row: QuestionRescoreRow) -> Mapping[str, str]:
    """Describe the newest of the versions that are left out."""
    newest = _versions(session, row.question_id, map(UUID, row.versions))[-1]
    return describe_question(question_from_json(newest.question))


def _called(session: Session, ids: Collection[UUID]) -> Mapping[UUID, SubjectTitle]:
    found = session.execute(
        sa.select(QuestionRescoreRow, QuestionVersionRow, QuestionBankRow)
        .join(QuestionRow, QuestionRow.id == QuestionRescoreRow.question_id)
        .join(QuestionVersionRow, QuestionVersionRow.question_id == QuestionRow.id)
        .join(QuestionBankRow, QuestionBankRow.id == QuestionRow.bank_id)
        .where(QuestionRescoreRow.id.in_(list(ids)))
        .order_by(QuestionVersionRow.number)
    )
    return {
        row.id: SubjectTitle(
            code=bank.code,
            title=name_of(question_from_json(version.question)),
            detail=_("to be left out of results"),
        )
        for row, version, bank in found
    }
