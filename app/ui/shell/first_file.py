"""What a PC that has joined its site shows until it has records: a place for its first sync file.

Whoever joined by a site file is known to no other PC: it can be made known by a file, or a shared folder.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.ui.kit.buttons import plain
from app.ui.kit.forms.files import FilePicker, choose_folder
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.theme import TextRole

if TYPE_CHECKING:
    from app.core.sync import Imported
    from app.services import Services


class FirstFile(QWidget):
    """Takes in the first sync file, where nobody can sign in yet."""

    told = Signal(str)
    """Says in one sentence what came of it."""

    def __init__(self, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._services: Services | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        lines = column(self, gap=8, margin=0)
        self.picker = FilePicker(
            _("Drop the first sync file, or its stick, here."),
            suffixes=(".dksb",),
            folders=True,
            several=False,
        )
        self.picker.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.picker.picked.connect(self._take)
        lines.addWidget(self.picker)
        unknown = _("If this PC joined by a site file, no other PC knows it yet:")
        lines.addWidget(PlainLabel(unknown, TextRole.MUTED, wrap=True))
        self.folder_button = plain(_("Exchange through a shared folder"), "network")
        self.folder_button.on_press(self._ask_for_folder)
        lines.addWidget(self.folder_button)
        self.stick_button = plain(_("Save a file for the other PCs"), "usb")
        self.stick_button.on_press(self._ask_for_stick)
        lines.addWidget(self.stick_button)
        self.note = PlainLabel("", wrap=True)
        self.note.hide()
        lines.addWidget(self.note)

    def set_services(self, services: "Services | None") -> None:
        """Take the open site."""
        self._services = services

    def share(self, folder: Path) -> None:
        """Exchange through a folder; the rounds through it begin of themselves."""
        said = _("This folder is looked at every few seconds; the records come through it.")

        def work(services: "Services", _progress: Progress) -> str:
            services.sync.share_first(folder)
            return said

        self._do(work)

    def introduce(self, stick: Path) -> None:
        """Write onto a stick what makes this PC known."""

        def work(services: "Services", progress: Progress) -> str:
            file = services.sync.introduce(stick, progress).path.name
            told = _(
                "{file} is written, and the stick can be taken out. Take it in at another PC of the "
                "site, and bring a sync file back from there."
            )
            return told.format(file=file)

        self._do(work)

    def _ask_for_folder(self) -> None:
        choose_folder(self, _("The folder that the PCs of this site share"), self.share)

    def _ask_for_stick(self) -> None:
        choose_folder(self, _("The stick's folder"), self.introduce)

    def _do(self, work: "Callable[[Services, Progress], str]") -> None:
        services = self._services
        if services is None:
            return
        self._jobs.run(
            lambda progress: work(services, progress),
            done=self._say,
            failed=self._tell_refusal,
            owner=self,
        )

    def _take(self, paths: tuple[Path, ...]) -> None:
        services = self._services
        if services is None:
            return

        def work(progress: Progress) -> "Imported":
            return services.sync.take_first(paths[0], progress)

        self.picker.setEnabled(False)
        self._say(_("Taking in records"))
        self._jobs.run(work, done=self._tell, failed=self._tell_refusal, owner=self)

    def _tell(self, imported: "Imported") -> None:
        self.picker.setEnabled(True)
        self._say(" ".join(imported.troubles))

    def _tell_refusal(self, error: UserFacingError) -> None:
        self.picker.setEnabled(True)
        self._say(error.sentence)

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.told.emit(words)
