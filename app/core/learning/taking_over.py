"""Taking over what came from other PCs: progress is summed anew, and what is complete now is completed.

Somebody may do half of a course on one PC and half on another: neither PC could know that it is done.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.assessments import tried_in
from app.core.base.batches import batches
from app.core.courses import Releases
from app.core.journal import Unit
from app.core.learning.completing import Completing
from app.core.learning.models import (
    CourseCompletionRow,
    CourseProgressRow,
    CourseStartRow,
    LearningSessionRow,
    LessonCompletionRow,
)
from app.core.learning.progress_anew import bring_up
from app.core.learning.starts import latest_start

_OF_A_START: tuple[Any, ...] = (LearningSessionRow, LessonCompletionRow, CourseCompletionRow)

Touched = Mapping[str, Collection[UUID]]


def take_over(unit: Unit, touched: Touched, completing: Completing, releases: Releases) -> None:
    """Bring up the starts that facts from elsewhere speak of; complete the courses that are done."""
    waiting = set(touched.get(CourseStartRow.__tablename__, ()))
    for model in _OF_A_START:
        for some in batches(touched.get(model.__tablename__, ())):
            waiting.update(unit.scalars(sa.select(model.start_id).where(model.id.in_(some))))
    for person_id, lesson_id in tried_in(unit, touched):
        version = releases.of_lesson(unit, lesson_id)
        start = latest_start(unit, person_id, version.course_id)
        if start is not None and start.version_id == version.version_id:
            waiting.add(start.id)
    for some in batches(sorted(waiting)):
        starts = unit.scalars(sa.select(CourseStartRow).where(CourseStartRow.id.in_(some))).all()
        bring_up(unit, starts, releases)
        for start in _open(unit, starts):
            completing.complete_if_done(unit, start, releases.version(unit, start.version_id))


def _open(unit: Unit, starts: Collection[CourseStartRow]) -> Iterator[CourseStartRow]:
    """Yield the starts whose lessons may all be done, and whose course is not completed."""
    for start in starts:
        progress = unit.get_one(CourseProgressRow, start.id)
        if progress.completed_at is None and progress.lessons_done >= progress.lessons_required:
            yield start
