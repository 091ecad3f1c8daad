"""A receipt on paper, in a file and on screen, from wherever a sync file is shown that came."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Qt

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document
from app.core.sync import PaperReceipt
from app.services import Services
from app.ui.kit.buttons import Button, plain
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.overlay import SideSheet
from app.ui.kit.printing import ask_printer
from app.ui.kit.qr import QrCode
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole

_CODE_PX = 420
"""Large enough that a reader held to the screen tells the dots apart."""


class ReceiptPaper(QObject):
    """Makes, shows, prints and saves receipts for a screen."""

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__(screen)
        self._screen = screen

    def buttons(self, bundle_id: UUID) -> tuple[Button, Button, Button]:
        """Return what prints the receipt for a sync file, saves it, and shows its codes."""
        print_ = plain(_("Print the receipt"), "printer").on_press(partial(self.print, bundle_id))
        save = plain(_("Save the receipt"), "download").on_press(partial(self.ask_file, bundle_id))
        show = plain(_("Show the codes"), "qr-code").on_press(partial(self.show, bundle_id))
        return print_, save, show

    def ask_file(self, bundle_id: UUID) -> None:
        """Ask where the receipt goes, and save it."""
        name = _("Receipt {code}").format(code=bundle_id.hex[-_OF_AN_ID:]) + ".pdf"
        ask_where(self._screen, _("Save the receipt"), name, partial(self.save, bundle_id))

    def save(self, bundle_id: UUID, path: Path) -> None:
        """Save the receipt; a file that is there already is asked about first."""
        save_document(self._screen, path, partial(self._document, bundle_id), told=False)

    def print(self, bundle_id: UUID) -> None:
        """Make the receipt, then ask for the printer."""
        self._screen.act(partial(self._document, bundle_id), partial(ask_printer, self._screen))

    def show(self, bundle_id: UUID) -> None:
        """Show the codes of the receipt, one after another."""
        self._screen.act(
            partial(self._made, bundle_id), lambda made: ReceiptSheet(self._screen, made).open()
        )

    def _made(self, bundle_id: UUID, _progress: Progress) -> PaperReceipt:
        desk = self._screen.desk
        return desk.services.sync.sheets.receipt(desk.actor, bundle_id)

    def _document(self, bundle_id: UUID, progress: Progress) -> Document:
        return self._made(bundle_id, progress).document


class ReceiptSheet(SideSheet):
    """The codes of a receipt on screen, where there is no printer: a reader is held to it."""

    def __init__(self, host: Screen[Services], made: PaperReceipt) -> None:
        super().__init__(
            host,
            _("Receipt for sync file {number}").format(number=made.number),
            subtitle=_("For {name}. Each code is read there, in any order.").format(name=made.to),
            width=500,
        )
        self._codes: Sequence[str] = made.codes
        self.shown = 0
        self._place = column(gap=10)
        self.body.addLayout(self._place)
        self.before_button = plain(_("Code before"), "chevron-left")
        self.before_button.on_press(lambda: self._turn(-1))
        self.next_button = plain(_("Next code"), "chevron-right").on_press(lambda: self._turn(1))
        several = len(self._codes) > 1
        for button in (self.before_button, self.next_button):
            self.foot.addWidget(button)
            button.setVisible(several)
        self.foot.addWidget(plain(_("Close")).on_press(self.dismiss))
        self._turn(0)

    def _turn(self, by: int) -> None:
        self.shown += by
        clear(self._place)
        words = _("Code {number} of {count}").format(number=self.shown + 1, count=len(self._codes))
        code = QrCode(words, self._codes[self.shown], _CODE_PX)
        self._place.addWidget(code, 0, Qt.AlignmentFlag.AlignHCenter)
        self._place.addWidget(PlainLabel(words, TextRole.MUTED), 0, Qt.AlignmentFlag.AlignHCenter)
        self.before_button.setEnabled(self.shown > 0)
        self.next_button.setEnabled(self.shown < len(self._codes) - 1)


_OF_AN_ID = 8
