"""Who cannot go on with a course: no attempt is left at a quiz, and somebody has to give one."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.assessments import Tries, attempts_used_up
from app.core.courses import ReleasedVersion, Releases
from app.core.learning.models import CourseCompletionRow, CourseStartRow, LessonCompletionRow


def is_stuck(session: Session, start: CourseStartRow, version: ReleasedVersion) -> bool:
    """Tell whether a required quiz of a cycle is not passed and has no attempt left."""
    done = sa.select(LessonCompletionRow.lesson_id).where(LessonCompletionRow.start_id == start.id)
    return is_stuck_beside(session, start, version, frozenset(session.scalars(done)))


def is_stuck_beside(
    session: Session,
    start: CourseStartRow,
    version: ReleasedVersion,
    done: Collection[UUID],
    before: datetime | None = None,
) -> bool:
    """Tell the same where it is known which lessons are done; `before`: as it was at that time."""
    retrained_at = None if start.cycle == 1 else start.at
    return any(
        attempts_used_up(
            session,
            plan,
            Tries(
                person_id=start.person_id,
                lesson_id=lesson_id,
                retrained_at=retrained_at,
                before=before,
            ),
        )
        for lesson_id, plan in zip(version.lesson_ids, version.outline.lessons, strict=True)
        if plan.is_required and lesson_id not in done
    )


def courses_stuck(session: Session, person_id: UUID, before: datetime) -> frozenset[UUID]:
    """Return the courses with which somebody could not go on at a time, as the facts of then say."""
    completed = sa.exists().where(
        CourseCompletionRow.start_id == CourseStartRow.id, CourseCompletionRow.at < before
    )
    begun = sa.select(CourseStartRow).where(
        CourseStartRow.person_id == person_id, CourseStartRow.at < before, ~completed
    )
    releases = Releases()
    return frozenset(
        start.course_id
        for start in session.scalars(begun).all()
        if is_stuck_beside(
            session,
            start,
            releases.version(session, start.version_id),
            _done(session, start, before),
            before,
        )
    )


def _done(session: Session, start: CourseStartRow, before: datetime) -> frozenset[UUID]:
    done = sa.select(LessonCompletionRow.lesson_id).where(
        LessonCompletionRow.start_id == start.id, LessonCompletionRow.at < before
    )
    return frozenset(session.scalars(done))
