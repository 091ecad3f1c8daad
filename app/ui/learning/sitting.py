"""One course open in the player: how it stands, which lesson is open, what of it is on disk."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.core.base.clock import Clock
from app.core.learning import CourseInHand, LessonInHand
from app.ui.kit.jobs import JobRunner
from app.ui.learning.progress_keeper import ProgressKeeper, Trace
from app.ui.learning.saving import Saving


class Sitting(QObject):
    """Knows the course as it was last told; passes on to `saving` what happens in it."""

    moved = Signal(object)
    """Carries a LessonInHand that now stands otherwise."""
    lesson_done = Signal()
    """A lesson has just been completed: what follows it may be open now."""

    def __init__(self, jobs: JobRunner, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self.saving = Saving(jobs, clock, self)
        self.saving.kept.connect(self._take_kept)
        self.keeper: ProgressKeeper | None = None
        self.hand: CourseInHand | None = None
        self._lesson_id: UUID | None = None

    @property
    def lesson(self) -> LessonInHand | None:
        """Return the lesson that is open, as it stands now."""
        if self.hand is None or self._lesson_id is None:
            return None
        return self.hand.lesson(self._lesson_id)

    @property
    def is_recording(self) -> bool:
        """Tell whether anything is kept."""
        return self.keeper is not None and self.keeper.is_recording

    def begin(self, keeper: ProgressKeeper | None) -> None:
        """Sit down to another course, or to the same one anew."""
        self.keeper = keeper
        self.hand = None
        self._lesson_id = None

    def open_lesson(self, lesson: LessonInHand | None) -> None:
        """Go to another lesson; None: to none. What was done in the one before becomes a fact."""
        self.leave()
        self._lesson_id = None if lesson is None else lesson.lesson_id

    def keep(self, trace: Trace, active_seconds: int) -> None:
        """Save what happened in the lesson that is open."""
        if self.keeper is not None and self._lesson_id is not None:
            self.saving.keep(self.keeper, self._lesson_id, trace, active_seconds)

    def leave(self) -> None:
        """Make what was done in the open lesson a fact; it stays open."""
        if self.keeper is not None and self._lesson_id is not None:
            self.saving.leave(self.keeper, self._lesson_id)

    def _take_kept(self, lesson: LessonInHand) -> None:
        hand = self.hand
        before = () if hand is None else hand.lessons
        former = next((one for one in before if one.lesson_id == lesson.lesson_id), None)
        if hand is None or former is None:
            return
        lessons = tuple(lesson if one is former else one for one in before)
        self.hand = replace(hand, lessons=lessons)
        self.moved.emit(lesson)
        if lesson.is_done and not former.is_done:
            self.lesson_done.emit()
