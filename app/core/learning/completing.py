"""Turning what happened into facts: learning sessions, lesson and course completions."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

import sqlalchemy as sa

from app.core.assessments import ScoredAttempt
from app.core.base.clock import Clock
from app.core.courses import ReleasedVersion
from app.core.journal import Unit
from app.core.learning.models import (
    CourseCompletionRow,
    CourseProgressRow,
    CourseStartRow,
    LearningSessionRow,
    LessonCompletionRow,
    LessonStateRow,
)
from app.core.learning.rules import is_complete, is_met, rule_in_words, valid_until
from app.core.learning.types import CompletedCourse

OnCompleted = Callable[[Unit, CompletedCourse], None]
HoldsUntil = Callable[[Unit, UUID, UUID, date, int | None], date | None]
"""Says the last valid day of a completion: of which person and course, on which day, and for how many
months the version says that it holds."""


class Completing:
    """Writes completions and calls those who wait for them, all in the unit it is given."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.on_completed: list[OnCompleted] = []
        self.holds_until: HoldsUntil = _as_the_version_says

    def write_session(self, unit: Unit, row: LessonStateRow) -> None:
        """Write what is not yet a fact as one learning session; nothing when there is nothing."""
        if not row.unsaved:
            return
        unit.add(
            LearningSessionRow(
                start_id=row.start_id,
                lesson_id=row.lesson_id,
                began_at=datetime.fromisoformat(row.unsaved["since"]),
                ended_at=row.updated_at,
                active_seconds=row.unsaved["seconds"],
                trace=row.unsaved["trace"],
            )
        )
        row.unsaved = {}
        unit.flush()

    def consider(
        self,
        unit: Unit,
        start: CourseStartRow,
        version: ReleasedVersion,
        row: LessonStateRow,
        score: Fraction | None = None,
    ) -> None:
        """Complete the lesson if its rule is met, and the course if that was what was missing."""
        plan = version.plan(row.lesson_id)
        done = set(self._done(unit, start))
        if row.lesson_id in done or not is_met(plan.rule, row.share, row.active_seconds):
            return
        self.write_session(unit, row)
        evidence = {**row.state, "share": str(row.share), "active_seconds": row.active_seconds}
        unit.add(
            LessonCompletionRow(
                start_id=start.id,
                lesson_id=row.lesson_id,
                at=self._clock.now(),
                rule=rule_in_words(plan.rule),
                evidence=evidence if score is None else {**evidence, "score": str(score)},
            )
        )
        unit.flush()
        self.complete_if_done(unit, start, version)

    def complete_quiz_anew(
        self,
        unit: Unit,
        start: CourseStartRow,
        version: ReleasedVersion,
        scored: ScoredAttempt,
        at: datetime,
    ) -> None:
        """Complete a quiz that is passed since it was scored anew, on the day it was handed in.

        A course that is done by it was done when the last of its lessons was.
        """
        plan, lesson_id = version.plan(scored.lesson_id), scored.lesson_id
        sat = sa.select(sa.func.sum(LearningSessionRow.active_seconds)).where(
            LearningSessionRow.start_id == start.id, LearningSessionRow.lesson_id == lesson_id
        )
        if lesson_id in self._done(unit, start) or not is_met(
            plan.rule, Fraction(1), unit.scalar(sat) or 0
        ):
            return
        evidence = {
            "attempt": str(scored.attempt_id),
            "done": True,
            "scored_anew": True,
            "score": f"{scored.score.numerator}/{scored.score.denominator}",
        }
        unit.add(
            LessonCompletionRow(
                start_id=start.id,
                lesson_id=lesson_id,
                at=at,
                rule=rule_in_words(plan.rule),
                evidence=evidence,
            )
        )
        unit.flush()
        last = sa.select(sa.func.max(LessonCompletionRow.at)).where(
            LessonCompletionRow.start_id == start.id
        )
        self.complete_if_done(unit, start, version, unit.scalar(last))

    def complete_if_done(
        self,
        unit: Unit,
        start: CourseStartRow,
        version: ReleasedVersion,
        at: datetime | None = None,
    ) -> None:
        """Count the lessons done, and complete the course if that is all it takes; `at`: not now, but then."""
        positions = frozenset(
            version.lesson_ids.index(one) + 1
            for one in self._done(unit, start)
            if one in version.lesson_ids
        )
        progress = unit.get_one(CourseProgressRow, start.id)
        progress.lessons_done = sum(
            lesson.is_required
            for position, lesson in enumerate(version.outline.lessons, start=1)
            if position in positions
        )
        if progress.completed_at is None and is_complete(version.outline.lessons, positions):
            self._complete_course(unit, start, version, progress, at or self._clock.now())

    def _complete_course(
        self,
        unit: Unit,
        start: CourseStartRow,
        version: ReleasedVersion,
        progress: CourseProgressRow,
        now: datetime,
    ) -> None:
        day = now.astimezone().date()
        until = self.holds_until(
            unit, start.person_id, start.course_id, day, version.outline.valid_months
        )
        best = progress.best_score_hundredths
        completion = CourseCompletionRow(
            start_id=start.id,
            person_id=start.person_id,
            course_id=start.course_id,
            at=now,
            score=self._best_score(unit, start) if best is not None else None,
            valid_until=until,
        )
        unit.add(completion)
        progress.completed_at = now
        progress.valid_until = until
        unit.flush()
        completed = CompletedCourse(
            completion_id=completion.id,
            person_id=start.person_id,
            course_id=start.course_id,
            version=version.number,
            outline=version.outline,
            at=now,
            score=completion.score,
            valid_until=until,
        )
        for act in self.on_completed:
            act(unit, completed)

    def _best_score(self, unit: Unit, start: CourseStartRow) -> Fraction | None:
        statement = sa.select(LessonCompletionRow.evidence).where(
            LessonCompletionRow.start_id == start.id
        )
        scores = [Fraction(found["score"]) for found in unit.scalars(statement) if "score" in found]
        return max(scores, default=None)

    def _done(self, unit: Unit, start: CourseStartRow) -> list[UUID]:
        statement = sa.select(LessonCompletionRow.lesson_id).where(
            LessonCompletionRow.start_id == start.id
        )
        return list(unit.scalars(statement))


def _as_the_version_says(
    _unit: Unit, _person_id: UUID, _course_id: UUID, day: date, months: int | None
) -> date | None:
    return valid_until(day, months)
