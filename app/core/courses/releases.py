"""Released versions, as features above read them: immutable, so they are read and parsed once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.courses.models import CourseRow, CourseVersionRow, LessonRow
from app.core.courses.outline import LessonPlan, Outline, from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedVersion:
    """A published version of a course, with the ids its lessons have in the records."""

    version_id: UUID
    course_id: UUID
    number: int
    outline: Outline
    lesson_ids: tuple[UUID, ...]
    """In the order of `outline.lessons`."""
    published_at: datetime

    def plan(self, lesson_id: UUID) -> LessonPlan:
        """Return a lesson's plan. Raises ValueError for a lesson of another version."""
        return self.outline.lessons[self.lesson_ids.index(lesson_id)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCourse:
    """A version was published: what those above courses need to act on it, in the same unit."""

    course_id: UUID
    version_id: UUID
    code: str
    number: int
    outline: Outline


class Releases:
    """Reads released versions; keeps what it has read."""

    def __init__(self) -> None:
        self._versions: dict[UUID, ReleasedVersion] = {}
        self._version_of_lesson: dict[UUID, UUID] = {}

    def version(self, session: Session, version_id: UUID) -> ReleasedVersion:
        """Return a version. Raises NotFound."""
        known = self._versions.get(version_id)
        if known is None:
            known = self._versions[version_id] = _read(session, version_id)
            self._version_of_lesson.update(dict.fromkeys(known.lesson_ids, version_id))
        return known

    def current(self, session: Session, course_id: UUID) -> ReleasedVersion:
        """Return the version that new learners begin. Raises NotFound when there is none."""
        course = session.get(CourseRow, course_id)
        if course is None or course.retired_at is not None:
            raise NotFound(_("A course that can be begun"))
        return self.newest(session, course_id)

    def newest(self, session: Session, course_id: UUID) -> ReleasedVersion:
        """Return a course's newest version, retired or not. Raises NotFound when there is none."""
        course = session.get(CourseRow, course_id)
        if course is None or course.current_version_id is None:
            raise NotFound(_("A course that can be begun"))
        return self.version(session, course.current_version_id)

    def of_lesson(self, session: Session, lesson_id: UUID) -> ReleasedVersion:
        """Return the version a lesson belongs to. Raises NotFound."""
        version_id = self._version_of_lesson.get(lesson_id)
        if version_id is None:
            row = session.get(LessonRow, lesson_id)
            if row is None:
                raise NotFound(_("The lesson"))
            version_id = row.version_id
        return self.version(session, version_id)

    def teach(self, session: Session, kind: str) -> bool:
        """Tell whether any released version has a lesson of a kind."""
        statement = sa.select(sa.exists().where(LessonRow.kind == kind))
        return bool(session.scalar(statement))


def _read(session: Session, version_id: UUID) -> ReleasedVersion:
    row = session.get(CourseVersionRow, version_id)
    if row is None:
        raise NotFound(_("The course version"))
    lessons = sa.select(LessonRow.id).where(LessonRow.version_id == version_id)
    return ReleasedVersion(
        version_id=version_id,
        course_id=row.course_id,
        number=row.number,
        outline=from_json(row.outline),
        lesson_ids=tuple(session.scalars(lessons.order_by(LessonRow.position))),
        published_at=row.published_at,
    )
