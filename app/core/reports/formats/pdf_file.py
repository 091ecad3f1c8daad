"""PDF for paper: repeated headings, page x of y, and a footer that can be checked."""

from typing import BinaryIO

from app.core.base.progress import Progress
from app.core.documents import render_table
from app.core.reports.tables import ReportTable


class PdfFile:
    """A printed table."""

    key = "pdf"
    most_rows = 20_000

    def write(self, table: ReportTable, file: BinaryIO, progress: Progress) -> None:
        """Write the document."""
        file.write(render_table(table.document(), progress))
