"""What somebody holds of a course: the completion that lasts longest, whichever cycle that was in.

The one definition, for the learner's screens and the reports alike. The newest cycle says how far
somebody is; neither it nor its completion takes anything from one before, which is evidence until it expires.
"""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.learning.models import CourseCompletionRow, CourseProgressRow
from app.core.learning.types import HeldCourse
from app.core.learning.withdrawn import completion_stands
from app.core.storage.columns import Day


def newest_completion(column: Any, person_id: Any, course_id: Any) -> sa.Select[Any]:
    """Return a select of `column` of the completion of a course by a person that counts.

    It is the one that lasts longest; of those that end on one day the newest. What was withdrawn does not count.
    All three are mapped attributes or expressions; of CourseCompletionRow the first.
    """
    until = sa.func.coalesce(CourseCompletionRow.valid_until, sa.literal(date.max, Day))
    return (
        sa.select(column)
        .where(
            CourseCompletionRow.person_id == person_id,
            CourseCompletionRow.course_id == course_id,
            completion_stands(),
        )
        .order_by(until.desc(), CourseCompletionRow.at.desc(), CourseCompletionRow.id.desc())
        .limit(1)
    )


def held_courses(session: Session, person_id: UUID) -> dict[UUID, HeldCourse]:
    """Return what a person holds of each course they ever completed, by course."""
    mine = aliased(CourseCompletionRow)
    newest = newest_completion(CourseCompletionRow.id, mine.person_id, mine.course_id)
    statement = (
        sa.select(mine, CourseProgressRow.best_score_hundredths)
        .outerjoin(CourseProgressRow, CourseProgressRow.start_id == mine.start_id)
        .where(mine.person_id == person_id, mine.id == newest.correlate(mine).scalar_subquery())
    )
    return {
        row.course_id: HeldCourse(
            start_id=row.start_id,
            completed_at=row.at,
            valid_until=row.valid_until,
            score_hundredths=best,
        )
        for row, best in session.execute(statement)
    }
