"""A line without axes: which way a figure went."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.kit.painted import Painted, smooth
from app.ui.kit.theme import Tone, current_theme


class Sparkline(Painted):
    """Decorative beside a figure; the figure and its trend are said in words."""

    def __init__(
        self,
        name: str,
        values: Sequence[float],
        tone: Tone = Tone.PRIMARY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values = tuple(values)
        self._tone = tone
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(84), theme.px(32))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._values) < 2:  # noqa: PLR2004  one point makes no line
            return
        theme, painter = current_theme(), smooth(self)
        low, high = min(self._values), max(self._values)
        pad = theme.px(4)
        width, height = self.width() - 2 * pad, self.height() - 2 * pad
        step = width / (len(self._values) - 1)
        points = [
            QPointF(pad + index * step, pad + height * (1 - (value - low) / ((high - low) or 1)))
            for index, value in enumerate(self._values)
        ]
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        colour = theme.colour(self._tone.ink)
        pen = QPen(colour, theme.px(2))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(points[-1], pad * 0.9, pad * 0.9)
