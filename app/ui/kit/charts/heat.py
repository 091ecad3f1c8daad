"""A grid of statuses, people by requirement: colour, and the word or number in every cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.ui.kit.painted import draw_text, fill_round, frame_round
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: a short text, its tone, and what it means in words."""

    text: str
    tone: Tone
    meaning: str


class _Cells(QAbstractTableModel):
    def __init__(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        cell: Callable[[int, int], HeatCell],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._columns = columns
        self.cell = cell

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column()).text
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            cell = self.cell(index.row(), index.column())
            return f"{self._rows[index.row()]}, {self._columns[index.column()]}: {cell.meaning}"
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        names = self._columns if orientation == Qt.Orientation.Horizontal else self._rows
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return names[section]
        return None


class _CellPainter(QStyledItemDelegate):
    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, _Cells):
            return
        theme, cell = current_theme(), model.cell(index.row(), index.column())
        area = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_round(painter, area, theme.px(6), theme.colour(cell.tone.soft))
        if theme.is_high_contrast:
            frame_round(painter, area, theme.px(6), theme.colour(cell.tone.ink))
        if option.state & QStyle.StateFlag.State_HasFocus:
            frame_round(painter, area, theme.px(6), theme.colour(Ink.FOCUS), 2)
        align = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, option.rect, cell.text, theme.font(TextRole.LABEL), cell.tone.ink, align)
        painter.restore()


class HeatGrid(QTableView):
    """Paints only what is seen, so thousands of rows are no more work than twenty."""

    cell_opened = Signal(int, int)
    """Row and column, by click or Enter."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setItemDelegate(_CellPainter(self))
        theme = current_theme()
        for header, size in (
            (self.horizontalHeader(), theme.px(84)),
            (self.verticalHeader(), theme.px(36)),
        ):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(size)
        self.verticalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.verticalHeader().setFixedWidth(theme.px(200))
        self.activated.connect(lambda index: self.cell_opened.emit(index.row(), index.column()))

    def show_cells(
        self, rows: Sequence[str], columns: Sequence[str], cell: Callable[[int, int], HeatCell]
    ) -> None:
        """Show other figures; `cell` is asked for each cell that comes into view."""
        former = self.model()
        self.setModel(_Cells(rows, columns, cell, self))
        if former is not None:
            former.deleteLater()
