"""Spreadsheets from outside become rows of text: what they unfold to is measured before they are read."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

from app.core.base.words import _
from app.core.spreadsheets.errors import FileUnreadable
from app.core.spreadsheets.sheets import Cell, Limits, Sheet, check_extent, rows_of
from app.core.spreadsheets.workbook_parts import sheet_parts

_MAIN_PART = "xl/workbook.xml"
_MAX_UNFOLDED = 400_000_000
_MAX_PARTS = 2000
_CHUNK = 1 << 20
_ADDRESS = re.compile(rb'\br\s*=\s*["\']([A-Z]{0,7})([0-9]{1,12})["\']')
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br\s*=\s*["\']([A-Z]{1,7})([0-9]{1,12})["\'][^>]*>(\s*<(?:\w+:)?f[\s/>].{0,1500}?)</(?:\w+:)?c>',
    re.DOTALL,
)
_WORKED = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<#]")
"""A value; one with # in front is an error, as #REF!."""
_OVERLAP = 2000
"""More bytes than an address or a formula has: what a chunk may cut in two."""

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError
)  # fmt: skip
"""What the standard library says of archives that are not whole."""

Value = int | float | str | bool | time | date | datetime | object


def read_workbook(untrusted: bytes, limits: Limits) -> Iterator[Sheet]:
    """Yield the sheets that are shown and have anything on them. Raises FileUnreadable."""
    unworked = _measure(untrusted, limits)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(untrusted))
        for about in book.sheets_metadata:
            if about.visible != SheetVisibleEnum.Visible or about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            grid = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = sheet.merged_cell_ranges or ()
            rows = tuple(rows_of(grid, merged, unworked.get(about.name, frozenset())))
            if rows:
                yield Sheet(about.name, rows)
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise FileUnreadable(_("This spreadsheet cannot be read.")) from error


def _measure(untrusted: bytes, limits: Limits) -> dict[str, frozenset[Cell]]:
    """Refuse what unfolds to more than is taken: a sheet is laid out whole up to its last cell.

    Return the formulas without a value, by the name of their sheet.
    """
    try:
        with zipfile.ZipFile(BytesIO(untrusted)) as archive:
            parts = archive.infolist()
            if _MAIN_PART not in archive.namelist():
                raise FileUnreadable(_("This is not a spreadsheet of the kind XLSX."))
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNFOLDED:
                raise FileUnreadable(_("This spreadsheet unfolds to more than is taken."))
            found: dict[str, frozenset[Cell]] = {}
            for part in parts:
                if part.filename.startswith("xl/worksheets/"):
                    found[part.filename] = _measure_sheet(archive, part, limits)
            if not any(found.values()):
                return {}
            return {
                name: found.get(part, frozenset()) for name, part in sheet_parts(archive).items()
            }
    except _DAMAGED as error:
        raise FileUnreadable(_("This spreadsheet cannot be read.")) from error


def _measure_sheet(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits
) -> frozenset[Cell]:
    lowest = widest = 1
    unworked: set[Cell] = set()
    for chunk in _chunks(archive, part):
        found = _ADDRESS.findall(chunk)
        lowest = max(lowest, *map(int, {digits for _letters, digits in found}), 1)
        widest = max(widest, *map(_column, {letters for letters, _digits in found}), 1)
        check_extent(lowest, widest, limits)
        unworked.update(_unworked_in(chunk))
    return frozenset(unworked)


def _unworked_in(chunk: bytes) -> Iterator[Cell]:
    if b"<f" not in chunk and b":f" not in chunk:
        return
    for found in _FORMULA.finditer(chunk):
        if not _WORKED.search(found[3]):
            yield int(found[2]) - 1, _column(found[1]) - 1


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part in pieces that overlap by what a cell of a formula may take."""
    with archive.open(part) as stream:
        rest = b""
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            text = rest + chunk
            yield text
            rest = text[-_OVERLAP:]


def _column(letters: bytes) -> int:
    place = 0
    for letter in islice(letters, 8):
        place = place * 26 + letter - 64
    return place


def _text(cell: Value) -> str:
    """Return a cell as a CSV file would have it: days as 2026-12-31, whole numbers without a point."""
    if type(cell) is str:  # nearly every one
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return str(cell)
