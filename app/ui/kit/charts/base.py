"""What every chart is: focusable, walked by arrow keys, told in words, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.announcing import announce
from app.ui.kit.painted import Painted
from app.ui.kit.theme import current_theme

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Point:
    """A value under a label; `text` is how the value is written."""

    label: str
    value: float
    text: str


_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


class Chart(Painted):
    """Base of the painted charts. `headers` name the columns of the table twin."""

    headers: tuple[str, str] = ("", "")

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._points: tuple[Point, ...] = ()
        self._at = -1
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def points(self) -> tuple[Point, ...]:
        """Return the figures shown."""
        return self._points

    def set_points(self, points: Sequence[Point]) -> None:
        """Show other figures."""
        self._points = tuple(points)
        self._at = -1
        self.setAccessibleDescription(self.in_words())
        self.updateGeometry()
        self.update()

    def in_words(self) -> str:
        """Return the figures as one sentence for the screen reader."""
        if not self._points:
            return _("No figures yet.")
        return "; ".join(f"{point.label}: {point.text}" for point in self._points)

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Return headers and rows of the same figures."""
        rows: list[tuple[str, ...]] = [(point.label, point.text) for point in self._points]
        return self.headers, rows

    def current(self) -> int:
        """Return which point the reader is at; -1 is none."""
        return self._at

    def go_to(self, index: int) -> None:
        """Mark a point and say it."""
        if not self._points:
            return
        index = min(max(index, 0), len(self._points) - 1)
        if index != self._at:
            self._at = index
            point = self._points[index]
            announce(self, f"{point.label}: {point.text}")
            self.update()

    def point_at(self, x: float, y: float) -> int:
        """Return the point nearest to a place in the chart; -1 is none."""
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            start = len(self._points) if self._at < 0 and _STEPS[key] < 0 else self._at
            self.go_to(start + _STEPS[key])
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(len(self._points) - 1)
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        index = self.point_at(place.x(), place.y())
        if index != self._at:
            self._at = index
            self.update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._at = -1
        super().focusOutEvent(event)
        self.update()


class _Figures(QAbstractTableModel):
    """Words in rows and columns."""

    def __init__(
        self, headers: Sequence[str], rows: Sequence[Sequence[str]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._headers = headers
        self._rows = rows

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._headers)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:  # over its own figures
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class TableTwin(QTableView):
    """The figures of a chart as a table, for whoever reads rather than looks."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("twin", True)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setDefaultSectionSize(current_theme().px(36))

    def show_figures(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other figures."""
        former = self.model()
        self.setModel(_Figures(headers, rows, self))
        if former is not None:
            former.deleteLater()
