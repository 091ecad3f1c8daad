"""Taking quizzes: start, answer, hand in, review. The learner is always the actor.

An answer is a fact on disk when `answer` returns. What an attempt asks is never stored: its seed
and the question versions rebuild the paper exactly.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.anew import left_out_of_results
from app.core.assessments.attempts import (
    AttemptInHand,
    AttemptOutcome,
    PoolQuestion,
    ScoredAttempt,
)
from app.core.assessments.describing import describe_quiz
from app.core.assessments.draws import new_seed
from app.core.assessments.errors import MayNotStart, TimeIsUp
from app.core.assessments.histories import BegunAgainAt, Histories
from app.core.assessments.laid_out import (
    LaidOut,
    LaidOutAttempts,
    learner,
    open_row,
    responses_to,
    time_left_of,
)
from app.core.assessments.models import (
    AttemptOutageRow,
    AttemptResultRow,
    AttemptRow,
    AttemptSeatRow,
    ResponseRow,
)
from app.core.assessments.policy import StartDecision
from app.core.assessments.quiz_lessons import AskedQuestions, quiz_of
from app.core.assessments.rescoring import Rescoring
from app.core.assessments.scoring import (
    hundredths_of_percent,
    score_attempt,
    score_without,
    share_earned,
)
from app.core.assessments.stored import response_to_json, score_to_json
from app.core.assessments.supervision import Supervision
from app.core.assessments.types import Response
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.words import _
from app.core.courses import LessonPlan, Outline, PublishWarning, Releases
from app.core.journal import Site, Unit, kept_by_reserve
from app.core.people import take_learners_turn
from app.core.storage.prepared import Prepared
from app.core.storage.tables import table_of

OnScored = Callable[[Unit, ScoredAttempt], None]

_SEEN_EVERY = timedelta(seconds=15)
"""A seat not refreshed for longer means that the program was not running."""

_FRESH_FOR = timedelta(seconds=5)
"""An answer leaves a seat refreshed since alone: the screen refreshes it less often than that, and
most answers have a page less to encrypt and write."""


class Quizzes:
    """Attempts at the quizzes of published courses."""

    def __init__(self, site: Site, releases: Releases) -> None:
        self._site = site
        self._releases = releases
        self._questions = AskedQuestions()
        self._attempts = LaidOutAttempts(releases, self._questions)
        self._histories = Histories(releases)
        self.rescoring = Rescoring(site, releases)
        self.supervision = Supervision(site, releases, self._attempts, self._histories)
        self.on_scored: list[OnScored] = []

    @property
    def begun_again_at(self) -> list[BegunAgainAt]:
        """Return the list of what tells when a course was begun again: attempts then count anew."""
        return self._histories.begun_again_at

    def problems_of(self, session: Session, outline: Outline) -> tuple[str, ...]:
        """Return what keeps the quizzes of an outline from being taken (hook of courses)."""
        return self._questions.problems_of(session, outline)

    def warnings_of(self, session: Session, outline: Outline) -> Iterable[PublishWarning]:
        """Yield each quiz whose questions have places to be filled in (hook of courses)."""
        return self._questions.warnings_of(session, outline)

    def described(self, session: Session, plan: LessonPlan) -> Mapping[str, str]:
        """Describe the quiz of a lesson, for whoever compares two versions (hook of courses)."""
        return describe_quiz(session, plan)

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
            return self._histories.decision(
                session, learner(actor), lesson_id, self._site.clock.now()
            )

    def time_limit(self, actor: Actor, lesson_id: UUID) -> int | None:
        """Return the seconds a fresh attempt of the actor's has, extra time in it; None: no limit."""
        person_id = learner(actor)
        with self._site.read() as session:
            return self._histories.time_limit(session, person_id, lesson_id, self._site.clock.now())

    @kept_by_reserve
    def open_attempt(self, actor: Actor, lesson_id: UUID) -> AttemptInHand | None:
        """Return the actor's open attempt, time without the program given back; None without one."""
        person_id = learner(actor)
        with self._site.read() as session:
            row = open_row(session, person_id, lesson_id)
        if row is None:
            return None
        with self._site.transaction(actor, "attempt.resume") as unit:
            self._note_outage(unit, row.id)
            laid = self._attempts.of(unit, row.id)
            return self._attempts.in_hand(unit, laid, self._site.clock.now())

    def start(self, actor: Actor, lesson_id: UUID, language: str = "") -> AttemptInHand:
        """Begin an attempt, in a language the quiz may have (else the actor's). Raises MayNotStart."""
        person_id = learner(actor)
        with self._site.transaction(actor, "attempt.start") as unit:
            take_learners_turn(unit, person_id)
            decision = self._histories.decision(unit, person_id, lesson_id, self._site.clock.now())
            if not decision.allowed:
                raise MayNotStart(decision)
            mine = sa.and_(AttemptRow.person_id == person_id, AttemptRow.lesson_id == lesson_id)
            count = unit.scalar(sa.select(sa.func.count()).select_from(AttemptRow).where(mine)) or 0
            now = self._site.clock.now()
            row = AttemptRow(
                person_id=person_id,
                lesson_id=lesson_id,
                number=count + 1,
                seed=new_seed(),
                began_at=now,
                language=language or actor.language,
            )
            unit.add(row)
            unit.flush()
            unit.add(AttemptSeatRow(attempt_id=row.id, seen_at=now, flagged=[]))
            unit.flush()
            laid = self._attempts.of(unit, row.id)
            return self._attempts.in_hand(unit, laid, self._site.clock.now())

    @kept_by_reserve
    def answer(self, actor: Actor, attempt_id: UUID, question_id: UUID, response: Response) -> None:
        """Keep the answer to one question; it is a fact on disk when this returns.

        Raises NotFound, AttemptClosed, and TimeIsUp after handing in what was there.
        """
        late = False
        with self._site.transaction(actor, "attempt.answer") as unit:
            now = unit.moment
            laid, is_seat_fresh = self._attempts.own_open_seen(
                unit, actor, attempt_id, now - _FRESH_FOR
            )
            late = _is_late(unit, laid, now)
            if not late:
                if question_id not in laid.asked:
                    raise NotFound(_("The question"))
                unit.insert_many(
                    ResponseRow,
                    [
                        {
                            "attempt_id": attempt_id,
                            "question_version_id": question_id,
                            "response": response_to_json(response),
                            "share": share_earned(laid.questions[question_id], response),
                            "at": now,
                        }
                    ],
                )
                if not is_seat_fresh:
                    unit.run(_SEEN, {"attempt": attempt_id, "now": now})
        if late:
            self.submit(actor, attempt_id)
            raise TimeIsUp

    @kept_by_reserve
    def keep_seat(
        self, actor: Actor, attempt_id: UUID, position: int, flagged: frozenset[UUID]
    ) -> None:
        """Note that the attempt is on screen, where, and what is flagged; called every few seconds."""
        with self._site.transaction(actor, "attempt.seat") as unit:
            self._attempts.own_open(unit, actor, attempt_id)
            self._note_outage(unit, attempt_id)
            seat = unit.get_one(AttemptSeatRow, attempt_id)
            seat.position = position
            seat.flagged = sorted(map(str, flagged))

    @kept_by_reserve
    def submit(self, actor: Actor, attempt_id: UUID) -> AttemptOutcome:
        """Hand in and score. Those above learn of the score in the same transaction.

        An attempt past its time is handed in as ended by time. Raises AttemptClosed.
        """
        with self._site.transaction(actor, "attempt.submit") as unit:
            laid = self._attempts.own_open(unit, actor, attempt_id)
            responses = responses_to(unit, attempt_id)
            score = score_without(
                score_attempt(laid.quiz, laid.paper, laid.questions, responses),
                left_out_of_results(unit),
                laid.quiz.settings.pass_mark,
            )
            now = self._site.clock.now()
            left = time_left_of(unit, laid, now)
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
                person_id=laid.row.person_id,
                lesson_id=laid.row.lesson_id,
                score=score.share,
                score_hundredths=hundredths_of_percent(score),
                passed=score.passed,
                seconds=int((now - laid.row.began_at).total_seconds()),
            )
            for act in self.on_scored:
                act(unit, scored)
            return self._attempts.outcome(unit, laid)

    def outcome(self, actor: Actor, attempt_id: UUID) -> AttemptOutcome:
        """Return an attempt of the actor's that was handed in.

        Raises NotFound while it is open, NotAllowed for another's.
        """
        with self._site.read() as session:
            laid = self._attempts.of(session, attempt_id)
            if laid.row.person_id != learner(actor):
                raise NotAllowed(Capability.LEARN.named)
            return self._attempts.outcome(session, laid)

    def outcomes(self, actor: Actor, lesson_id: UUID) -> tuple[AttemptOutcome, ...]:
        """Return the actor's attempts at a quiz that were handed in, the first one first."""
        person_id = learner(actor)
        statement = (
            sa.select(AttemptRow.id)
            .join(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
            .where(AttemptRow.person_id == person_id, AttemptRow.lesson_id == lesson_id)
            .order_by(AttemptRow.number, AttemptRow.id)
        )
        with self._site.read() as session:
            ids = session.scalars(statement).all()
            return tuple(
                self._attempts.outcome(session, self._attempts.of(session, one)) for one in ids
            )

    def asks_retraining(self, session: Session, person_id: UUID, lesson_id: UUID) -> bool:
        """Tell whether a course must be begun again before its quiz goes on (hook of learning)."""
        now = self._site.clock.now()
        return self._histories.asks_retraining(session, person_id, lesson_id, now)

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


def _is_late(unit: Unit, laid: LaidOut, now: datetime) -> bool:
    left = time_left_of(unit, laid, now)
    return left is not None and left.late


_SEAT = table_of(AttemptSeatRow)
_SEEN = Prepared(
    sa.update(_SEAT)
    .where(_SEAT.c.attempt_id == sa.bindparam("attempt"))
    .values(seen_at=sa.bindparam("now"))
)
