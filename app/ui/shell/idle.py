"""Noticing that nobody is there."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from typing_extensions import override

IDLE_MINUTES = 3
_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


_LOOK_EVERY_MS = 5_000
"""How soon a window is watched that Qt has made anew without saying so (the first web page does)."""


class IdleWatch(QObject):
    """Says `idle` when nobody has done anything for a while; playing media counts as doing.

    It watches the window that has the focus, where all input arrives. A filter of the whole program
    would end it with the first web page: PySide cannot wrap some objects of the web engine there.
    """

    idle = Signal()
    back = Signal()
    """Somebody does something again, after it said that nobody is there."""

    def __init__(self, parent: QObject, minutes: int = IDLE_MINUTES) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self._timer.timeout.connect(self._tell)
        self._nobody = False
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self._watch)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)

    def note_activity(self) -> None:
        """Start the wait anew, if it is running."""
        if self._timer.isActive():
            self._timer.start()

    def set_watching(self, watching: bool) -> None:
        """Watch, or watch no more."""
        self._nobody = False
        if watching:
            self._watch()
            self._timer.start()
            self._look.start()
        else:
            self._timer.stop()
            self._look.stop()

    def _tell(self) -> None:
        self._nobody = True
        self.idle.emit()

    def _watch(self) -> None:
        window = QGuiApplication.focusWindow()
        if window is not None:
            window.installEventFilter(self)  # the second time, Qt only moves it to the front

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self.note_activity()
            if self._nobody:
                self._nobody = False
                self.back.emit()
        return False
