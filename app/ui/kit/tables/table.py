"""A list on a page: search, filters, the table, what to do with the chosen rows."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _
from app.ui.kit.buttons import Button
from app.ui.kit.focus import lead_through
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import column
from app.ui.kit.notices import EmptyState
from app.ui.kit.tables.bar import TableBar
from app.ui.kit.tables.bulk_bar import BulkBar
from app.ui.kit.tables.columns import Column
from app.ui.kit.tables.current_row import CurrentRow
from app.ui.kit.tables.menus import RowAction, show_row_menu
from app.ui.kit.tables.model import PagedModel
from app.ui.kit.tables.selection import Selection
from app.ui.kit.tables.shown_columns import ShownColumns
from app.ui.kit.tables.stage import ListStage
from app.ui.kit.tables.view import RowsView

T = TypeVar("T")

__all__ = ["DataTable", "RowAction", "View"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a list is looked at, to be kept under a name: what is asked for, what is left out."""

    request: PageRequest
    hidden: frozenset[str] = frozenset()


class DataTable(QWidget, Generic[T]):
    """Shows what `fetch` answers. `fetch` runs in the DATABASE lane and must touch no widget."""

    opened = Signal(object)
    """Carries the row: Enter or double click."""
    selection_changed = Signal()
    loaded = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[T]],
        fetch: Callable[[PageRequest], Page[T]],
        *,
        key: Callable[[T], Hashable],
        jobs: JobRunner,
        search: str = "",
        sort: Sort | None = None,
        menu: Callable[[T], Sequence[RowAction]] | None = None,
        selectable: bool = False,
        empty: EmptyState | None = None,
        nothing_found: str = "",
        limit: int = 100,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._menu = menu
        self._request = PageRequest(limit=limit)
        if sort is not None:
            self._request = self._request.sorted_by(sort)
        self.model: PagedModel[T] = PagedModel(columns, fetch, key, jobs, self)
        self.view = RowsView(name, self.model)
        self.current = CurrentRow(self.view, self.model, key)
        self._columns = ShownColumns(self.model.columns, self.view, self.sort_by)
        self._bar = TableBar(search)
        self.search_box, self.filters = self._bar.search_box, self._bar.filters
        self.bulk_bar = BulkBar(self.model)
        self.stage = ListStage(
            self.view,
            self.model,
            empty=empty or EmptyState(_("Nothing here yet.")),
            nothing=EmptyState(nothing_found or _("Nothing matches the search."), icon="search"),
            narrows=self.filters.narrows,
            try_again=self.refresh,
        )
        self.view.show_boxes(selectable)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.view.show_menu_button(self._menu is not None)
        lines = column(self, gap=0)
        lines.addLayout(self._bar.lines)
        lines.addWidget(self.bulk_bar)
        lines.addWidget(self.stage, 1)

    def _connect(self) -> None:
        self.search_box.searched.connect(lambda text: self.ask(self._request.searching(text)))
        self.filters.changed.connect(self._filter)
        self._bar.columns_button.on_press(partial(self._columns.offer, self._bar.columns_button))
        self.view.sort_asked.connect(self.sort_by)
        self.view.everything_asked.connect(self.bulk_bar.all_or_none)
        self.view.row_opened.connect(self._open)
        self.view.row_menu.connect(self._offer_actions)
        self.model.loaded.connect(self._show)
        self.model.selection_changed.connect(self.view.header.viewport().update)
        self.model.selection_changed.connect(self.selection_changed)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bar.fit(self.width())
        lead_through([*self._bar.controls(), *self.bulk_bar.controls(), self.view])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.fit(self.width())

    def refresh(self) -> None:
        """Fetch the list again; what is shown stays until the answer is there."""
        self.model.ask(self._request)

    def request(self) -> PageRequest:
        """Return what is asked for now: export and print take the same."""
        return self._request

    def ask(self, request: PageRequest) -> None:
        """Ask for something else."""
        self._request = request
        key = (request.sort, request.descending)
        self.view.header.sorted = key
        self.view.header.viewport().update()
        self.model.ask(request)

    def sort_by(self, key: str) -> None:
        """Sort by a column; by the same one again, the other way round."""
        turn = self._request.sort == key and not self._request.descending
        self.ask(self._request.sorted_by(Sort(key, turn)))

    def selection(self) -> Selection:
        """Return what is chosen."""
        return self.model.selection

    def add_bulk_action(self, button: Button) -> None:
        """Offer something to do with the chosen rows."""
        self.bulk_bar.add(button)

    def add_to_bar(self, widget: QWidget) -> None:
        """Put a control at the right of the bar above the table."""
        self._bar.add(widget)

    def set_bar_visible(self, shown: bool) -> None:
        """Show or leave out the bar above the table."""
        self._bar.set_visible(shown)

    def fit_rows(self, most: int) -> None:
        """Be as high as the rows, up to `most`, instead of scrolling: for a list within a page."""
        self.stage.fit_rows(most)

    def look(self) -> View:
        """Return how the list is looked at, to be kept."""
        return View(request=self._request, hidden=self._columns.hidden)

    def set_look(self, view: View) -> None:
        """Look at the list as kept."""
        self._columns.hide(view.hidden)
        self.search_box.setText(view.request.text)
        self.filters.set_filters(view.request.filters)
        self.ask(view.request)

    def _filter(self) -> None:
        others = (pair for pair in self._request.filters if not self.filters.offers(pair))
        self.ask(self._request.filtered_by((*others, *self.filters.filters())))

    def _open(self, index: int) -> None:
        found = self.model.row(index)
        if found is not None:
            self.opened.emit(found)

    def _offer_actions(self, index: int, place: QPoint) -> None:
        found = self.model.row(index)
        if self._menu is not None and found is not None:
            show_row_menu(self, self._menu(found), place)

    def _show(self) -> None:
        self._bar.show_total(self.model.total())
        self._bar.fit(self.width())  # the count, and what stands beside, may be wider now
        self.stage.show_rows()
        self.loaded.emit()
