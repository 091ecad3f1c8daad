"""Counts the seconds in which somebody was really there: looking, moving, or listening."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.core.base.clock import Clock

IDLE_SECONDS = 60
"""After so long without input or playing media, time no longer counts."""
_BEAT_MS = 1000
_LONGEST_BEAT_SECONDS = 10
"""A longer gap between two beats was not spent here: the PC slept."""
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class Attention(QObject):
    """Beats once a second while a lesson is open, and counts what was active time."""

    beat = Signal(int)
    """Carries whole seconds of attention since the last beat; comes only when there were any."""

    def __init__(self, place: QWidget, clock: Clock) -> None:
        super().__init__(place)
        self._place = place
        self._clock = clock
        self._watched: QObject | None = None
        self.on_the_wall: Callable[[], bool] | None = None
        """Whether a class is shown something now, which nobody touches; None: one person is here."""
        self._noted_at = self._seen_at = clock.monotonic()
        self._fraction = 0.0
        self._seconds = 0
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Count from now on; opening a lesson is a sign of somebody."""
        self._watch_window()
        self._seen_at = self._clock.monotonic()
        self._fraction, self._seconds = 0.0, 0
        self.note()
        self._timer.start()

    def stop(self) -> None:
        """Count no more; what was counted can still be taken."""
        if self._timer.isActive():
            self._beat()
            self._timer.stop()

    def note(self) -> None:
        """Say that something was touched, moved or is playing."""
        self._noted_at = self._clock.monotonic()

    def take(self) -> int:
        """Return the whole seconds counted since the last call."""
        seconds, self._seconds = self._seconds, 0
        return seconds

    def is_attentive(self) -> bool:
        """Tell whether time counts now."""
        if self.on_the_wall is not None:
            return self.on_the_wall()
        is_here = self._clock.monotonic() - self._noted_at <= IDLE_SECONDS
        return is_here and self._place.window().isActiveWindow()

    def _beat(self) -> None:
        self._watch_window()  # Qt makes a window anew when the first web page is put into it
        now = self._clock.monotonic()
        passed, self._seen_at = now - self._seen_at, now
        if passed > _LONGEST_BEAT_SECONDS or not self.is_attentive():
            return
        self._fraction += passed
        whole = int(self._fraction)
        if whole:
            self._fraction -= whole
            self._seconds += whole
            self.beat.emit(whole)

    def _watch_window(self) -> None:
        handle = self._place.window().windowHandle()
        if handle is not None and handle is not self._watched:
            if self._watched is not None and isValid(self._watched):
                self._watched.removeEventFilter(self)
            handle.installEventFilter(self)
            self._watched = handle

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self.note()
        return False
