"""Importing people: look first, errors by row, apply, take back."""

from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtWidgets import QLabel, QWidget

from app.core.base.paging import PageRequest
from app.core.training import DueRule, RequirementType, Terms, Validity
from app.core.training.matrix import Cell, CellEdit, Need, Proposal
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.jobs import JobRunner
from app.ui.people.import_plan import PlanView
from app.ui.people.import_screen import PeopleImportScreen
from app.ui.people.past_imports import TakeBackSheet
from app.ui.people.people_screen import PeopleScreen
from app.ui.people.pin_slips import SlipsSheet
from tests.ui.reports.opened import Desk, check_usable, put, settle

HEAD = "Employee No,Name,Department,Date of joining\n"
GOOD = HEAD + "P-101,Ravi Iyer,Press shop,05/01/2021\nP-102,Sunita Pawar,Stores,31/01/2020\n"
BAD = GOOD + "P-103,Imran Khan,Stores,31/02/26\nP-101,Somebody Else,,\n,No Number,,\n"


@pytest.fixture
def screen(desk: Desk, window: QWidget, jobs: JobRunner) -> PeopleImportScreen:
    made = PeopleImportScreen(desk)
    put(made, window, jobs)
    return made


def offer(screen: PeopleImportScreen, jobs: JobRunner, path: Path, content: str | bytes) -> None:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    screen.picker.offer([path])
    settle(jobs)


def said(widget: QWidget) -> str:
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def shown(screen: PeopleImportScreen) -> PlanView:
    assert screen.view is not None
    return screen.view


def button(screen: PeopleImportScreen) -> Button:
    return shown(screen).apply_button


def skip(screen: PeopleImportScreen) -> CheckField:
    field = shown(screen).skip
    assert field is not None
    return field


def people(services: Services, desk: Desk) -> list[str]:
    request = PageRequest().filtered_by([("active", "yes")])
    return [one.number for one in services.people.list_people(desk.actor, request).rows]


def test_nothing_is_written_before_it_was_looked_at(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", GOOD)

    assert "hr.csv" in said(screen.report)
    assert "Departments that will be created: Press shop, Stores" in said(screen.report)
    assert button(screen).text() == "Apply to 2 people"
    assert screen.window().focusWidget() is button(screen)
    assert people(services, desk) == []


def test_a_file_that_changes_nothing_leads_to_another(
    screen: PeopleImportScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", GOOD)
    button(screen).click()
    settle(jobs)
    offer(screen, jobs, tmp_path / "again.csv", GOOD)

    view = screen.view
    assert view is not None
    assert (view.apply_button.text(), view.apply_button.isEnabled()) == ("Nothing to apply", False)
    assert screen.window().focusWidget() is view.other_button


def test_applying_says_how_many_and_goes_to_the_list(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", GOOD)
    button(screen).click()
    settle(jobs)

    assert people(services, desk) == ["P-101", "P-102"]
    assert desk.toasts == ["2 people imported."]
    assert desk.opened == [("people", {})]


def test_who_gets_an_account_gets_a_slip_next(
    screen: PeopleImportScreen, desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", GOOD)
    shown(screen).accounts.box.click()
    settle(jobs)
    button(screen).click()
    settle(jobs)

    assert desk.opened == [("people", {"slips_for": "P-101 P-102"})]
    listed = PeopleScreen(desk)
    put(listed, window, jobs, slips_for="P-101 P-102")
    assert desk.questions[-1].title == "Print the PINs of 2 new people?"
    settle(jobs)
    (sheet,) = listed.findChildren(SlipsSheet)
    assert "2 PIN slips" in said(sheet)
    assert sheet.print_button.isEnabled()


def test_what_would_change_is_told_in_the_words_of_the_form(
    screen: PeopleImportScreen, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(
        screen, jobs, tmp_path / "hr.csv", "number,name,joined,kind\nP-1,Asha,2020-01-02,employee"
    )
    button(screen).click()
    settle(jobs)
    screen.arrive()
    offer(
        screen, jobs, tmp_path / "hr.csv", "number,name,joined,kind\nP-1,Asha,2021-03-04,contractor"
    )

    assert "Kind: Employee → Contractor; Joined on: 2 Jan 2020 → 4 Mar 2021" in said(screen.report)


def test_rows_that_cannot_be_taken_are_named_with_line_and_reason(
    screen: PeopleImportScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", BAD)
    words = said(screen.report)

    assert "Line 4 · P-103\n31/02/26 is not a day: write it like 31-12-2026." in words
    assert "Line 5 · P-101\nThe number is on line 2 already." in words
    assert "Line 6 · –\nThe employee number is missing." in words
    assert not button(screen).isEnabled()
    assert screen.window().focusWidget() is skip(screen).box


def test_the_others_are_taken_once_the_rows_with_errors_may_be_left_out(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", BAD)
    skip(screen).box.click()
    button(screen).click()
    settle(jobs)

    assert people(services, desk) == ["P-101", "P-102"]


def test_a_spreadsheet_is_taken_like_a_csv_file(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    path = tmp_path / "hr.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(GOOD.splitlines()):
            sheet.write_row(at, 0, row.split(","))
    screen.picker.offer([path])
    settle(jobs)
    button(screen).click()
    settle(jobs)

    assert people(services, desk) == ["P-101", "P-102"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04" + bytes(600), "This spreadsheet cannot be read."),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "This spreadsheet of the kind XLS cannot be read"),
    ],
)
def test_a_file_that_is_something_else_is_told_in_one_sentence(
    screen: PeopleImportScreen,
    desk: Desk,
    jobs: JobRunner,
    tmp_path: Path,
    content: str | bytes,
    sentence: str,
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", content)

    (error,) = desk.errors
    assert error.happened.startswith(sentence)
    assert error.safe == "Nothing was imported."
    assert not screen.report.isVisible()


def test_a_file_that_goes_away_meanwhile_is_told(
    screen: PeopleImportScreen, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    screen.picker.offer([tmp_path / "gone.csv"])
    settle(jobs)

    (error,) = desk.errors
    assert "gone.csv" in error.sentence


def test_an_import_is_taken_back_after_a_look_at_what_changes(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", GOOD)
    button(screen).click()
    settle(jobs)
    screen.arrive()
    settle(jobs)
    (line,) = screen.past.rows
    line.click()
    settle(jobs)

    (sheet,) = screen.findChildren(TakeBackSheet)
    words = said(sheet)
    assert "Came with it: noted as never having joined" in words
    assert "Ravi Iyer\nP-101" in words
    assert "Departments and job roles it created stay: Press shop, Stores" in words
    assert people(services, desk) == ["P-101", "P-102"]
    sheet.take_button.click()
    settle(jobs)
    assert people(services, desk) == []
    assert desk.toasts[-1] == "The import was taken back. Nobody was deleted."
    assert "taken back" in screen.past.rows[0].accessibleName()


def test_undo_after_the_import_leads_to_what_it_would_change(
    screen: PeopleImportScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", GOOD)
    button(screen).click()
    settle(jobs)
    screen.arrive(take_back=True)
    settle(jobs)

    (sheet,) = screen.findChildren(TakeBackSheet)
    assert sheet.take_button.isEnabled()
    sheet.dismiss()


def test_it_is_usable_by_keyboard_in_a_small_window(
    screen: PeopleImportScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    check_usable(screen)
    offer(screen, jobs, tmp_path / "hr.csv", BAD)
    check_usable(screen)


def test_the_plan_says_what_other_job_roles_make_new_and_end(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    role = services.people.organisation.add_job_role(desk.actor, "CRANE", "Crane driver")
    today = services.open_site.site.clock.now().date()
    terms = Terms(
        from_on=today,
        validity=Validity.FOR_GOOD,
        due_rule=DueRule.AFTER_ASSIGNMENT,
        due_days=5,
        grace_days=0,
    )
    new = NewRequirement(
        code="CR", title="Crane licence", type=RequirementType.EXTERNAL, terms=terms
    )
    thing = services.training.catalogue.add(desk.actor, new)
    edit = CellEdit(cell=Cell(owner_id=role, thing_id=thing), need=Need.MANDATORY)
    services.training.matrix.apply(desk.actor, Proposal(edits=(edit,)), reason="Cranes")
    text = "Emp No,Name,Department,Job title\nP-101,Asha,Stores,{0}\nP-102,Ravi,Stores,{0}\n"
    offer(screen, jobs, tmp_path / "hr.csv", text.format(""))
    creates = shown(screen).creates
    assert creates is not None
    button(screen).click()
    settle(jobs)
    screen.arrive()
    offer(screen, jobs, tmp_path / "hr.csv", text.format("CRANE"))

    told = said(screen.report).splitlines()
    assert told.count("Training: gains 1, keeps 0, loses 0") == 2
    assert "2 people with other job roles, together: gains 2, keeps 0, loses 0" in told
    check_usable(screen)
