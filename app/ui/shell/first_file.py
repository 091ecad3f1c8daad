"""What a PC that has joined its site shows until it has records: a place for its first sync file."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column

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
        self.note = PlainLabel("", wrap=True)
        self.note.hide()
        lines.addWidget(self.note)

    def set_services(self, services: "Services | None") -> None:
        """Take the open site."""
        self._services = services

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
