"""What somebody holds of a course: its newest completion, whichever cycle that was in.

The one definition, for the learner's screens and the reports alike. The newest cycle says how far
somebody is; it takes nothing from a completion before it, which is evidence until it expires.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.learning.models import CourseCompletionRow, CourseProgressRow
from app.core.learning.types import HeldCourse


def newest_completion(column: Any, person_id: Any, course_id: Any) -> sa.Select[Any]:
    """Return a select of `column` of the newest completion of a course by a person.

    All three are mapped attributes or expressions; of CourseCompletionRow the first.
    """
    return (
        sa.select(column)
        .where(
            CourseCompletionRow.person_id == person_id, CourseCompletionRow.course_id == course_id
        )
        .order_by(CourseCompletionRow.at.desc(), CourseCompletionRow.id.desc())
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
