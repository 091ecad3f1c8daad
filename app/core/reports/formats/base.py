"""What a file format for tables is."""

from typing import BinaryIO, Protocol

from app.core.base.progress import Progress
from app.core.reports.tables import ReportTable


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
