"""A paper with secrets on it, to be printed or saved now: nobody can make the same one again."""

from pathlib import Path

from typing_extensions import override

from app.core.base.words import _
from app.core.egress import Document
from app.services import Services
from app.ui.kit.buttons import plain, primary
from app.ui.kit.handing_out import save_document
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.printing import ask_printer
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone


class PaperSheet(SideSheet):
    """Offers `paper`; None: there is nothing to print, and its sheet only tells why."""

    def __init__(
        self,
        screen: Screen[Services],
        title: str,
        told: str,
        paper: Document | None,
        file_name: str,
        saved: str,
    ) -> None:
        """`saved` says what is to be done with the file, whose name it gets as {file}."""
        super().__init__(screen, title)
        self._screen, self._paper = screen, paper
        self._file_name, self._saved = file_name, saved
        if paper is not None:
            self.body.addWidget(Banner(told, Tone.INFO))
        self.save_button = plain(_("Save PDF"), "download").on_press(self._ask_where)
        self.print_button = primary(_("Print"), "printer").on_press(self._print)
        for button in (self.save_button, self.print_button):
            button.setEnabled(paper is not None)
            self.foot.addWidget(button)

    @override
    def open(self) -> None:
        super().open()
        if self._paper is not None:
            self.print_button.setFocus()

    def write(self, path: Path) -> None:
        """Write the paper to a file; an existing one is asked about first."""
        paper, words = self._paper, self._saved.format(file=path)
        if paper is not None:
            save_document(
                self._screen,
                path,
                lambda _progress: paper,
                lambda _document: self._screen.desk.toast(words),
                told=False,
            )

    def _print(self) -> None:
        if self._paper is not None:
            ask_printer(self._screen, self._paper)

    def _ask_where(self) -> None:
        ask_where(self._screen, _("Save PDF"), self._file_name, self.write)
