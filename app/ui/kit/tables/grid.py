"""A grid of marks: letters on a ground of their tone, heads that stay while it scrolls, walked by keys.

A mark is a letter and a colour, never a colour alone; the screen reader hears row, column and words.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.ui.kit.painted import draw_text, frame_round
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

_Index = QModelIndex | QPersistentModelIndex
_CELL, _ROW, _HEAD_WIDE, _HEAD_HIGH = 40, 32, 280, 138
_DASH = "–"
_SHARE_OF_HEADS, _LEAST_HEADS = 45, 60
"""Of the height of a low window, in percent, and pixels."""
_PAD = 10


@dataclass(frozen=True, slots=True)
class GridHead:
    """A head of a row or a column: what it is called, and what is said under or beside it."""

    title: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class GridMark:
    """A cell: its letter, its tone, and what it says in words."""

    letter: str
    words: str = ""
    """What a legend says of it; of a cell the model tells more."""
    tone: Tone = Tone.NEUTRAL
    is_changed: bool = False
    """Whether it was marked here and is not kept yet."""
    is_flagged: bool = False
    """Whether there is more to know of it: a small corner says so, the words say what."""


NOTHING = GridMark("")


class GridModel(QAbstractTableModel):
    """What a grid shows. Whoever fills it answers four questions."""

    @abstractmethod
    def row_head(self, row: int) -> GridHead:
        """Return the head of a row."""

    @abstractmethod
    def column_head(self, column: int) -> GridHead:
        """Return the head of a column."""

    @abstractmethod
    def mark(self, row: int, column: int) -> GridMark:
        """Return a cell, quickly: it is asked at every painting."""

    @abstractmethod
    def words(self, row: int, column: int) -> str:
        """Return what a cell says, for who points at it and for the screen reader."""

    def refill(self) -> None:
        """Say that everything is other than it was."""
        self.beginResetModel()
        self.endResetModel()

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # as Qt has it
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.mark(index.row(), index.column()).letter
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            row, column = self.row_head(index.row()), self.column_head(index.column())
            words = self.words(index.row(), index.column())
            return f"{row.title} × {column.title or column.beside}: {words}"
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # as Qt has it
        across = orientation is Qt.Orientation.Horizontal
        if not 0 <= section < (self.columnCount() if across else self.rowCount()):
            return None
        head = self.column_head(section) if across else self.row_head(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return head.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return " · ".join(part for part in (head.title, head.beside) if part)
        return None


class _MarkPainter(QStyledItemDelegate):
    def __init__(self, view: "GridView") -> None:
        super().__init__(view)
        self._view = view

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect, mark = option.rect, self._view.grid.mark(index.row(), index.column())
        painter.save()
        self._paint_ground(painter, rect, index, mark)
        if mark.letter:
            self._paint_letter(painter, rect, mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if mark.is_flagged:
            self._paint_corner(painter, rect)
        self._paint_frames(painter, rect, index, mark)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, index: _Index, mark: GridMark) -> None:
        theme, here = current_theme(), self._view.currentIndex()
        in_line = index.row() == here.row() or index.column() == here.column()
        if mark.letter and mark.tone is not Tone.NEUTRAL:
            painter.fillRect(rect, theme.colour(mark.tone.soft))
        elif in_line and self._view.hasFocus():
            painter.fillRect(rect, theme.colour(Ink.SURFACE2))
        painter.setPen(QPen(theme.colour(Ink.BORDER), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())

    def _paint_letter(self, painter: QPainter, rect: QRect, mark: GridMark) -> None:
        ink = mark.tone.ink if mark.tone is not Tone.NEUTRAL else Ink.TEXT2
        painter.setFont(self._view.mark_font)
        painter.setPen(current_theme().colour(Ink.TEXT3 if mark.letter == _DASH else ink))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), mark.letter)

    def _paint_frames(self, painter: QPainter, rect: QRect, index: _Index, mark: GridMark) -> None:
        theme = current_theme()
        if mark.is_changed:
            edge = QRectF(rect).adjusted(2, 2, -3, -3)
            frame_round(painter, edge, theme.px(5), theme.colour(Ink.PRIMARY), 2)
        if index == self._view.currentIndex() and self._view.hasFocus():
            frame_round(painter, QRectF(rect), theme.px(3), theme.colour(Ink.FOCUS), 2.5)

    def _paint_corner(self, painter: QPainter, rect: QRect) -> None:
        side, corner = current_theme().px(9), rect.topRight()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current_theme().colour(Ink.WARNING))
        painter.drawPolygon(QPolygonF([corner, corner - QPoint(side, 0), corner + QPoint(0, side)]))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(current_theme().px(_CELL), current_theme().px(_ROW))


class _Heads(QHeaderView):
    """Heads that are pressed, and neither dragged nor chosen."""

    def __init__(self, view: "GridView", orientation: Qt.Orientation) -> None:
        super().__init__(orientation, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


class _ColumnHeads(_Heads):
    """Heads that stand upright: the code strong, the title beside it."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(view, Qt.Orientation.Horizontal)

    @override
    def sizeHint(self) -> QSize:
        room = self._view.height() * _SHARE_OF_HEADS // 100
        return QSize(0, min(current_theme().px(_HEAD_HIGH), max(_LEAST_HEADS, room)))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        theme, head = current_theme(), self._view.grid.column_head(logical)
        here = self._view.hasFocus() and self._view.currentIndex().column() == logical
        painter.save()
        painter.fillRect(rect, theme.colour(Ink.PRIMARY_SOFT if here else Ink.SURFACE))
        painter.setPen(QPen(theme.colour(Ink.BORDER), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QPen(theme.colour(Ink.BORDER_STRONG), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.translate(rect.left(), rect.bottom() - theme.px(6))
        painter.rotate(-90)
        long, half = rect.height() - theme.px(12), rect.width() // 2
        upper, lower = QRect(0, 0, long, half), QRect(0, half, long, half)
        if head.beside:
            draw_text(painter, upper, head.title, theme.font(TextRole.STRONG), Ink.TEXT)
            draw_text(painter, lower, head.beside, theme.font(TextRole.MUTED), Ink.TEXT3)
        else:
            whole = QRect(0, 0, long, rect.width())
            draw_text(painter, whole, head.title, theme.font(TextRole.STRONG), Ink.TEXT)
        painter.restore()


class _RowHeads(_Heads):
    """The first column, which stays: what a row is called, and what is said beside it."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(view, Qt.Orientation.Vertical)

    @override
    def sizeHint(self) -> QSize:
        wide = min(current_theme().px(_HEAD_WIDE), max(120, self._view.width() // 3))
        return QSize(wide, 0)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        theme, head = current_theme(), self._view.grid.row_head(logical)
        here = self._view.hasFocus() and self._view.currentIndex().row() == logical
        painter.save()
        painter.fillRect(rect, theme.colour(Ink.PRIMARY_SOFT if here else Ink.SURFACE))
        painter.setPen(QPen(theme.colour(Ink.BORDER), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QPen(theme.colour(Ink.BORDER_STRONG), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        inner = rect.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), 0)
        font = theme.font(TextRole.MUTED)
        room = min(QFontMetrics(font).horizontalAdvance(head.beside), inner.width() // 2)
        aside = QRect(inner.right() - room, inner.y(), room + 1, inner.height())
        draw_text(painter, aside, head.beside, font, Ink.TEXT3, Qt.AlignmentFlag.AlignRight)
        inner.setRight(aside.left() - theme.px(8))
        draw_text(painter, inner, head.title, theme.font(TextRole.BODY), Ink.TEXT)
        painter.restore()


class GridView(QTableView):
    """The grid. Arrow keys walk it, letters lead to the row that begins so, Space and Enter act."""

    pressed_at = Signal(int, int)
    """A cell was clicked, or Space or Enter pressed on it."""
    cleared_at = Signal(int, int)
    """Delete was pressed on a cell."""
    told_at = Signal(int, int)
    """Somebody wants to know more of a cell: F2, or from its menu."""
    menu_at = Signal(int, int, QPoint)
    row_opened = Signal(int)
    """The head of a row was clicked."""

    def __init__(self, name: str, grid: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = grid
        self.mark_font = current_theme().font(TextRole.STRONG)
        self.setAccessibleName(name)
        self.setModel(grid)
        self.setItemDelegate(_MarkPainter(self))
        self.setHorizontalHeader(_ColumnHeads(self))
        self.setVerticalHeader(_RowHeads(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().sectionClicked.connect(self.row_opened)
        grid.modelReset.connect(self._begin_at_the_first)
        self._restyle()

    def current(self) -> tuple[int, int] | None:
        """Return the row and the column that the keys stand on."""
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None

    def go_to(self, row: int, column: int) -> None:
        """Put the keys on a cell, and bring it into view."""
        index = self.grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def repaint_marks(self) -> None:
        """Paint again what is seen: marks are other than they were."""
        self.viewport().update()

    def _begin_at_the_first(self) -> None:
        if self.grid.rowCount() and self.grid.columnCount():
            self.setCurrentIndex(self.grid.index(0, 0))

    def _restyle(self) -> None:
        theme = current_theme()
        self.mark_font = theme.font(TextRole.STRONG)
        self.horizontalHeader().setDefaultSectionSize(theme.px(_CELL))
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        at, key = self.current(), event.key()
        if at is None:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pressed_at.emit(*at)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cleared_at.emit(*at)
        elif key == Qt.Key.Key_F2:
            self.told_at.emit(*at)
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Go to the next row whose head begins with what is typed."""
        at, wanted = self.current() or (0, 0), search.casefold()
        count = self.grid.rowCount()
        step = 1 if len(search) == 1 else 0
        for place in range(count):
            row = (at[0] + step + place) % count
            if self.grid.row_head(row).title.casefold().startswith(wanted):
                self.go_to(row, at[1])
                return

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.pressed_at.emit(index.row(), index.column())

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        spot = self.visualRect(index).center() if by_key else event.pos()
        self.menu_at.emit(index.row(), index.column(), self.viewport().mapToGlobal(spot))

    @override
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        for part in (self.viewport(), self.horizontalHeader().viewport()):
            part.update()
        self.verticalHeader().viewport().update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._restyle()
