"""Rows fetched page by page as they come into view; old rows stay until new ones are there."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.ui.kit.jobs import JobRunner, Lane
from app.ui.kit.tables.columns import Cell, Column
from app.ui.kit.tables.pages import Pages
from app.ui.kit.tables.selection import Selection

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex


class PagedModel(QAbstractTableModel, Generic[T]):
    """The list as Qt sees it: `total` rows, of which some pages are here."""

    loading = Signal(bool)
    loaded = Signal()
    refused = Signal(object)
    """Carries the UserFacingError of a fetch that failed."""
    selection_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[T]],
        fetch: Callable[[PageRequest], Page[T]],
        key: Callable[[T], Hashable],
        jobs: JobRunner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.selection = Selection()
        self.fetch = fetch
        self._key = key
        self._jobs = jobs
        self._request = PageRequest()
        self._asked = PageRequest()
        self._pages: Pages[T] = Pages(self._request.limit)
        self._under_way: set[int] = set()
        self._total = 0
        self._round = 0

    def request(self) -> PageRequest:
        """Return what the rows shown answer."""
        return self._request

    def total(self) -> int:
        """Return how many rows the list has, exactly."""
        return self._total

    def ask(self, request: PageRequest) -> None:
        """Fetch the list anew from its beginning; the rows shown stay until then."""
        self._round += 1
        self._asked = request
        self._under_way.clear()
        self.loading.emit(True)
        ticket = self._round
        first = request.stretch(0, request.limit)
        self._jobs.run(
            lambda _progress: self.fetch(first),
            done=lambda page: self._begin(ticket, request, page),
            failed=lambda error: self._fail(ticket, 0, error),
            owner=self,
            lane=Lane.DATABASE,
        )

    def reload(self) -> None:
        """Fetch the same list again."""
        self.ask(self._asked)

    def row(self, index: int) -> T | None:
        """Return a row, or None while it is on its way."""
        page = self._pages.missing(index)
        if page is not None:
            self._fetch_page(page)
        return self._pages.row(index)

    def cell(self, row: int, column: int) -> Cell | None:
        """Return what a cell says, or None while it is on its way."""
        found = self.row(row)
        return None if found is None else self.columns[column].cell(found)

    def is_selected(self, row: int) -> bool:
        """Tell whether a row is chosen."""
        found = self._pages.row(row)
        return found is not None and self.selection.has(self._key(found))

    def set_selected(self, rows: Sequence[int], *, chosen: bool) -> None:
        """Choose those rows, or give them up."""
        found = [self._pages.row(row) for row in rows]
        keys = frozenset(self._key(row) for row in found if row is not None)
        self.choose(self.selection.with_keys(keys, chosen=chosen))

    def select_everything(self) -> None:
        """Choose every row that the present search finds, seen or not."""
        self.choose(Selection(everything=True, request=self._request, total=self._total))

    def select_nothing(self) -> None:
        """Choose no row."""
        self.choose(Selection(request=self._request, total=self._total))

    def choose(self, selection: Selection) -> None:
        """Choose other rows."""
        self.selection = selection
        self.selection_changed.emit()
        if self._total:
            last = self.index(self._total - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _begin(self, ticket: int, request: PageRequest, page: Page[T]) -> None:
        if ticket != self._round:
            return
        same_list = request == self._request
        self.beginResetModel()
        self._request = request
        self._pages = Pages(request.limit)
        self._pages.add(0, page.rows)
        self._total = page.total
        if self.selection.everything and not same_list:
            self.selection = Selection()
        self.endResetModel()
        self.loading.emit(False)
        self.loaded.emit()
        self.selection_changed.emit()

    def _fetch_page(self, number: int) -> None:
        if number in self._under_way or self._asked != self._request:
            return
        self._under_way.add(number)
        ticket = self._round
        wanted = self._request.stretch(number * self._request.limit, self._request.limit)
        self._jobs.run(
            lambda _progress: self.fetch(wanted),
            done=lambda page: self._add(ticket, number, page),
            failed=lambda error: self._fail(ticket, number, error),
            owner=self,
            lane=Lane.DATABASE,
        )

    def _add(self, ticket: int, number: int, page: Page[T]) -> None:
        if ticket != self._round:
            return
        self._under_way.discard(number)
        if page.total != self._total:
            self.reload()
            return
        self._pages.add(number, page.rows)
        first = number * self._request.limit
        last = min(first + len(page.rows), self._total) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))

    def _fail(self, ticket: int, number: int, error: UserFacingError) -> None:
        if ticket == self._round:
            self._under_way.discard(number)
            self.loading.emit(False)
            self.refused.emit(error)

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else self._total

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.columns) + 2

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        column = index.column() - 1
        if column < 0:
            return _("chosen") if self.is_selected(index.row()) else _("not chosen")
        if column >= len(self.columns):
            return _("What can be done")
        cell = self.cell(index.row(), column)
        if cell is None:
            return "…"
        both = f"{cell.text}, {cell.under}" if cell.under else cell.text
        return both if role == Qt.ItemDataRole.AccessibleTextRole else cell.text

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 < section <= len(self.columns):
            return None
        column = self.columns[section - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
