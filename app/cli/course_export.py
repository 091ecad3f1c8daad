"""`course export`: a course as a folder that `course import` makes the same course of."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.course_called import CourseCalled, course_called
from app.cli.frame import frame_of
from app.core.base.words import _, plural


def export(
    context: typer.Context,
    course: CourseCalled,
    out: Annotated[Path, typer.Option(help=_("The folder to make; it must not be there yet."))],
) -> None:
    """Write a course into a folder: its files, questions, captions and rules; `course import` takes it."""
    frame = frame_of(context)
    course_id, exporting = course_called(frame, course), frame.services.courses.exporting
    count = exporting.export(frame.actor(), course_id, out, frame.progress())
    frame.tell(
        f"{out}: {plural('{count} file', '{count} files', count)}",
        {"id": str(course_id), "folder": str(out), "files": count},
    )
