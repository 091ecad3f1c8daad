"""Noticing that nobody is there."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
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


class IdleWatch(QObject):
    """Says `idle` when nobody has done anything for a while; playing media counts as doing."""

    idle = Signal()

    def __init__(self, application: QObject, minutes: int = IDLE_MINUTES) -> None:
        super().__init__(application)
        self._timer = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self._timer.timeout.connect(self.idle)
        self._application = application

    def note_activity(self) -> None:
        """Start the wait anew, if it is running."""
        if self._timer.isActive():
            self._timer.start()

    def set_watching(self, watching: bool) -> None:
        """Watch while somebody is signed in.

        Every event of the program passes such a filter, and the first ones make PySide prepare
        its event classes; the sign-in page is painted sooner without it.
        """
        if watching:
            self._application.installEventFilter(self)
            self._timer.start()
        else:
            self._application.removeEventFilter(self)
            self._timer.stop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self.note_activity()
        return False
