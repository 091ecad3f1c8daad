"""The outline that is being edited: what was saved, what stands on screen, which lesson is open."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.core.courses import LessonPlan, Outline, insert, move, remove

Change = Callable[[Outline], Outline]


class DraftInHand(QObject):
    """Keeps the outline between two saves. What a change does is decided in the core's editing."""

    edited = Signal()
    """Something about the course or a lesson was changed; the order is the same."""
    rearranged = Signal()
    """Lessons came, went or moved, or another one was opened."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._saved: Outline | None = None
        self._outline = Outline(title="")
        self._chosen: UUID | None = None
        self._course = 0
        """Counts courses: what undoes a step of one must not reach the next."""

    @property
    def outline(self) -> Outline:
        """Return the outline as it stands on screen."""
        return self._outline

    @property
    def saved(self) -> Outline | None:
        """Return the outline as it was last loaded or saved; None before that."""
        return self._saved

    @property
    def is_dirty(self) -> bool:
        """Tell whether something is not saved."""
        return self._saved is not None and self._outline != self._saved

    @property
    def lesson(self) -> LessonPlan | None:
        """Return the lesson that is open for editing."""
        keys = [lesson.key for lesson in self._outline.lessons]
        return self._outline.lessons[keys.index(self._chosen)] if self._chosen in keys else None

    @property
    def position(self) -> int:
        """Return the place of the open lesson, from 0; -1 without one."""
        lesson = self.lesson
        return -1 if lesson is None else self._outline.lessons.index(lesson)

    def forget(self) -> None:
        """Let go of everything: another course is coming."""
        self._course += 1
        self._saved, self._outline, self._chosen = None, Outline(title=""), None

    def take(self, loaded: Outline) -> None:
        """Take over what is stored, and show it."""
        if loaded == self._saved and loaded == self._outline:
            return
        self._saved = self._outline = loaded
        self._choose_something(0)
        self.rearranged.emit()

    def mark_saved(self, sent: Outline, stored: Outline) -> None:
        """Note that `sent` is stored now; what was typed since stays."""
        if self._outline == sent:
            self._outline = stored
        self._saved = stored
        self.edited.emit()

    def drop_changes(self) -> None:
        """Go back to what is stored."""
        if self._saved is not None:
            self._outline = self._saved
            self._choose_something(0)
            self.rearranged.emit()

    def change(self, change: Change) -> None:
        """Do something to the course or a lesson."""
        self._outline = change(self._outline)
        self.edited.emit()

    def choose(self, key: UUID) -> None:
        """Open another lesson."""
        if key != self._chosen:
            self._chosen = key
            self.rearranged.emit()

    def shift(self, step: int) -> bool:
        """Move the open lesson up or down; False at an end."""
        lesson, position = self.lesson, self.position + step
        if lesson is None or not 0 <= position < len(self._outline.lessons):
            return False
        self._outline = move(self._outline, lesson.key, position)
        self.rearranged.emit()
        return True

    def remove_lesson(self) -> Callable[[], None] | None:
        """Take the open lesson out; return what puts it back, None when none is open."""
        lesson, position = self.lesson, self.position
        if lesson is None:
            return None
        self._outline = remove(self._outline, lesson.key)
        self._choose_something(position)
        self.rearranged.emit()
        course = self._course

        def put_back() -> None:
            if course == self._course:
                self.add((lesson,), position)

        return put_back

    def add(self, lessons: Sequence[LessonPlan], position: int | None = None) -> None:
        """Put lessons behind the open one, or at a place, and open the first of them."""
        place = self.position + 1 if position is None else position
        if not self._outline.lessons or (position is None and self.lesson is None):
            place = len(self._outline.lessons)
        for offset, lesson in enumerate(lessons):
            self._outline = insert(self._outline, lesson, place + offset)
        if lessons:
            self._chosen = lessons[0].key
            self.rearranged.emit()

    def _choose_something(self, position: int) -> None:
        lessons = self._outline.lessons
        if self.lesson is None:
            self._chosen = lessons[min(position, len(lessons) - 1)].key if lessons else None
