"""A folder chosen by button or dropped, shown by its path."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.buttons import plain
from app.ui.kit.labels import IconLabel, PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import Ink, TextRole


class FolderChoice(QWidget):
    """One folder, or none yet."""

    chosen = Signal(object)
    """Carries a Path."""

    def __init__(
        self,
        title: str,
        *,
        icon: str = "folder",
        narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self.folder: Path | None = None
        self.setAcceptDrops(True)
        self.setAccessibleName(title)
        lines = column(self, gap=10)
        line = row(gap=12)
        lines.addLayout(line)
        line.addWidget(IconLabel(icon, Ink.TEXT2))
        self.words = PlainLabel("", TextRole.BODY2, wrap=True)
        line.addWidget(self.words, 1)
        self.button = plain(_("Choose a folder"), "folder-open").on_press(self._ask)
        if narrow:  # the button goes under the words
            lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            line.addWidget(self.button)
        self.show_folder(None)

    def show_folder(self, folder: Path | None) -> None:
        """Show a folder without telling anybody."""
        self.folder = folder
        self.words.setText(str(folder) if folder else _("No folder chosen yet."))

    def choose(self, folder: Path) -> None:
        """Take a folder, and tell."""
        self.show_folder(folder)
        self.chosen.emit(folder)

    def _ask(self) -> None:
        dialog = QFileDialog(self, self._title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        if self.folder is not None:
            dialog.setDirectory(str(self.folder))
        dialog.fileSelected.connect(lambda name: self.choose(Path(name)))
        dialog.open()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _folders(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        for folder in _folders(event)[:1]:
            self.choose(folder)


def _folders(event: QDropEvent) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.is_dir()]
