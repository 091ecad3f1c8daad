"""A report shows, exports and prints the same rows."""

import csv
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.core.base.paging import PageRequest
from app.core.egress import FileKind
from app.core.reports import FILES_THAT_LEFT, REPORTS, table_document
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.cards import CardButton
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.printing import print_pages
from app.ui.kit.sheets import FormSheet
from app.ui.reports.filters import FilterForm
from app.ui.reports.report_screen import ReportScreen
from app.ui.reports.reports_screen import ReportsScreen
from tests.support.plant import Plant
from tests.ui.reports.opened import Desk, check_usable, put, settle


def _shown(screen: ReportScreen) -> list[list[str]]:
    table = screen.table
    assert table is not None
    cells = [
        [table.model.cell(row, column) for column in range(len(table.model.columns))]
        for row in range(table.model.total())
    ]
    return [[cell.text if cell is not None else "…" for cell in row] for row in cells]


def test_every_report_has_a_card_that_opens_it(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = ReportsScreen(desk)
    put(screen, window, jobs)

    for card in screen.grid.cards():
        assert isinstance(card, CardButton)
        card.click()

    assert [args["report"] for _key, args in desk.opened] == [report.key for report in REPORTS]
    check_usable(screen)


@pytest.mark.parametrize("report", [report.key for report in REPORTS])
def test_a_report_shows_what_its_file_has(
    report: str, desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, services: Services
) -> None:
    screen = ReportScreen(desk)
    put(screen, window, jobs, report=report)

    table = services.reports.table(desk.actor, report, screen.table.request())  # type: ignore[union-attr]  # entered
    assert _shown(screen)[:100] == [list(row) for row in table.text_rows][:100]
    check_usable(screen)


def test_filters_narrow_and_come_off_again(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = ReportScreen(desk)
    put(screen, window, jobs, report="people-status", filters=(("standing", "overdue"),))
    assert screen.table is not None
    narrowed = screen.table.model.total()
    assert {row[5] for row in _shown(screen)} == {"Overdue"}

    screen.active.findChildren(Button)[0].click()
    settle(jobs)

    assert screen.table.model.total() > narrowed
    assert screen.active.isHidden()


def test_the_sheet_offers_departments_by_name(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = ReportScreen(desk)
    put(screen, window, jobs, report="people-status")
    screen.open_filters()
    sheet = screen.findChild(FormSheet)
    assert sheet is not None
    form = sheet.form
    assert isinstance(form, FilterForm)
    field = form.field("department")
    assert isinstance(field, ComboField)
    field.set_value(str(plant.units[0]))
    sheet.save_button.click()
    settle(jobs)

    departments = {row[2] for row in _shown(screen)}
    assert len(departments) == 1
    assert departments.pop() in screen.active.findChildren(Button)[0].text()


def test_csv_has_the_rows_of_the_screen(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    screen = ReportScreen(desk)
    put(screen, window, jobs, report="people-status", filters=(("standing", "overdue"),))
    path = tmp_path / "late.csv"

    screen.exporter.write(screen.wanted(), "csv", path)
    settle(jobs)

    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    assert screen.table is not None
    assert heading == [column.title for column in screen.table.model.columns]
    words = (0, 1, 2, 3, 4, 5)
    assert [[row[at] for at in words] for row in rows] == [
        [row[at] for at in words] for row in _shown(screen)
    ]
    assert str(path) in desk.toasts[0]


def test_xlsx_and_pdf_are_written_too(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    screen = ReportScreen(desk)
    put(screen, window, jobs, report="overdue")
    assert screen.table is not None

    for form in ("xlsx", "pdf"):
        screen.exporter.write(screen.wanted(), form, tmp_path / f"late.{form}")
    settle(jobs)

    with zipfile.ZipFile(tmp_path / "late.xlsx") as book:
        rows = re.findall(r"<row ", book.read("xl/worksheets/sheet1.xml").decode())
    assert len(rows) >= screen.table.model.total()
    assert (tmp_path / "late.pdf").read_bytes().startswith(b"%PDF")
    assert len(desk.toasts) == 2


def test_an_existing_file_is_asked_about(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    screen = ReportScreen(desk)
    put(screen, window, jobs, report="overdue")
    path = tmp_path / "late.csv"
    path.write_text("mine")

    screen.exporter.write(screen.wanted(), "csv", path)
    settle(jobs)

    assert [question.danger for question in desk.questions] == [True]
    assert path.read_text(encoding="utf-8-sig").startswith("Number")
    assert desk.errors == []


def test_the_printer_gets_every_page(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, services: Services, tmp_path: Path
) -> None:
    screen = ReportScreen(desk)
    put(screen, window, jobs, report="people-status")
    table = services.reports.table(desk.actor, "people-status", PageRequest())
    document = table_document(table, "pdf", FileKind.REPORT)
    (tmp_path / "in.pdf").write_bytes(document.content)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))

    print_pages(screen, document, printer)
    settle(jobs)

    given, printed = QPdfDocument(), QPdfDocument()
    given.load(str(tmp_path / "in.pdf"))
    printed.load(str(tmp_path / "paper.pdf"))
    assert printed.pageCount() == given.pageCount() > 1
    size = printed.pagePointSize(0)
    assert size.width() > size.height()
    assert desk.toasts == ["Sent to the printer."]
    (left,) = services.reports.table(desk.actor, FILES_THAT_LEFT, PageRequest()).rows
    assert left[2:5] == ("report", table.title, table.total)
    assert left[6:9] == ("paper", "paper.pdf", sha256(document.content).hexdigest())


def test_a_row_opens_the_persons_record(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = ReportScreen(desk)
    put(screen, window, jobs, report="overdue")
    assert screen.table is not None

    screen.table.opened.emit(screen.table.model.row(0))
    settle(jobs)

    ((key, args),) = desk.opened
    assert key == "dossier"
    assert args["person_id"] in plant.people


def test_coming_back_finds_the_filters_as_they_were(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = ReportScreen(desk)
    put(screen, window, jobs, report="people-status")
    screen.narrow((("standing", "valid"),))
    settle(jobs)

    screen.arrive(report="people-status")
    settle(jobs)

    assert screen.table is not None
    assert screen.table.request().filters == (("standing", "valid"),)


def test_a_report_is_looked_at_as_of_a_day_gone_by(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = ReportScreen(desk)
    put(screen, window, jobs, report="people-status", filters=(("as_of", "2001-01-01"),))
    assert screen.table is not None
    assert screen.table.model.total() == 0
    chip = screen.active.findChildren(Button)[0]
    assert chip.text() == "As it stood on: 1 Jan 2001"

    screen.open_filters()
    (form,) = screen.window().findChildren(FilterForm)
    fields = [form.field(key) for key in ("as_of", "known_at")]
    assert all(isinstance(one, DateField) for one in fields)
    chip.click()
    settle(jobs)
    assert screen.table.model.total() > 0
