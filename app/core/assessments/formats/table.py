"""Tables of questions: an Excel workbook or a CSV file with one question a row."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import ClassVar

from app.core.assessments.formats.assembling import Made, NotAsked, collected, how_read, told
from app.core.assessments.formats.base import (
    DEFAULT_LIMITS,
    NOTHING_READ,
    ZIP,
    BankImport,
    BankLimits,
    BankQuestion,
    MediaSource,
    NotThisFormat,
    Problem,
    TooManyQuestions,
    check_size,
    no_media,
)
from app.core.assessments.formats.decoding import decode
from app.core.assessments.formats.table_rows import COLUMNS, NEEDED, read_row, write_row
from app.core.base.progress import Progress
from app.core.base.words import _, mark

_STEP = 100
_LONGEST_CELL = 32_767
"""What a cell of a workbook holds."""
_WIDTHS = {"Question": 50, "Name": 20, "Feedback": 40, "Correct": 20}
_WIDTH = 16
_SAMPLE = 4096
_MOST_COLUMNS = 200
_KNOWN = frozenset(head.casefold() for head in COLUMNS)
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)


class Table:
    """Workbooks and CSV files by the template."""

    key: ClassVar[str] = "xlsx"
    title: ClassVar[str] = mark("Excel table of questions")
    suffixes: ClassVar[tuple[str, ...]] = (".xlsx", ".csv")
    becomes_lesson: ClassVar[bool] = False

    def recognises(self, untrusted: bytes, name: str) -> bool:
        """Tell whether it is a workbook, or a CSV file whose heads are the template's."""
        lower = name.lower()
        if lower.endswith(".xlsx"):
            return untrusted.startswith(ZIP)
        head = untrusted[:_SAMPLE].replace(b"\0", b"").lower()
        return lower.endswith(".csv") and all(one.lower().encode() in head for one in NEEDED)

    def read(
        self, untrusted: bytes, progress: Progress, limits: BankLimits = DEFAULT_LIMITS
    ) -> BankImport:
        """Return what the table holds.

        Raises BankFileTooLarge, TooManyQuestions, NotText, NotThisFormat, Cancelled.
        """
        check_size(untrusted, limits.file_bytes)
        if not untrusted.strip():
            return NOTHING_READ
        if untrusted.startswith(ZIP):
            rows, encoding = _workbook_rows(untrusted, _(self.title)), "utf-8"
            said: list[Made] = []
        else:
            decoded = decode(untrusted, limits.file_bytes)
            rows, encoding = _csv_rows(decoded.text), decoded.encoding
            said = how_read(decoded)
        made, categories = _read(rows, progress, limits, _(self.title))
        return collected([*said, *made], categories=categories, encoding=encoding)

    def render(self, bank: Sequence[BankQuestion], media: MediaSource = no_media) -> bytes:  # noqa: ARG002  a table carries no files
        """Return a workbook. Raises NotAsked."""
        from xlsxwriter import Workbook  # imported on first use: most starts never need it

        rows = [write_row(one) for one in bank]
        packed = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(packed, options) as book:
            book.set_properties({"created": _NO_DATE})  # the same questions make the same bytes
            sheet = book.add_worksheet("Questions")
            bold = book.add_format({"bold": True})
            wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
            sheet.freeze_panes(1, 0)
            for column, head in enumerate(COLUMNS):
                sheet.set_column(column, column, _WIDTHS.get(head, _WIDTH))
                sheet.write_string(0, column, head, bold)
            for line, row in enumerate(rows, start=1):
                for column, head in enumerate(COLUMNS):
                    if len(row[head]) > _LONGEST_CELL:
                        raise NotAsked(_("One of its texts is too long for a cell."))
                    if row[head]:
                        sheet.write_string(line, column, row[head], wrapped)
        return packed.getvalue()


def _read(
    rows: Iterable[list[str]], progress: Progress, limits: BankLimits, title: str
) -> tuple[list[Made], list[tuple[str, ...]]]:
    """Return what was made of the rows, and their categories."""
    lines = iter(rows)
    heads = [cell.strip().casefold() for cell in next(lines, [])]
    made = _made(lines, _places(heads, title), progress, limits)
    progress.step(1, 1)
    made.extend(told(_unknown(head)) for head in heads if head and head not in _KNOWN)
    return made, [one.question.category for one in made if one.question]


def _places(heads: Sequence[str], title: str) -> dict[str, int]:
    """Return which cell of a row stands under which head of the template. Raises NotThisFormat."""
    places = {head: heads.index(head.casefold()) for head in COLUMNS if head.casefold() in heads}
    if not places.keys() >= set(NEEDED):
        raise NotThisFormat(title)
    return places


def _made(
    lines: Iterable[list[str]], places: Mapping[str, int], progress: Progress, limits: BankLimits
) -> list[Made]:
    made: list[Made] = []
    for number, cells in enumerate(lines, start=2):
        if number % _STEP == 0:
            progress.step(number, 0)
        if any(cell.strip() for cell in cells):
            made.append(read_row(_row(cells, places), number))
        if len(made) > limits.questions:
            raise TooManyQuestions(limits.questions)
    return made


def _row(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {
        head: cells[places[head]].strip() if places.get(head, len(cells)) < len(cells) else ""
        for head in COLUMNS
    }


def _unknown(head: str) -> Problem:
    reason = _("The column {name} is not known and was not read.").format(name=head[:40])
    return Problem(line=1, question_name="", reason=reason, left_out=False)


def _csv_rows(text: str) -> Iterator[list[str]]:
    sample = text.partition("\n")[0]
    sign = max(",;\t", key=sample.count)
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=sign):
            yield row[:_MOST_COLUMNS]
    except csv.Error as error:
        raise NotThisFormat("CSV") from error


def _workbook_rows(untrusted: bytes, title: str) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook  # as above

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(untrusted))
        if not book.sheet_names:
            return
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as error:
        raise NotThisFormat(title) from error
    for row in rows:
        yield [_cell(value) for value in row[:_MOST_COLUMNS]]


def _cell(value: object) -> str:
    """Return a cell as it would be typed: 3 and not 3.0, true and not True."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
