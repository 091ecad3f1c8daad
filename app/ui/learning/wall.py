"""A course on the wall: the window fills the screen, and a presenter's remote leads a whole class through it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.learning.lesson_views import AnyLessonView

_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


class Wall(QObject):
    """Knows whether a class is shown something now. Emits what the remote asks for.

    Space pauses and goes on, Page Down and Page Up turn pages and go from lesson to lesson, Esc ends it.
    """

    forward_asked = Signal()
    back_asked = Signal()
    end_asked = Signal()
    changed = Signal()
    """It is shown, or paused, otherwise than before."""

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        self._place = place
        self._view: AnyLessonView | None = None
        self._is_held = False
        self._is_up = self._was_full = False
        self._keys = [
            self._key(Qt.Key.Key_Space, self.toggle),
            self._key(Qt.Key.Key_PageDown, self.go_on),
            self._key(Qt.Key.Key_PageUp, self.go_back),
            self._key(Qt.Key.Key_Escape, self.end_asked.emit),
        ]
        self._listen(on=False)

    def begin(self) -> None:
        """Fill the screen."""
        if self._is_up:
            return
        self._is_up = True
        self._was_full = self._place.window().isFullScreen()
        self._fill(on=True)
        self._listen(on=True)

    def end(self) -> None:
        """Give the screen back as it was; does nothing where it was not filled."""
        if not self._is_up:
            return
        self._is_up = False
        self._listen(on=False)
        if not self._was_full:
            self._fill(on=False)

    def hang(self, view: AnyLessonView | None) -> None:
        """Show another lesson: it is not paused."""
        self._view, self._is_held = view, False
        if view is not None:
            view.run_changed.connect(self.changed)
        self.changed.emit()

    def is_showing(self) -> bool:
        """Tell whether the class is shown something: nothing is paused, and the window is seen."""
        view, window = self._view, self._place.window()
        if view is None or self._is_held or not self._place.isVisible() or window.isMinimized():
            return False
        return view.is_running()

    def toggle(self) -> None:
        """Pause, or go on: what plays by itself in its player, all else here."""
        if self._view is None:
            return
        if self._view.plays:
            self._view.toggle_running()
            return
        self._is_held = not self._is_held
        self._view.tell()  # what was shown until now, before time stands still
        self.changed.emit()

    def go_on(self) -> None:
        """Turn to the next page, or ask for the next lesson."""
        if self._view is not None and not self._view.turn(1):
            self.forward_asked.emit()

    def go_back(self) -> None:
        """Turn to the page before, or ask for the lesson before."""
        if self._view is not None and not self._view.turn(-1):
            self.back_asked.emit()

    def _fill(self, *, on: bool) -> None:
        window, full = self._place.window(), Qt.WindowState.WindowFullScreen
        window.setWindowState(window.windowState() | full if on else window.windowState() & ~full)
        window.activateWindow()  # some desktops let go of the keys: the remote's would be lost

    def _key(self, key: Qt.Key, act: Callable[[], object]) -> QShortcut:
        made = QShortcut(QKeySequence(key), self._place, context=_WITHIN)
        made.activated.connect(act)
        return made

    def _listen(self, *, on: bool) -> None:
        for key in self._keys:
            key.setEnabled(on)
