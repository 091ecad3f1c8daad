"""Two parts side by side, each of which scrolls for itself; one over the other where it is narrow."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from app.ui.kit.layouts import ScrollPage, column
from app.ui.kit.theme import current_theme

_BESIDE_BAR = 10


class FoldingPair(QWidget):
    """Two parts that share the width. Who inherits says in `fit` what else changes with it."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        *,
        shares: tuple[int, int],
        fold_below: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fold_below = fold_below
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(current_theme().px(16))
        for part, share in zip((first, second), shares, strict=True):
            self._box.addWidget(part, share)
        self._fold()

    def fit(self, *, narrow: bool) -> None:
        """Set what the parts may take, now that they stand over (`narrow`) or beside one another."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(self._fold_below), self.minimumHeight())

    @override
    def hasHeightForWidth(self) -> bool:
        return False  # what does not fit scrolls inside the parts

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        narrow = self.width() < current_theme().px(self._fold_below)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if narrow else across)
        self.fit(narrow=narrow)


def scrolled(content: QWidget) -> ScrollPage:
    """Return a page that scrolls a part, with room between it and the scroll bar."""
    page = ScrollPage()
    around = column(page.content, gap=0)
    around.setContentsMargins(0, 0, current_theme().px(_BESIDE_BAR), 0)
    around.addWidget(content)
    around.addStretch(1)
    return page
