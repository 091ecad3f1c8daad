"""Where a file goes: asked once, without blocking; writing over another one is asked in our words.

What then saves it is in `handing_out`, which takes the database's libraries along.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.base.words import _
from app.ui.kit.dialogs import Question


def ask_where(parent: QWidget, title: str, name: str, then: Callable[[Path], None]) -> QFileDialog:
    """Ask under which name to save; `then` gets the path. Its ending stays that of `name`."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    ending = Path(name).suffix
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.setNameFilter(f"{ending.removeprefix('.').upper()} (*{ending})")
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog.setDirectory(folder if Path(folder).is_dir() else str(Path.home()))
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()
    return dialog


def replace_question(path: Path) -> Question:
    """Return what is asked before a file is written over."""
    return Question(
        title=_("Replace {file}?").format(file=path.name),
        text=_("There is already a file of that name in {folder}. It would be lost.").format(
            folder=path.parent
        ),
        yes=_("Replace"),
        danger=True,
    )
