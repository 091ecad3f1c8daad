"""The rows on screen: painted by their columns, walked by keys, a box to choose each."""

from typing import Any

from PySide6.QtCore import (
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
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from app.ui.kit.icons import paint_icon
from app.ui.kit.painted import draw_text, fill_round, frame_round
from app.ui.kit.tables.columns import Column, whole_words
from app.ui.kit.tables.model import PagedModel
from app.ui.kit.theme import Ink, TextRole, current_theme

_Index = QModelIndex | QPersistentModelIndex
_PAD = 12
_BOX_COLUMN = 44
_LEAST_SHARE = 0.6
"""How far a stretching column gives way before the table scrolls sideways."""


def paint_box(painter: QPainter, spot: QRect, *, ticked: bool, partly: bool = False) -> None:
    """Paint a box to tick in the middle of `spot`."""
    theme = current_theme()
    side = theme.px(20)
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(spot).center())
    on = ticked or partly
    fill_round(painter, box, theme.px(5), theme.colour(Ink.PRIMARY if on else Ink.SURFACE))
    if on:
        mark = "minus" if partly else "check"
        paint_icon(painter, box.adjusted(3, 3, -3, -3).toRect(), mark, theme.hex(Ink.ON_PRIMARY))
    else:
        frame_round(painter, box, theme.px(5), theme.colour(Ink.BORDER_STRONG), 1.5)


class _RowPainter(QStyledItemDelegate):
    """Paints cells by their column; the row's ground says hover, choice and focus."""

    def __init__(self, view: "RowsView") -> None:
        super().__init__(view)
        self._view = view

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, model, rect = current_theme(), self._view.paged, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index)
        column, inner = index.column() - 1, rect.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), -1)
        if column < 0:
            paint_box(painter, rect, ticked=model.is_selected(index.row()))
        elif column >= len(model.columns):
            side = theme.px(18)
            spot = QRect(0, 0, side, side)
            spot.moveCenter(rect.center())
            paint_icon(painter, spot, "ellipsis", theme.hex(Ink.TEXT2))
        else:
            cell = model.cell(index.row(), column)
            if cell is None:
                bar = QRectF(
                    inner.x(), inner.center().y() - theme.px(4), inner.width() * 0.6, theme.px(8)
                )
                fill_round(painter, bar, theme.px(4), theme.colour(Ink.SURFACE2))
            else:
                model.columns[column].paint(painter, inner, cell)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = current_theme(), option.rect
        current = index.row() == self._view.currentIndex().row()
        if self._view.paged.is_selected(index.row()) or (current and self._view.hasFocus()):
            painter.fillRect(rect, theme.colour(Ink.PRIMARY_SOFT))
        elif index.row() == self._view.hovered_row():
            painter.fillRect(rect, theme.colour(Ink.SURFACE2))
        painter.setPen(QPen(theme.colour(Ink.BORDER), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if current and self._view.hasFocus():
            painter.setPen(QPen(theme.colour(Ink.FOCUS), 2))
            painter.drawLine(rect.topLeft() + QPoint(0, 1), rect.topRight() + QPoint(0, 1))
            painter.drawLine(rect.bottomLeft() - QPoint(0, 1), rect.bottomRight() - QPoint(0, 1))
        painter.setPen(Qt.PenStyle.NoPen)

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Say the whole of a cell whose words are cut."""
        column = index.column() - 1
        cell = self._view.paged.cell(index.row(), column)
        room = option.rect.width() - 2 * current_theme().px(_PAD)
        whole = "" if cell is None else whole_words(cell, room)
        QToolTip.showText(event.globalPos(), whole, view)
        return True

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self._view.verticalHeader().defaultSectionSize())


class _Header(QHeaderView):
    """Titles, the arrow of the sorted one, and the box that chooses all."""

    def __init__(self, view: "RowsView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.sorted: tuple[str, bool] = ("", False)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(view.accessibleName())

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), current_theme().px(40)))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        theme, model = current_theme(), self._view.paged
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour(Ink.SURFACE))
        painter.setPen(QPen(theme.colour(Ink.BORDER), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(Qt.PenStyle.NoPen)
        if logical == 0:
            count = model.selection.count
            whole = 0 < model.total() <= count
            paint_box(painter, rect, ticked=whole, partly=bool(count) and not whole)
        elif logical <= len(model.columns):
            self._paint_title(painter, rect, model.columns[logical - 1])
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, column: Column[Any]) -> None:
        theme = current_theme()
        inner = rect.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), 0)
        key, descending = self.sorted
        font = theme.font(TextRole.LABEL)
        if column.key == key:
            side = theme.px(14)
            painter.setFont(font)
            wide = painter.fontMetrics().horizontalAdvance(column.title) + theme.px(4)
            left = min(inner.x() + wide, inner.right() - side)
            if column.right:
                left = inner.right() - side
                inner.setRight(left - theme.px(2))
            else:
                inner.setRight(max(left, inner.x()))
            spot = QRect(left, rect.y(), side, rect.height())
            arrow = "arrow-down" if descending else "arrow-up"
            paint_icon(painter, spot, arrow, theme.hex(Ink.PRIMARY))
        align = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        draw_text(painter, inner, column.title, font, Ink.TEXT3, align)


class RowsView(QTableView):
    """The table itself, without the bars around it."""

    row_opened = Signal(int)
    row_menu = Signal(int, QPoint)
    sort_asked = Signal(str)
    everything_asked = Signal()

    def __init__(
        self,
        name: str,
        model: PagedModel[Any],  # the view never looks into a row
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.paged = model
        self._hovered = -1
        self._hidden: frozenset[str] = frozenset()
        self._held: frozenset[str] = frozenset()
        self._with_boxes = False
        self._with_menu = False
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_RowPainter(self))
        self.header = _Header(self)
        self.setHorizontalHeader(self.header)
        self.header.sectionClicked.connect(self._header_clicked)
        self._set_up()

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_row_height()

    def _set_row_height(self) -> None:
        self.verticalHeader().setDefaultSectionSize(current_theme().px(46))

    def show_boxes(self, shown: bool) -> None:
        """Offer a box in front of each row."""
        self._with_boxes = shown
        self.fit_columns()

    def show_menu_button(self, shown: bool) -> None:
        """Offer a button at the end of each row."""
        self._with_menu = shown
        self.fit_columns()

    def hide_columns(self, keys: frozenset[str], held: frozenset[str] = frozenset()) -> None:
        """Leave out those columns; those in `held` stay where there is little room too."""
        self._hidden, self._held = keys, held
        self.fit_columns()

    def is_seen(self, column: Column[Any]) -> bool:
        """Tell whether a column is there now: neither left out nor folded away for want of room."""
        if column.key in self._hidden:
            return False
        room = self.viewport().width() / current_theme().scale
        return column.key in self._held or room >= column.fold_below

    def hovered_row(self) -> int:
        """Return the row under the pointer; -1 is none."""
        return self._hovered

    def fit_columns(self) -> None:
        """Share the width out: fold what does not fit, stretch what may."""
        theme, columns = current_theme(), self.paged.columns
        shown = [self.is_seen(column) for column in columns]
        self.setColumnHidden(0, not self._with_boxes)
        self.setColumnHidden(len(columns) + 1, not self._with_menu)
        used = theme.px(_BOX_COLUMN) * (int(self._with_boxes) + int(self._with_menu))
        used += sum(theme.px(c.width) for c, on in zip(columns, shown, strict=True) if on)
        spare = self.viewport().width() - used
        weight = sum(c.stretch for c, on in zip(columns, shown, strict=True) if on)
        for place, (column, on) in enumerate(zip(columns, shown, strict=True), start=1):
            self.setColumnHidden(place, not on)
            share = spare * column.stretch // weight if weight else 0
            width = theme.px(column.width)
            self.setColumnWidth(place, max(width + share, int(width * _LEAST_SHARE)))
        for place in (0, len(columns) + 1):
            self.setColumnWidth(place, theme.px(_BOX_COLUMN))

    def _header_clicked(self, logical: int) -> None:
        columns = self.paged.columns
        if logical == 0:
            self.everything_asked.emit()
        elif logical <= len(columns) and columns[logical - 1].sortable:
            self.sort_asked.emit(columns[logical - 1].key)

    def _toggle(self, row: int) -> None:
        if self._with_boxes and row >= 0:
            self.paged.set_selected([row], chosen=not self.paged.is_selected(row))

    def _menu_at_row(self, row: int) -> None:
        place = self.visualRect(self.paged.index(row, len(self.paged.columns)))
        self.row_menu.emit(row, self.viewport().mapToGlobal(place.bottomLeft()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.row_opened.emit(row)
        elif event.key() == Qt.Key.Key_Space:
            self._toggle(row)
        elif (
            event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.everything_asked.emit()
        else:
            super().keyPressEvent(event)
            self.viewport().update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if index.column() == 0:
            self._toggle(index.row())
        elif index.column() == len(self.paged.columns) + 1:
            self._menu_at_row(index.row())
        self.viewport().update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and 0 < index.column() <= len(self.paged.columns):
            self.row_opened.emit(index.row())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            if self.currentIndex().isValid():
                self._menu_at_row(self.currentIndex().row())
            return
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self.row_menu.emit(index.row(), event.globalPos())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_row_height()
            self.fit_columns()
