"""A list on a page: search, filters, the table, what to do with the chosen rows."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.figures import number
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _
from app.ui.kit.buttons import Button, IconButton
from app.ui.kit.focus import lead_through
from app.ui.kit.forms.choices import FilterChips
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.notices import EmptyState
from app.ui.kit.tables.bulk_bar import BulkBar
from app.ui.kit.tables.columns import Column
from app.ui.kit.tables.menus import RowAction, show_columns_menu, show_row_menu
from app.ui.kit.tables.model import PagedModel
from app.ui.kit.tables.selection import Selection
from app.ui.kit.tables.stage import ListStage
from app.ui.kit.tables.view import RowsView
from app.ui.kit.theme import TextRole, current_theme

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
        self._hidden: frozenset[str] = frozenset()
        self._beside: list[QWidget] = []
        self._request = PageRequest(limit=limit)
        if sort is not None:
            self._request = self._request.sorted_by(sort)
        self.model: PagedModel[T] = PagedModel(columns, fetch, key, jobs, self)
        self.view = RowsView(name, self.model)
        self.search_box = SearchBox(search or _("Search"))
        self.search_box.setVisible(bool(search))
        self.filters = FilterChips(_("Filters"))

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
        self.view.show_menu_button(menu is not None)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        lines = column(self, gap=0)
        self._bar = row(gap=8)
        self._count = PlainLabel("", TextRole.MUTED)
        self._columns_button = IconButton("sliders-horizontal", _("Columns and order"), dense=True)
        self._bar.addWidget(self.search_box)
        self._bar.addWidget(self.filters, 1, Qt.AlignmentFlag.AlignVCenter)
        self._room = QWidget()  # holds the rest of the bar at its right while chips are below
        self._room.hide()
        self._bar.addWidget(self._room, 1)
        self._bar.addWidget(self._count)
        self._bar.addWidget(self._columns_button)
        lines.addLayout(self._bar)
        self._under_bar = column(gap=0)
        lines.addLayout(self._under_bar)
        self._bar.setContentsMargins(0, 0, 0, current_theme().px(8))
        lines.addWidget(self.bulk_bar)
        lines.addWidget(self.stage, 1)

    def _connect(self) -> None:
        self.search_box.searched.connect(lambda text: self.ask(self._request.searching(text)))
        self.filters.changed.connect(self._filter)
        self._columns_button.on_press(self._offer_columns)
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
        self._place_filters()
        lead_through(
            [self.search_box, *self.filters.buttons(), *self._beside, self._columns_button,
             *self.bulk_bar.controls(), self.view]
        )  # fmt: skip

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_filters()

    def _place_filters(self) -> None:
        """Give the chips a line of their own where the bar has no room for them in one."""
        chips = [chip for chip in self.filters.buttons() if not _left_out(chip)]
        beside = [self._count, self._columns_button, *self._beside]
        gap = current_theme().px(8)
        shown = [one for one in (self.search_box, *chips, *beside) if not _left_out(one)]
        wanted = sum(one.sizeHint().width() + gap for one in shown)
        below = bool(chips) and wanted > self.width()
        if below == self._room.isHidden():
            (self._bar if below else self._under_bar).removeWidget(self.filters)
            if below:
                self._under_bar.addWidget(self.filters)
            else:
                self._bar.insertWidget(1, self.filters, 1, Qt.AlignmentFlag.AlignVCenter)
            self._room.setVisible(below)
            self._under_bar.setContentsMargins(0, 0, 0, gap if below else 0)

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
        self._bar.insertWidget(self._bar.count() - 1, widget)
        self._beside.append(widget)

    def set_bar_visible(self, shown: bool) -> None:
        """Show or leave out the bar above the table."""
        for widget in (self.filters, self._count, self._columns_button):
            widget.setVisible(shown)
        self._bar.setContentsMargins(0, 0, 0, current_theme().px(8) if shown else 0)

    def fit_rows(self, most: int) -> None:
        """Be as high as the rows, up to `most`, instead of scrolling: for a list within a page."""
        self.stage.fit_rows(most)

    def look(self) -> View:
        """Return how the list is looked at, to be kept."""
        return View(request=self._request, hidden=self._hidden)

    def set_look(self, view: View) -> None:
        """Look at the list as kept."""
        self._hide(view.hidden)
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

    def _offer_columns(self) -> None:
        show_columns_menu(
            self._columns_button,
            self.model.columns,
            self._hidden,
            hide=self._hide,
            sort_by=self.sort_by,
        )

    def _hide(self, keys: frozenset[str]) -> None:
        if len(keys) < len(self.model.columns):
            self._hidden = keys
            self.view.hide_columns(keys)

    def _show(self) -> None:
        self._count.setText(_("{count} in all").format(count=number(self.model.total())))
        self._place_filters()  # the count, and what stands beside, may be wider now
        self.stage.show_rows()
        self.loaded.emit()


def _left_out(widget: QWidget) -> bool:
    """Tell whether somebody hid a widget: one that is only not shown yet needs its room too."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
