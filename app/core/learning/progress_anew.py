"""Making anew how far every start is, from the facts.

What only this PC knows stays where the facts say nothing better: a score that a package told between
two facts, and the moment of the last tick.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.courses import ReleasedVersion, Releases
from app.core.journal import Unit
from app.core.learning.models import (
    CourseCompletionRow,
    CourseProgressRow,
    CourseStartRow,
    LearningSessionRow,
    LessonCompletionRow,
    LessonStateRow,
)
from app.core.learning.stuck import is_stuck_beside

_SOME = 500


@dataclass(slots=True)
class _Facts:
    """What the facts say of one start."""

    person_id: UUID
    last_at: datetime
    done: set[UUID] = field(default_factory=set)
    active_seconds: int = 0
    score: int | None = None
    completed_at: datetime | None = None
    valid_until: date | None = None

    def sat(self, until: datetime, said: dict[str, Any], seconds: int) -> None:
        """Take over a stretch of learning."""
        self.last_at = max(self.last_at, until)
        self.active_seconds += seconds
        self.hear(said)

    def hear(self, said: dict[str, Any]) -> None:
        """Take over a score where one was told."""
        if "score" in said:
            self.score = max(self.score or 0, int(Fraction(said["score"]) * 10_000))


def rebuild_progress(unit: Unit) -> None:
    """Bring the progress of every start to what its facts say."""
    releases = Releases()
    for starts in _batches(unit):
        bring_up(unit, starts, releases)
        unit.expunge_all()


def bring_up(unit: Unit, starts: Sequence[CourseStartRow], releases: Releases) -> None:
    """Bring the progress of some starts to what their facts say."""
    facts = _facts_of(unit, starts)
    mine = CourseProgressRow.start_id.in_(facts)
    known = {row.start_id: row for row in unit.scalars(sa.select(CourseProgressRow).where(mine))}
    for start in starts:
        row = known.get(start.id) or _new(unit, start)
        version = releases.version(unit, start.version_id)
        _bring_up(row, facts[start.id], version)
        row.is_stuck = facts[start.id].completed_at is None and is_stuck_beside(
            unit, start, version, facts[start.id].done
        )
    unit.flush()


def _batches(unit: Unit) -> Iterator[Sequence[CourseStartRow]]:
    after: UUID | None = None
    while True:
        statement = sa.select(CourseStartRow).order_by(CourseStartRow.id).limit(_SOME)
        if after is not None:
            statement = statement.where(CourseStartRow.id > after)
        starts = unit.scalars(statement).all()
        if not starts:
            return
        after = starts[-1].id
        yield starts


def _facts_of(unit: Unit, starts: Sequence[CourseStartRow]) -> dict[UUID, _Facts]:
    facts = {start.id: _Facts(start.person_id, start.at) for start in starts}

    def of(model: Any) -> Any:  # a table of facts, or of states, each with a start
        return unit.scalars(sa.select(model).where(model.start_id.in_(facts)))

    for sat in of(LearningSessionRow):
        facts[sat.start_id].sat(sat.ended_at, sat.trace, sat.active_seconds)
    for state in of(LessonStateRow):
        unsaved = state.unsaved or {"trace": {}, "seconds": 0}
        facts[state.start_id].sat(state.updated_at, unsaved["trace"], unsaved["seconds"])
    for completed in of(LessonCompletionRow):
        facts[completed.start_id].hear(completed.evidence)
        facts[completed.start_id].done.add(completed.lesson_id)
    for course in of(CourseCompletionRow):
        facts[course.start_id].completed_at = course.at
        facts[course.start_id].valid_until = course.valid_until
    return facts


def _new(unit: Unit, start: CourseStartRow) -> CourseProgressRow:
    row = CourseProgressRow(
        start_id=start.id,
        person_id=start.person_id,
        course_id=start.course_id,
        lessons_required=0,
        last_at=start.at,
    )
    unit.add(row)
    return row


def _bring_up(row: CourseProgressRow, facts: _Facts, version: ReleasedVersion) -> None:
    row.person_id = facts.person_id
    lessons = list(zip(version.lesson_ids, version.outline.lessons, strict=True))
    row.lessons_required = sum(lesson.is_required for _id, lesson in lessons)
    row.lessons_done = sum(lesson.is_required for one, lesson in lessons if one in facts.done)
    row.active_seconds = facts.active_seconds
    row.completed_at = facts.completed_at
    row.valid_until = facts.valid_until
    row.last_at = max(row.last_at, facts.last_at)
    if facts.score is not None:
        row.best_score_hundredths = max(row.best_score_hundredths or 0, facts.score)
