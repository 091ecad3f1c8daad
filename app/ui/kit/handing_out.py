"""Saving what somebody takes away: as a job, never over another file unasked, and noted by `Egress`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.egress import Document, FileTaken
from app.ui.kit.jobs import Lane
from app.ui.kit.saving_files import replace_question
from app.ui.kit.screen import Screen

T = TypeVar("T")
Write = Callable[[bool, Progress], T]
"""Writes a file; told whether another one of that name may be replaced. Raises FileTaken."""


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
