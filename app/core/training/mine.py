"""A learner's course as their home shows it, put together from what was assigned, begun and held.

How far somebody is comes from the newest cycle; whether they hold the course, until when and with
what score, from the newest completion in any cycle (learning.holding), as in every report. Where they
are asked anew, and it is older than what counts for that, it stays on record and they stand by the due date.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from app.core.courses import LessonPlan, ReleasedVersion
from app.core.learning import BegunCourse
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow
from app.core.training.rules import Standing, standing
from app.core.training.types import MyCourse


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked of somebody by an assignment; without one nothing is."""

    due_on: date | None = None
    late_after: date | None = None
    counts_from: datetime | None = None
    is_open: bool = False
    is_renewal: bool = False

    def is_met_by(self, completed_at: datetime | None) -> bool:
        """Tell whether what is on record counts for it: what is open may ask for something newer."""
        if completed_at is None:
            return False
        return not self.is_open or self.counts_from is None or completed_at >= self.counts_from


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """How far somebody is in their newest cycle."""

    start_id: UUID | None = None
    withdrawn: str = ""
    is_over: bool = True
    """Whether nothing is under way: nothing was begun, or it is completed."""
    lessons_done: int = 0
    share: Fraction = Fraction(0)
    position: int = 1
    """Of the lesson to go on with; 0 when all are done."""

    def left_of(self, lessons: tuple[LessonPlan, ...]) -> tuple[LessonPlan, ...]:
        return lessons[self.position - 1 :] if self.position else ()

    def is_started(self, *, counts: bool) -> bool:
        """Tell whether somebody is at it: not where what they did is over and does not count."""
        is_begun = self.start_id is not None and not self.withdrawn
        return is_begun and (counts or not self.is_over)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """What is on record of a course: its newest completion, and whether another is under way."""

    completed_at: datetime | None = None
    valid_until: date | None = None
    score_hundredths: int | None = None
    is_renewing: bool = False


def my_course(
    version: ReleasedVersion,
    assignment: AssignmentRow | None,
    begun: BegunCourse | None,
    today: date,
    *,
    origin: str = "",
    is_away: bool = False,
    first: tuple[str, ...] = (),
) -> MyCourse:
    """Return a course of a learner's, assigned or begun or both; while they are away nothing is overdue.

    `first` is what has to be held before it is begun, and is not.
    """
    outline, place, record = version.outline, _place_of(begun), _record_of(begun)
    asked, left = _asked_by(assignment), place.left_of(outline.lessons)
    return MyCourse(
        course_id=version.course_id,
        start_id=place.start_id,
        title=outline.title,
        titles=outline.titles,
        topic=outline.topic,
        lessons=len(outline.lessons),
        lessons_done=place.lessons_done,
        share=place.share,
        seconds_left=sum(lesson.seconds for lesson in left),
        next_lesson=left[0].title if left else "",
        next_lessons=dict(left[0].titles) if left else {},
        next_position=place.position,
        origin=origin,
        due_on=asked.due_on,
        is_due=asked.due_on is not None and asked.is_open,
        completed_at=record.completed_at,
        valid_until=record.valid_until,
        score_hundredths=record.score_hundredths,
        is_renewing=record.is_renewing,
        withdrawn=place.withdrawn,
        comes_first=first if place.is_over else (),
        standing=_standing_of(asked, place, record, today, is_away=is_away),
    )


def _standing_of(
    asked: _Asked, place: _Place, record: _Record, today: date, *, is_away: bool
) -> Standing:
    counts = asked.is_met_by(record.completed_at)
    return standing(
        today=today,
        due_on=asked.due_on,
        late_after=date.max if is_away else asked.late_after,
        is_started=place.is_started(counts=counts or record.completed_at is None),
        is_completed=counts,
        valid_until=record.valid_until,
        is_open=asked.is_open,
        is_renewal=asked.is_renewal,
    )


def _asked_by(assignment: AssignmentRow | None) -> _Asked:
    if assignment is None:
        return _Asked()
    return _Asked(
        due_on=assignment.due_on,
        late_after=assignment.late_after,
        counts_from=assignment.counts_from,
        is_open=assignment.closed_at is None,
        is_renewal=assignment.source is Source.RENEWAL,
    )


def _place_of(begun: BegunCourse | None) -> _Place:
    if begun is None:
        return _Place()
    at = _Place(
        start_id=begun.start_id,
        withdrawn=begun.withdrawn,
        is_over=begun.completed_at is not None,
        position=0,
    )
    if begun.withdrawn:
        return at
    required = begun.lessons_required
    return replace(
        at,
        lessons_done=begun.lessons_done,
        share=Fraction(begun.lessons_done, required) if required else Fraction(0),
        position=begun.next_position,
    )


def _record_of(begun: BegunCourse | None) -> _Record:
    if begun is None:
        return _Record()
    held = begun.held
    if held is None:
        return _Record(score_hundredths=begun.best_score_hundredths)
    return _Record(
        completed_at=held.completed_at,
        valid_until=held.valid_until,
        score_hundredths=held.score_hundredths,
        is_renewing=begun.completed_at is None,
    )
