"""A QR code on screen: dark on white whatever the theme, with the quiet zone that readers need."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from app.ui.kit.painted import Painted
from app.ui.kit.theme import current_theme

_QUIET = 4
"""Light modules around the code (ISO/IEC 18004)."""


class QrCode(Painted):
    """Shows a text as a QR code. `name` is what a screen reader says of it."""

    def __init__(self, name: str, text: str, px: int = 152, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._px = px
        self._modules = _modules(text)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        side = current_theme().px(self._px)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        across = len(self._modules) + 2 * _QUIET
        step = max(1, min(self.width(), self.height()) // across)
        edge = (self.width() - step * len(self._modules)) // 2
        for row, line in enumerate(self._modules):
            for column, is_dark in enumerate(line):
                if is_dark:
                    spot = QRect(edge + column * step, edge + row * step, step, step)
                    painter.fillRect(spot, Qt.GlobalColor.black)


def _modules(text: str) -> list[list[bool]]:
    import segno  # only where a code is shown

    return [[bool(module) for module in line] for line in segno.make(text, micro=False).matrix]
