"""Files handed in: dropped, or chosen by button; by mouse or keyboard alike."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.buttons import Button
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import FlowLayout, column
from app.ui.kit.theme import Ink, TextRole


def choose_folder(parent: QWidget, name: str, then: Callable[[Path], None]) -> None:
    """Let somebody choose a folder, and tell it; nothing is told where they think better of it."""
    dialog = QFileDialog(parent, name)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: then(Path(names[0])))
    dialog.open()


class FilePicker(QFrame):
    """A place to drop files and folders, with buttons that choose them."""

    picked = Signal(object)
    """Carries a tuple[Path, ...]."""

    def __init__(
        self,
        sentence: str,
        *,
        suffixes: Sequence[str] = (),
        folders: bool = False,
        several: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._suffixes = tuple(suffix.lower() for suffix in suffixes)
        self._folders = folders
        self._several = several
        self.setAcceptDrops(True)
        self.setProperty("drop", "true")
        self.setAccessibleName(sentence)
        self._lay_out(sentence)

    def _lay_out(self, sentence: str) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        lines = column(self, gap=10, margin=20)
        lines.addWidget(IconLabel("upload", Ink.PRIMARY, 28), 0, centre)
        words = PlainLabel(sentence, wrap=True)
        words.setAlignment(centre)
        lines.addWidget(words)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        self.file_button = Button(
            _("Choose files") if self._several else _("Choose a file"), icon="file"
        )
        self.file_button.clicked.connect(self._choose_files)
        flow.addWidget(self.file_button)
        self.folder_button: Button | None = None
        if self._folders:
            self.folder_button = Button(_("Choose a folder"), icon="folder")
            self.folder_button.clicked.connect(self._choose_folder)
            flow.addWidget(self.folder_button)
        buttons.setMinimumHeight(self.file_button.sizeHint().height())  # in narrow places too
        lines.addWidget(buttons, 0, centre)
        if self._suffixes:
            kinds = _("Accepted: {kinds}").format(kinds=" ".join(self._suffixes))
            note = PlainLabel(kinds, TextRole.MUTED, wrap=True)
            note.setAlignment(centre)
            lines.addWidget(note)

    def accepts(self, path: Path) -> bool:
        """Tell whether a path is of the kind asked for."""
        if path.is_dir():
            return self._folders
        return not self._suffixes or path.name.lower().endswith(self._suffixes)

    def offer(self, paths: Sequence[Path]) -> None:
        """Take what is of the kind asked for, and tell."""
        taken = tuple(path for path in paths if self.accepts(path))
        if taken:
            self.picked.emit(taken if self._several else taken[:1])

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.accessibleName())
        several = QFileDialog.FileMode.ExistingFiles
        dialog.setFileMode(several if self._several else QFileDialog.FileMode.ExistingFile)
        if self._suffixes:
            patterns = " ".join(f"*{suffix}" for suffix in self._suffixes)
            dialog.setNameFilter(f"{patterns} ({patterns})")
        self._open(dialog)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.accessibleName())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.offer([Path(name) for name in names]))
        dialog.open()

    def _mark(self, mark: str) -> None:
        self.setProperty("drop", mark)
        self.style().unpolish(self)
        self.style().polish(self)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if any(self.accepts(path) for path in paths):
            self._mark("over")
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark("true")

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._mark("true")
        self.offer(
            [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        )
