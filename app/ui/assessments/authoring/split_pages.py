"""Two pages side by side that scroll for themselves; one over the other where it is narrow."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from app.ui.kit.layouts import ScrollPage, column
from app.ui.kit.theme import current_theme

_FOLD_BELOW, _SIDE_WIDTH = 760, 420
_LEAST_HEIGHT = 280


class SplitPages(QWidget):
    """The main page takes what the side leaves."""

    def __init__(self, main: QWidget, side: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(current_theme().px(16))
        self.main_page, self.side_page = _page(main), _page(side)
        self._box.addWidget(self.main_page, 3)
        self._box.addWidget(self.side_page, 2)
        self.setMinimumHeight(current_theme().px(_LEAST_HEIGHT))
        self._fold()

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(_FOLD_BELOW), self.minimumHeight())

    @override
    def hasHeightForWidth(self) -> bool:
        return False  # what does not fit scrolls inside the pages

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        theme = current_theme()
        narrow = self.width() < theme.px(_FOLD_BELOW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if narrow else across)
        self.side_page.setMaximumWidth(16777215 if narrow else theme.px(_SIDE_WIDTH))


def _page(content: QWidget) -> ScrollPage:
    page = ScrollPage()
    around = column(page.content, gap=0)
    around.setContentsMargins(0, 0, current_theme().px(10), 0)
    around.addWidget(content)
    around.addStretch(1)
    return page
