"""Shares side by side: bars under their names, and a ring cut into parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
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
