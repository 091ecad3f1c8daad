"""Files that become lessons of the course being edited."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.theme import TextRole


class AddFilesSheet(SideSheet):
    """Takes files, then goes away."""

    picked = Signal(object)
    """Carries a tuple[Path, ...]."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, _("Add files"))
        self.picker = FilePicker(_("Drop files here, or choose them."))
        self.picker.picked.connect(self._take)
        self.body.addWidget(self.picker)
        about = _(
            "Videos, recordings, PDFs, pages, pictures, packages and quizzes; each becomes a lesson."
        )
        self.body.addWidget(PlainLabel(about, TextRole.MUTED, wrap=True))

    def _take(self, paths: object) -> None:
        self.dismiss()
        self.picked.emit(paths)
