"""What a person has done at a quiz, and what a supervisor gave them there: read for the policy."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments.models import (
    AttemptAnewRow,
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
    is_used_up,
    may_start,
)
from app.core.assessments.quiz_lessons import QUIZ_KIND, quiz_of
from app.core.assessments.types import PastAttempt
from app.core.base.batches import batches
from app.core.courses import LessonPlan, Releases

BegunAgainAt = Callable[[Session, UUID, UUID], datetime | None]
"""Gives when a person began a lesson's course again; None when they never did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """Whose tries at which quiz are meant, and which of them count."""

    person_id: UUID
    lesson_id: UUID
    retrained_at: datetime | None
    """When they began its course anew; what was before does not count."""
    before: datetime | None = None
    """What had happened by then; None: by now."""


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
        again = (look(session, person_id, lesson_id) for look in self.begun_again_at)
        retrained_at = max((at for at in again if at is not None), default=None)
        tries = Tries(person_id=person_id, lesson_id=lesson_id, retrained_at=retrained_at)
        return may_start(quiz.settings, history_of(session, tries), now)

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


def history_of(session: Session, tries: Tries) -> AttemptHistory:
    """Return what somebody did at a quiz, and what they were given."""
    unlock = AttemptUnlockRow
    unlocks = session.execute(
        sa.select(unlock.adds_attempt, unlock.at).where(
            unlock.person_id == tries.person_id,
            unlock.lesson_id == tries.lesson_id,
            *([] if tries.before is None else [unlock.at < tries.before]),
        )
    ).all()
    return AttemptHistory(
        attempts=_past_attempts(session, tries),
        unlocked_at=tuple(at for adds_attempt, at in unlocks if adds_attempt),
        lifted_at=tuple(at for adds_attempt, at in unlocks if not adds_attempt),
        retrained_at=tries.retrained_at,
    )


def attempts_used_up(session: Session, plan: LessonPlan, tries: Tries) -> bool:
    """Tell whether somebody has no attempt left at a lesson; of one that is no quiz they have."""
    if plan.kind != QUIZ_KIND:
        return False
    settings = quiz_of(plan).settings
    if settings.max_attempts is None:
        return False
    return is_used_up(settings, history_of(session, tries))


def tried_in(session: Session, touched: Mapping[str, Collection[UUID]]) -> set[tuple[UUID, UUID]]:
    """Return of whom, and at which lessons, some rows by table say that a quiz was tried or given."""
    found: set[tuple[UUID, UUID]] = set()
    for some in batches(touched.get(AttemptResultRow.__tablename__, ())):
        results = sa.select(AttemptResultRow.attempt_id).where(AttemptResultRow.id.in_(some))
        found |= _pairs(session, AttemptRow, AttemptRow.id.in_(results))
    for model in (AttemptRow, AttemptUnlockRow):
        for some in batches(touched.get(model.__tablename__, ())):
            found |= _pairs(session, model, model.id.in_(some))
    return found


def _pairs(
    session: Session,
    model: type[AttemptRow] | type[AttemptUnlockRow],
    condition: sa.ColumnElement[bool],
) -> set[tuple[UUID, UUID]]:
    found = session.execute(sa.select(model.person_id, model.lesson_id).where(condition))
    return {(person_id, lesson_id) for person_id, lesson_id in found}


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


def _past_attempts(session: Session, tries: Tries) -> tuple[PastAttempt, ...]:
    attempt, result, anew, before = AttemptRow, AttemptResultRow, AttemptAnewRow, tries.before
    is_over = [] if before is None else [result.submitted_at < before]
    statement = (
        sa.select(
            attempt.began_at, result.submitted_at, sa.func.coalesce(anew.passed, result.passed)
        )
        .outerjoin(result, sa.and_(result.attempt_id == attempt.id, *is_over))
        .outerjoin(anew, anew.attempt_id == result.attempt_id)
        .where(
            attempt.person_id == tries.person_id,
            attempt.lesson_id == tries.lesson_id,
            *([] if before is None else [attempt.began_at < before]),
        )
    )
    return tuple(
        PastAttempt(began_at=began, ended_at=ended, passed=bool(passed))
        for began, ended, passed in session.execute(statement)
    )
