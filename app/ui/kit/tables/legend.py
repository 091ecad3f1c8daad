"""What the letters of a grid mean: marks with their words, in a flow."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.kit.layouts import FlowLayout, clear
from app.ui.kit.painted import Painted, draw_text, fill_round, smooth
from app.ui.kit.tables.grid import GridMark
from app.ui.kit.theme import Ink, TextRole, current_theme


class Legend(QWidget):
    """What the letters mean, in a flow of marks with their words."""

    def __init__(self, marks: Sequence[GridMark], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=12)
        self.show_marks(marks)

    def show_marks(self, marks: Sequence[GridMark]) -> None:
        """Explain these and no others."""
        clear(self._flow)
        for mark in marks:
            self._flow.addWidget(_LegendLine(mark))


class _LegendLine(Painted):
    def __init__(self, mark: GridMark) -> None:
        super().__init__()
        self._mark = mark
        self.setAccessibleName(f"{mark.letter}: {mark.words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        theme = current_theme()
        metrics = QFontMetrics(theme.font(TextRole.MUTED))
        wide = metrics.horizontalAdvance(self._mark.words) + theme.px(30)
        return QSize(wide, max(theme.px(22), metrics.height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, mark, painter = current_theme(), self._mark, smooth(self)
        side = theme.px(20)
        spot = QRect(0, (self.height() - side) // 2, side, side)
        fill_round(painter, QRectF(spot), theme.px(4), theme.colour(mark.tone.soft))
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, spot, mark.letter, theme.font(TextRole.LABEL), mark.tone.ink, middle)
        words = self.rect().adjusted(theme.px(26), 0, 0, 0)
        draw_text(painter, words, mark.words, theme.font(TextRole.MUTED), Ink.TEXT2)
