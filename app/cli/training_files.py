"""`report record --training-file`: job descriptions, papers and the record of somebody as one PDF."""

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from app.cli.frame import Frame
from app.core.base.words import _

Asked = tuple[UUID, date | None, datetime | None]
"""Whose, as of which day, and as known when."""


def save_training_file(frame: Frame, asked: Asked, out: Path, *, overwrite: bool) -> None:
    """Write somebody's training file and tell what is in it."""
    files, actor = frame.services.training_files, frame.actor()
    document = files.made(actor, *asked, progress=frame.progress())
    frame.save(out, document, overwrite=overwrite)
    enclosed = files.enclosed(actor, *asked)
    lines = [f"{one.title}\t{one.about}" for one in enclosed]
    frame.tell(
        "\n".join([*lines, _("Saved as {file}.").format(file=out)]),
        {
            "file": str(out),
            "enclosed": [
                {
                    "title": one.title,
                    "about": one.about,
                    "is_there": bool(one.content),
                    "sha256": one.sha256,
                }
                for one in enclosed
            ],
        },
    )
