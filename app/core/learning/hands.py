"""How far somebody is: courses in hand for the learner, and what lists show of them."""

from fractions import Fraction
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.courses import ReleasedVersion, Releases
from app.core.learning.holding import held_courses
from app.core.learning.models import CourseProgressRow, CourseStartRow, LessonStateRow
from app.core.learning.rules import open_lessons
from app.core.learning.starts import done_positions
from app.core.learning.types import BegunCourse, CourseInHand, HeldCourse, LessonInHand
from app.core.learning.withdrawn import why_withdrawn


class Hands:
    """Reads what somebody has in hand."""

    def __init__(self, releases: Releases) -> None:
        self._releases = releases

    def of(
        self, session: Session, start: CourseStartRow, version: ReleasedVersion | None = None
    ) -> CourseInHand:
        """Return one cycle of a course as it stands for its learner."""
        version = version or self._releases.version(session, start.version_id)
        statement = sa.select(LessonStateRow).where(LessonStateRow.start_id == start.id)
        states = {row.lesson_id: row for row in session.scalars(statement)}
        progress = session.get_one(CourseProgressRow, start.id)
        return CourseInHand(
            start_id=start.id,
            course_id=start.course_id,
            version_id=start.version_id,
            version=version.number,
            outline=version.outline,
            lessons=_lessons(version, done_positions(session, start, version), states),
            completed_at=progress.completed_at,
            valid_until=progress.valid_until,
        )

    def to_come(self, session: Session, course_id: UUID, start_id: UUID) -> CourseInHand:
        """Return a course that nobody has begun as it will stand once it is. Raises NotFound."""
        version = self._releases.current(session, course_id)
        return CourseInHand(
            start_id=start_id,
            course_id=course_id,
            version_id=version.version_id,
            version=version.number,
            outline=version.outline,
            lessons=_lessons(version, frozenset(), {}),
            completed_at=None,
            valid_until=None,
        )

    def begun_courses(self, session: Session, person_id: UUID) -> dict[UUID, BegunCourse]:
        """Return the newest cycle of each course a person has begun, by course."""
        statement = (
            sa.select(CourseStartRow, CourseProgressRow)
            .join(CourseProgressRow, CourseProgressRow.start_id == CourseStartRow.id)
            .where(CourseStartRow.person_id == person_id)
            .order_by(CourseStartRow.cycle, CourseStartRow.at, CourseStartRow.id)
        )
        newest = {row.course_id: (row, progress) for row, progress in session.execute(statement)}
        held = held_courses(session, person_id)
        return {
            course_id: self._begun(session, start, progress, held.get(course_id))
            for course_id, (start, progress) in newest.items()
        }

    def _begun(
        self,
        session: Session,
        start: CourseStartRow,
        progress: CourseProgressRow,
        held: HeldCourse | None,
    ) -> BegunCourse:
        version = self._releases.version(session, start.version_id)
        done = done_positions(session, start, version)
        left = (p for p in range(1, len(version.lesson_ids) + 1) if p not in done)
        return BegunCourse(
            start_id=start.id,
            cycle=start.cycle,
            version_id=start.version_id,
            lessons_done=progress.lessons_done,
            lessons_required=progress.lessons_required,
            next_position=next(left, 0),
            best_score_hundredths=progress.best_score_hundredths,
            completed_at=progress.completed_at,
            held=held,
            withdrawn=""
            if held is not None or progress.completed_at is None
            else why_withdrawn(session, start.id),
        )


def _lessons(
    version: ReleasedVersion, done: frozenset[int], states: dict[UUID, LessonStateRow]
) -> tuple[LessonInHand, ...]:
    """Return the lessons of a version; `done` are positions, from 1."""
    opened = open_lessons(version.outline, done)
    lessons = []
    for position, plan in enumerate(version.outline.lessons, start=1):
        lesson_id = version.lesson_ids[position - 1]
        row = states.get(lesson_id)
        lessons.append(
            LessonInHand(
                lesson_id=lesson_id,
                position=position,
                plan=plan,
                share=row.share if row else Fraction(0),
                is_done=position in done,
                is_open=position in opened,
                state=row.state if row else {},
            )
        )
    return tuple(lessons)
