"""Files of reports: the same rows in each format as on screen, written whole or not at all."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.documents import rows_digest
from app.core.egress import FileKind, FileTaken
from app.core.journal import Site
from app.core.keys.models import SiteRow
from app.core.reports import (
    FILES_THAT_LEFT,
    FORMATS,
    REPORTS,
    Reports,
    ReportTable,
    TooManyRows,
    UnknownFormat,
    Value,
    table_bytes,
    table_document,
    worded,
)
from app.core.reports.columns import (
    ColumnKind,
    ReportColumn,
    chip,
    day,
    moment,
    number,
    percent,
    text,
)
from app.core.reports.formats.csv_file import harmless
from tests.core.reports.conftest import SYSTEM

NOW = datetime(2026, 11, 23, 5, 12, tzinfo=UTC)
ALL = PageRequest(limit=10_000)
COLUMNS = (
    text("name", "Name"),
    number("count", "Count"),
    percent("share", "Share"),
    day("due", "Due"),
    moment("at", "When"),
    chip("state", "Status", {"ok": "Valid"}),
)
INDIC = ("सुरक्षा प्रशिक्षण", "பாதுகாப்பு பயிற்சி", "భద్రత శిక్షణ", "নিরাপত্তা", "ज्ञानेश्वर पाटील")


def a_table(*rows: tuple[Value, ...], columns: tuple[ReportColumn, ...] = COLUMNS) -> ReportTable:
    return ReportTable(
        key="some",
        title="Some report",
        columns=columns,
        rows=rows,
        site="Baddi",
        made_by="Meera Iyer",
        generated_at=NOW,
    )


def csv_rows(table: ReportTable) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table_bytes(table, "csv").decode("utf-8-sig"))))


def xlsx_rows(table: ReportTable) -> list[list[object]]:
    book = python_calamine.load_workbook(io.BytesIO(table_bytes(table, "xlsx")))
    return book.get_sheet_by_name("Report").to_python(skip_empty_area=False)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def as_xlsx(column: ReportColumn, value: Value) -> object:
    """Return what a spreadsheet holds for a value."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone().replace(tzinfo=None, second=0, microsecond=0)
    if column.kind is ColumnKind.PERCENT and isinstance(value, int):
        return value / 1000
    return worded(column, value) if isinstance(value, str) else value


def to_minute(value: object) -> object:
    return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.key)
def test_screen_and_files_have_the_same_rows(reports: Reports, report) -> None:
    request = PageRequest(sort=report.columns[0].key, descending=True, limit=10_000)
    screen = reports.page(SYSTEM, report.key, request)
    table = reports.table(SYSTEM, report.key, request)

    assert table.rows == screen.rows
    assert table.total == screen.total
    typed = json.loads(table_bytes(table, "json"))
    assert typed["total"] == len(typed["rows"]) == screen.total
    columns = list(zip(table.columns, zip(*screen.rows, strict=True), strict=False))
    sheet = xlsx_rows(table)
    assert sheet[0] == csv_rows(table)[0] == list(table.headings)
    lines = csv_rows(table)[1:]
    for place, (column, values) in enumerate(columns):
        cells = [row[place] for row in sheet[1:]]
        assert [to_minute(cell) for cell in cells] == [as_xlsx(column, one) for one in values]
        assert [row[column.key] for row in typed["rows"]] == [
            one.isoformat()
            if isinstance(one, date)
            else one / 10
            if isinstance(one, int) and column.kind is ColumnKind.PERCENT
            else one
            for one in values
        ]
        written = [line[place].removeprefix("'") for line in lines]
        if column.kind in {ColumnKind.TEXT, ColumnKind.CHIP, ColumnKind.PERCENT}:
            assert written == [worded(column, one) for one in values]
    printed = text_of(table_bytes(table, "pdf"))
    assert printed.count("SHA-256") >= 1
    assert table.digest in printed.replace("\n", "").replace("\r", "")
    for row in table.text_rows[:3]:
        first = next(cell for cell in row if cell)
        assert first.split()[0] in printed


def test_a_table_says_where_it_comes_from(site: Site, reports: Reports) -> None:
    with site.transaction(SYSTEM, "site.found") as unit:
        unit.add(SiteRow(code="BDI", name="Baddi plant", founded_at=NOW))
    request = ALL.filtered_by([("department", "D2"), ("standing", "overdue")])

    table = reports.table(SYSTEM, "people-status", request.searching("e-0000"))

    assert (table.site, table.made_by, table.title) == (
        "Baddi plant",
        "Meera Iyer",
        "People and courses",
    )
    assert table.filters == ("Department: Paint shop", "Status: Overdue", "Search: e-0000")
    assert table.generated_at == NOW
    assert table.digest == rows_digest(table.document())
    about = python_calamine.load_workbook(io.BytesIO(table_bytes(table, "xlsx"))).get_sheet_by_name(
        "About"
    )
    assert [table.digest in row for row in about.to_python()].count(True) == 1


@pytest.mark.parametrize(
    "attack", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("x")']
)
def test_a_cell_is_never_a_formula(attack: str) -> None:
    table = a_table((attack, -5, 1, None, None, attack))

    (_headings, row) = csv_rows(table)
    assert row[0] == row[5] == "'" + attack
    assert row[1] == "-5"
    assert xlsx_rows(table)[1][0] == attack
    assert b"<f>" not in table_bytes(table, "xlsx")


def test_headings_are_guarded_too() -> None:
    assert csv_rows(a_table(columns=(text("x", "=Name"),)))[0] == ["'=Name"]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_text_comes_back_from_csv(words: str) -> None:
    (_headings, row) = csv_rows(a_table((words, 1, 2, None, None, "ok")))
    assert row[0] == harmless(words)
    assert row[0].removeprefix("'") == words.removeprefix("'")


@pytest.mark.parametrize("words", INDIC)
def test_indic_text_survives(words: str) -> None:
    table = a_table((words, 1234567, 924, date(2026, 11, 23), NOW, "ok"))

    assert csv_rows(table)[1] == [
        words,
        "1234567",
        "92.4%",
        "2026-11-23",
        "2026-11-23T10:42:00+05:30",
        "Valid",
    ]
    assert table_bytes(table, "csv").startswith(b"\xef\xbb\xbf")
    assert xlsx_rows(table)[1][0] == words
    assert words in text_of(table_bytes(table, "pdf"))
    assert json.loads(table_bytes(table, "json"))["rows"][0]["name"] == words
    assert table.text_rows[0][1:3] == ("12,34,567", "92.4%")


def test_typed_cells_stay_typed() -> None:
    row = xlsx_rows(a_table(("00123", 1234567, 924, date(2026, 11, 23), NOW, "ok")))[1]

    assert row[:4] == ["00123", 1234567.0, 0.924, date(2026, 11, 23)]
    assert to_minute(row[4]) == datetime(2026, 11, 23, 10, 42)  # noqa: DTZ001  a spreadsheet's local time


def test_an_existing_file_stays(reports: Reports, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("mine")

    with pytest.raises(FileTaken):
        reports.write(SYSTEM, "overdue", "csv", path)

    assert path.read_text() == "mine"
    table = reports.write(SYSTEM, "overdue", "csv", path, overwrite=True)
    assert path.read_bytes() == table_bytes(table, "csv")


class _Stops:
    def step(self, done: int, total: int, note: str = "") -> None:
        """Stop at once, as a person who changed their mind."""
        raise ZeroDivisionError


@pytest.mark.parametrize("form", [one.key for one in FORMATS])
def test_a_stopped_file_leaves_nothing(reports: Reports, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(ZeroDivisionError):
        reports.write(SYSTEM, "overdue", form, folder / "report", progress=_Stops())

    assert list(folder.iterdir()) == []
    assert reports.table(SYSTEM, FILES_THAT_LEFT, ALL).rows == ()


def test_too_many_rows_for_paper(reports: Reports) -> None:
    row: tuple[Value, ...] = ("x", 1, 2, None, None, "ok")
    table = replace(a_table(), rows=(row,) * 20_001)

    with pytest.raises(TooManyRows, match="20,001"):
        table_document(table, "pdf", FileKind.LIST)
    with pytest.raises(TooManyRows):
        reports.table(SYSTEM, "people-status", ALL, most=10)


def test_an_unknown_format_is_told(reports: Reports, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match="csv, xlsx, pdf, json"):
        reports.write(SYSTEM, "overdue", "docx", tmp_path / "x.docx")


def test_written_reports_are_the_table(reports: Reports, tmp_path: Path) -> None:
    for one in FORMATS:
        path = tmp_path / f"overdue.{one.key}"
        table = reports.write(SYSTEM, "overdue", one.key, path, progress=NoProgress())
        assert table.total > 0
        if one.key != "xlsx":
            assert path.read_bytes() == table_bytes(table, one.key)


@pytest.mark.parametrize(
    ("layout", "headings"),
    [
        ("keka", ["Employee Number", "Employee Name", "Training Name", "Completion Date", "Score", "Certificate No"]),
        ("darwinbox", ["employee_id", "full_name", "course_name", "completion_date", "score", "certificate_id"]),
        ("greythr", ["employeeNo", "name", "trainingName", "completedOn", "score", "certificateNo"]),
        ("zoho", ["EmployeeID", "Employee_Name", "Course_Name", "Completion_Date", "Score", "Certificate_Number"]),
    ],
)  # fmt: skip
def test_completions_go_back_under_the_headings_of_the_hr_system(
    reports: Reports, tmp_path: Path, layout: str, headings: list[str]
) -> None:
    asked = PageRequest().filtered_by([("layout", layout)])
    path = tmp_path / "completions.csv"
    written = reports.write(SYSTEM, "hr-completions", "csv", path, asked)

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == headings
    assert len(rows) == written.total + 1 > 1
    assert all(date.fromisoformat(row[3]) for row in rows[1:])
