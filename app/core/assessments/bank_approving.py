"""Question banks that somebody else approves: the state of a bank is submitted, its questions one by one.

A state is the list of the versions that the bank's questions have in their order. Writing goes on
meanwhile: what is written later is in no state before the next one is submitted. Where a site asks for
it, quizzes take up and courses publish only questions as an approved state has them.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import (
    REVIEW_SCREEN,
    Approval,
    ApprovalKind,
    Comparison,
    KindActs,
    NotThatState,
    Part,
    Review,
    Step,
    Subject,
    SubjectState,
    SubjectTitle,
    approval_text,
    approve,
    compare,
    is_asked,
    is_own_work,
    reject,
    standing_of,
    steps_of,
    submit,
    waits_in_sql,
    withdraw,
)
from app.core.assessments.bank_errors import NothingNew, NothingToImport
from app.core.assessments.bank_queries import bank_row, entries_in_use
from app.core.assessments.bank_writing import name_of
from app.core.assessments.describing import describe_question
from app.core.assessments.models import (
    BankStateRow,
    QuestionBankRow,
    QuestionRow,
    QuestionVersionRow,
)
from app.core.assessments.quiz_lessons import QUIZ_KIND, quizzes_of
from app.core.assessments.stored import question_from_json
from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.base.errors import NotFound
from app.core.base.figures import number
from app.core.base.words import _, mark, plural
from app.core.courses import LessonPlan, Outline
from app.core.journal import Site, Unit, index_mentions, writers_of
from app.core.storage.columns import canonical_json

BANK = "question_bank"
"""Kind of subject: the id is that of a state of a bank."""
_AT_ONCE = 500


class BankApproving:
    """What authors and approvers do to states of banks, and what quizzes may ask."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.kind = ApprovalKind(
            kind=BANK,
            title=mark("Question banks"),
            screen=REVIEW_SCREEN,
            called=_states_called,
            acts=KindActs(
                review=self.review,
                approve=self.approve,
                reject=self.reject,
                withdraw=self.withdraw,
            ),
        )

    @property
    def today(self) -> date:
        """Return the day by which states are effective."""
        return local_day(self._site.clock)

    def is_asked(self, session: Session | None = None) -> bool:
        """Tell whether this site asks for an approval before questions are used."""
        if session is not None:
            return is_asked(session, self._site.site_id, BANK, self.today)
        with self._site.read() as own:
            return is_asked(own, self._site.site_id, BANK, self.today)

    def waiting_of(self, actor: Actor, bank_id: UUID) -> tuple[Subject, ...]:
        """Return the states of a bank that wait for an approval, the oldest first."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            found = session.scalars(
                sa.select(BankStateRow.id)
                .where(BankStateRow.bank_id == bank_id, waits_in_sql(BANK, BankStateRow.id))
                .order_by(BankStateRow.number, BankStateRow.id)
            ).all()
        return tuple(Subject(BANK, one) for one in found)

    def submit(self, actor: Actor, bank_id: UUID, note: str = "") -> Subject:
        """Submit the bank as it stands now. Raises NothingToImport, NothingNew, NotThatState."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        index_mentions(self._site)
        with self._site.transaction(actor, "bank.submit", reason=note) as unit:
            unit.take_turn("bank", bank_id)
            bank = bank_row(unit, bank_id)
            versions = [one.version_id for one in entries_in_use(unit, bank_id)]
            if not versions:
                raise NothingToImport(bank.title)
            before = approved_state(unit, bank_id, self.today)
            if before is not None and before.versions == [str(one) for one in versions]:
                raise NothingNew(bank.title)
            if unit.scalar(_waiting(bank_id)):
                raise NotThatState(SubjectState.IN_REVIEW)
            state = self._freeze(unit, actor, bank_id, versions)
            known = set() if before is None else set(before.versions)
            news = [one for one in versions if str(one) not in known]
            subject = Subject(BANK, state.id)
            authors = writers_of(unit, news)
            submit(
                unit,
                actor,
                subject,
                sha256=state.sha256,
                authors=authors,
                now=state.at,
                note=note,
                site_id=self._site.site_id,
            )
        return subject

    def _freeze(
        self, unit: Unit, actor: Actor, bank_id: UUID, versions: Sequence[UUID]
    ) -> BankStateRow:
        """Keep which versions of its questions a bank has now, under the next number."""
        last = sa.func.max(BankStateRow.number)
        newest = unit.scalar(sa.select(last).where(BankStateRow.bank_id == bank_id))
        state = BankStateRow(
            bank_id=bank_id,
            number=(newest or 0) + 1,
            versions=[str(one) for one in versions],
            sha256=_sha256(unit, versions),
            at=self._site.clock.now(),
            by=actor.account_id,
        )
        unit.add(state)
        unit.flush()
        return state

    def approve(self, actor: Actor, subject: Subject, approval: Approval) -> None:
        """Approve a state and sign it. Raises as approvals do."""
        actor.require_anywhere(Capability.APPROVE)
        now = self._site.clock.now()
        with self._site.transaction(actor, "bank.approve", reason=approval.remark) as unit:
            words = approval_text(self._review(unit, actor, subject), approval.effective_on)
            approve(unit, actor, subject, approval, words, now)

    def reject(self, actor: Actor, subject: Subject, reason: str) -> None:
        """Send a state back to its authors, with a reason. Raises as approvals do."""
        now = self._site.clock.now()
        with self._site.transaction(actor, "bank.reject", reason=reason) as unit:
            _state_row(unit, subject)
            reject(unit, actor, subject, reason=reason, now=now)

    def withdraw(self, actor: Actor, subject: Subject, reason: str) -> None:
        """Take back what was submitted. Raises as approvals do."""
        actor.require_anywhere(Capability.AUTHOR_COURSES)
        now = self._site.clock.now()
        with self._site.transaction(actor, "bank.withdraw-submission", reason=reason) as unit:
            _state_row(unit, subject)
            withdraw(unit, actor, subject, reason=reason, now=now)

    def review(self, actor: Actor, subject: Subject) -> Review:
        """Return a submitted state beside the one in force. Raises NotFound."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            return self._review(session, actor, subject)

    def _review(self, session: Session, actor: Actor, subject: Subject) -> Review:
        state = _state_row(session, subject)
        bank = bank_row(session, state.bank_id)
        steps = steps_of(session, subject)
        sent = [one for one in steps if one.step is Step.SUBMITTED]
        if not sent:
            raise NotFound(_("What is to be approved"))
        standing = standing_of(steps, self.today)
        before = approved_state(session, state.bank_id, self.today, below=state)
        against = _("Nothing was in force before.")
        if before is not None:
            against = _("Compared with version {number}:").format(number=number(before.number))
        return Review(
            subject=subject,
            code=bank.code,
            title=bank.title,
            detail=_detail(state),
            against=against,
            comparison=_compared(session, before, state.versions),
            follows=_("Quizzes take up its questions from that day on. Courses in use stay."),
            standing=standing,
            submitted_at=sent[-1].at,
            note=sent[-1].reason,
            sha256=state.sha256,
            is_own=is_own_work(session, actor, standing.waiting or sent[-1:]),
        )

    def compare(self, actor: Actor, bank_id: UUID) -> Comparison:
        """Compare the bank as it stands now with the state in force, question by question."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        with self._site.read() as session:
            bank_row(session, bank_id)
            now = [str(one.version_id) for one in entries_in_use(session, bank_id)]
            return _compared(session, approved_state(session, bank_id, self.today), now)

    def offered(self, session: Session, bank_id: UUID) -> Mapping[UUID, UUID] | None:
        """Return by question the version that is approved, withdrawn ones left out; None: any may be asked."""
        if not self.is_asked(session):
            return None
        state = approved_state(session, bank_id, self.today)
        if state is None:
            return {}
        found = _with_questions(session, map(UUID, state.versions))
        return {row.id: version.id for row, version in found if row.withdrawn_at is None}

    def problems_of(self, session: Session, outline: Outline) -> tuple[str, ...]:
        """Return which quizzes of an outline ask what nobody approved (hook of courses)."""
        if not self.is_asked(session):
            return ()
        found = []
        for plan in outline.lessons:
            if plan.kind == QUIZ_KIND:
                pool = _asked_in(plan)
                count = len(pool - _ever_approved(session, pool, self.today))
                words = plural(
                    "{count} of its questions is approved by nobody.",
                    "{count} of its questions are approved by nobody.",
                    count,
                )
                found += [f"{plan.title}: {words}"] if count else []
        return tuple(found)

    def question_writers(
        self, session: Session, outline: Outline, given: Sequence[Outline]
    ) -> frozenset[UUID]:
        """Return who wrote questions that a course asks for the first time (hook of courses).

        Those of an approved bank have been looked at by somebody else.
        """
        asked = _all_asked_in([outline]) - _all_asked_in(given)
        asked -= _ever_approved(session, asked, self.today)
        return writers_of(session, sorted(asked)) if asked else frozenset()


def _all_asked_in(outlines: Iterable[Outline]) -> set[UUID]:
    plans = (plan for outline in outlines for plan in outline.lessons)
    return {one for plan in plans if plan.kind == QUIZ_KIND for one in _asked_in(plan)}


def _asked_in(plan: LessonPlan) -> set[UUID]:
    return {one for quiz in quizzes_of(plan) for part in quiz.sections for one in part.pool}


def approved_state(
    session: Session, bank_id: UUID, today: date, *, below: BankStateRow | None = None
) -> BankStateRow | None:
    """Return the state of a bank that is in force on a day: the effective one with the greatest number."""
    states = session.scalars(
        sa.select(BankStateRow)
        .where(BankStateRow.bank_id == bank_id)
        .order_by(BankStateRow.number.desc(), BankStateRow.id.desc())
    )
    for state in states:
        if below is not None and (state.number, state.id) >= (below.number, below.id):
            continue
        if _is_effective(session, state.id, today):
            return state
    return None


def _is_effective(session: Session, state_id: UUID, today: date) -> bool:
    standing = standing_of(steps_of(session, Subject(BANK, state_id)), today)
    return standing.state is SubjectState.EFFECTIVE


def _ever_approved(session: Session, pool: Collection[UUID], today: date) -> frozenset[UUID]:
    """Return the versions that a state holds which is effective, of whichever bank."""
    banks = {row.bank_id for row, _version in _with_questions(session, pool)}
    states = session.scalars(sa.select(BankStateRow).where(BankStateRow.bank_id.in_(banks)))
    return frozenset(
        UUID(one)
        for state in states
        if _is_effective(session, state.id, today)
        for one in state.versions
    )


def _waiting(bank_id: UUID) -> sa.Select[int]:
    return sa.select(sa.func.count()).where(
        BankStateRow.bank_id == bank_id, waits_in_sql(BANK, BankStateRow.id)
    )


def _with_questions(
    session: Session, versions: "Collection[UUID] | map[UUID]"
) -> list[tuple[QuestionRow, QuestionVersionRow]]:
    """Return versions with the questions they are of, in the order given."""
    wanted = list(versions)
    known: dict[UUID, tuple[QuestionRow, QuestionVersionRow]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        statement = (
            sa.select(QuestionRow, QuestionVersionRow)
            .join(QuestionVersionRow, QuestionVersionRow.question_id == QuestionRow.id)
            .where(QuestionVersionRow.id.in_(wanted[start : start + _AT_ONCE]))
        )
        known.update({version.id: (row, version) for row, version in session.execute(statement)})
    return [known[one] for one in wanted if one in known]


def _sha256(session: Session, versions: Sequence[UUID]) -> str:
    """Return SHA-256 of the canonical JSON of a state: each question's id and all of what it asks."""
    found = _with_questions(session, versions)
    said = [[str(row.id), str(version.id), version.question] for row, version in found]
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()


def _compared(session: Session, before: BankStateRow | None, versions: Sequence[str]) -> Comparison:
    earlier = () if before is None else _parts(session, before.versions)
    return compare(earlier, _parts(session, versions))


def _parts(session: Session, versions: Sequence[str]) -> tuple[Part, ...]:
    parts = []
    for row, version in _with_questions(session, map(UUID, versions)):
        question = question_from_json(version.question)
        parts.append(
            Part(
                key=row.id,
                title=name_of(question) or row.name,
                lines=describe_question(question),
                stored=canonical_json(version.question),
            )
        )
    return tuple(parts)


def _state_row(session: Session, subject: Subject) -> BankStateRow:
    row = session.get(BankStateRow, subject.id) if subject.kind == BANK else None
    if row is None:
        raise NotFound(_("What is to be approved"))
    return row


def _detail(state: BankStateRow) -> str:
    count = plural("{count} question", "{count} questions", len(state.versions))
    words = _("version {number}").format(number=number(state.number))
    return f"{words}, {count}"


def _states_called(session: Session, ids: Collection[UUID]) -> Mapping[UUID, SubjectTitle]:
    found = session.execute(
        sa.select(BankStateRow, QuestionBankRow)
        .join(QuestionBankRow, QuestionBankRow.id == BankStateRow.bank_id)
        .where(BankStateRow.id.in_(list(ids)))
    )
    return {
        state.id: SubjectTitle(code=bank.code, title=bank.title, detail=_detail(state))
        for state, bank in found
    }
