"""What a person has done at a quiz, and what a supervisor gave them there: read for the policy."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.models import (
    AttemptResultRow,
    AttemptRow,
    AttemptUnlockRow,
    ExtraTimeRow,
)
from app.core.assessments.policy import (
    AttemptHistory,
    ExtraTime,
    GivenTime,
    StartDecision,
    StartReason,
    extra_seconds,
    may_start,
)
from app.core.assessments.quiz_lessons import QUIZ_KIND, quiz_of
from app.core.assessments.types import PastAttempt
from app.core.courses import Releases

BegunAgainAt = Callable[[Session, UUID, UUID], datetime | None]
"""Gives when a person began a lesson's course again; None when they never did."""


class Histories:
    """Decides by what lies in the records whether a person may start a quiz."""

    def __init__(self, releases: Releases) -> None:
        self._releases = releases
        self.begun_again_at: list[BegunAgainAt] = []

    def decision(
        self, session: Session, person_id: UUID, lesson_id: UUID, now: datetime
    ) -> StartDecision:
        """Say whether a person may start an attempt now, and why not. Raises NotFound."""
        quiz = quiz_of(self._releases.of_lesson(session, lesson_id).plan(lesson_id))
        return may_start(quiz.settings, self._history(session, person_id, lesson_id), now)

    def asks_retraining(
        self, session: Session, person_id: UUID, lesson_id: UUID, now: datetime
    ) -> bool:
        """Tell whether the course must be begun again before a lesson's quiz goes on."""
        plan = self._releases.of_lesson(session, lesson_id).plan(lesson_id)
        if plan.kind != QUIZ_KIND:
            return False
        decision = self.decision(session, person_id, lesson_id, now)
        return decision.reason is StartReason.RETRAINING_NEEDED

    def time_limit(
        self, session: Session, person_id: UUID, lesson_id: UUID, now: datetime
    ) -> int | None:
        """Return the seconds that an attempt begun now would have; None: no limit."""
        quiz = quiz_of(self._releases.of_lesson(session, lesson_id).plan(lesson_id))
        limit = quiz.settings.time_limit_seconds
        if limit is None:
            return None
        return limit + extra_seconds(limit, given_time(session, person_id), now)

    def _history(self, session: Session, person_id: UUID, lesson_id: UUID) -> AttemptHistory:
        unlocks = session.execute(
            sa.select(AttemptUnlockRow.adds_attempt, AttemptUnlockRow.at).where(
                AttemptUnlockRow.person_id == person_id, AttemptUnlockRow.lesson_id == lesson_id
            )
        ).all()
        again = (look(session, person_id, lesson_id) for look in self.begun_again_at)
        return AttemptHistory(
            attempts=_past_attempts(session, person_id, lesson_id),
            unlocked_at=tuple(at for adds_attempt, at in unlocks if adds_attempt),
            lifted_at=tuple(at for adds_attempt, at in unlocks if not adds_attempt),
            retrained_at=max((at for at in again if at is not None), default=None),
        )


def given_time(session: Session, person_id: UUID) -> tuple[GivenTime, ...]:
    """Return the extra time a person was ever given, the earliest first."""
    statement = (
        sa.select(ExtraTimeRow.at, ExtraTimeRow.percent, ExtraTimeRow.seconds)
        .where(ExtraTimeRow.person_id == person_id)
        .order_by(ExtraTimeRow.at, ExtraTimeRow.id)
    )
    return tuple(
        GivenTime(at=at, extra=ExtraTime(percent=percent, seconds=seconds))
        for at, percent, seconds in session.execute(statement)
    )


def _past_attempts(session: Session, person_id: UUID, lesson_id: UUID) -> tuple[PastAttempt, ...]:
    statement = (
        sa.select(AttemptRow.began_at, AttemptResultRow.submitted_at, AttemptResultRow.passed)
        .outerjoin(AttemptResultRow, AttemptResultRow.attempt_id == AttemptRow.id)
        .where(AttemptRow.person_id == person_id, AttemptRow.lesson_id == lesson_id)
    )
    return tuple(
        PastAttempt(began_at=began, ended_at=ended, passed=bool(passed))
        for began, ended, passed in session.execute(statement)
    )
