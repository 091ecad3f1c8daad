"""Who cannot go on with a course: no attempt is left at a quiz, and somebody has to give one."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments import attempts_used_up
from app.core.courses import ReleasedVersion
from app.core.learning.models import CourseStartRow, LessonCompletionRow


def is_stuck(session: Session, start: CourseStartRow, version: ReleasedVersion) -> bool:
    """Tell whether a required quiz of a cycle is not passed and has no attempt left."""
    done = sa.select(LessonCompletionRow.lesson_id).where(LessonCompletionRow.start_id == start.id)
    return is_stuck_beside(session, start, version, frozenset(session.scalars(done)))


def is_stuck_beside(
    session: Session, start: CourseStartRow, version: ReleasedVersion, done: Collection[UUID]
) -> bool:
    """Tell the same where it is known which lessons are done."""
    retrained_at = None if start.cycle == 1 else start.at
    return any(
        attempts_used_up(session, plan, start.person_id, lesson_id, retrained_at)
        for lesson_id, plan in zip(version.lesson_ids, version.outline.lessons, strict=True)
        if plan.is_required and lesson_id not in done
    )
