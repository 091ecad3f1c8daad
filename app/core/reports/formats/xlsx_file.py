"""XLSX with typed cells, a frozen heading and a filter on it; a second sheet says what it is."""

from datetime import date, datetime
from typing import Any, BinaryIO

from app.core.base.figures import moment
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.reports.columns import WHOLE, ColumnKind, ReportColumn, Value, worded
from app.core.reports.tables import ReportTable

_ROWS_A_STEP = 1000
_LONGEST = 32_767
"""Characters a cell takes; Excel calls a file with more damaged."""
_FORMATS = {
    ColumnKind.DATE: "d mmm yyyy",
    ColumnKind.MOMENT: "d mmm yyyy hh:mm",
    ColumnKind.INSTANT: "d mmm yyyy hh:mm:ss",
    ColumnKind.PERCENT: "0.0%",
    ColumnKind.NUMBER: "#,##0",
}
_WIDTHS = {ColumnKind.TEXT: 28, ColumnKind.MOMENT: 18, ColumnKind.INSTANT: 21, ColumnKind.CHIP: 16}
_WIDTH = 13


class XlsxFile:
    """An Excel workbook."""

    key = "xlsx"
    most_rows = 1_000_000

    def write(self, table: ReportTable, file: BinaryIO, progress: Progress) -> None:
        """Write the workbook."""
        import xlsxwriter  # 40 ms, and only where a workbook is written

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = xlsxwriter.Workbook(file, options)
        book.set_properties({"title": table.title, "author": table.site})
        try:
            _write_rows(book, table, progress)
            _write_facts(book, table)
        finally:
            book.close()  # lets go of its temporary files too


def _write_rows(book: Any, table: ReportTable, progress: Progress) -> None:  # xlsxwriter is untyped
    sheet = book.add_worksheet("Report")
    bold = book.add_format({"bold": True})
    styles = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _WIDTHS.get(column.kind, _WIDTH))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, table.total, len(table.columns) - 1)
    for place, heading in enumerate(table.headings):
        sheet.write_string(0, place, heading, bold)
    for done, row in enumerate(table.rows, start=1):
        if done % _ROWS_A_STEP == 0:
            progress.step(done, table.total)
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _write_cell(sheet, done, place, column, value, styles.get(column.kind))
    progress.step(table.total, table.total)


def _write_cell(
    sheet: Any, row: int, place: int, column: ReportColumn, value: Value, style: Any
) -> None:  # xlsxwriter is untyped
    if value is None:
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, place, value.astimezone().replace(tzinfo=None), style)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, style)
    elif isinstance(value, int):
        is_share = column.kind is ColumnKind.PERCENT
        sheet.write_number(row, place, value / WHOLE if is_share else value, style)
    else:
        sheet.write_string(row, place, worded(column, value)[:_LONGEST])


def _write_facts(book: Any, table: ReportTable) -> None:  # xlsxwriter is untyped
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 80)
    facts = (
        (_("Title"), table.title),
        (_("About"), table.subtitle),
        (_("Filters"), " · ".join(table.filters)),
        (_("As of"), table.sources),
        (_("Site"), table.site),
        (_("Made by"), table.made_by),
        (_("Made at"), moment(table.generated_at)),
        (_("Rows"), str(table.total)),
        (_("SHA-256 of the rows"), table.digest),
        (_("Settings in force"), table.settings),
    )
    for row, (name, value) in enumerate(facts):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
