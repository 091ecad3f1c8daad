"""Where one may go from a lesson, as the core has decided."""

from dataclasses import dataclass
from uuid import UUID

from app.core.learning import CourseInHand, LessonInHand


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The way forward from a lesson."""

    lesson: LessonInHand | None
    """None: to the end of the course."""
    is_allowed: bool


def step_after(hand: CourseInHand, lesson: LessonInHand) -> Step:
    """Return what follows a lesson: the next one, one that was left out, or the end."""
    if lesson.position < len(hand.lessons):
        following = hand.lessons[lesson.position]
        return Step(lesson=following, is_allowed=following.is_open)
    left_out = hand.next_lesson
    if lesson.is_done and left_out is not None and hand.completed_at is None:
        return Step(lesson=left_out, is_allowed=True)
    return Step(lesson=None, is_allowed=hand.completed_at is not None)


def lesson_before(hand: CourseInHand, lesson: LessonInHand) -> LessonInHand | None:
    """Return the lesson before one; None for the first."""
    return hand.lessons[lesson.position - 2] if lesson.position > 1 else None


def first_language(offered: tuple[str, ...], wished: tuple[str, ...]) -> str:
    """Return the first wish that is offered, else the first offer; "" when there is none."""
    return next((code for code in wished if code in offered), next(iter(offered), ""))


def lesson_to_open(hand: CourseInHand, wanted: UUID | None) -> LessonInHand | None:
    """Return the lesson that a course is opened at; None where it is over, or has none.

    The one that is wanted, if it is open; else the next to do; else the last, while something is missing.
    """
    chosen = next((one for one in hand.lessons if one.lesson_id == wanted), None)
    if chosen is not None and chosen.is_open:
        return chosen
    if hand.next_lesson is None and hand.completed_at is None:
        return next(reversed(hand.lessons), None)
    return hand.next_lesson
