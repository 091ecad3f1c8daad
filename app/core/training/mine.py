"""A learner's course as their home shows it, put together from what was assigned, begun and held.

How far somebody is comes from the newest cycle; whether they hold the course, until when and with
what score, from the newest completion in any cycle (learning.holding), as in every report. Where they
are asked anew, and it is older than what counts for that, it stays on record and they stand by the due date.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from app.core.courses import LessonPlan, ReleasedVersion
from app.core.learning import BegunCourse
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow
from app.core.training.rules import standing
from app.core.training.types import MyCourse


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """How far somebody is in their newest cycle."""

    lessons_done: int = 0
    share: Fraction = Fraction(0)
    position: int = 1
    """Of the lesson to go on with; 0 when all are done."""

    def next_of(self, lessons: tuple[LessonPlan, ...]) -> LessonPlan | None:
        return lessons[self.position - 1] if self.position else None

    def left_of(self, lessons: tuple[LessonPlan, ...]) -> tuple[LessonPlan, ...]:
        return lessons[self.position - 1 :] if self.position else ()


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
    following = place.next_of(outline.lessons)
    due_on = assignment.due_on if assignment else None
    is_asked_anew = _is_asked_anew(assignment, record)
    return MyCourse(
        course_id=version.course_id,
        start_id=begun.start_id if begun else None,
        title=outline.title,
        titles=outline.titles,
        topic=outline.topic,
        lessons=len(outline.lessons),
        lessons_done=place.lessons_done,
        share=place.share,
        seconds_left=sum(lesson.seconds for lesson in place.left_of(outline.lessons)),
        next_lesson=following.title if following else "",
        next_lessons=dict(following.titles) if following else {},
        next_position=place.position,
        origin=origin,
        due_on=due_on,
        is_due=due_on is not None and not _is_closed(assignment),
        completed_at=record.completed_at,
        valid_until=record.valid_until,
        score_hundredths=record.score_hundredths,
        is_renewing=record.is_renewing,
        withdrawn=begun.withdrawn if begun is not None else "",
        comes_first=first if begun is None or begun.completed_at is not None else (),
        standing=standing(
            today=today,
            due_on=due_on,
            late_after=date.max if is_away else _late_after(assignment),
            is_started=_is_started(begun, is_asked_anew=is_asked_anew),
            is_completed=record.completed_at is not None and not is_asked_anew,
            valid_until=record.valid_until,
            is_open=not _is_closed(assignment),
            is_renewal=assignment is not None and assignment.source is Source.RENEWAL,
        ),
    )


def _is_asked_anew(assignment: AssignmentRow | None, record: _Record) -> bool:
    """Tell whether what is on record is older than what counts for the cycle that is open."""
    if assignment is None or _is_closed(assignment) or record.completed_at is None:
        return False
    since = assignment.counts_from
    return since is not None and record.completed_at < since


def _is_started(begun: BegunCourse | None, *, is_asked_anew: bool) -> bool:
    """Tell whether somebody is at it: not where what they did is over and does not count."""
    if begun is None:
        return False
    return not (begun.withdrawn or (is_asked_anew and begun.completed_at))


def _late_after(assignment: AssignmentRow | None) -> date | None:
    return None if assignment is None else assignment.late_after


def _is_closed(assignment: AssignmentRow | None) -> bool:
    return assignment is None or assignment.closed_at is not None


def _place_of(begun: BegunCourse | None) -> _Place:
    if begun is None:
        return _Place()
    if begun.withdrawn:
        return _Place(position=0)
    required = begun.lessons_required
    return _Place(
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
