"""A figure over time, with the line it should reach."""

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.charts.base import Chart, Point
from app.ui.kit.painted import draw_text, fill_round, frame_round, smooth
from app.ui.kit.theme import Ink, TextRole, current_theme

_CENTRE, _RIGHT = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 100000)
_MOST_LINES = 5


def axis(low: float, high: float) -> tuple[int, ...]:
    """Return round values from under `low` to over `high`, at most six."""
    for step in _STEPS:
        start = int(low // step * step)
        end = int(-(-high // step) * step)
        if (end - start) / step <= _MOST_LINES:
            return tuple(range(start, max(end, start + step) + 1, step))
    return (int(low), int(high))


class TrendChart(Chart):
    """Points over time. Values are in `unit` ("%" after the axis' numbers)."""

    def __init__(
        self,
        title: str,
        points: Sequence[Point] = (),
        *,
        unit: str = "",
        target: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.headers = (_("When"), title)
        self._unit = unit
        self._target = target
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_points(points)

    @override
    def in_words(self) -> str:
        told = super().in_words()
        if self._target is None:
            return told
        return _("Target {target}. {figures}").format(
            target=self._written(self._target), figures=told
        )

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(420), theme.px(200))

    @override
    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(240), theme.px(150))

    @override
    def point_at(self, x: float, y: float) -> int:
        if not self._points:
            return -1
        places = self._places()
        return min(range(len(places)), key=lambda index: abs(places[index].x() - x))

    def _written(self, value: float) -> str:
        return f"{value:g}{self._unit}"

    def _ticks(self) -> tuple[int, ...]:
        values = [point.value for point in self._points] or [0.0, 1.0]
        if self._target is not None:
            values.append(self._target)
        spread = (max(values) - min(values)) or 1
        low = max(0.0, min(values) - spread * 0.15) if min(values) >= 0 else min(values)
        high = max(values) + spread * 0.12
        return axis(low, min(high, 100.0) if self._unit == "%" else high)

    def _plot(self) -> QRectF:
        theme = current_theme()
        left, right = theme.px(44), theme.px(16)
        return QRectF(self.rect()).adjusted(left, theme.px(10), -right, -theme.px(26))

    def _height_of(self, value: float) -> float:
        ticks, plot = self._ticks(), self._plot()
        return plot.bottom() - plot.height() * (value - ticks[0]) / ((ticks[-1] - ticks[0]) or 1)

    def _places(self) -> list[QPointF]:
        plot = self._plot()
        step = plot.width() / max(1, len(self._points) - 1)
        return [
            QPointF(plot.left() + index * step, self._height_of(point.value))
            for index, point in enumerate(self._points)
        ]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(self)
        self._paint_axes(painter)
        if self._points:
            places = self._places()
            self._paint_line(painter, places)
            self._paint_target(painter)
            self._paint_dots(painter, places)
        if self.hasFocus():
            frame_round(painter, QRectF(self.rect()), 8, current_theme().colour(Ink.FOCUS), 2)

    def _paint_axes(self, painter: QPainter) -> None:
        theme, plot = current_theme(), self._plot()
        font = theme.font(TextRole.LABEL)
        font.setWeight(font.Weight.Normal)
        half = theme.px(10)
        for tick in self._ticks():
            y = round(self._height_of(tick))
            painter.setPen(QPen(theme.colour(Ink.BORDER), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            label = QRect(0, y - half, int(plot.left()) - theme.px(8), 2 * half)
            draw_text(painter, label, self._written(tick), font, Ink.TEXT3, _RIGHT)
        if not self._points:
            return
        painter.setFont(font)
        metrics = painter.fontMetrics()
        widest = max(metrics.horizontalAdvance(point.label) for point in self._points)
        wide = widest + theme.px(14)
        every = max(1, -(-len(self._points) * wide // max(1, int(plot.width()))))
        for index, (point, place) in enumerate(zip(self._points, self._places(), strict=True)):
            if (len(self._points) - 1 - index) % every == 0:
                left = min(int(place.x()) - wide // 2, self.width() - wide)
                label = QRect(left, int(plot.bottom()) + theme.px(4), wide, theme.px(20))
                at_end = int(place.x()) + wide // 2 > self.width()
                align = _RIGHT if at_end else _CENTRE
                draw_text(painter, label, point.label, font, Ink.TEXT3, align)

    def _paint_line(self, painter: QPainter, places: list[QPointF]) -> None:
        theme, plot = current_theme(), self._plot()
        path = QPainterPath(places[0])
        for before, after in itertools.pairwise(places):
            middle = (before.x() + after.x()) / 2
            path.cubicTo(QPointF(middle, before.y()), QPointF(middle, after.y()), after)
        colour = theme.colour(Ink.PRIMARY)
        if not theme.is_high_contrast:
            area = QPainterPath(path)
            area.lineTo(places[-1].x(), plot.bottom())
            area.lineTo(places[0].x(), plot.bottom())
            fade = QLinearGradient(plot.topLeft(), plot.bottomLeft())
            top, bottom = QColor(colour), QColor(colour)
            top.setAlpha(60)
            bottom.setAlpha(4)
            fade.setColorAt(0, top)
            fade.setColorAt(1, bottom)
            painter.fillPath(area, fade)
        painter.setPen(QPen(colour, theme.px(2.4)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_target(self, painter: QPainter) -> None:
        if self._target is None:
            return
        theme, plot = current_theme(), self._plot()
        y = round(self._height_of(self._target))
        pen = QPen(theme.colour(Ink.SUCCESS), theme.px(1.5))
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        words = _("Target {value}").format(value=self._written(self._target))
        spot = QRect(int(plot.left()) + theme.px(6), y - theme.px(19), theme.px(200), theme.px(18))
        font = theme.font(TextRole.LABEL)
        if spot.top() < 0:  # a target at the very top: under its line
            spot.moveTop(y + theme.px(1))
        painter.setFont(font)
        ground = QRect(spot)
        ground.setWidth(painter.fontMetrics().horizontalAdvance(words))
        painter.fillRect(ground, theme.colour(Ink.SURFACE))  # or a line of the scale strikes it out
        draw_text(painter, spot, words, font, Ink.SUCCESS)

    def _paint_dots(self, painter: QPainter, places: list[QPointF]) -> None:
        theme = current_theme()
        radius = theme.px(3.6)
        painter.setPen(QPen(theme.colour(Ink.PRIMARY), theme.px(1.8)))
        painter.setBrush(theme.colour(Ink.SURFACE))
        for place in places:
            painter.drawEllipse(place, radius, radius)
        at = self._at if self._at >= 0 else len(places) - 1
        self._paint_flag(painter, places[at], self._points[at])

    def _paint_flag(self, painter: QPainter, place: QPointF, point: Point) -> None:
        theme = current_theme()
        font = theme.font(TextRole.LABEL)
        painter.setFont(font)
        words = point.text if self._at < 0 else f"{point.label}: {point.text}"
        width = painter.fontMetrics().horizontalAdvance(words) + theme.px(22)
        height = theme.px(24)
        scale = int(self._plot().left())  # its figures stay to be read
        left = min(max(scale, int(place.x() - width / 2)), self.width() - width)
        top = int(place.y()) - height - theme.px(9)
        if top < 0:
            top = int(place.y()) + theme.px(9)
        flag = QRect(left, top, width, height)
        fill_round(painter, QRectF(flag), theme.px(6), theme.colour(Ink.TEXT))
        draw_text(painter, flag, words, font, Ink.BG, _CENTRE)
