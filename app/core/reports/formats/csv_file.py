"""CSV for spreadsheets: UTF-8 with a mark, ISO days, no cell that a spreadsheet would run."""

import csv
import io
from datetime import date, datetime
from typing import BinaryIO

from app.core.base.figures import percent
from app.core.base.progress import Progress
from app.core.reports.columns import WHOLE, ColumnKind, ReportColumn, Value, worded
from app.core.reports.tables import ReportTable
from app.core.spreadsheets import harmless

_ROWS_A_STEP = 1000


class CsvFile:
    """Comma-separated values."""

    key = "csv"
    most_rows = 1_000_000

    def write(self, table: ReportTable, file: BinaryIO, progress: Progress) -> None:
        """Write headings and rows."""
        out = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(out)
        writer.writerow([harmless(heading) for heading in table.headings])
        for done, row in enumerate(table.rows):
            if done % _ROWS_A_STEP == 0:
                progress.step(done, table.total)
            writer.writerow(
                [_cell(column, value) for column, value in zip(table.columns, row, strict=True)]
            )
        progress.step(table.total, table.total)
        out.flush()
        out.detach()


def _cell(column: ReportColumn, value: Value) -> str:
    if isinstance(value, datetime):
        return value.astimezone().isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return percent(value, WHOLE) if column.kind is ColumnKind.PERCENT else str(value)
    return harmless(worded(column, value))
