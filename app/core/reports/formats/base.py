"""What a file format for tables is, and how a file is written so that it is whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from app.core.base.progress import Progress
from app.core.reports.errors import FileTaken
from app.core.reports.tables import ReportTable
from app.core.storage.faults import told_plainly


class TableFormat(Protocol):
    """A format that tables are written in."""

    @property
    def key(self) -> str:
        """Return the format's name, which is the ending of its files too."""
        ...

    @property
    def most_rows(self) -> int:
        """Return how many rows a file of this kind is good for."""
        ...

    def write(self, table: ReportTable, file: BinaryIO, progress: Progress) -> None:
        """Write the whole table."""
        ...


@contextmanager
def whole_file(path: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """Give a file that takes the name `path` when all of it is on disk. Raises FileTaken."""
    with told_plainly():
        if path.exists() and not overwrite:
            raise FileTaken(path)
        part = path.with_name(path.name + ".part")
        try:
            with part.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if not overwrite and path.exists():
                raise FileTaken(path)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
