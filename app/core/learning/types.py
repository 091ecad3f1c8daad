"""What learning hands out and takes: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from app.core.courses import LessonPlan, Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonInHand:
    """One lesson as it stands for one learner."""

    lesson_id: UUID
    position: int
    plan: LessonPlan
    share: Fraction
    is_done: bool
    is_open: bool
    """Whether it may be opened now; with an order, only when those before it are done."""
    state: dict[str, Any]
    """Where to resume, in the terms of the lesson's tracker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseInHand:
    """A course as it stands for one learner, on the version they began."""

    start_id: UUID
    course_id: UUID
    version_id: UUID
    version: int
    outline: Outline
    lessons: tuple[LessonInHand, ...]
    completed_at: datetime | None
    valid_until: date | None

    @property
    def share(self) -> Fraction:
        """Return how far the course is: the mean over its required lessons, done ones whole."""
        counted = [lesson for lesson in self.lessons if lesson.plan.is_required]
        if not counted:
            return Fraction(0)
        shares = (
            Fraction(1) if one.is_done else min(one.share, Fraction(99, 100)) for one in counted
        )
        return sum(shares, Fraction(0)) / len(counted)

    @property
    def next_lesson(self) -> LessonInHand | None:
        """Return the first lesson that is open and not done; None when all are."""
        return next((one for one in self.lessons if one.is_open and not one.is_done), None)

    def lesson(self, lesson_id: UUID) -> LessonInHand:
        """Return one lesson. Raises KeyError."""
        for lesson in self.lessons:
            if lesson.lesson_id == lesson_id:
                return lesson
        raise KeyError(lesson_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedCourse:
    """A course was completed: what those above learning need to act on it, in the same unit."""

    completion_id: UUID
    person_id: UUID
    course_id: UUID
    version: int
    outline: Outline
    at: datetime
    score: Fraction | None
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCourse:
    """The completion of a course by a person that lasts longest, whichever cycle it was in."""

    start_id: UUID
    completed_at: datetime
    valid_until: date | None
    score_hundredths: int | None
    """The best of that cycle, in hundredths of a percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunCourse:
    """How far a person is in a course's newest cycle: what lists show of it."""

    start_id: UUID
    cycle: int
    version_id: UUID
    lessons_done: int
    lessons_required: int
    next_position: int
    """Of the first lesson that is not done, from 1; 0 when all are."""
    best_score_hundredths: int | None
    completed_at: datetime | None
    """Of this cycle."""
    held: HeldCourse | None
    """Of whichever cycle; None where nobody has completed the course, or all that was is withdrawn."""

    withdrawn: str = ""
    """Why none of what was completed counts any more, so that it has to be begun again; "" where that is not so."""
