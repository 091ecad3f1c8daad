"""Taking quizzes: start, answer, hand in, review. The learner is always the actor.

An answer is a fact on disk when `answer` returns. What an attempt asks is never stored: its seed
and the question versions rebuild the paper exactly.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.attempts import (
    AskedQuestion,
    AttemptInHand,
    AttemptOutcome,
    PoolQuestion,
    ScoredAttempt,
)
from app.core.assessments.errors import AttemptClosed, MayNotStart, TimeIsUp
from app.core.assessments.models import (
    AttemptOutageRow,
    AttemptResultRow,
    AttemptRow,
    AttemptSeatRow,
    ResponseRow,
)
from app.core.assessments.papers import build_paper
from app.core.assessments.policy import (
    AttemptHistory,
    Sitting,
    StartDecision,
    may_see_feedback,
    may_start,
    time_left,
)
from app.core.assessments.quiz_lessons import AskedQuestions, quiz_of
from app.core.assessments.scoring import hundredths_of_percent, score_attempt, score_question
from app.core.assessments.stored import (
    response_from_json,
    response_to_json,
    score_from_json,
    score_to_json,
)
from app.core.assessments.types import Outage, Paper, PastAttempt, Question, Quiz, Response
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.words import _
from app.core.courses import LessonPlan, Outline, Releases
from app.core.journal import Site, Unit
from app.core.storage.tables import table_of

OnScored = Callable[[Unit, ScoredAttempt], None]

_SEEN_EVERY = timedelta(seconds=15)
"""A seat not refreshed for longer means that the program was not running."""


class _Table:
    """An attempt laid out: its row, quiz, questions and paper. None of them ever changes."""

    def __init__(
        self, row: AttemptRow, title: str, quiz: Quiz, questions: dict[UUID, Question]
    ) -> None:
        self.row = row
        self.title = title
        self.quiz = quiz
        self.questions = questions
        self.paper: Paper = build_paper(quiz, questions, row.seed)
        self.asked = {one.question_id: one for one in self.paper.questions}

    def asked_questions(self, responses: dict[UUID, Response]) -> tuple[AskedQuestion, ...]:
        """Return the paper's questions with what was given to them."""
        return tuple(
            AskedQuestion(
                question_id=one.question_id,
                question=self.questions[one.question_id],
                order=one.order,
                section=one.section,
                response=responses.get(one.question_id),
            )
            for one in self.paper.questions
        )

    @property
    def section_titles(self) -> tuple[str, ...]:
        """Return the titles of the quiz's sections."""
        return tuple(section.title for section in self.quiz.sections)


class Quizzes:
    """Attempts at the quizzes of published courses."""

    def __init__(self, site: Site, releases: Releases) -> None:
        self._site = site
        self._releases = releases
        self._questions = AskedQuestions()
        self._tables: dict[UUID, _Table] = {}
        self.on_scored: list[OnScored] = []

    def problems_of(self, session: Session, outline: Outline) -> tuple[str, ...]:
        """Return what keeps the quizzes of an outline from being taken (hook of courses)."""
        return self._questions.problems_of(session, outline)

    def questions_of(self, actor: Actor, plan: LessonPlan) -> tuple[PoolQuestion, ...]:
        """Return every question the quiz of a lesson may ask, for its author, in its main language."""
        actor.require_anywhere(Capability.VIEW_COURSES)
        quiz = quiz_of(plan)
        with self._site.read() as session:
            known = self._questions.of_quiz(session, quiz)
        return tuple(
            PoolQuestion(question_id=one, section=index, question=known[one])
            for index, section in enumerate(quiz.sections)
            for one in section.pool
            if one in known
        )

    def may_start(self, actor: Actor, lesson_id: UUID) -> StartDecision:
        """Say whether the actor may start an attempt now, and why not."""
        with self._site.read() as session:
            return self._decision(session, _learner(actor), lesson_id)

    def open_attempt(self, actor: Actor, lesson_id: UUID) -> AttemptInHand | None:
        """Return the actor's open attempt, time without the program given back; None without one."""
        person_id = _learner(actor)
        with self._site.read() as session:
            row = _open_row(session, person_id, lesson_id)
        if row is None:
            return None
        with self._site.transaction(actor, "attempt.resume") as unit:
            self._note_outage(unit, row.id)
            return self._in_hand(unit, self._table(unit, row.id))

    def start(self, actor: Actor, lesson_id: UUID, language: str = "") -> AttemptInHand:
        """Begin an attempt, in a language the quiz may have (else the actor's). Raises MayNotStart."""
        person_id = _learner(actor)
        with self._site.transaction(actor, "attempt.start") as unit:
            decision = self._decision(unit, person_id, lesson_id)
            if not decision.allowed:
                raise MayNotStart(decision)
            mine = sa.and_(AttemptRow.person_id == person_id, AttemptRow.lesson_id == lesson_id)
            count = unit.scalar(sa.select(sa.func.count()).select_from(AttemptRow).where(mine)) or 0
            now = self._site.clock.now()
            row = AttemptRow(
                person_id=person_id,
                lesson_id=lesson_id,
                number=count + 1,
                seed=int.from_bytes(os.urandom(8), "big") >> 1,
                began_at=now,
                language=language or actor.language,
            )
            unit.add(row)
            unit.flush()
            unit.add(AttemptSeatRow(attempt_id=row.id, seen_at=now, flagged=[]))
            unit.flush()
            return self._in_hand(unit, self._table(unit, row.id))

    def answer(self, actor: Actor, attempt_id: UUID, question_id: UUID, response: Response) -> None:
        """Keep the answer to one question; it is a fact on disk when this returns.

        Raises AttemptClosed, and TimeIsUp after handing in what was there.
        """
        late = False
        with self._site.transaction(actor, "attempt.answer") as unit:
            table = self._own_table(unit, actor, attempt_id)
            late = self._is_late(unit, table)
            if not late:
                asked = table.asked.get(question_id)
                if asked is None:
                    raise NotFound(_("The question"))
                scored = score_question(asked, table.questions[question_id], response)
                now = self._site.clock.now()
                unit.insert_many(
                    ResponseRow,
                    [
                        {
                            "attempt_id": attempt_id,
                            "question_version_id": question_id,
                            "response": response_to_json(response),
                            "share": scored.earned / scored.possible,
                            "at": now,
                        }
                    ],
                )
                unit.connection().execute(_SEEN, {"attempt": attempt_id, "now": now})
        if late:
            self.submit(actor, attempt_id)
            raise TimeIsUp

    def keep_seat(
        self, actor: Actor, attempt_id: UUID, position: int, flagged: frozenset[UUID]
    ) -> None:
        """Note that the attempt is on screen, where, and what is flagged; called every few seconds."""
        with self._site.transaction(actor, "attempt.seat") as unit:
            self._own_table(unit, actor, attempt_id)
            self._note_outage(unit, attempt_id)
            seat = unit.get_one(AttemptSeatRow, attempt_id)
            seat.position = position
            seat.flagged = sorted(map(str, flagged))

    def submit(self, actor: Actor, attempt_id: UUID) -> AttemptOutcome:
        """Hand in and score. Those above learn of the score in the same transaction.

        An attempt past its time is handed in as ended by time. Raises AttemptClosed.
        """
        with self._site.transaction(actor, "attempt.submit") as unit:
            table = self._own_table(unit, actor, attempt_id)
            responses = self._responses(unit, attempt_id)
            score = score_attempt(table.quiz, table.paper, table.questions, responses)
            now = self._site.clock.now()
            left = time_left(table.quiz.settings, self._sitting(unit, table), now)
            unit.add(
                AttemptResultRow(
                    attempt_id=attempt_id,
                    submitted_at=now,
                    ended_by="time" if left is not None and not left.left else "learner",
                    score=score.share,
                    score_hundredths=hundredths_of_percent(score),
                    passed=score.passed,
                    report=score_to_json(score),
                )
            )
            unit.flush()
            scored = ScoredAttempt(
                attempt_id=attempt_id,
                person_id=table.row.person_id,
                lesson_id=table.row.lesson_id,
                score=score.share,
                score_hundredths=hundredths_of_percent(score),
                passed=score.passed,
                seconds=int((now - table.row.began_at).total_seconds()),
            )
            for act in self.on_scored:
                act(unit, scored)
            return self._outcome(unit, table)

    def outcome(self, actor: Actor, attempt_id: UUID) -> AttemptOutcome:
        """Return an attempt of the actor's that was handed in. Raises NotFound while it is open."""
        with self._site.read() as session:
            table = self._table(session, attempt_id)
            if table.row.person_id != _learner(actor):
                raise NotAllowed(Capability.LEARN.value)
            return self._outcome(session, table)

    def outcomes(self, actor: Actor, lesson_id: UUID) -> tuple[AttemptOutcome, ...]:
        """Return the actor's attempts at a quiz that were handed in, the first one first."""
        person_id = _learner(actor)
        statement = (
            sa.select(AttemptRow.id)
            .join(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
            .where(AttemptRow.person_id == person_id, AttemptRow.lesson_id == lesson_id)
            .order_by(AttemptRow.number)
        )
        with self._site.read() as session:
            ids = session.scalars(statement).all()
            return tuple(self._outcome(session, self._table(session, one)) for one in ids)

    def _decision(self, session: Session, person_id: UUID, lesson_id: UUID) -> StartDecision:
        quiz = quiz_of(self._releases.of_lesson(session, lesson_id).plan(lesson_id))
        statement = (
            sa.select(AttemptRow.began_at, AttemptResultRow.submitted_at, AttemptResultRow.passed)
            .outerjoin(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
            .where(AttemptRow.person_id == person_id, AttemptRow.lesson_id == lesson_id)
        )
        past = tuple(
            PastAttempt(began_at=began, ended_at=ended, passed=bool(passed))
            for began, ended, passed in session.execute(statement)
        )
        return may_start(quiz.settings, AttemptHistory(attempts=past), self._site.clock.now())

    def _table(self, session: Session, attempt_id: UUID) -> _Table:
        table = self._tables.get(attempt_id)
        if table is None:
            row = session.get(AttemptRow, attempt_id)
            if row is None:
                raise NotFound(_("The attempt"))
            plan = self._releases.of_lesson(session, row.lesson_id).plan(row.lesson_id)
            quiz = quiz_of(plan, row.language)
            questions = self._questions.of_quiz(session, quiz, row.language)
            title = plan.titles.get(row.language, plan.title)
            table = self._tables[attempt_id] = _Table(row, title, quiz, questions)
        return table

    def _own_table(self, unit: Unit, actor: Actor, attempt_id: UUID) -> _Table:
        """Return the actor's open attempt. Raises NotAllowed, AttemptClosed."""
        table = self._table(unit, attempt_id)
        if table.row.person_id != _learner(actor):
            raise NotAllowed(Capability.LEARN.value)
        if unit.connection().execute(_HAS_RESULT, {"attempt": attempt_id}).first() is not None:
            raise AttemptClosed
        return table

    def _is_late(self, unit: Unit, table: _Table) -> bool:
        if table.quiz.settings.time_limit_seconds is None:
            return False
        left = time_left(table.quiz.settings, self._sitting(unit, table), self._site.clock.now())
        return left is not None and left.late

    def _sitting(self, session: Session, table: _Table) -> Sitting:
        statement = sa.select(AttemptOutageRow).where(AttemptOutageRow.attempt_id == table.row.id)
        outages = (
            Outage(began_at=row.began_at, ended_at=row.ended_at)
            for row in session.scalars(statement)
        )
        return Sitting(began_at=table.row.began_at, outages=tuple(outages))

    def _note_outage(self, unit: Unit, attempt_id: UUID) -> None:
        """Refresh the seat; a long gap since it was last refreshed was an outage."""
        now = self._site.clock.now()
        seat = unit.get(AttemptSeatRow, attempt_id)
        if seat is None:
            unit.add(AttemptSeatRow(attempt_id=attempt_id, seen_at=now, flagged=[]))
        else:
            if now - seat.seen_at > _SEEN_EVERY:
                outage = AttemptOutageRow(
                    attempt_id=attempt_id, began_at=seat.seen_at, ended_at=now
                )
                unit.add(outage)
            seat.seen_at = now
        unit.flush()

    def _responses(self, session: Session, attempt_id: UUID) -> dict[UUID, Response]:
        statement = (
            sa.select(ResponseRow.question_version_id, ResponseRow.response)
            .where(ResponseRow.attempt_id == attempt_id)
            .order_by(ResponseRow.at, ResponseRow.id)
        )
        found = session.execute(statement)
        return {question_id: response_from_json(document) for question_id, document in found}

    def _in_hand(self, session: Session, table: _Table) -> AttemptInHand:
        settings, attempt_id = table.quiz.settings, table.row.id
        seat = session.get(AttemptSeatRow, attempt_id)
        return AttemptInHand(
            attempt_id=attempt_id,
            lesson_id=table.row.lesson_id,
            number=table.row.number,
            title=table.title,
            settings=settings,
            questions=table.asked_questions(self._responses(session, attempt_id)),
            section_titles=table.section_titles,
            time_left=time_left(settings, self._sitting(session, table), self._site.clock.now()),
            position=seat.position if seat else 0,
            flagged=frozenset(map(UUID, seat.flagged)) if seat else frozenset(),
        )

    def _outcome(self, session: Session, table: _Table) -> AttemptOutcome:
        statement = sa.select(AttemptResultRow).where(AttemptResultRow.attempt_id == table.row.id)
        result = session.scalars(statement).one_or_none()
        if result is None:
            raise NotFound(_("The result of an attempt that is still open"))
        settings = table.quiz.settings
        return AttemptOutcome(
            attempt_id=table.row.id,
            lesson_id=table.row.lesson_id,
            number=table.row.number,
            title=table.title,
            settings=settings,
            began_at=table.row.began_at,
            submitted_at=result.submitted_at,
            ended_by=result.ended_by,
            score=score_from_json(result.report),
            questions=table.asked_questions(self._responses(session, table.row.id)),
            section_titles=table.section_titles,
            may_review=may_see_feedback(settings.feedback, ended=True, passed=result.passed),
        )


# Statements of the way every answer takes: built once, so that they are compiled once.
_HAS_RESULT = sa.select(AttemptResultRow.id).where(
    AttemptResultRow.attempt_id == sa.bindparam("attempt")
)
_SEAT = table_of(AttemptSeatRow)
_SEEN = (
    sa.update(_SEAT)
    .where(_SEAT.c.attempt_id == sa.bindparam("attempt"))
    .values(seen_at=sa.bindparam("now"))
)


def _learner(actor: Actor) -> UUID:
    actor.require_anywhere(Capability.LEARN)
    if actor.person_id is None:
        raise NotAllowed(Capability.LEARN.value)
    return actor.person_id


def _open_row(session: Session, person_id: UUID, lesson_id: UUID) -> AttemptRow | None:
    statement = (
        sa.select(AttemptRow)
        .outerjoin(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
        .where(
            AttemptRow.person_id == person_id,
            AttemptRow.lesson_id == lesson_id,
            AttemptResultRow.id.is_(None),
        )
    )
    return session.scalars(statement).first()
