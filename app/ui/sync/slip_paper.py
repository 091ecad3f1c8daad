"""A courier slip on paper and in a file, from wherever a sync file is shown that left."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document
from app.services import Services
from app.ui.kit.buttons import Button, plain
from app.ui.kit.handing_out import save_document
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen


class SlipPaper(QObject):
    """Makes, prints and saves slips for a screen."""

    def __init__(self, screen: Screen[Services]) -> None:
        super().__init__(screen)
        self._screen = screen

    def buttons(self, bundle_id: UUID, number: int) -> tuple[Button, Button]:
        """Return what saves the slip of a sync file and what prints it."""
        save = plain(_("Save the slip"), "download")
        print_ = plain(_("Print the slip"), "printer")
        save.on_press(partial(self.ask_file, bundle_id, number))
        print_.on_press(partial(self.print, bundle_id))
        return save, print_

    def buttons_for_all(self, bundle_ids: Sequence[UUID]) -> tuple[Button, Button]:
        """Return what saves the slips of several sync files as one paper, and what prints them."""
        save = plain(_("Save the slips"), "download")
        print_ = plain(_("Print the slips"), "printer")
        save.on_press(partial(self._ask_file_for_all, bundle_ids))
        print_.on_press(partial(self._print_all, bundle_ids))
        return save, print_

    def ask_file(self, bundle_id: UUID, number: int) -> None:
        """Ask where the slip goes, and save it."""
        name = _("Courier slip {number}").format(number=number) + ".pdf"
        ask_where(self._screen, _("Save the slip"), name, partial(self.save, bundle_id))

    def save(self, bundle_id: UUID, path: Path) -> None:
        """Save the slip; a file that is there already is asked about first."""
        self._save_all([bundle_id], path)

    def print(self, bundle_id: UUID) -> None:
        """Make the slip, then ask for the printer."""
        self._print_all([bundle_id])

    def _ask_file_for_all(self, bundle_ids: Sequence[UUID]) -> None:
        name = _("Courier slips") + ".pdf"
        ask_where(self._screen, _("Save the slips"), name, partial(self._save_all, bundle_ids))

    def _save_all(self, bundle_ids: Sequence[UUID], path: Path) -> None:
        save_document(self._screen, path, partial(self._document, bundle_ids), told=False)

    def _print_all(self, bundle_ids: Sequence[UUID]) -> None:
        self._screen.act(partial(self._document, bundle_ids), partial(ask_printer, self._screen))

    def _document(self, bundle_ids: Sequence[UUID], _progress: Progress) -> Document:
        desk = self._screen.desk
        return desk.services.sync.slips.document(desk.actor, *bundle_ids)
