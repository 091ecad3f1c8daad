"""Spreadsheets of the kind XLS become rows of text.

xlrd is slower than the reader of XLSX files, but written in Python: that one aborts the whole program
on files that are damaged.
"""

import io
import struct
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.xldate import XLDateError, xldate_as_datetime

from app.core.base.words import _
from app.core.spreadsheets.errors import FileUnreadable
from app.core.spreadsheets.sheets import Limits, Sheet, check_extent, rows_of

_DAMAGED = (
    xlrd.XLRDError, CompDocError, XLDateError, struct.error, AssertionError, LookupError, ValueError, TypeError,
    AttributeError, ArithmeticError, MemoryError, NotImplementedError, RecursionError, OSError,
)  # fmt: skip
"""What xlrd says of files that are not whole; it says most of it by accident."""
_MOST_SHEETS = 50


def read_old_workbook(untrusted: bytes, limits: Limits) -> Iterator[Sheet]:
    """Yield the sheets that are shown and have anything on them. Raises FileUnreadable."""
    try:
        yield from list(_sheets(untrusted, limits))
    except _DAMAGED as error:
        if "encrypt" in str(error).casefold() or "password" in str(error).casefold():
            raise FileUnreadable(
                _("This spreadsheet has a password: save it without one.")
            ) from error
        raise FileUnreadable(
            _("This spreadsheet of the kind XLS cannot be read, or it has a password.")
        ) from error


def _sheets(untrusted: bytes, limits: Limits) -> Iterator[Sheet]:
    book = xlrd.open_workbook(
        file_contents=untrusted, on_demand=True, formatting_info=True, logfile=io.StringIO()
    )
    with book:
        for at in range(min(book.nsheets, _MOST_SHEETS)):
            sheet = book.sheet_by_index(at)
            check_extent(sheet.nrows, sheet.ncols, limits)
            if sheet.visibility == 0:
                yield from _sheet(sheet, book.datemode)
            book.unload_sheet(at)


def _sheet(sheet: Any, datemode: int) -> Iterator[Sheet]:  # xlrd is untyped
    grid = [
        [_text(cell, datemode) for cell in sheet.row(row)]
        + [""] * (sheet.ncols - sheet.row_len(row))
        for row in range(sheet.nrows)
    ]
    merged = [
        ((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells
    ]
    rows = tuple(rows_of(grid, merged, frozenset()))
    if rows:
        yield Sheet(str(sheet.name), rows)


def _text(cell: Any, datemode: int) -> str:  # xlrd is untyped
    """Return a cell as a CSV file would have it (workbook.py does the same for XLSX)."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _day(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value)).lower()
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return str(cell.value)


def _day(value: float, datemode: int) -> str:
    try:
        found: datetime = xldate_as_datetime(value, datemode)
    except (OverflowError, ValueError):
        return str(value)
    return found.date().isoformat() if found.time() == time() else found.isoformat(" ")
