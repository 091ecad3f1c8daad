"""What is said when records were put on sheets of codes: print them, take them there, scan them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.base.words import _, plural
from app.core.egress import Document
from app.core.sync import PaperExport
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.handing_out import save_document
from app.ui.kit.layouts import FlowLayout, row
from app.ui.kit.notices import Banner
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone
from app.ui.sync.slip_paper import SlipPaper
from app.ui.sync.standing import entries


class PaperHandingOut(QObject):
    """Prints and saves a document that is made, for a screen."""

    def __init__(self, screen: Screen[Services], document: Document) -> None:
        super().__init__(screen)
        self._screen = screen
        self._document = document

    def print(self) -> None:
        """Ask for the printer."""
        ask_printer(self._screen, self._document)

    def ask_file(self) -> None:
        """Ask where it goes, and save it."""
        name = f"{self._document.leaving.title}.pdf"
        ask_where(self._screen, _("Save as PDF"), name, self.save)

    def save(self, path: Path) -> None:
        """Save it; a file that is there already is asked about first."""
        save_document(self._screen, path, lambda _progress: self._document, told=False)


class PaperCard(Card):
    """The sheets, ready to be printed."""

    def __init__(
        self,
        screen: Screen[Services],
        made: PaperExport,
        write_again: Callable[[], None],
        leave: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        ready = plural("{count} sheet is ready", "{count} sheets are ready", made.sheets)
        super().__init__(ready, parent=parent)
        self.setAccessibleName(ready)
        self.handing_out = PaperHandingOut(screen, made.document)
        exported = made.exported
        for sentence in exported.cautions:
            self.body.addWidget(Banner(sentence, Tone.WARNING))
        names = ", ".join(exported.recipients)
        for value, under, icon in (
            (_("{entries} for {names}").format(entries=entries(exported.entries), names=names),
             _("Encrypted: nobody else can read the codes."), "lock"),
            (_("Print all sheets"),
             _("At their full size, on white paper. Each says its number."), "printer"),
            (_("Take them to {names}").format(names=names),
             _("There: Sync, then Take in; scanned in any order, on several days if need be."), "truck"),
            (_("Bring the receipt back"),
             _("It is printed there. Until it is scanned here the records count as on their way, and the "
               "next file carries the same again."), "undo-2"),
        ):  # fmt: skip
            self.body.addWidget(FactRow(value, under, icon=icon))
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        self.print_button = primary(_("Print the sheets"), "printer")
        self.print_button.on_press(self.handing_out.print)
        self.save_button = plain(_("Save as PDF"), "download").on_press(self.handing_out.ask_file)
        slip = SlipPaper(screen).buttons(exported.bundle_id, exported.number)
        for button in (self.print_button, self.save_button, *slip):
            flow.addWidget(button)
        self.body.addWidget(buttons)
        foot = row(gap=12)
        foot.addWidget(plain(_("Write another"), "usb").on_press(write_again))
        foot.addWidget(plain(_("Done"), "check").on_press(leave))
        foot.addStretch(1)
        self.body.addLayout(foot)
