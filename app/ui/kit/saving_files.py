"""Where a file goes: asked once, without blocking; writing over another one is asked in our words.

Whatever is saved goes out through `Egress`, which notes that it left.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document, FileTaken
from app.ui.kit.dialogs import Question
from app.ui.kit.jobs import Lane
from app.ui.kit.screen import Screen

T = TypeVar("T")
Write = Callable[[bool, Progress], T]
"""Writes a file; told whether another one of that name may be replaced. Raises FileTaken."""


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


def save_with(
    screen: Screen[Any],
    path: Path,
    write: Write[T],
    done: Callable[[T], None],
    *,
    overwrite: bool = False,
    told: bool = True,
) -> None:
    """Write a file as a job; a file that is there already is asked about first.

    `told` lists it among the jobs.
    """
    desk = screen.desk

    def refused(error: UserFacingError) -> None:
        if isinstance(error, FileTaken) and not overwrite:
            again = partial(save_with, screen, path, write, done, overwrite=True, told=told)
            desk.confirm(replace_question(path), lambda _reason: again())
        else:
            desk.tell_error(error)

    desk.jobs.run(
        partial(write, overwrite),
        done=done,
        failed=refused,
        owner=screen,
        lane=Lane.WORK,
        title=_("Writing {file}").format(file=path.name) if told else None,
    )


def save_document(
    screen: Screen[Any],
    path: Path,
    make: Callable[[Progress], Document],
    done: Callable[[Document], None] | None = None,
    *,
    told: bool = True,
) -> None:
    """Make something and save it; without `done` a toast says where."""
    desk = screen.desk
    egress, actor = desk.services.egress, desk.actor

    def write(overwrite: bool, progress: Progress) -> Document:
        if path.exists() and not overwrite:
            raise FileTaken(path)  # before anything is made that takes long
        document = make(progress)
        egress.save(actor, path, document, overwrite=overwrite)
        return document

    def saved(_document: Document) -> None:
        desk.toast(_("Saved as {file}.").format(file=path))

    save_with(screen, path, write, done or saved, told=told)
