"""A courier slip on paper and in a file, from wherever a sync file is shown that left."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.keys import write_whole
from app.services import Services
from app.ui.kit.buttons import Button, plain
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where, replace_question
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
        print_.on_press(partial(self.print, bundle_id, number))
        return save, print_

    def ask_file(self, bundle_id: UUID, number: int) -> None:
        """Ask where the slip goes, and save it."""
        name = f"{_title(number)}.pdf"
        ask_where(self._screen, _("Save the slip"), name, partial(self.save, bundle_id))

    def save(self, bundle_id: UUID, path: Path) -> None:
        """Save the slip; a file that is there already is asked about first."""
        if path.exists():
            self._screen.desk.confirm(
                replace_question(path), lambda _reason: self._write(bundle_id, path)
            )
        else:
            self._write(bundle_id, path)

    def print(self, bundle_id: UUID, number: int) -> None:
        """Make the slip, then ask for the printer."""
        self._screen.act(
            partial(self._document, bundle_id),
            lambda content: ask_printer(self._screen, content, _title(number)),
        )

    def _write(self, bundle_id: UUID, path: Path) -> None:
        def work(progress: Progress) -> None:
            write_whole(path, self._document(bundle_id, progress))

        saved = _("Saved as {file}.").format(file=path)
        self._screen.act(work, lambda _none: self._screen.desk.toast(saved))

    def _document(self, bundle_id: UUID, _progress: Progress) -> bytes:
        desk = self._screen.desk
        return desk.services.sync.slips.document(desk.actor, bundle_id)


def _title(number: int) -> str:
    return _("Courier slip {number}").format(number=number)
