"""What somebody decides of an HR file before it is applied: columns, days, cells, who has left."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.base.paging import PageRequest
from app.core.operations import notices_of
from app.core.people.imports import Coverage, Field, HrFolderChoice, ImportWish
from app.core.spreadsheets import GivenFile
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.people.fix_sheet import FixSheet
from app.ui.people.import_plan import PlanView
from app.ui.people.import_screen import PeopleImportScreen
from app.ui.people.mapping_sheet import MappingSheet
from app.ui.people.person_form import PersonForm
from tests.support.dropped import lay
from tests.ui.people.test_import_screen import offer, people, said
from tests.ui.reports.opened import Desk, check_usable, put, settle

HEAD = "Employee No,Name,Department,Date of joining\n"
FIRST = HEAD + "P-101,Ravi Iyer,Press shop,25/01/2021\nP-102,Sunita Pawar,Stores,31/01/2020\n"


@pytest.fixture
def screen(desk: Desk, window: QWidget, jobs: JobRunner) -> PeopleImportScreen:
    made = PeopleImportScreen(desk)
    put(made, window, jobs)
    return made


@pytest.fixture
def imported(services: Services, desk: Desk) -> None:
    """Two people are there."""
    imports = services.people.imports
    imports.apply(desk.actor, imports.plan(desk.actor, FIRST.encode()))


def view(screen: PeopleImportScreen) -> PlanView:
    return screen.shown_plan


def test_an_unknown_file_is_read_after_its_columns_are_named(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(
        screen, jobs, tmp_path / "gang.csv", "Token,Person,Gang\nT-1,Meena,Press\nT-2,Ravi,Press\n"
    )
    assert "The file has no column for: employee number, name." in said(screen.report)

    screen.columns_button.click()
    (sheet,) = screen.findChildren(MappingSheet)
    for heading, field in (
        ("token", Field.NUMBER),
        ("person", Field.NAME),
        ("gang", Field.ORG_UNIT),
    ):
        sheet.fields[heading].set_value(field.value)
    sheet.name.set_value("Wages office")
    sheet.save_button.click()
    settle(jobs)

    assert "Read as the mapping “Wages office” says" in said(screen.report)
    assert view(screen).apply_button.text() == "Apply to 2 people"
    view(screen).apply_button.click()
    settle(jobs)
    assert people(services, desk) == ["T-1", "T-2"]
    assert services.people.imports.owned_fields(desk.actor)["org_unit"] == "Wages office"


def test_a_day_that_can_be_read_in_two_ways_is_asked_first(
    screen: PeopleImportScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", HEAD + "P-1,Asha,,03/04/2026\n")

    assert not view(screen).apply_button.isEnabled()
    assert screen.window().focusWidget() is view(screen).day_buttons[0]
    view(screen).day_buttons[1].click()
    settle(jobs)
    assert view(screen).apply_button.isEnabled()


def test_a_cell_is_mended_in_place_and_looked_at_again_at_once(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", HEAD + "P-1,Asha,,31/02/2026\n")
    (mend,) = view(screen).fix_buttons
    assert mend.accessibleName() == "Mend Joined on of line 2"
    mend.click()
    (sheet,) = screen.findChildren(FixSheet)
    assert sheet.text.value() == "31/02/2026"
    sheet.text.set_value("28/02/2026")
    sheet.save_button.click()
    settle(jobs)

    assert view(screen).fix_buttons == []
    view(screen).apply_button.click()
    settle(jobs)
    assert people(services, desk) == ["P-1"]


def test_a_cell_that_is_empty_and_must_not_be_is_mended_in_place(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", HEAD + "P-1,,,\n,Ravi,,\n")
    for name, text in (
        ("Mend Name in Latin letters of line 2", "Asha"),
        ("Mend Employee number of line 3", "P-2"),
    ):
        mend = view(screen).fix_buttons[0]
        assert mend.accessibleName() == name
        mend.click()
        sheet = screen.findChildren(FixSheet)[-1]
        sheet.text.set_value(text)
        sheet.save_button.click()
        settle(jobs)

    view(screen).apply_button.click()
    settle(jobs)
    assert people(services, desk) == ["P-1", "P-2"]


def test_new_departments_are_created_once_somebody_says_so(
    imported: None, screen: PeopleImportScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", HEAD + "P-103,Imran,Pres shop,\n")

    creates = view(screen).creates
    assert creates is not None
    assert not view(screen).apply_button.isEnabled()
    creates.set_value(True)
    assert view(screen).apply_button.isEnabled()
    view(screen).misspelt.emit()
    settle(jobs)
    assert "Nothing here is called Pres shop" in said(screen.report)


def test_who_is_missing_leaves_when_somebody_ticks_them(
    imported: None,
    screen: PeopleImportScreen,
    services: Services,
    desk: Desk,
    jobs: JobRunner,
    tmp_path: Path,
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", HEAD + "P-101,Ravi Iyer,Press shop,25/01/2021\n")
    view(screen).absent.covers_told.emit(Coverage.SITE)
    settle(jobs)

    assert "1 person should be in the file and is not." in said(screen.report)
    box = view(screen).absent.boxes["P-102"]
    assert box.value()
    view(screen).absent.none_button.click()
    settle(jobs)
    assert not view(screen).apply_button.isEnabled()
    view(screen).absent.boxes["P-102"].set_value(True)
    settle(jobs)
    view(screen).apply_button.click()
    settle(jobs)
    assert people(services, desk) == ["P-101"]
    left = PageRequest().filtered_by([("active", "no")])
    assert [one.number for one in services.people.list_people(desk.actor, left).rows] == ["P-102"]


def test_who_may_be_here_under_another_number_is_named(
    imported: None, screen: PeopleImportScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", HEAD + "X-9,Ravi Iyer,Press shop,25/01/2021\n")

    assert "whose number is in brackets: X-9 (P-101)" in said(screen.report)


def test_a_leaver_of_another_name_is_not_ticked_and_the_doubt_is_told(
    imported: None,
    screen: PeopleImportScreen,
    services: Services,
    desk: Desk,
    jobs: JobRunner,
    tmp_path: Path,
) -> None:
    ravi = services.people.find(desk.actor, "P-101")
    services.people.leave(desk.actor, ravi.id, date(2021, 12, 31))
    offer(screen, jobs, tmp_path / "hr.csv", HEAD + "P-101,Vijay Singh,Stores,25/01/2022\n")

    box = view(screen).absent.back_boxes["P-101"]
    assert not box.value()
    assert "Ravi Iyer here: where the number was given to somebody else" in box.box.text()


def test_what_the_folder_holds_and_nobody_looks_at_is_told(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    lay(tmp_path / "hr.ods", b"x")
    services.hr_folder.choose(desk.actor, HrFolderChoice(folder=tmp_path))
    screen.refresh()
    settle(jobs)

    assert "Not of a kind that is read: save it as XLSX, XLS or CSV." in said(screen.folder)


def test_a_lot_of_changes_asks_for_their_number(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    imports = services.people.imports
    rows = "".join(f"P-{n},Name {n}\n" for n in range(60))
    imports.apply(desk.actor, imports.plan(desk.actor, ("Emp No,Name\n" + rows).encode()))
    offer(screen, jobs, tmp_path / "hr.csv", "Emp No,Name\n" + rows.replace("Name", "Other"))

    typed = view(screen).typed
    assert typed is not None
    assert screen.window().focusWidget() is typed.line
    typed.line.setText("59")
    typed.edited.emit()
    assert not view(screen).apply_button.isEnabled()
    typed.line.setText("60")
    typed.edited.emit()
    assert view(screen).apply_button.isEnabled()


def test_a_file_in_the_watched_folder_waits_and_opens(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    lay(folder / "hr.csv", FIRST)
    services.hr_folder.choose(desk.actor, HrFolderChoice(folder=folder))
    assert services.hr_folder.look(desk.actor) == 1
    screen.refresh()
    settle(jobs)

    assert "Its columns are not known yet · 2 new" in said(screen.folder)
    screen.folder.file_chosen.emit(services.hr_folder.waiting(desk.actor)[0].sha256)
    settle(jobs)
    assert view(screen).apply_button.text() == "Apply to 2 people"


def test_the_form_tells_what_the_hr_file_brings(
    services: Services, desk: Desk, qtbot: QtBot
) -> None:
    imports, actor = services.people.imports, desk.actor
    hr_set = imports.read(actor, [GivenFile(name="hr.csv", content=FIRST.encode())])
    plan = imports.look(actor, hr_set, ImportWish())
    imports.apply(actor, plan)

    person = services.people.find(actor, "P-101")
    organisation, owned = services.people.organisation, {"org_unit": "Keka", "number": "Keka"}
    form = PersonForm(
        organisation.org_units(actor), organisation.job_roles(actor), person=person, owned=owned
    )
    qtbot.addWidget(form)
    assert (
        "The HR file brings Department, Employee number: what you change there, its next file overwrites."
        in said(form)
    )


def test_a_plan_with_everything_in_it_is_usable(
    imported: None, screen: PeopleImportScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(
        screen,
        jobs,
        tmp_path / "hr.csv",
        "Employee No,Name,Department,Worker Type,PAN Number\nP-101,Ravi R. Iyer,Paint,On roll,X\nP-1,,,,\nP-2,New,Paint,,\n",
    )
    view(screen).absent.covers_told.emit(Coverage.SITE)
    settle(jobs)

    check_usable(screen)


def test_everybody_new_gets_an_account_when_that_is_ticked(
    screen: PeopleImportScreen, services: Services, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    offer(screen, jobs, tmp_path / "hr.csv", FIRST)
    view(screen).accounts.box.setFocus()
    view(screen).accounts.set_value(True)
    settle(jobs)
    focused = screen.window().focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Give everybody new an account"
    view(screen).apply_button.click()
    settle(jobs)

    found = services.people.list_people(desk.actor, PageRequest()).rows
    assert [one.has_account for one in found] == [True, True]


def test_an_administrator_is_told_of_files_that_wait(
    services: Services, desk: Desk, tmp_path: Path
) -> None:
    def told() -> list[str]:
        opened, backups = services.open_site, services.backups
        found = notices_of(
            desk.actor, opened.site, opened.incarnations, backups, services.hr_folder
        )
        return [one.words for one in found if one.hr_file]

    (tmp_path / "drop").mkdir()
    services.hr_folder.choose(desk.actor, HrFolderChoice(folder=tmp_path / "drop"))
    assert told() == []
    imports = services.people.imports
    hr_set = imports.read(desk.actor, [GivenFile(name="hr.csv", content=FIRST.encode())])
    mapping = replace(imports.look(desk.actor, hr_set).mapping, name="Keka")
    imports.mappings.keep(desk.actor, mapping)
    lay(tmp_path / "drop" / "Keka.csv", FIRST)
    lay(tmp_path / "drop" / "Gang.csv", "Emp No,Name\nT-1,Meena\n")
    services.hr_folder.look(desk.actor)

    (words,) = told()
    assert words == (
        "The HR file Keka.csv has come: 2 new, 0 changed, 0 missing, 0 with errors. 1 more waits."
    )


def test_a_file_of_the_set_may_be_left_out(
    screen: PeopleImportScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    for name, number in (("a.csv", "A-1"), ("b.csv", "B-1")):
        (tmp_path / name).write_text(f"Emp No,Name\n{number},Meena\n", "utf-8")
    screen.picker.offer([tmp_path / "a.csv", tmp_path / "b.csv"])
    settle(jobs)
    assert view(screen).apply_button.text() == "Apply to 2 people"
    view(screen).parts[1].set_value(False)
    settle(jobs)

    assert view(screen).apply_button.text() == "Apply to 1 person"
    assert not view(screen).parts[1].value()
    assert "no list of people" not in said(screen.report)
