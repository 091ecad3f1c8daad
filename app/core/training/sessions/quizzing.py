"""The quiz after a class: everybody who was there takes it alone, in their own name, and when they like.

It is the quiz of the course that the class shows. An attempt is one like any other; that it belongs to
the class follows from who was there and that it was begun since. Where the class counts only with a
passed quiz, the signed attendance waits for it (`SessionWaitRow`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments import (
    QUIZ_KIND,
    ScoredAttempt,
    TriedQuiz,
    Tries,
    attempts_used_up,
    tries_since,
)
from app.core.base.actor import Actor, Capability, system_actor
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.courses import Releases
from app.core.journal import Site, Unit
from app.core.learning import CourseInHand, Learning, LessonInHand
from app.core.training.credited import CreditHook, tell_credited
from app.core.training.models import RequirementCreditRow
from app.core.training.sessions.crediting import credit_attendance
from app.core.training.sessions.kinds import EACH_ALONE, GroupQuiz, QuizTurn, SessionState
from app.core.training.sessions.models import (
    AttendanceRow,
    ClassSessionRow,
    SessionSigningRow,
    SessionVerdictRow,
    SessionWaitRow,
)
from app.core.training.sessions.presence import presence, was_long_enough
from app.core.training.sessions.reading import (
    Held,
    as_lines,
    events_of,
    held_when,
    lines_of,
    roll_of,
    session_row,
    state_in,
    trainers_of,
)
from app.core.training.sessions.refused import refused_in
from app.core.training.sessions.types import InQuizQueue, MyClassQuiz, QuizAtHand

_OVER = frozenset({SessionState.HELD, SessionState.SIGNED, SessionState.CLOSED})
_TELL = frozenset({"session_wait", "session_verdict", "lesson_completion"})


class ClassQuizzes:
    """Who has taken the quiz of a class, and who waits for it."""

    def __init__(self, site: Site, releases: Releases, learning: Learning) -> None:
        self._site = site
        self._releases = releases
        self._learning = learning
        self.on_credited: list[CreditHook] = []

    def queue(self, actor: Actor, session_id: UUID) -> tuple[InQuizQueue, ...]:
        """Return how the quiz stands with each who was there; empty before the class is over."""
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            return self.queue_of(session, session_row(session, session_id))

    def queue_of(self, session: Session, row: ClassSessionRow) -> tuple[InQuizQueue, ...]:
        """Return the same in a transaction that reads more."""
        if not _is_asked(row) or state_in(session, row.id) not in _OVER:
            return ()
        held = self._held(session, row)
        leads = {one.person_id for one in trainers_of(session, row.id)}
        return tuple(
            InQuizQueue(
                person_id=one.person_id,
                number=one.number,
                name=one.name,
                turn=self._turn(session, row, one.person_id, held.began),
                tries=self._tries(session, row, one.person_id, held.began),
            )
            for one in roll_of(session, row, held)
            if one.came and one.is_enough and one.person_id not in leads
        )

    def mine(self, actor: Actor) -> tuple[MyClassQuiz, ...]:
        """Return the quizzes that wait for the actor after classes, the newest first."""
        person_id = actor.person_id
        if person_id is None:
            return ()
        with self._site.read() as session:
            return tuple(self._mine(session, person_id))

    def begin(self, actor: Actor, session_id: UUID) -> QuizAtHand:
        """Return the quiz that the actor has to take after a class; the course is begun for it.

        Raises NotFound where none waits for them.
        """
        actor.require_anywhere(Capability.LEARN)
        waiting = {one.session_id for one in self.mine(actor)}
        with self._site.read() as session:
            row = session_row(session, session_id)
            began = self._held(session, row).began
        if session_id not in waiting or row.course_id is None:
            raise NotFound(_("A quiz of this class that waits for you"))
        hand = self._learning.begin_for_class(actor, row.course_id, began)
        left = next(one for one in _quizzes_in(hand) if not one.is_done)
        return QuizAtHand(course_id=row.course_id, lesson_id=left.lesson_id)

    def is_missing(self, session: Session, row: ClassSessionRow, person_id: UUID) -> bool:
        """Tell whether a class does not count for somebody yet, because of its quiz."""
        if row.quiz is not GroupQuiz.REQUIRED or row.course_id is None:
            return False
        return not self._has_passed(session, row, person_id, self._held(session, row).began)

    def take_result(self, unit: Unit, scored: ScoredAttempt) -> None:
        """Let signed attendance count that waited for this quiz alone (hook of assessments)."""
        if scored.passed:
            self._settle(unit, system_actor(), _waits(unit, scored.person_id))

    def take_passed_anew(self, unit: Unit, scored: ScoredAttempt, _at: datetime) -> None:
        """Do the same for a quiz that is passed since it was scored anew (hook of assessments)."""
        self.take_result(unit, scored)

    def take_over(self, touched: Mapping[str, Collection[UUID]]) -> None:
        """Let attendance count that was signed on one PC, and whose quiz was passed on another."""
        if _TELL.isdisjoint(touched):
            return
        with self._site.read() as session:
            if not any(self._is_due(session, one) for one in _waits(session)):
                return
        with self._site.transaction(system_actor(), "session.quiz-passed") as unit:
            self._settle(unit, system_actor(), _waits(unit))

    def _settle(self, unit: Unit, actor: Actor, waits: Iterable[SessionWaitRow]) -> None:
        for wait in list(waits):
            if not self._is_due(unit, wait):
                continue
            signing = unit.get_one(SessionSigningRow, wait.signing_id)
            given = credit_attendance(
                unit,
                actor,
                signing,
                wait.person_id,
                wait.requirement_id,
                self._site.clock.now(),
                at=self._passed_at(unit, signing, wait.person_id),
            )
            tell_credited(self.on_credited, unit, given)

    def _is_due(self, session: Session, wait: SessionWaitRow) -> bool:
        """Tell whether nothing keeps attendance from counting any more."""
        if wait.for_second and not _is_confirmed(session, wait):
            return False
        signing = session.get_one(SessionSigningRow, wait.signing_id)
        row = session_row(session, signing.session_id)
        return not self.is_missing(session, row, wait.person_id)

    def _passed_at(self, session: Session, signing: SessionSigningRow, person_id: UUID) -> datetime:
        row = session_row(session, signing.session_id)
        tries = self._tries(session, row, person_id, signing.began_at)
        passed = (one.submitted_at for one in tries if one.passed and one.submitted_at is not None)
        return max([signing.ended_at, *passed])

    def _mine(self, session: Session, person_id: UUID) -> Iterator[MyClassQuiz]:
        rows = session.scalars(
            sa.select(ClassSessionRow)
            .where(
                ClassSessionRow.quiz.in_(sorted(EACH_ALONE)),
                ClassSessionRow.course_id.is_not(None),
                sa.exists().where(
                    AttendanceRow.session_id == ClassSessionRow.id,
                    AttendanceRow.person_id == person_id,
                ),
            )
            .order_by(ClassSessionRow.starts_at.desc(), ClassSessionRow.id)
        )
        for row in rows:
            if not self._waits_for(session, row, person_id):
                continue
            held = self._held(session, row)
            turn = self._turn(session, row, person_id, held.began)
            if turn is not QuizTurn.PASSED:
                yield MyClassQuiz(
                    session_id=row.id,
                    title=row.title,
                    held_at=held.began,
                    turn=turn,
                    must_pass=row.quiz is GroupQuiz.REQUIRED,
                )

    def _waits_for(self, session: Session, row: ClassSessionRow, person_id: UUID) -> bool:
        """Tell whether a class asks somebody for its quiz: it is over, and they were there."""
        state = state_in(session, row.id)
        if state not in _OVER:
            return False
        if state is SessionState.CLOSED and row.quiz is not GroupQuiz.REQUIRED:
            return False
        if (row.id, person_id) in refused_in(session, row.id).altogether:
            return False
        held = self._held(session, row)
        lines = as_lines(lines_of(session, row.id).get(person_id, ()))
        there = presence(lines, held.began, held.ended)
        is_enough = was_long_enough(there, held.began, held.ended, row.threshold)
        leads = {one.person_id for one in trainers_of(session, row.id)}
        return bool(there) and is_enough and person_id not in leads

    def _turn(
        self, session: Session, row: ClassSessionRow, person_id: UUID, began: datetime
    ) -> QuizTurn:
        if self._has_passed(session, row, person_id, began):
            return QuizTurn.PASSED
        tries = self._tries(session, row, person_id, began)
        if any(one.submitted_at is None for one in tries):
            return QuizTurn.UNDER_WAY
        if not tries:
            return QuizTurn.WAITING
        left = (one for one in self._quizzes(session, row, person_id, began) if not one.is_done)
        is_used_up = any(self._is_used_up(session, person_id, one) for one in left)
        return QuizTurn.USED_UP if is_used_up else QuizTurn.FAILED

    def _is_used_up(self, session: Session, person_id: UUID, lesson: LessonInHand) -> bool:
        again = self._learning.begun_again_at(session, person_id, lesson.lesson_id)
        tries = Tries(person_id=person_id, lesson_id=lesson.lesson_id, retrained_at=again)
        return attempts_used_up(session, lesson.plan, tries)

    def _has_passed(
        self, session: Session, row: ClassSessionRow, person_id: UUID, began: datetime
    ) -> bool:
        quizzes = self._quizzes(session, row, person_id, began)
        return bool(quizzes) and all(one.is_done for one in quizzes)

    def _tries(
        self, session: Session, row: ClassSessionRow, person_id: UUID, began: datetime
    ) -> tuple[TriedQuiz, ...]:
        return tuple(
            tried
            for one in self._quizzes(session, row, person_id, began)
            for tried in tries_since(session, person_id, one.lesson_id, began)
        )

    def _quizzes(
        self, session: Session, row: ClassSessionRow, person_id: UUID, began: datetime
    ) -> list[LessonInHand]:
        if row.course_id is None:
            return []
        hand = self._learning.hand_for_class(session, person_id, row.course_id, began)
        return _quizzes_in(hand)

    def _held(self, session: Session, row: ClassSessionRow) -> Held:
        return held_when(row, events_of(session, row.id), self._site.clock.now())


def _quizzes_in(hand: CourseInHand) -> list[LessonInHand]:
    return [one for one in hand.lessons if one.plan.kind == QUIZ_KIND and one.plan.is_required]


def _is_asked(row: ClassSessionRow) -> bool:
    return row.quiz in EACH_ALONE and row.course_id is not None


def _waits(session: Session, person_id: UUID | None = None) -> Iterable[SessionWaitRow]:
    """Return the attendance that waits for a quiz and has given nothing yet: of all, or of one."""
    is_credited = sa.exists().where(
        RequirementCreditRow.person_id == SessionWaitRow.person_id,
        RequirementCreditRow.requirement_id == SessionWaitRow.requirement_id,
        RequirementCreditRow.proof_id == SessionWaitRow.signing_id,
    )
    wanted = sa.select(SessionWaitRow).where(SessionWaitRow.for_quiz, ~is_credited)
    if person_id is not None:
        wanted = wanted.where(SessionWaitRow.person_id == person_id)
    return session.scalars(wanted.order_by(SessionWaitRow.id)).all()


def _is_confirmed(session: Session, wait: SessionWaitRow) -> bool:
    verdict = SessionVerdictRow
    return bool(
        session.scalar(
            sa.select(
                sa.exists().where(
                    verdict.signing_id == wait.signing_id,
                    verdict.person_id == wait.person_id,
                    verdict.requirement_id == wait.requirement_id,
                    verdict.is_accepted,
                )
            )
        )
    )
