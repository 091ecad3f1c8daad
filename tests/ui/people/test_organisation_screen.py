"""Departments and job roles: the tree, its heads, adding, renaming, moving, and what is refused."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor, Capability, Grant
from app.core.people import OrgUnit, PersonId
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.tables.table import DataTable
from app.ui.people.organisation_screen import OrganisationScreen
from tests.ui.people.conftest import SYSTEM
from tests.ui.reports.opened import SMALL, Desk, auditor, check_usable, put, settle

Add = Callable[..., PersonId]


@pytest.fixture
def line(services: Services, add: Add) -> OrgUnit:
    """Line 1 below the press shop, where Asha is; Ravi is in the press shop itself."""
    organisation = services.people.organisation
    press_shop = organisation.org_units(SYSTEM, "Press")[0]
    organisation.add_org_unit(SYSTEM, "L1", "Line 1", press_shop.id)
    organisation.add_job_role(SYSTEM, "FIT", "Fitter")
    add("P-102", "Ravi Iyer")
    return organisation.org_units(SYSTEM, "L1")[0]


@pytest.fixture
def screen(line: OrgUnit, desk: Desk, window: QWidget, jobs: JobRunner) -> OrganisationScreen:
    made = OrganisationScreen(desk)
    put(made, window, jobs)
    return made


def rows(table: DataTable[OrgUnit]) -> list[tuple[str, ...]]:
    """Return what each row says, set in by a mark for each step down the tree."""
    model = table.model
    found = []
    for row in range(model.total()):
        cells = [model.cell(row, column) for column in range(len(model.columns))]
        assert None not in cells
        first, *rest = (cell for cell in cells if cell is not None)
        found.append(("." * first.depth + first.text, *(cell.text for cell in rest)))
    return found


def names(table: DataTable[OrgUnit]) -> list[str]:
    return [row[0] for row in rows(table)]


def choose(table: DataTable[OrgUnit], row: int, words: str, jobs: JobRunner) -> None:
    """Do what a row's menu offers under those words."""
    found = table.model.row(row)
    assert found is not None
    assert table._menu is not None
    (action,) = (one for one in table._menu(found) if one.words == words)
    table.view.setCurrentIndex(table.model.index(row, 1))
    action.act()
    settle(jobs)


def header_buttons(screen: OrganisationScreen) -> list[str]:
    return [one.text() for one in screen.header.findChildren(Button) if one.text()]


def sheet_of(screen: OrganisationScreen) -> FormSheet:
    (sheet,) = (one for one in screen.findChildren(FormSheet) if one.isVisible())
    return sheet


def fill(screen: OrganisationScreen, jobs: JobRunner, **values: str) -> None:
    """Type into the fields of the sheet that is open, by their labels, and save."""
    sheet = sheet_of(screen)
    fields = {one.label: one for one in sheet.findChildren(TextField)}
    for label, value in values.items():
        fields[label].set_value(value)
    sheet.save_button.click()
    settle(jobs)


def place(screen: OrganisationScreen) -> ComboField[object]:
    (field,) = sheet_of(screen).findChildren(ComboField)
    return field


def offered(screen: OrganisationScreen) -> list[str]:
    combo = place(screen).combo
    return [combo.itemText(at).strip() for at in range(combo.count())]


def test_the_tree_says_who_is_where(screen: OrganisationScreen) -> None:
    assert rows(screen.units) == [
        ("Press shop", "PRESS", "", "1", "1"),
        (".Line 1", "L1", "Press shop", "0", "0"),
        ("Stores", "STORE", "", "0", "0"),
    ]
    assert rows(screen.roles) == [("Fitter", "FIT", "0")]  # type: ignore[arg-type]  # the rows say what they are


def test_heads_follow_the_people(screen: OrganisationScreen, add: Add, jobs: JobRunner) -> None:
    add("P-103", "Devika Rao", "Stores")
    settle(jobs)

    assert rows(screen.units)[2] == ("Stores", "STORE", "", "1", "1")


def test_a_department_is_added_below_another(screen: OrganisationScreen, jobs: JobRunner) -> None:
    choose(screen.units, 1, "Add one below", jobs)
    assert place(screen).combo.currentText().strip() == "Line 1 · L1"
    fill(screen, jobs, Name="Cell A", Code="ca")

    assert names(screen.units) == ["Press shop", ".Line 1", "..Cell A", "Stores"]
    assert screen.desk.toasts == ["Cell A was added."]  # type: ignore[attr-defined]  # the desk writes down
    assert screen.units.view.currentIndex().row() == 2


def test_a_department_is_added_at_the_top(screen: OrganisationScreen, jobs: JobRunner) -> None:
    screen.begin_adding(screen.units)
    settle(jobs)
    assert offered(screen) == [
        "None: at the top", "Press shop · PRESS", "Line 1 · L1", "Stores · STORE",
    ]  # fmt: skip
    fill(screen, jobs, Name="Paint shop", Code="PAINT")

    assert names(screen.units)[0] == "Paint shop"


def test_a_renamed_department_keeps_its_code_and_the_keyboard_its_place(
    screen: OrganisationScreen, jobs: JobRunner
) -> None:
    choose(screen.units, 0, "Rename", jobs)
    fill(screen, jobs, Name="Zinc shop")

    assert rows(screen.units)[1][:2] == ("Zinc shop", "PRESS")
    assert screen.units.view.currentIndex().row() == 1
    assert screen.desk.toasts == ["Press shop is now called Zinc shop."]  # type: ignore[attr-defined]  # the desk writes down


def test_a_department_moves_with_all_below_it_but_is_not_offered_itself(
    screen: OrganisationScreen, jobs: JobRunner, services: Services
) -> None:
    choose(screen.units, 0, "Move", jobs)
    assert offered(screen) == ["None: at the top", "Stores · STORE"]
    stores = services.people.organisation.org_units(SYSTEM, "Stores")[0]
    place(screen).set_value(stores.id)
    sheet_of(screen).save_button.click()
    settle(jobs)

    assert names(screen.units) == ["Stores", ".Press shop", "..Line 1"]
    assert screen.desk.toasts == ["Press shop was moved, with all below it."]  # type: ignore[attr-defined]  # the desk writes down


def test_a_move_that_became_a_loop_meanwhile_is_refused_in_words(
    screen: OrganisationScreen, jobs: JobRunner, services: Services, line: OrgUnit
) -> None:
    organisation = services.people.organisation
    choose(screen.units, 0, "Move", jobs)
    stores = organisation.org_units(SYSTEM, "Stores")[0]
    organisation.move_org_unit(SYSTEM, stores.id, line.id)
    place(screen).set_value(stores.id)
    sheet_of(screen).save_button.click()
    settle(jobs)

    assert (
        sheet_of(screen)
        ._trouble.text()
        .startswith("Press shop cannot be moved into itself or into a unit below it.")
    )
    sheet_of(screen).dismiss()


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("Paint shop", "press", "The code PRESS is already in use."),
        ("press SHOP", "P2", "The name “press SHOP” is already in use here."),
        ("x" * 300, "P2", "A field has at most 200 characters: xxxxxxxxxxxxxxxxxxxx…"),
        ("Paint shop", "x" * 300, "A code has 1 to 40 characters."),
    ],
)
def test_what_cannot_be_added_is_told_in_the_sheet_and_stays_there(
    screen: OrganisationScreen, jobs: JobRunner, name: str, code: str, told: str
) -> None:
    screen.begin_adding(screen.units)
    settle(jobs)
    fill(screen, jobs, Name=name, Code=code)

    sheet = sheet_of(screen)
    assert sheet._trouble.text().startswith(f"{told} Nothing was changed.")
    assert sheet.findChildren(TextField)[0].value() == name
    sheet.form.mark_saved()
    sheet.dismiss()


def test_what_is_missing_is_asked_for(screen: OrganisationScreen, jobs: JobRunner) -> None:
    screen.begin_adding(screen.roles)
    fill(screen, jobs, Name="")

    errors = [field.error() for field in sheet_of(screen).findChildren(TextField)]
    assert errors == ["Fill in: Name.", "Fill in: Code."]
    sheet_of(screen).dismiss()


def test_job_roles_are_added_and_renamed(screen: OrganisationScreen, jobs: JobRunner) -> None:
    screen.begin_adding(screen.roles)
    fill(screen, jobs, Name="Welder", Code="WLD")
    assert screen.roles.isVisible()
    roles: DataTable[OrgUnit] = screen.roles  # type: ignore[assignment]  # the rows say what they are
    choose(roles, 0, "Rename", jobs)
    fill(screen, jobs, Name="Machine fitter")

    assert rows(roles) == [("Machine fitter", "FIT", "0"), ("Welder", "WLD", "0")]
    assert screen.desk.toasts == ["Welder was added.", "Fitter is now called Machine fitter."]  # type: ignore[attr-defined]  # the desk writes down


def test_a_search_finds_a_department_wherever_it_lies(
    screen: OrganisationScreen, jobs: JobRunner
) -> None:
    screen.units.search_box.setText("line")
    screen.units.search_box.flush()
    settle(jobs)

    assert [row[:3] for row in rows(screen.units)] == [(".Line 1", "L1", "Press shop")]


def test_keys_go_to_a_department_show_its_people_and_reach_the_job_roles(
    screen: OrganisationScreen, desk: Desk, window: QWidget, qtbot: QtBot, line: OrgUnit
) -> None:
    screen.focus_first()
    assert window.focusWidget() is screen.units.search_box
    view = screen.units.view
    view.setFocus()
    view.setCurrentIndex(screen.units.model.index(0, 1))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert desk.opened == [("people", {"org_unit": str(line.id)})]

    qtbot.keyClick(screen.tabs, Qt.Key.Key_Right)
    assert screen.roles.isVisible()
    screen.focus_first()
    assert window.focusWidget() is screen.roles.search_box


def test_enter_in_a_field_saves(screen: OrganisationScreen, jobs: JobRunner, qtbot: QtBot) -> None:
    choose(screen.units, 1, "Rename", jobs)
    (field,) = sheet_of(screen).findChildren(TextField)
    field.set_value("Line one")
    line_edit = field.findChild(QLineEdit)
    qtbot.keyClick(line_edit, Qt.Key.Key_Return)
    settle(jobs)

    assert names(screen.units)[1] == ".Line one"


def test_who_may_only_look_sees_all_and_changes_nothing(
    line: OrgUnit, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    desk.actor = auditor()
    screen = OrganisationScreen(desk)
    put(screen, window, jobs)

    assert names(screen.units) == ["Press shop", ".Line 1", "Stores"]
    assert screen.units._menu is not None
    assert [one.words for one in screen.units._menu(line)] == ["Show its people"]
    assert screen.roles._menu is None
    assert header_buttons(screen) == ["Shifts"]


def test_who_manages_a_part_adds_within_it_and_no_job_roles(
    line: OrgUnit, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    part = frozenset({line.id})
    desk.actor = Actor(
        account_id=None,
        person_id=None,
        name="Line manager",
        grants=frozenset(
            Grant(capability=one, org_units=part)
            for one in (Capability.VIEW_PEOPLE, Capability.MANAGE_PEOPLE)
        ),
    )
    screen = OrganisationScreen(desk)
    put(screen, window, jobs)
    assert names(screen.units) == [".Line 1"]

    screen.begin_adding(screen.units)
    settle(jobs)
    assert offered(screen) == ["Line 1 · L1"]
    fill(screen, jobs, Name="Cell A", Code="CA")
    assert desk.toasts == ["Cell A was added."]
    assert screen.roles._menu is None
    assert header_buttons(screen) == ["Shifts", "Add a department"]


def test_a_new_site_is_told_how_to_begin(desk: Desk, window: QWidget, jobs: JobRunner) -> None:
    screen = OrganisationScreen(desk)
    put(screen, window, jobs)

    empty = screen.units.stage.empty
    assert empty.isVisible()
    assert empty.button is not None
    empty.button.click()
    settle(jobs)
    fill(screen, jobs, Name="Press shop", Code="PRESS")
    assert names(screen.units) == ["Press shop"]


def test_it_is_usable_by_keyboard_in_a_small_window(
    screen: OrganisationScreen, window: QWidget, jobs: JobRunner
) -> None:
    window.resize(*SMALL)
    screen.resize(*SMALL)
    settle(jobs)
    check_usable(screen)
    screen.show_list(screen.roles)
    check_usable(screen)
