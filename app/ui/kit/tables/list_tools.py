"""Beside any list: views kept under a name, export of what is seen, print."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.core.base.paging import Page, PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.egress import Document, FileKind
from app.core.operations import KeptView, KeptViews
from app.core.reports import ReportTable, listed_table, table_document
from app.ui.kit.buttons import IconButton
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.handing_out import save_document
from app.ui.kit.icons import icon
from app.ui.kit.jobs import Lane
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.shortcuts import give_keys, listen
from app.ui.kit.tables.chosen import every_row
from app.ui.kit.tables.columns import Cell
from app.ui.kit.tables.table import DataTable, View
from app.ui.kit.theme import Ink

T = TypeVar("T")
Pair = tuple[str, str]

_FORMS = (
    ("csv", mark("CSV, for other programs"), "file-text"),
    ("xlsx", mark("XLSX, for spreadsheets"), "file-spreadsheet"),
    ("pdf", mark("PDF, for paper"), "file-check"),
)


class ListTools(QObject, Generic[T]):
    """Puts three buttons into a table's bar. `key` names its files and its kept views.

    `words_of` says in words what a filter leaves that is no chip of the table's own; "" is not told.
    `leaving` fetches what may be exported and printed, where that is not all that is shown.
    """

    looked_otherwise = Signal()
    """A kept view is shown: controls beside the table that narrow it follow."""
    kind = FileKind.LIST

    def __init__(
        self,
        screen: Screen[Any],
        table: DataTable[T],
        *,
        key: str,
        words_of: Callable[[Pair], str] = lambda _pair: "",
        leaving: Callable[[PageRequest], Page[T]] | None = None,
    ) -> None:
        super().__init__(screen)
        self._leaving = leaving or table.model.fetch
        self._screen, self._table, self._key = screen, table, key
        self._words_of = words_of
        self.views_button = IconButton("bookmark", _("Views"), dense=True)
        self.export_button = IconButton("download", _("Export"), dense=True)
        self.print_button = IconButton("printer", _("Print"), dense=True)
        self.views_button.on_press(self._offer_views)
        self.export_button.on_press(self._offer_forms)
        self.print_button.on_press(self.print)
        for button in (self.views_button, self.export_button, self.print_button):
            table.add_to_bar(button)
        give_keys(screen, self.print_button, "Ctrl+P")
        listen(screen, "Ctrl+F", table.search_box.setFocus)

    def keep_in(self) -> None:
        """Offer neither export nor print: whoever looks may only look."""
        for button in (self.export_button, self.print_button):
            button.hide()
            button.setEnabled(False)

    def title(self) -> str:
        """Return what stands over the rows on paper."""
        return self._table.view.accessibleName()

    def views(self) -> dict[str, KeptView]:
        """Return the kept views, by name."""
        return self._kept().of(self._key)

    def show_view(self, name: str) -> None:
        """Look at the list as it was kept under a name; the search stays empty."""
        kept = self.views().get(name)
        if kept is not None:
            limit = self._table.request().limit
            request = replace(kept.request, limit=limit)
            self._table.set_look(View(request=request, hidden=kept.hidden))
            self.looked_otherwise.emit()

    def keep_view(self, name: str) -> None:
        """Keep how the list is looked at now, without what is searched for."""
        look = self._table.look()
        self._kept().keep(
            self._key, name, KeptView(request=replace(look.request, text=""), hidden=look.hidden)
        )
        self._screen.desk.toast(_("Kept as “{name}”.").format(name=name))

    def forget_view(self, name: str) -> None:
        """Keep a view no longer."""
        self._kept().forget(self._key, name)
        self._screen.desk.toast(_("“{name}” is no longer kept.").format(name=name))

    def ask_name(self) -> FormSheet:
        """Ask under which name the view is kept."""
        form = Form()
        field = TextField(_("Name of the view"), required=True)
        form.add(field)
        hint = _("Order, filters and columns are kept on this PC; what is searched for is not.")
        sheet = FormSheet(self._screen, _("Keep this view"), form, subtitle=hint)

        def save() -> None:
            self.keep_view(field.value())
            sheet.saved()

        sheet.save_asked.connect(save)
        sheet.open()
        return sheet

    def write(self, form: str, path: Path) -> None:
        """Write every row that the list finds now, in the columns shown, as a job."""
        make = self._maker()

        def told(document: Document) -> None:
            count = document.leaving.records or 0
            words = f"{path}: {plural('{count} row', '{count} rows', count)}"
            self._screen.desk.toast(words)

        save_document(
            self._screen,
            path,
            lambda progress: table_document(make(progress), form, self.kind, progress),
            told,
        )

    def print(self) -> None:
        """Make the paper, then ask for the printer."""
        make = self._maker()
        self._screen.act(
            lambda progress: table_document(make(progress), "pdf", self.kind, progress),
            partial(ask_printer, self._screen),
            title=_("Preparing {what}").format(what=self.title()),
            lane=Lane.WORK,
        )

    def _maker(self) -> Callable[[Progress], ReportTable]:
        """Return what makes the table from how the list is looked at now."""
        look, desk, title = self._table.look(), self._screen.desk, self.title()
        fetch = self._leaving
        shown = [one for one in self._table.model.columns if one.key not in look.hidden]
        columns = [(one.key, one.title) for one in shown]
        told = self._filters_told(look.request)

        def make(progress: Progress) -> ReportTable:
            rows = [
                [_value(one.cell(row)) for one in shown]
                for row in every_row(fetch, look.request, progress)
            ]
            return listed_table(
                desk.actor, key=self._key, title=title, site=desk.place.name, at=desk.clock.now(),
                columns=columns, rows=rows, filters=told,
            )  # fmt: skip

        return make

    def _filters_told(self, request: PageRequest) -> tuple[str, ...]:
        chips = self._table.filters
        words = (chips.words_of(pair) or self._words_of(pair) for pair in request.filters)
        told = [word for word in words if word]
        if request.text:
            told.insert(0, _("Search: {text}").format(text=request.text))
        return tuple(told)

    def _kept(self) -> KeptViews:
        return KeptViews(self._screen.desk.place.folder, self._screen.desk.actor.account_id)

    def _offer_views(self) -> None:
        menu = _menu(self.views_button)
        names = tuple(self.views())
        for name in names:
            menu.addAction(name).triggered.connect(partial(_pressed, self.show_view, name))
        if names:
            menu.addSeparator()
        keep = menu.addAction(icon("plus", Ink.TEXT2), _("Keep this view…"))
        keep.triggered.connect(partial(_pressed, self.ask_name))
        for name in names:
            line = menu.addAction(
                icon("trash-2", Ink.TEXT2), _("Forget “{name}”").format(name=name)
            )
            line.triggered.connect(partial(_pressed, self.forget_view, name))
        _popup(menu, self.views_button)

    def _offer_forms(self) -> None:
        menu = _menu(self.export_button)
        for form, words, picture in _FORMS:
            line = menu.addAction(icon(picture, Ink.TEXT2), _(words))
            line.triggered.connect(partial(_pressed, self._ask_where, form))
        _popup(menu, self.export_button)

    def _ask_where(self, form: str) -> None:
        ask_where(self._screen, _("Export"), f"{self._key}.{form}", partial(self.write, form))


def _value(cell: Cell) -> int | str | date | datetime:
    """Return the figure or day of a cell, or else its words with those under them."""
    if cell.value is not None:
        return cell.value
    tells_more = cell.under and cell.under != cell.text
    return f"{cell.text} ({cell.under})" if tells_more else cell.text


def _pressed(act: Callable[..., object], *told: object) -> None:
    """Do it, without the tick that Qt tells with every press of a menu's line."""
    act(*_without_tick(told))


def _without_tick(told: Sequence[object]) -> Sequence[object]:
    return told[:-1] if told and isinstance(told[-1], bool) else told


def _menu(button: QWidget) -> QMenu:
    menu = QMenu(button)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _popup(menu: QMenu, button: QWidget) -> None:
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
