"""A stopwatch that is read across a yard: from the alarm to all clear."""

from datetime import datetime, timedelta

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont, QPaintEvent
from typing_extensions import override

from app.core.base.clock import Clock
from app.core.base.figures import clock_time
from app.core.base.words import _
from app.ui.kit.painted import Painted, smooth
from app.ui.kit.theme import Ink, current_theme

_BEAT_MS = 200
_HIGH = 120


class Stopwatch(Painted):
    """Shows minutes and seconds since a moment; it runs by the clock that the records are kept by."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._since: datetime | None = None
        self._until: datetime | None = None
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._words = ""
        self._beat()

    def show_times(self, since: datetime | None, until: datetime | None) -> None:
        """Run from `since` on; stand at `until` where it is over."""
        self._since, self._until = since, until
        if since is not None and until is None:
            self._timer.start()
        else:
            self._timer.stop()
        self._beat()

    def text(self) -> str:
        """Return what is shown."""
        return self._words

    @property
    def is_running(self) -> bool:
        """Tell whether it runs."""
        return self._timer.isActive()

    def _beat(self) -> None:
        passed = timedelta()
        if self._since is not None:
            passed = max((self._until or self._clock.now()) - self._since, timedelta())
        words = clock_time(passed.total_seconds())
        if words != self._words:
            self._words = words
            self.setAccessibleName(_("Stopwatch: {time}").format(time=words))
            self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(320), theme.px(_HIGH))

    @override
    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(200), theme.px(_HIGH))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        font = QFont(self.font())
        font.setPixelSize(theme.px(96))
        font.setWeight(QFont.Weight.DemiBold)
        font.setFeature(QFont.Tag("tnum"), 1)
        painter.setFont(font)
        ink = Ink.DANGER if self.is_running else Ink.TEXT
        painter.setPen(theme.colour(ink))
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._words
        )
