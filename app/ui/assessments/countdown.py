"""The time an attempt has left: counted on a clock that nobody can turn, told in figures and words."""

from enum import IntEnum

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.assessments import TimeLeft
from app.core.base.clock import Clock
from app.core.base.figures import clock_time
from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.chips import StatusChip
from app.ui.kit.theme import Tone

TICK_MS = 250
_SOON, _AT_ONCE = 300, 60


class Pressure(IntEnum):
    """How near the end is."""

    NONE = 0
    SOON = 1
    """Five minutes or less."""
    AT_ONCE = 2
    """A minute or less."""

    @classmethod
    def of(cls, seconds: float) -> "Pressure":
        """Return the pressure that so many seconds make."""
        if seconds <= _AT_ONCE:
            return cls.AT_ONCE
        return cls.SOON if seconds <= _SOON else cls.NONE


class Countdown(QObject):
    """Counts to the end of an attempt. `ended` comes once for each time it is set."""

    ticked = Signal()
    pressed = Signal(object)
    """Carries the Pressure when it has grown."""
    ended = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._deadline: float | None = None
        self._pressure = Pressure.NONE
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)

    def set_time(self, left: TimeLeft | None) -> None:
        """Count to the instant at which the time runs out; None counts nothing."""
        if left is None:
            self.stop()
            return
        rest = (left.ends_at - self._clock.now()).total_seconds()
        self._deadline = self._clock.monotonic() + rest
        self._pressure = Pressure.NONE
        self._timer.start()
        self.tick()

    def stop(self) -> None:
        """Count no further."""
        self._deadline = None
        self._timer.stop()

    def seconds(self) -> float | None:
        """Return the seconds left, never below 0; None when nothing is counted."""
        if self._deadline is None:
            return None
        return max(0.0, self._deadline - self._clock.monotonic())

    def pressure(self) -> Pressure:
        """Return how near the end is."""
        return self._pressure

    def tick(self) -> None:
        """Look at the clock."""
        left = self.seconds()
        if left is None:
            return
        pressure = Pressure.of(left)
        if pressure > self._pressure:
            self._pressure = pressure
            self.pressed.emit(pressure)
        self.ticked.emit()
        if left <= 0:
            self.stop()
            self.ended.emit()


class TimeChip(StatusChip):
    """Shows the time left; warns by word, colour and aloud at five minutes and at one."""

    def __init__(self, countdown: Countdown) -> None:
        super().__init__("", Tone.NEUTRAL, icon="timer")
        self._countdown = countdown
        countdown.ticked.connect(self.refresh)
        countdown.pressed.connect(self._warn)
        self.hide()

    def refresh(self) -> None:
        """Show the time left as it is now; nothing where there is no limit."""
        left = self._countdown.seconds()
        self.setVisible(left is not None)
        if left is None:
            return
        figures = clock_time(left)
        match self._countdown.pressure():
            case Pressure.NONE:
                words, tone = _("{time} left").format(time=figures), Tone.NEUTRAL
            case Pressure.SOON:
                words, tone = _("{time} left, under 5 min").format(time=figures), Tone.WARNING
            case Pressure.AT_ONCE:
                words, tone = _("{time} left, under 1 min").format(time=figures), Tone.DANGER
        if words != self.text():
            self.set_status(words, tone)

    def _warn(self, pressure: Pressure) -> None:
        self.refresh()
        told = _("One minute left.") if pressure is Pressure.AT_ONCE else _("Five minutes left.")
        announce(self, told, urgent=True)
