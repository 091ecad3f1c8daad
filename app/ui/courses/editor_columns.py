"""The editor's two columns: the outline stays in sight while the lesson beside it scrolls."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from app.ui.kit.layouts import ScrollPage, SideBySide, column
from app.ui.kit.theme import current_theme

_OUTLINE_WIDTH, _SIDE_WIDTH = 316, 272
_LEAST_WIDTH, _FOLD_SIDE = 680, 700
_LEAST_HEIGHT, _LEAST_FOLDED = 280, 700


class EditorColumns(QWidget):
    """Outline at the left, form and checks at the right; one over the other where it is narrow."""

    def __init__(
        self, outline: QWidget, form: QWidget, side: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._outline = outline
        self._page = ScrollPage()
        around = column(self._page.content, gap=0)
        around.setContentsMargins(0, 0, current_theme().px(10), 0)
        around.addWidget(SideBySide(form, side, side_width=_SIDE_WIDTH, fold_below=_FOLD_SIDE))
        around.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(current_theme().px(16))
        self._box.addWidget(outline, 2)
        self._box.addWidget(self._page, 3)
        self._fold()

    def to_top(self) -> None:
        """Show the lesson from its beginning."""
        self._page.verticalScrollBar().setValue(0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(_LEAST_WIDTH), self.minimumHeight())

    @override
    def hasHeightForWidth(self) -> bool:
        return False  # what does not fit scrolls inside the columns

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        theme = current_theme()
        narrow = self.width() < theme.px(_LEAST_WIDTH)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if narrow else across)
        self.setMinimumHeight(theme.px(_LEAST_FOLDED if narrow else _LEAST_HEIGHT))
        wide = theme.px(_OUTLINE_WIDTH)
        self._outline.setMinimumWidth(0 if narrow else wide)
        self._outline.setMaximumWidth(16777215 if narrow else wide)
