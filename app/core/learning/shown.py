"""Lessons that were shown to many at once: whoever was there for enough of one has done it (E10, I14).

Only what is watched or read together counts; quizzes, acknowledgements and practicals are one's own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from app.core.courses import CompletionRule, ReleasedVersion, Releases, lesson_kind
from app.core.journal import Unit
from app.core.learning.completing import Completing
from app.core.learning.models import (
    CourseProgressRow,
    CourseStartRow,
    LearningSessionRow,
    LessonCompletionRow,
)
from app.core.learning.rules import is_met, rule_in_words
from app.core.learning.starts import done_positions


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLesson:
    """A lesson that somebody saw together with others: when, apart from each other."""

    lesson_id: UUID
    seen: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class ShownTo:
    """Writes what one person saw, in the unit it is given."""

    completing: Completing
    releases: Releases
    start_of: Callable[[Unit, UUID, UUID, datetime], CourseStartRow]
    """Gives the cycle of a person and a course that counts for what began at a time."""

    def keep(
        self,
        unit: Unit,
        person_id: UUID,
        course_id: UUID,
        session_id: UUID,
        lessons: Sequence[ShownLesson],
    ) -> bool:
        """Write learning sessions and completions; return whether the course is completed by it."""
        began = min(begin for lesson in lessons for begin, _end in lesson.seen)
        start = self.start_of(unit, person_id, course_id, began)
        version = self.releases.version(unit, start.version_id)
        progress = unit.get_one(CourseProgressRow, start.id)
        was_done = progress.completed_at is not None
        done = done_positions(unit, start, version)
        for lesson in lessons:
            if lesson.lesson_id in version.lesson_ids:
                position = version.lesson_ids.index(lesson.lesson_id) + 1
                self._keep_one(unit, start, version, session_id, lesson, is_done=position in done)
        unit.flush()
        self.completing.complete_if_done(unit, start, version)
        return progress.completed_at is not None and not was_done

    def _keep_one(
        self,
        unit: Unit,
        start: CourseStartRow,
        version: ReleasedVersion,
        session_id: UUID,
        lesson: ShownLesson,
        *,
        is_done: bool,
    ) -> None:
        plan = version.plan(lesson.lesson_id)
        seconds = sum(int((end - begin).total_seconds()) for begin, end in lesson.seen)
        if not seconds:
            return
        for begin, end in lesson.seen:
            unit.add(
                LearningSessionRow(
                    start_id=start.id,
                    lesson_id=lesson.lesson_id,
                    began_at=begin,
                    ended_at=end,
                    active_seconds=int((end - begin).total_seconds()),
                    trace={"session": str(session_id)},
                )
            )
        progress = unit.get_one(CourseProgressRow, start.id)
        progress.active_seconds += seconds
        progress.last_at = max(progress.last_at, *(end for _begin, end in lesson.seen))
        share = min(Fraction(seconds, plan.seconds), Fraction(1)) if plan.seconds else Fraction(1)
        if is_done or not lesson_kind(plan.kind).is_for_all:
            return
        if is_met(plan.rule, share, seconds):
            evidence = {
                "session": str(session_id),
                "share": str(share),
                "active_seconds": seconds,
            }
            unit.add(_completed(start, lesson, plan.rule, evidence))


def _completed(
    start: CourseStartRow, lesson: ShownLesson, rule: CompletionRule, evidence: dict[str, object]
) -> LessonCompletionRow:
    return LessonCompletionRow(
        start_id=start.id,
        lesson_id=lesson.lesson_id,
        at=max(end for _begin, end in lesson.seen),
        rule=f"shown to all in a session: {rule_in_words(rule)}",
        evidence=evidence,
    )
