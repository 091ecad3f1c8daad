"""The bar under a recording: where it is, what was watched, how far one may go."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget
from typing_extensions import override

from app.core.base.figures import clock_time
from app.core.base.words import _
from app.core.learning import WatchedIntervals
from app.ui.kit.painted import smooth
from app.ui.kit.theme import current_theme

GROUND = QColor(255, 255, 255, 70)
WATCHED = QColor(255, 255, 255, 150)
PLAYED = QColor("#93A2FF")
HANDLE = QColor("#FFFFFF")
_BAR, _KNOB, _HEIGHT = 6, 16, 24


class SeekBar(QSlider):
    """Shows a position and asks for another; whoever listens decides whether it is granted.

    A QSlider, so that screen readers know it for one; the arrow keys are left to the view around it.
    """

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._watched = WatchedIntervals()
        self.setAccessibleName(_("Position in the recording"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setRange(0, 0)
        self.actionTriggered.connect(self._ask_for_slider_position)

    def show_position(self, position: int) -> None:
        """Show where playing has come to."""
        if not self.isSliderDown():
            self.setValue(position)
            self.setAccessibleDescription(clock_time(position / 1000))

    def show_duration(self, duration: int) -> None:
        """Show a recording of this length."""
        self.setRange(0, duration)
        self.setSingleStep(5_000)
        self.setPageStep(10_000)

    def show_watched(self, watched: WatchedIntervals) -> None:
        """Show which parts were watched."""
        self._watched = watched
        self.update()

    def _ask_for_slider_position(self) -> None:
        self.asked.emit(self.sliderPosition())
        self.setSliderPosition(self.value())

    def _position_at(self, x: float) -> int:
        margin = self._knob() / 2
        share = (x - margin) / max(self.width() - 2 * margin, 1)
        return round(min(max(share, 0), 1) * self.maximum())

    def _x_of(self, position: int) -> float:
        margin = self._knob() / 2
        return margin + (self.width() - 2 * margin) * position / max(self.maximum(), 1)

    def _knob(self) -> int:
        return current_theme().px(_KNOB)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, current_theme().px(_HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.asked.emit(self._position_at(event.position().x()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderPosition(self._position_at(event.position().x()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderDown(False)
            self.asked.emit(self._position_at(event.position().x()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        self._paint_stretch(painter, 0, self.maximum(), GROUND)
        for start, end in self._watched.within(self.maximum()).spans:
            self._paint_stretch(painter, start, end, WATCHED)
        self._paint_stretch(painter, 0, self.sliderPosition(), PLAYED)
        painter.setBrush(HANDLE)
        middle = QPointF(self._x_of(self.sliderPosition()), self.height() / 2)
        painter.drawEllipse(middle, self._knob() / 2, self._knob() / 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(HANDLE)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_stretch(self, painter: QPainter, start: int, end: int, colour: QColor) -> None:
        thickness = current_theme().px(_BAR)
        left, right = self._x_of(start), self._x_of(end)
        painter.setBrush(colour)
        area = QRectF(left, (self.height() - thickness) / 2, right - left, thickness)
        painter.drawRoundedRect(area, thickness / 2, thickness / 2)
