"""Attempts laid out: what one asks, what was answered, how its time stands. Reads only."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.anew import left_out_of_results, scored_anew
from app.core.assessments.attempts import AskedQuestion, AttemptInHand, AttemptOutcome
from app.core.assessments.errors import AttemptClosed
from app.core.assessments.histories import given_time
from app.core.assessments.models import (
    AttemptExtensionRow,
    AttemptOutageRow,
    AttemptResultRow,
    AttemptRow,
    AttemptSeatRow,
    ResponseRow,
)
from app.core.assessments.papers import build_paper
from app.core.assessments.policy import (
    Sitting,
    TimeLeft,
    extra_seconds,
    may_see_feedback,
    time_left,
)
from app.core.assessments.quiz_lessons import AskedQuestions, quiz_of
from app.core.assessments.stored import response_from_json, score_from_json
from app.core.assessments.types import Outage, Paper, Question, Quiz, Response
from app.core.base.actor import Actor, Capability
from app.core.base.clock import to_microseconds
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.words import _
from app.core.courses import Releases
from app.core.journal import Unit
from app.core.people import reads_along, take_learners_turn
from app.core.storage.columns import IdWire
from app.core.storage.prepared import Prepared


class LaidOut:
    """An attempt laid out: its row, quiz, questions and paper. None of them ever changes."""

    def __init__(
        self, row: AttemptRow, title: str, quiz: Quiz, questions: dict[UUID, Question]
    ) -> None:
        self.row = row
        self.person_id = row.person_id
        self.title = title
        self.quiz = quiz
        self.questions = questions
        self.paper: Paper = build_paper(quiz, questions, row.seed)
        self.asked = {one.question_id: one for one in self.paper.questions}

    def asked_questions(
        self, responses: dict[UUID, Response], asks: Callable[[UUID], bool]
    ) -> tuple[AskedQuestion, ...]:
        """Return those of the paper's questions that are asked, with what was given to them."""
        return tuple(
            AskedQuestion(
                question_id=one.question_id,
                question=self.questions[one.question_id],
                order=one.order,
                section=one.section,
                response=responses.get(one.question_id),
            )
            for one in self.paper.questions
            if asks(one.question_id)
        )

    @property
    def section_titles(self) -> tuple[str, ...]:
        """Return the titles of the quiz's sections."""
        return tuple(section.title for section in self.quiz.sections)


class LaidOutAttempts:
    """Lays out attempts and keeps them laid out."""

    def __init__(self, releases: Releases, questions: AskedQuestions) -> None:
        self._releases = releases
        self._questions = questions
        self._known: dict[UUID, LaidOut] = {}

    def of(self, session: Session, attempt_id: UUID) -> LaidOut:
        """Return an attempt, open or handed in. Raises NotFound."""
        laid = self._known.get(attempt_id)
        if laid is None:
            row = session.get(AttemptRow, attempt_id)
            if row is None:
                raise NotFound(_("The attempt"))
            plan = self._releases.of_lesson(session, row.lesson_id).plan(row.lesson_id)
            quiz = quiz_of(plan, row.language)
            questions = self._questions.of_quiz(session, quiz, row.language)
            title = plan.titles.get(row.language, plan.title)
            laid = self._known[attempt_id] = LaidOut(row, title, quiz, questions)
        return laid

    def own_open(self, unit: Unit, actor: Actor, attempt_id: UUID) -> LaidOut:
        """Return an open attempt of the actor's. Raises NotFound, NotAllowed, AttemptClosed."""
        laid, _is_seat_fresh = self.own_open_seen(unit, actor, attempt_id, unit.moment)
        return laid

    def own_open_seen(
        self, unit: Unit, actor: Actor, attempt_id: UUID, since: datetime
    ) -> tuple[LaidOut, bool]:
        """Return an open attempt of the actor's, and whether its seat, if it has one, was refreshed since.

        Raises NotFound, NotAllowed, AttemptClosed.
        """
        laid = self.of(unit, attempt_id)
        if laid.person_id != learner(actor):
            raise NotAllowed(Capability.LEARN.named)
        take_learners_turn(unit, laid.person_id)
        ((closed, seen_at),) = unit.run(_STANDING, {"attempt": attempt_id.bytes})
        if closed:
            raise AttemptClosed
        return laid, seen_at is None or seen_at >= to_microseconds(since)

    def in_hand(self, session: Session, laid: LaidOut, now: datetime) -> AttemptInHand:
        """Return an open attempt as the learner takes it up."""
        attempt_id = laid.row.id
        seat, left_out = session.get(AttemptSeatRow, attempt_id), left_out_of_results(session)
        responses = responses_to(session, attempt_id)
        return AttemptInHand(
            attempt_id=attempt_id,
            lesson_id=laid.row.lesson_id,
            number=laid.row.number,
            title=laid.title,
            settings=laid.quiz.settings,
            questions=laid.asked_questions(responses, lambda one: one not in left_out),
            section_titles=laid.section_titles,
            time_left=time_left_of(session, laid, now),
            position=seat.position if seat else 0,
            flagged=frozenset(map(UUID, seat.flagged)) if seat else frozenset(),
            is_read_to=reads_along(session, laid.person_id),
        )

    def outcome(self, session: Session, laid: LaidOut) -> AttemptOutcome:
        """Return an attempt that was handed in. Raises NotFound while it is open."""
        statement = sa.select(AttemptResultRow).where(AttemptResultRow.attempt_id == laid.row.id)
        result = session.scalars(statement).one_or_none()
        if result is None:
            raise NotFound(_("The result of an attempt that is still open"))
        settings, score = laid.quiz.settings, score_from_json(result.report)
        asked = {one.question_id for one in score.questions}
        anew = scored_anew(session, laid.row.id)
        passed = result.passed if anew is None else anew.score.passed
        return AttemptOutcome(
            attempt_id=laid.row.id,
            lesson_id=laid.row.lesson_id,
            number=laid.row.number,
            title=laid.title,
            settings=settings,
            began_at=laid.row.began_at,
            submitted_at=result.submitted_at,
            ended_by=result.ended_by,
            score=score,
            questions=laid.asked_questions(responses_to(session, laid.row.id), asked.__contains__),
            section_titles=laid.section_titles,
            may_review=may_see_feedback(settings.feedback, ended=True, passed=passed),
            anew=anew,
        )


def learner(actor: Actor) -> UUID:
    """Return the person who acts as a learner. Raises NotAllowed."""
    actor.require_anywhere(Capability.LEARN)
    if actor.person_id is None:
        raise NotAllowed(Capability.LEARN.named)
    return actor.person_id


def is_closed(unit: Unit, attempt_id: UUID) -> bool:
    """Tell whether an attempt was handed in."""
    return bool(unit.run(_STANDING, {"attempt": attempt_id.bytes})[0][0])


def open_row(session: Session, person_id: UUID, lesson_id: UUID) -> AttemptRow | None:
    """Return a person's open attempt at a quiz; None without one."""
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


def responses_to(session: Session, attempt_id: UUID) -> dict[UUID, Response]:
    """Return what was given to each question of an attempt, the last of each."""
    statement = (
        sa.select(ResponseRow.question_version_id, ResponseRow.response)
        .where(ResponseRow.attempt_id == attempt_id)
        .order_by(ResponseRow.at, ResponseRow.id)
    )
    found = session.execute(statement)
    return {question_id: response_from_json(document) for question_id, document in found}


def time_left_of(session: Session, laid: LaidOut, now: datetime) -> TimeLeft | None:
    """Return what remains of an attempt's time; None when its quiz has no limit."""
    settings = laid.quiz.settings
    if settings.time_limit_seconds is None:
        return None
    sitting = _sitting(session, laid.row, settings.time_limit_seconds)
    return time_left(settings, sitting, now)


def _sitting(session: Session, row: AttemptRow, limit_seconds: int) -> Sitting:
    lost = sa.select(AttemptOutageRow).where(AttemptOutageRow.attempt_id == row.id)
    given = sa.select(sa.func.sum(AttemptExtensionRow.seconds)).where(
        AttemptExtensionRow.attempt_id == row.id
    )
    extra = extra_seconds(limit_seconds, given_time(session, row.person_id), row.began_at)
    return Sitting(
        began_at=row.began_at,
        outages=tuple(
            Outage(began_at=one.began_at, ended_at=one.ended_at) for one in session.scalars(lost)
        ),
        extension_seconds=(session.scalar(given) or 0) + extra,
    )


def _standing() -> sa.Select[Any, Any]:
    attempt = sa.bindparam("attempt", type_=IdWire())
    result = sa.select(AttemptResultRow.id).where(AttemptResultRow.attempt_id == attempt)
    seen_at = sa.select(AttemptSeatRow.seen_at).where(AttemptSeatRow.attempt_id == attempt)
    return sa.select(result.exists(), seen_at.scalar_subquery())


_STANDING = Prepared(_standing())
"""Whether an attempt was handed in, and when its seat was refreshed, in one question."""
