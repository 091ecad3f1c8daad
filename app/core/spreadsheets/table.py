"""Bytes from outside become rows of text: size, kind, encoding, delimiter and count are checked here."""

import csv
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.base.decoding import unicode_encoding
from app.core.base.figures import number, size
from app.core.base.words import _
from app.core.spreadsheets.errors import FileUnreadable
from app.core.spreadsheets.old_letters import refuse_old_letters
from app.core.spreadsheets.sheets import Limits, Sheet, TextRow
from app.core.spreadsheets.workbook import read_workbook

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200
DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 100_000
_WITHOUT_UNICODE = "cp1252"
"""What Excel saves as plain CSV on PCs set to English or an Indian language; guessing among the code
pages of other countries (charset-normalizer) takes José Peña for a Pole."""
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WEB_PAGES = (
    b"<html",
    b"<!doctype html",
    b"<table",
    b"<?xml",
    b"<head",
    b"<meta",
    b"mime-version:",
)
_LONGEST_SIGN = 16
_LIMITS = Limits(rows=MAX_ROWS, columns=MAX_COLUMNS)


@dataclass(frozen=True, slots=True)
class Table:
    """A file as text: its encoding, or kind of workbook, and its sheets that have anything on them."""

    encoding: str
    sheets: tuple[Sheet, ...]


def read_table(untrusted: bytes) -> tuple[str, list[TextRow]]:
    """Return the encoding of a file, and the rows of its first sheet that are not empty.

    Raises FileUnreadable.
    """
    table = read_sheets(untrusted)
    return table.encoding, list(table.sheets[0].rows) if table.sheets else []


def read_sheets(untrusted: bytes) -> Table:
    """Return a CSV, XLSX or XLS file as sheets of text. Raises FileUnreadable."""
    if not untrusted.strip():
        raise FileUnreadable(_("The file is empty."))
    if len(untrusted) > MAX_BYTES:
        raise FileUnreadable(_("The file is larger than {size}.").format(size=size(MAX_BYTES)))
    if untrusted.startswith(_WORKBOOK):
        return Table("xlsx", tuple(read_workbook(untrusted, _LIMITS)))
    if untrusted.startswith(_OLD_WORKBOOK):
        from app.core.spreadsheets.old_workbook import (
            read_old_workbook,
        )  # xlrd: hardly ever needed

        return Table("xls", tuple(read_old_workbook(untrusted, _LIMITS)))
    _refuse_other_kinds(untrusted)
    encoding, text = _decoded(untrusted)
    if "\x00" in text:
        raise FileUnreadable(_("This is not a text file."))
    hint = _EXCEL_HINT.match(text)
    skipped = 1 if hint else 0
    text = text[hint.end() :] if hint else text
    rows = list(itertools.islice(_rows(text, hint[1] if hint else None, skipped), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise FileUnreadable(
            _("The file has more than {count} rows.").format(count=number(MAX_ROWS))
        )
    return Table(encoding, (Sheet("", tuple(rows)),))


def _refuse_other_kinds(untrusted: bytes) -> None:
    """Raise FileUnreadable for what begins as no list does: many HR systems call a web page .xls."""
    begins = untrusted.lstrip(b"\xef\xbb\xbf \t\r\n")[:_LONGEST_SIGN].lower()
    if begins.startswith(_WEB_PAGES):
        raise FileUnreadable(
            _(
                "This is a web page or XML under the name of a list: open it in Excel, and save it as XLSX."
            )
        )
    if begins.startswith(b"%pdf-"):
        raise FileUnreadable(_("This is a PDF: let the list be written as XLSX or CSV."))
    if begins.startswith((b"{", b"[")):
        raise FileUnreadable(_("This is JSON: let the list be written as XLSX or CSV."))


def _decoded(untrusted: bytes) -> tuple[str, str]:
    encoding = unicode_encoding(untrusted) or _WITHOUT_UNICODE
    if encoding == _WITHOUT_UNICODE and _is_cut_off(untrusted):
        raise FileUnreadable(_("The file ends in the middle of a letter: it was not copied whole."))
    if encoding == _WITHOUT_UNICODE:
        if b"\x00" in untrusted:  # no letters at all: what is damaged, or something else
            raise FileUnreadable(_("This is not a text file."))
        refuse_old_letters(untrusted)
    try:
        return encoding, untrusted.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileUnreadable(_("The letters of this file cannot be read.")) from error


def _is_cut_off(untrusted: bytes) -> bool:
    """Tell whether a file is UTF-8 with letters beyond ASCII, but for a last one that is not whole."""
    try:
        untrusted.decode("utf-8")
    except UnicodeDecodeError as error:
        is_last = error.reason == "unexpected end of data" and error.end == len(untrusted)
        return is_last and not untrusted[: error.start].isascii()
    return False


def _rows(text: str, delimiter: str | None, skipped: int) -> Iterator[TextRow]:
    # strict: else a quotation mark that nobody closes makes one cell of the rest of the file
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), strict=True
    )
    before = skipped
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num + skipped
            if len(cells) > MAX_COLUMNS:
                raise FileUnreadable(_("Line {line} has too many columns.").format(line=line))
            if any(cell and not cell.isspace() for cell in cells):
                yield TextRow(line, cells)
    except csv.Error as error:
        raise FileUnreadable(
            _("Line {line} is not CSV: a quotation mark in it is not closed.").format(
                line=before + 1
            )
        ) from error


def _delimiter(text: str) -> str:
    """Choose what cuts the first lines into most columns; exports start with titles at times."""
    head = text[:_SAMPLE].splitlines()[:10]
    return max(DELIMITERS, key=lambda sign: max((line.count(sign) for line in head), default=0))
