"""A report as a file or on paper: the rows that the screen shows, all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from app.core.base.paging import PageRequest
from app.core.base.progress import Progress
from app.core.base.words import _, mark, plural
from app.core.egress import Document, FileKind
from app.core.reports import ReportTable, table_document
from app.services import Services
from app.ui.kit.buttons import Button, plain
from app.ui.kit.handing_out import save_with
from app.ui.kit.icons import icon
from app.ui.kit.jobs import Lane
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.shortcuts import give_keys
from app.ui.kit.theme import Ink

FORMS = {
    "csv": (mark("CSV, for other programs"), "file-text"),
    "xlsx": (mark("XLSX, for spreadsheets"), "file-spreadsheet"),
    "pdf": (mark("PDF, for paper and proof"), "file-check"),
}
"""Formats offered, with their marked words and icons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be written: a report as it is searched, filtered and sorted now."""

    report: str
    title: str
    request: PageRequest


class Exporter(QObject):
    """Writes and prints what `wanted` says at that moment."""

    def __init__(self, screen: Screen[Services], wanted: Callable[[], Wanted]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._desk = screen.desk
        self._wanted = wanted

    def button(self, *, dense: bool = False) -> Button:
        """Return the button that offers the formats."""
        made = Button(_("Export"), icon="download", dense=dense)
        return made.on_press(partial(self._offer, made))

    def print_button(self) -> Button:
        """Return the button that prints."""
        made = plain(_("Print"), "printer").on_press(self.print)
        return give_keys(self._screen, made, "Ctrl+P")

    def ask(self, form: str) -> None:
        """Ask where a file of that format goes, and write it."""
        wanted = self._wanted()
        name = f"{wanted.report}.{form}"
        ask_where(self._screen, _("Export"), name, partial(self.write, wanted, form))

    def write(self, wanted: Wanted, form: str, path: Path) -> None:
        """Write the file as a job; an existing one is asked about first."""
        reports, actor = self._desk.services.reports, self._desk.actor

        def write(overwrite: bool, progress: Progress) -> ReportTable:
            return reports.write(
                actor, wanted.report, form, path, wanted.request,
                overwrite=overwrite, progress=progress,
            )  # fmt: skip

        save_with(self._screen, path, write, partial(self._written, path))

    def print(self) -> None:
        """Make the document, then ask for the printer."""
        reports, actor, wanted = self._desk.services.reports, self._desk.actor, self._wanted()

        def work(progress: Progress) -> Document:
            table = reports.table(actor, wanted.report, wanted.request)
            return table_document(table, "pdf", FileKind.REPORT, progress)

        self._screen.act(
            work,
            partial(ask_printer, self._screen),
            title=_("Preparing {what}").format(what=wanted.title),
            lane=Lane.WORK,
        )

    def _offer(self, button: Button) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for form, (words, picture) in FORMS.items():
            line = menu.addAction(icon(picture, Ink.TEXT2), _(words))
            line.triggered.connect(partial(self._chosen, form))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _chosen(self, form: str, _checked: bool = False) -> None:
        self.ask(form)

    def _written(self, path: Path, table: ReportTable) -> None:
        words = f"{path}: {plural('{count} row', '{count} rows', table.total)}"
        self._desk.toast(words)
