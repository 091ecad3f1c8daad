"""Layouts that fold: cards by width, a side that goes under, actions that wrap."""

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.ui.kit.theme import current_theme

NO_LIMIT = 16777215
"""Qt's QWIDGETSIZE_MAX, which PySide6 does not name."""


def column(parent: QWidget | None = None, *, gap: int = 12, margin: int = 0) -> QVBoxLayout:
    """Return a vertical layout with the design's spacing."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setSpacing(current_theme().px(gap))
    edge = current_theme().px(margin)
    made.setContentsMargins(edge, edge, edge, edge)
    return made


def row(parent: QWidget | None = None, *, gap: int = 12, margin: int = 0) -> QHBoxLayout:
    """Return a horizontal layout with the design's spacing."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setSpacing(current_theme().px(gap))
    edge = current_theme().px(margin)
    made.setContentsMargins(edge, edge, edge, edge)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of `layout`; its widgets are deleted."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class _Centred(QWidget):
    def __init__(self, widget: QWidget, width: int) -> None:
        super().__init__()
        self._widget, self._width = widget, width
        line = row(self, gap=0)
        line.addStretch(1)
        line.addWidget(widget)
        line.addStretch(1)
        self._fit()

    def _fit(self) -> None:
        self._widget.setMaximumWidth(current_theme().px(self._width))
        self._widget.setMinimumWidth(min(self.width(), current_theme().px(self._width)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()


def centred(widget: QWidget, width: int) -> QWidget:
    """Return `widget` in the middle of a line, `width` design pixels wide, as high as it needs."""
    return _Centred(widget, width)


class FlowLayout(QLayout):
    """Lays widgets in lines and starts a new line where one is full."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 8,
        right: bool = False,
        middle: bool = False,
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._before = 1.0 if right else 0.5 if middle else 0.0
        """How much of what a line leaves free lies before it."""
        self.setSpacing(current_theme().px(gap))
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        spare = rect.height() - self._lay(rect, move=False)
        if (
            0 < spare < self.sizeHint().height()
        ):  # in the middle of a bar that something made higher
            rect = rect.adjusted(0, spare // 2, 0, 0)
        self._lay(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        shown = self._shown()
        gaps = self.spacing() * max(0, len(shown) - 1)
        height = max((item.sizeHint().height() for item in shown), default=0)
        return QSize(sum(item.sizeHint().width() for item in shown) + gaps, height)

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if lines[-1] and used + wide > width:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += wide + self.spacing()
        return lines

    def _lay(self, rect: QRect, *, move: bool) -> int:
        top = rect.y()
        for line in self._lines(rect.width()):
            height = max((item.sizeHint().height() for item in line), default=0)
            if move:
                self._place(line, rect, top, height)
            top += height + self.spacing()
        return max(0, top - self.spacing() - rect.y())

    def _place(self, line: list[QLayoutItem], rect: QRect, top: int, height: int) -> None:
        width = sum(item.sizeHint().width() for item in line) + self.spacing() * (len(line) - 1)
        left = rect.x() + round(self._before * max(0, rect.width() - width))
        for item in line:
            hint = item.sizeHint()
            wide = min(hint.width(), rect.width())
            y = top + (height - hint.height()) // 2
            item.setGeometry(QRect(QPoint(left, y), QSize(wide, hint.height())))
            left += wide + self.spacing()


class CardGrid(QWidget):
    """Cards of equal width in as many columns as `least_width` allows."""

    def __init__(
        self, least_width: int = 260, *, gap: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least = least_width
        self._cards: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(current_theme().px(gap))

    def set_cards(self, cards: list[QWidget]) -> None:
        """Show `cards` instead of the present ones, which are deleted."""
        clear(self._grid)
        self._cards = cards
        self._columns = 0
        self._arrange()

    def cards(self) -> list[QWidget]:
        """Return the cards shown, in reading order."""
        return list(self._cards)

    def columns(self) -> int:
        """Return how many stand side by side now."""
        return self._columns

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), current_theme().px(self._least)), hint.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        gap = self._grid.spacing()
        least = current_theme().px(self._least)
        columns = max(1, (self.width() + gap) // (least + gap))
        lines = -(-max(1, len(self._cards)) // columns)
        if self._cards and len(self._cards) > columns:  # no last card alone where it can be helped
            columns = -(-len(self._cards) // lines)
        if columns == self._columns:
            return
        for past in range(columns, self._grid.columnCount()):
            self._grid.setColumnStretch(past, 0)
        self._columns = columns
        for index, card in enumerate(self._cards):
            self._grid.addWidget(card, index // columns, index % columns)
        for index in range(columns):
            self._grid.setColumnStretch(index, 1)


def stacked(*parts: QWidget) -> QWidget:
    """Return parts at the top of their column, however high its neighbour is."""
    made = QWidget()
    lines = column(made, gap=16)
    for part in parts:
        lines.addWidget(part)
    lines.addStretch(1)
    return made


class SideBySide(QWidget):
    """A main part and a side that goes under it where the width does not hold both.

    With `side_first` it goes above: what somebody has to know before the rest.
    """

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        *,
        side_width: int = 300,
        fold_below: int = 820,
        side_first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ways = QBoxLayout.Direction
        self._folded = ways.BottomToTop if side_first else ways.TopToBottom
        self._main = main
        self._side = side
        self._side_width = side_width
        self._fold_below = fold_below
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(current_theme().px(16))
        self._box.addWidget(main, 1)
        self._box.addWidget(side)
        self._fold()

    def is_folded(self) -> bool:
        """Tell whether the side stands under the main part, or above it."""
        return self._box.direction() == self._folded

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), current_theme().px(320)), hint.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        theme = current_theme()
        width = theme.px(self._side_width)
        needed = self._main.minimumSizeHint().width() + self._box.spacing() + width
        folded = self.width() < max(theme.px(self._fold_below), needed)
        self._box.setDirection(self._folded if folded else QBoxLayout.Direction.LeftToRight)
        self._side.setMinimumWidth(0 if folded else width)
        self._side.setMaximumWidth(NO_LIMIT if folded else width)


def bring_into_view(widget: QWidget) -> None:
    """Scroll the page that a widget is on until it is seen, once what was added has its place."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def keep_focus_in_view(within: QWidget) -> None:
    """Scroll to where somebody works within a part, once what was added there has its place."""
    focused = QApplication.focusWidget()
    if focused is not None and within.isAncestorOf(focused):
        QTimer.singleShot(0, focused, partial(bring_into_view, focused))


class ScrollPage(QScrollArea):
    """A page that scrolls downward, never sideways; what gets the focus comes into view."""

    def __init__(self, parent: QWidget | None = None, *, page: bool = True) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        mark = "page" if page else "clear"
        self.setProperty(mark, True)
        self.content.setProperty(mark, True)
        self.setWidget(self.content)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._show_focus)

    def _show_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what gets the focus into view: Qt does so only while Tab stays within the page.

        Not under a finger that is down: what it presses must not move away.
        """
        if now is None or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        if self.isVisible() and self.content.isAncestorOf(now):
            self.ensureWidgetVisible(now)
