"""Keeping what happens from second to second: local rows, on disk within five seconds."""

from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.core.base.clock import Clock
from app.core.courses import ReleasedVersion
from app.core.journal import Unit
from app.core.learning.models import CourseProgressRow, CourseStartRow, LessonStateRow
from app.core.learning.trackers import Trace, tracker_of

LONGEST_TICK_SECONDS = 60
"""Active time beyond this in one tick was not spent: the PC slept or its clock jumped."""


class Keeping:
    """Writes how far somebody is in a lesson, in the unit it is given."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def keep(
        self,
        unit: Unit,
        start: CourseStartRow,
        version: ReleasedVersion,
        lesson_id: UUID,
        trace: Trace,
        active_seconds: int,
    ) -> LessonStateRow:
        """Merge a trace into what is known of a lesson, and count the time."""
        plan = version.plan(lesson_id)
        tracker = tracker_of(plan.kind)
        seconds = max(active_seconds, 0)
        now = self._clock.now()
        progress = unit.get_one(CourseProgressRow, start.id)  # before anything is to be written
        row = unit.get(LessonStateRow, (start.id, lesson_id))
        if row is None:
            row = _untouched(start, lesson_id, now)
            unit.add(row)
        before: dict[str, Any] = row.unsaved or {
            "since": now.isoformat(),
            "seconds": 0,
            "trace": {},
        }
        row.state = tracker.merged(row.state, trace)
        row.share = tracker.share(plan, row.state)
        row.active_seconds += seconds
        row.unsaved = {
            "since": before["since"],
            "seconds": before["seconds"] + seconds,
            "trace": tracker.merged(before["trace"], trace),
        }
        row.updated_at = now
        progress.last_at = now
        progress.active_seconds += seconds
        unit.flush()
        return row


def _untouched(start: CourseStartRow, lesson_id: UUID, now: datetime) -> LessonStateRow:
    return LessonStateRow(
        start_id=start.id,
        lesson_id=lesson_id,
        state={},
        unsaved={},
        share=Fraction(0),
        active_seconds=0,
        updated_at=now,
    )
