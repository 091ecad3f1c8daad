"""A list on a page: search, filters, the table, what to do with the chosen rows."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.paging import Page, PageRequest, Sort
from app.core.base.words import _
from app.ui.kit.buttons import Button, IconButton, Kind
from app.ui.kit.focus import lead_through
from app.ui.kit.forms.choices import FilterChips
from app.ui.kit.forms.search import SearchBox
from app.ui.kit.icons import icon
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import FlowLayout, column, row
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.progress import BusyLine
from app.ui.kit.tables.columns import Column
from app.ui.kit.tables.model import PagedModel
from app.ui.kit.tables.selection import Selection
from app.ui.kit.tables.view import RowsView
from app.ui.kit.theme import Ink, TextRole, Tone, current_theme

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowAction:
    """One line of a row's menu."""

    words: str
    act: Callable[[], None]
    icon: str = ""
    enabled: bool = True


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
        self._most_rows = 0
        self._beside: list[QWidget] = []
        self._bulk_buttons: list[Button] = []
        self._request = PageRequest(limit=limit)
        if sort is not None:
            self._request = self._request.sorted_by(sort)
        self.model: PagedModel[T] = PagedModel(columns, fetch, key, jobs, self)
        self.view = RowsView(name, self.model)
        self.search_box = SearchBox(search or _("Search"))
        self.search_box.setVisible(bool(search))
        self.filters = FilterChips(_("Filters"))
        self._empty = empty or EmptyState(_("Nothing here yet."))
        self._nothing = EmptyState(nothing_found or _("Nothing matches the search."), icon="search")
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
        self._bar.addWidget(self.filters, 1)
        self._bar.addWidget(self._count)
        self._bar.addWidget(self._columns_button)
        lines.addLayout(self._bar)
        self._bar.setContentsMargins(0, 0, 0, current_theme().px(8))
        lines.addWidget(self._make_bulk_bar())
        self._busy = BusyLine()
        lines.addWidget(self._busy)
        self._trouble = Banner("", Tone.DANGER)
        self._trouble.add_action(_("Try again"), self.refresh)
        self._trouble.hide()
        lines.addWidget(self._trouble)
        self._stack = QStackedWidget()
        for page in (self.view, self._empty, self._nothing):
            self._stack.addWidget(page)
        lines.addWidget(self._stack, 1)

    def _make_bulk_bar(self) -> QFrame:
        self._bulk = QFrame()
        self._bulk.setProperty("banner", Tone.PRIMARY.value)
        line = row(self._bulk, gap=8, margin=6)
        self._chosen = PlainLabel("", TextRole.STRONG)
        line.addSpacing(current_theme().px(6))
        line.addWidget(self._chosen)
        self._all_button = Button("", Kind.LINK).on_press(self.model.select_everything)
        line.addWidget(self._all_button)
        self.bulk_actions = FlowLayout(gap=8, right=True)
        line.addLayout(self.bulk_actions, 1)
        self._none_button = Button(_("Choose none"), Kind.GHOST, dense=True)
        line.addWidget(self._none_button.on_press(self.model.select_nothing))
        self._bulk.hide()
        return self._bulk

    def _connect(self) -> None:
        self.search_box.searched.connect(self._search)
        self.filters.changed.connect(self._filter)
        self._columns_button.on_press(self._show_columns_menu)
        self.view.sort_asked.connect(self.sort_by)
        self.view.everything_asked.connect(self._all_or_none)
        self.view.row_opened.connect(self._open)
        self.view.row_menu.connect(self._show_menu)
        self.model.loaded.connect(self._show)
        self.model.loading.connect(self._show_busy)
        self.model.refused.connect(self._show_trouble)
        self.model.selection_changed.connect(self._show_selection)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        lead_through(
            [self.search_box, *self.filters.buttons(), *self._beside, self._columns_button,
             self._all_button, *self._bulk_buttons, self._none_button, self.view]
        )  # fmt: skip

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
        self.bulk_actions.addWidget(button)
        self._bulk_buttons.append(button)

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
        self._most_rows = most
        self._fit()

    def look(self) -> View:
        """Return how the list is looked at, to be kept."""
        return View(request=self._request, hidden=self._hidden)

    def set_look(self, view: View) -> None:
        """Look at the list as kept."""
        self._hide(view.hidden)
        self.search_box.setText(view.request.text)
        self.filters.set_filters(view.request.filters)
        self.ask(view.request)

    def _search(self, text: str) -> None:
        self.ask(self._request.searching(text))

    def _filter(self) -> None:
        others = (pair for pair in self._request.filters if not self.filters.offers(pair))
        self.ask(self._request.filtered_by((*others, *self.filters.filters())))

    def _all_or_none(self) -> None:
        if self.model.selection.count:
            self.model.select_nothing()
        else:
            self.model.select_everything()

    def _open(self, index: int) -> None:
        found = self.model.row(index)
        if found is not None:
            self.opened.emit(found)

    def _show_menu(self, index: int, place: QPoint) -> None:
        found = self.model.row(index)
        actions = self._menu(found) if self._menu is not None and found is not None else ()
        if not actions:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in actions:
            line = QAction(action.words, menu)
            if action.icon:
                line.setIcon(icon(action.icon, Ink.TEXT2))
            line.setEnabled(action.enabled)
            line.triggered.connect(lambda _on=False, act=action.act: act())
            menu.addAction(line)
        menu.popup(place)

    def _show_columns_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSection(_("Columns"))
        for each in self.model.columns:
            line = menu.addAction(each.title)
            line.setCheckable(True)
            line.setChecked(each.key not in self._hidden)
            line.toggled.connect(lambda _on, key=each.key: self._hide(self._hidden ^ {key}))
        menu.addSection(_("Sort by"))
        for each in self.model.columns:
            if each.sortable:
                line = menu.addAction(_("Sort by {column}").format(column=each.title))
                line.triggered.connect(lambda _on=False, key=each.key: self.sort_by(key))
        menu.popup(self._columns_button.mapToGlobal(self._columns_button.rect().bottomLeft()))

    def _hide(self, keys: frozenset[str]) -> None:
        if len(keys) < len(self.model.columns):
            self._hidden = keys
            self.view.hide_columns(keys)

    def _show(self) -> None:
        request, total = self.model.request(), self.model.total()
        self._trouble.hide()
        self._count.setText(_("{count} in all").format(count=number(total)))
        if total:
            self._stack.setCurrentWidget(self.view)
        else:
            narrowed = bool(request.text) or self.filters.narrows(request.filters)
            self._stack.setCurrentWidget(self._nothing if narrowed else self._empty)
        self._fit()
        self.loaded.emit()

    def _fit(self) -> None:
        if not self._most_rows:
            return
        rows = min(max(self.model.total(), 1), self._most_rows)
        high = self.view.verticalHeader().defaultSectionSize() * rows
        self.view.setMinimumHeight(high + self.view.header.sizeHint().height() + 2)
        self._stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _show_busy(self, busy: bool) -> None:
        if busy and not self._busy.is_busy():
            self._busy.start()
        elif not busy:
            self._busy.stop()

    def _show_trouble(self, error: UserFacingError) -> None:
        self._trouble.set_text(error.sentence)
        self._trouble.show()

    def _show_selection(self) -> None:
        chosen, total = self.model.selection.count, self.model.total()
        self._bulk.setVisible(bool(chosen))
        words = _("{count} chosen of {total}").format(count=number(chosen), total=number(total))
        self._chosen.setText(words)
        self._all_button.set_words(_("Choose all {total}").format(total=number(total)))
        self._all_button.setVisible(chosen < total)
        self.view.header.viewport().update()
        self.selection_changed.emit()
