"""Cycles of courses: begun, foreseen, begun again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.clock import Clock
from app.core.base.ids import new_id
from app.core.courses import Releases
from app.core.journal import Unit
from app.core.learning.models import CourseProgressRow, CourseStartRow
from app.core.learning.starts import latest_start
from app.core.learning.withdrawn import why_withdrawn
from app.core.people import take_learners_turn

AsksRetraining = Callable[[Session, UUID, UUID], bool]
"""Tells whether a person must begin the course again before a lesson of it goes on."""


@dataclass(frozen=True, slots=True)
class _Foreseen:
    """The id under which somebody will begin a course, should they do so next."""

    person_id: UUID
    course_id: UUID
    start_id: UUID

    def is_of(self, person_id: UUID, course_id: UUID) -> bool:
        return (self.person_id, self.course_id) == (person_id, course_id)


MayBegin = Callable[[Session, UUID, UUID], None]
"""Raises where a person may not begin a course yet: something comes first."""


class Cycles:
    """Begins courses, in the caller's unit of work."""

    def __init__(self, clock: Clock, releases: Releases) -> None:
        self._clock = clock
        self._releases = releases
        self._foreseen: _Foreseen | None = None
        self.asks_retraining: list[AsksRetraining] = []
        self.may_begin: list[MayBegin] = []

    def foresee(self, person_id: UUID, course_id: UUID) -> UUID:
        """Return the id under which somebody will begin a course, should they do so next."""
        foreseen = self._foreseen
        if foreseen is None or not foreseen.is_of(person_id, course_id):
            foreseen = self._foreseen = _Foreseen(person_id, course_id, new_id())
        return foreseen.start_id

    def for_class(
        self, unit: Unit, person_id: UUID, course_id: UUID, since: datetime
    ) -> CourseStartRow:
        """Return the cycle that a class counts for: what was completed since it began is still its."""
        take_learners_turn(unit, person_id)
        start = latest_start(unit, person_id, course_id)
        if start is None:
            return self.begin(unit, person_id, course_id, cycle=1)
        if not was_completed_before(unit, start, since):
            return start
        return self.begin(unit, person_id, course_id, cycle=start.cycle + 1)

    def begin(self, unit: Unit, person_id: UUID, course_id: UUID, cycle: int) -> CourseStartRow:
        """Begin a cycle of a course on its current version.

        Raises NotFound where it has none, and what `may_begin` does.
        """
        self.require_may_begin(unit, person_id, course_id)
        version = self._releases.current(unit, course_id)
        now = self._clock.now()
        start = CourseStartRow(
            id=self._id_to_begin_under(person_id, course_id),
            person_id=person_id,
            course_id=course_id,
            version_id=version.version_id,
            cycle=cycle,
            at=now,
        )
        unit.add(start)
        unit.flush()
        required = sum(lesson.is_required for lesson in version.outline.lessons)
        unit.add(
            CourseProgressRow(
                start_id=start.id,
                person_id=person_id,
                course_id=course_id,
                lessons_required=required,
                last_at=now,
            )
        )
        unit.flush()
        return start

    def require_may_begin(self, session: Session, person_id: UUID, course_id: UUID) -> None:
        """Raise what keeps somebody from beginning a course, if anything does."""
        for may in self.may_begin:
            may(session, person_id, course_id)

    def _id_to_begin_under(self, person_id: UUID, course_id: UUID) -> UUID:
        foreseen, self._foreseen = self._foreseen, None
        if foreseen is not None and foreseen.is_of(person_id, course_id):
            return foreseen.start_id
        return new_id()

    def may_begin_again(self, session: Session, start: CourseStartRow) -> bool:
        """Tell whether a cycle is completed, or a quiz in it asks that the course be begun again."""
        if session.get_one(CourseProgressRow, start.id).completed_at is not None:
            return True
        version = self._releases.version(session, start.version_id)
        return any(
            asks(session, start.person_id, lesson_id)
            for asks in self.asks_retraining
            for lesson_id in version.lesson_ids
        )


def was_completed_before(session: Session, start: CourseStartRow, since: datetime) -> bool:
    """Tell whether a cycle was done before an instant, or what was done in it does not count."""
    completed_at = session.get_one(CourseProgressRow, start.id).completed_at
    if completed_at is None:
        return False
    return completed_at < since or why_withdrawn(session, start.id) != ""
