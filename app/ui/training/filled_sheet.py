"""Taking in a filled form: its scan is kept with the practical of the person that its code leads to."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.core.base.words import _
from app.core.training.practicals import FoundSheet
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import RowButton
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone


class FilledSheet:
    """Asks for the scan over a screen, and goes where it leads."""

    def __init__(self, host: Screen[Services]) -> None:
        self._host = host

    def ask(self) -> None:
        """Ask for the scan."""
        dialog = QFileDialog(self._host, _("The filled form"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("PDF, PNG, JPEG (*.pdf *.png *.jpg *.jpeg)")
        dialog.fileSelected.connect(lambda chosen: self.read(Path(chosen)))
        dialog.open()

    def read(self, scan: Path) -> None:
        """Keep the scan with the practical of whose form it is, and go there."""
        sheets, actor = self._host.desk.services.training.practicals.sheets, self._host.desk.actor
        self._host.act(lambda _progress: sheets.take_in(actor, scan), self._go)

    def _go(self, found: tuple[FoundSheet, ...]) -> None:
        if len(found) == 1:
            self._open(found[0])
        else:
            SheetsFound(self._host, found, self._open).open()

    def _open(self, one: FoundSheet) -> None:
        desk = self._host.desk
        if not one.is_newest:
            words = _("This sheet is of version {number}; a newer version is in force.")
            desk.toast(words.format(number=one.version), Tone.WARNING)
        if one.person_id is not None:
            desk.toast(_("The scan is kept with the practical of {name}.").format(name=one.name))
            desk.open("practical", person_id=one.person_id, requirement_id=one.requirement_id)
        else:
            words = _("This sheet of {title} was printed for nobody: search for the person.")
            desk.toast(words.format(title=one.title), Tone.INFO)
            desk.open("assignments", requirement=str(one.requirement_id))


class SheetsFound(SideSheet):
    """Several forms of one scan, each as one button."""

    def __init__(
        self,
        host: Screen[Services],
        found: tuple[FoundSheet, ...],
        open_one: Callable[[FoundSheet], None],
    ) -> None:
        super().__init__(host, _("Filled forms"))
        for one in found:
            row = RowButton(one.name or one.title, about_sheet(one), icon="clipboard-check")
            row.clicked.connect(partial(self._chosen, one))
            self.body.addWidget(row)
        self._open = open_one
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))

    def _chosen(self, one: FoundSheet, *_checked: bool) -> None:
        self.dismiss()
        self._open(one)


def about_sheet(one: FoundSheet) -> str:
    """Return which form it is, and by which version."""
    version = _("Version {number}").format(number=one.version)
    return " · ".join(filter(None, (one.number, one.title, version)))
