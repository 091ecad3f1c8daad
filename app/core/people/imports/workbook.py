"""Spreadsheets from outside become rows of text: what they unfold to is measured before they are read."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook, ZipError

from app.core.base.figures import number
from app.core.base.words import _
from app.core.people.imports.errors import FileUnreadable

_MAIN_PART = "xl/workbook.xml"
_MAX_UNFOLDED = 400_000_000
_MAX_PARTS = 2000
_MAX_CELLS = 4_000_000
"""Cells in the rectangle that holds all of a sheet: empty ones take room too."""
_CHUNK = 1 << 20
_ADDRESS = re.compile(rb'\br\s*=\s*["\']([A-Z]{0,7})([0-9]{1,12})["\']')
_OVERLAP = 40
"""More bytes than an address has: what a chunk may cut in two."""

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError
)  # fmt: skip
"""What the standard library says of archives that are not whole."""

Value = int | float | str | bool | time | date | datetime | object


def read_workbook(
    untrusted: bytes, most_rows: int, most_columns: int
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet that has any, with their line. Raises FileUnreadable."""
    _measure(untrusted, most_rows, most_columns)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(untrusted))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(cell != "" for row in rows for cell in row):
                break
        else:
            rows = []
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise FileUnreadable(_("This spreadsheet cannot be read.")) from error
    for line, row in enumerate(rows, start=1):
        cells = [_text(cell) for cell in row]
        if any(cells):
            yield line, cells


def _measure(untrusted: bytes, most_rows: int, most_columns: int) -> None:
    """Refuse what unfolds to more than is taken: a sheet is laid out whole up to its last cell."""
    try:
        with zipfile.ZipFile(BytesIO(untrusted)) as archive:
            parts = archive.infolist()
            if _MAIN_PART not in archive.namelist():
                raise FileUnreadable(_("This is not a spreadsheet of the kind XLSX."))
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNFOLDED:
                raise FileUnreadable(_("This spreadsheet unfolds to more than is taken."))
            for part in parts:
                if part.filename.startswith("xl/worksheets/"):
                    _measure_sheet(_addresses(archive, part), most_rows, most_columns)
    except _DAMAGED as error:
        raise FileUnreadable(_("This spreadsheet cannot be read.")) from error


def _measure_sheet(
    addresses: Iterator[tuple[bytes, bytes]], most_rows: int, most_columns: int
) -> None:
    lowest = widest = 1
    for letters, digits in addresses:
        lowest, widest = max(lowest, int(digits)), max(widest, _column(letters))
        if lowest > most_rows:
            raise FileUnreadable(
                _("The file has more than {count} rows.").format(count=number(most_rows))
            )
        if widest > most_columns:
            raise FileUnreadable(_("Line {line} has too many columns.").format(line=int(digits)))
        if lowest * widest > _MAX_CELLS:
            raise FileUnreadable(_("This spreadsheet unfolds to more than is taken."))


def _addresses(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    with archive.open(part) as stream:
        rest = b""
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            text = rest + chunk
            for found in _ADDRESS.finditer(text):
                yield found[1], found[2]
            rest = text[-_OVERLAP:]


def _column(letters: bytes) -> int:
    place = 0
    for letter in islice(letters, 8):
        place = place * 26 + letter - 64
    return place


def _text(cell: Value) -> str:
    """Return a cell as a CSV file would have it: days as 2026-12-31, whole numbers without a point."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return str(cell)
