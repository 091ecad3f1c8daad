"""Shares side by side: bars under their names, and a ring cut into parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.charts.base import Chart, Point
from app.ui.kit.painted import draw_text, fill_round, frame_round, smooth
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

_RIGHT, _CENTRE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Slice(Point):
    """A point with a tone; in a BarList `value` is a share from 0 to 1."""

    tone: Tone = Tone.PRIMARY


class BarList(Chart):
    """A name, a share and a bar for each, one under the other."""

    _ROW = 43

    def __init__(
        self, title: str, slices: Sequence[Slice] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self.headers = (_("Name"), title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_points(slices)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(220), theme.px(self._ROW) * max(1, len(self._points)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(140), self.sizeHint().height())

    @override
    def point_at(self, x: float, y: float) -> int:
        index = int(y // current_theme().px(self._ROW))
        return index if 0 <= index < len(self._points) else -1

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        tall, thick = theme.px(self._ROW), theme.px(8)
        for index, point in enumerate(self._points):
            line = QRect(0, index * tall, self.width(), tall - theme.px(17))
            painter.setFont(theme.font(TextRole.BODY))
            room = painter.fontMetrics().horizontalAdvance(point.text) + theme.px(8)
            name = line.adjusted(0, 0, -room, 0)
            draw_text(painter, name, point.label, theme.font(TextRole.BODY), Ink.TEXT)
            draw_text(painter, line, point.text, theme.font(TextRole.BODY), Ink.TEXT2, _RIGHT)
            bar = QRectF(0, line.bottom() + theme.px(2), self.width(), thick)
            fill_round(painter, bar, thick / 2, theme.colour(Ink.SURFACE2))
            if theme.is_high_contrast:
                frame_round(painter, bar, thick / 2, theme.colour(Ink.BORDER))
            tone = point.tone if isinstance(point, Slice) else Tone.PRIMARY
            if point.value > 0:
                bar.setWidth(max(thick, self.width() * min(1.0, point.value)))
                fill_round(painter, bar, thick / 2, theme.colour(tone.bar))
            if index == self._at and self.hasFocus():
                spot = QRectF(0, index * tall, self.width(), tall - theme.px(3))
                frame_round(painter, spot, 6, theme.colour(Ink.FOCUS), 2)
        if self.hasFocus() and self._at < 0:
            frame_round(painter, QRectF(self.rect()), 6, theme.colour(Ink.FOCUS), 2)


class Donut(Chart):
    """Parts of a whole as a ring, with a legend in words."""

    def __init__(
        self,
        title: str,
        slices: Sequence[Slice] = (),
        *,
        middle: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.headers = (_("Part"), title)
        self._middle = middle
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_points(slices)

    def set_middle(self, text: str) -> None:
        """Write other words into the ring."""
        self._middle = text
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        rows = theme.px(28) * len(self._points)
        return QSize(theme.px(320), max(theme.px(132), rows))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(260), self.sizeHint().height())

    @override
    def point_at(self, x: float, y: float) -> int:
        theme = current_theme()
        top = (self.height() - theme.px(28) * len(self._points)) // 2
        index = int((y - top) // theme.px(28))
        return index if x > theme.px(140) and 0 <= index < len(self._points) else -1

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), smooth(self)
        side, thick = theme.px(120), theme.px(15)
        ring = QRectF(
            thick / 2 + 2, (self.height() - side) / 2 + thick / 2, side - thick, side - thick
        )
        whole = sum(point.value for point in self._points)
        start = 90.0 * 16
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour(Ink.SURFACE2), thick))
        painter.drawEllipse(ring)
        gap = 2 * 16 if len(self._points) > 1 else 0
        top = (self.height() - theme.px(28) * len(self._points)) // 2
        for index, point in enumerate(self._points):
            tone = point.tone if isinstance(point, Slice) else Tone.PRIMARY
            span = 360 * 16 * point.value / whole if whole else 0
            pen = QPen(theme.colour(tone.bar), thick + (theme.px(4) if index == self._at else 0))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            if span > gap:
                painter.drawArc(ring, round(start - gap / 2), -round(span - gap))
            start -= span
            line = QRect(
                theme.px(144),
                top + index * theme.px(28),
                self.width() - theme.px(144),
                theme.px(28),
            )
            dot = QRectF(line.x(), line.center().y() - theme.px(5), theme.px(10), theme.px(10))
            fill_round(painter, dot, theme.px(3), theme.colour(tone.bar))
            font = theme.font(TextRole.STRONG if index == self._at else TextRole.BODY)
            painter.setFont(font)
            room = painter.fontMetrics().horizontalAdvance(point.text) + theme.px(8)
            words = line.adjusted(theme.px(18), 0, -room, 0)
            draw_text(painter, words, point.label, font, Ink.TEXT)
            draw_text(painter, line, point.text, font, Ink.TEXT2, _RIGHT)
        hole = QRect(2, (self.height() - side) // 2, side, side)
        draw_text(painter, hole, self._middle, theme.font(TextRole.H1), Ink.TEXT, _CENTRE)
        if self.hasFocus():
            frame_round(painter, QRectF(self.rect()), 6, theme.colour(Ink.FOCUS), 2)
