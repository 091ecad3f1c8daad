"""The ways from the open lesson: back, on, and to the end of the course."""

from PySide6.QtCore import QObject, Signal

from app.ui.learning.sitting import Sitting
from app.ui.learning.steps import lesson_before, step_after


class Ways(QObject):
    """Says where a press on back or on leads, as the course stands at that moment."""

    lesson_asked = Signal(object)
    """Carries the UUID of a lesson."""
    end_reached = Signal(object)
    """Carries the CourseInHand that has been gone through."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._sitting = sitting

    def go_back(self) -> None:
        """Ask for the lesson before; nothing happens in the first."""
        hand, lesson = self._sitting.hand, self._sitting.lesson
        before = None if hand is None or lesson is None else lesson_before(hand, lesson)
        if before is not None:
            self.lesson_asked.emit(before.lesson_id)

    def go_on(self) -> None:
        """Ask for what follows: a lesson, or the end where it is allowed."""
        hand, lesson = self._sitting.hand, self._sitting.lesson
        if hand is None or lesson is None:
            return
        step = step_after(hand, lesson)
        if step.lesson is not None:
            self.lesson_asked.emit(step.lesson.lesson_id)
        elif step.is_allowed:
            self.end_reached.emit(hand)
