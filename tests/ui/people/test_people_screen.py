"""The list of people: search, order, chips, department; adding; what is done with several at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import Capability
from app.core.keys.models import SiteRow
from app.core.people import PersonId
from app.core.people.models import PersonRow
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.focus import tab_stops
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.people.people_screen import PeopleScreen
from app.ui.people.person_form import PersonForm
from app.ui.people.pin_slips import SlipsSheet
from tests.ui.people.conftest import SYSTEM
from tests.ui.reports.opened import SMALL, Desk, check_usable, put, settle, somebody

Three = tuple[PersonId, ...]


@pytest.fixture
def screen(desk: Desk, window: QWidget, jobs: JobRunner) -> PeopleScreen:
    made = PeopleScreen(desk)
    put(made, window, jobs)
    return made


def names(screen: PeopleScreen) -> list[str]:
    model = screen.table.model
    return [model.cell(row, 0).text for row in range(model.total())]  # type: ignore[union-attr]  # all rows are here


def search(screen: PeopleScreen, jobs: JobRunner, text: str) -> None:
    screen.table.search_box.setText(text)
    screen.table.search_box.flush()
    settle(jobs)


def press(button: Button | None) -> None:
    assert button is not None
    assert button.isVisible()
    button.click()


def test_a_new_site_is_told_how_to_begin(screen: PeopleScreen, desk: Desk) -> None:
    empty = screen.table.stage.empty
    assert empty.isVisible()
    assert empty.button is not None
    empty.button.click()

    assert desk.opened == [("people_import", {})]


def test_a_search_that_finds_nobody_says_so(
    three: Three, screen: PeopleScreen, jobs: JobRunner
) -> None:
    search(screen, jobs, "nobody of that name")

    assert screen.table.stage.nothing.isVisible()


@pytest.mark.parametrize("text", ["ravi", "P-102", "iyer ra"])
def test_people_are_found_by_number_and_by_any_part_of_a_name(
    three: Three, screen: PeopleScreen, jobs: JobRunner, text: str
) -> None:
    search(screen, jobs, text)

    assert names(screen) == ["Ravi Iyer"]


def test_people_are_found_by_their_name_in_their_own_script(
    three: Three, screen: PeopleScreen, jobs: JobRunner
) -> None:
    search(screen, jobs, "कुलकर्णी")

    assert names(screen) == ["Asha Kulkarni"]


def test_the_list_turns_round_when_it_is_sorted_again(
    three: Three, screen: PeopleScreen, jobs: JobRunner
) -> None:
    assert names(screen) == ["Asha Kulkarni", "Devika Rao", "Ravi Iyer"]
    screen.table.sort_by("name")
    settle(jobs)
    assert names(screen) == ["Ravi Iyer", "Devika Rao", "Asha Kulkarni"]


def test_whoever_left_is_under_the_chip_of_leavers(
    three: Three, screen: PeopleScreen, services: Services, jobs: JobRunner
) -> None:
    services.people.leave(SYSTEM, three[1])
    settle(jobs)
    assert names(screen) == ["Asha Kulkarni", "Devika Rao"]

    screen.table.filters.set_filters([("active", "no")])
    settle(jobs)
    assert names(screen) == ["Ravi Iyer"]


def test_a_department_narrows_the_list_and_pressing_a_chip_keeps_it(
    three: Three, screen: PeopleScreen, jobs: JobRunner
) -> None:
    screen.units.setCurrentIndex(screen.units.findText("Stores"))
    screen.units.activated.emit(screen.units.currentIndex())
    settle(jobs)
    assert names(screen) == ["Devika Rao"]

    screen.table.filters.set_filters([])
    settle(jobs)
    assert names(screen) == ["Devika Rao"]


def test_it_opens_with_the_people_of_a_department(
    three: Three, screen: PeopleScreen, services: Services, jobs: JobRunner
) -> None:
    search(screen, jobs, "ravi")
    stores = services.people.organisation.org_units(SYSTEM, "Stores")[0]
    screen.arrive(org_unit=str(stores.id))
    settle(jobs)

    assert names(screen) == ["Devika Rao"]
    assert screen.units.currentText() == "Stores"
    assert screen.table.search_box.text() == ""


def test_a_department_that_is_called_otherwise_is_offered_so_at_once(
    three: Three, screen: PeopleScreen, services: Services, jobs: JobRunner
) -> None:
    stores = services.people.organisation.org_units(SYSTEM, "Stores")[0]
    services.people.organisation.rename_org_unit(SYSTEM, stores.id, "Tool room")
    settle(jobs)

    assert screen.units.findText("Tool room") >= 0
    assert screen.table.model.cell(1, 2).text == "Tool room"  # type: ignore[union-attr]  # all rows are here


def test_the_organisation_is_one_press_away(screen: PeopleScreen, desk: Desk) -> None:
    (button,) = (one for one in screen.findChildren(Button) if one.text() == "Departments")
    press(button)

    assert desk.opened == [("organisation", {})]


def test_enter_opens_the_person(
    three: Three, screen: PeopleScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.table.view.setCurrentIndex(screen.table.model.index(2, 1))
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Return)

    assert desk.opened == [("person", {"person_id": three[1]})]


def test_a_person_is_added_and_shown(
    three: Three, screen: PeopleScreen, desk: Desk, services: Services, jobs: JobRunner
) -> None:
    screen.begin_adding()
    settle(jobs)
    (sheet,) = screen.findChildren(FormSheet)
    form = sheet.form
    assert isinstance(form, PersonForm)
    sheet.save_button.click()
    assert form.number.error() == "Fill in: Employee number."
    form.number.set_value("p-104")
    form.name.set_value("Imran Khan")
    sheet.save_button.click()
    settle(jobs)

    made = services.people.find(desk.actor, "P-104")
    assert made.name == "Imran Khan"
    assert desk.opened == [("person", {"person_id": made.id})]
    assert desk.toasts == ["Imran Khan was added."]


def test_a_number_that_is_taken_is_told_and_what_was_typed_stays(
    three: Three, screen: PeopleScreen, jobs: JobRunner
) -> None:
    screen.begin_adding()
    settle(jobs)
    (sheet,) = screen.findChildren(FormSheet)
    form = sheet.form
    assert isinstance(form, PersonForm)
    form.number.set_value("P-101")
    form.name.set_value("Somebody Else")
    sheet.save_button.click()
    settle(jobs)

    assert "P-101" in sheet._trouble.text()
    assert form.name.value() == "Somebody Else"
    form.mark_saved()
    sheet.dismiss()


def test_the_visits_of_auditors_are_one_press_away(screen: PeopleScreen, desk: Desk) -> None:
    (button,) = (one for one in screen.findChildren(Button) if one.text() == "Auditors' visits")
    press(button)

    assert desk.opened == [("auditor_visits", {})]


def test_training_is_assigned_to_exactly_the_chosen(
    three: Three, screen: PeopleScreen, desk: Desk, jobs: JobRunner
) -> None:
    screen.table.model.set_selected([0, 2], chosen=True)
    press(screen.chosen.assign_button)
    settle(jobs)

    assert desk.opened == [("assign", {"numbers": "P-101, P-102"})]


def test_everybody_the_search_finds_is_chosen_seen_or_not(
    three: Three, screen: PeopleScreen, desk: Desk, jobs: JobRunner
) -> None:
    screen.table.model.select_everything()
    assert screen.table.selection().count == 3
    screen.table.model.set_selected([1], chosen=False)
    assert screen.table.selection().count == 2
    press(screen.chosen.assign_button)
    settle(jobs)

    assert desk.opened == [("assign", {"numbers": "P-101, P-102"})]


def test_chosen_people_get_slips_that_can_be_saved_and_leave_no_pin_behind(
    three: Three, screen: PeopleScreen, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    screen.table.model.set_selected([0, 1], chosen=True)
    press(screen.chosen.slips_button)
    settle(jobs)

    assert desk.questions[0].title == "Give 2 people a new PIN?"
    (sheet,) = screen.findChildren(SlipsSheet)
    assert sheet.print_button.isEnabled()
    assert screen.table.selection().count == 0
    sheet.write(tmp_path / "slips.pdf")
    settle(jobs)
    assert (tmp_path / "slips.pdf").read_bytes().startswith(b"%PDF")
    sheet.write(tmp_path / "slips.pdf")
    settle(jobs)
    assert desk.questions[1].title == "Replace slips.pdf?"
    sheet.dismiss()


def test_who_gets_no_slip_is_named(
    three: Three, screen: PeopleScreen, services: Services, jobs: JobRunner
) -> None:
    account = services.sign_in.accounts.give_account(SYSTEM, three[0])
    services.sign_in.accounts.disable(SYSTEM, account)
    settle(jobs)
    screen.table.model.set_selected([0], chosen=True)
    press(screen.chosen.slips_button)
    settle(jobs)

    (sheet,) = screen.findChildren(SlipsSheet)
    assert not sheet.print_button.isEnabled()
    told = [label.text() for label in sheet.findChildren(QLabel)]
    assert "P-101 · the account is closed" in told
    sheet.dismiss()


def test_who_may_only_look_is_offered_nothing_else(
    three: Three, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    desk.actor = somebody("Visiting auditor", Capability.VIEW_PEOPLE)
    screen = PeopleScreen(desk)
    put(screen, window, jobs)
    screen.table.model.set_selected([0], chosen=True)

    assert names(screen) == ["Asha Kulkarni", "Devika Rao", "Ravi Iyer"]
    assert (screen.chosen.assign_button, screen.chosen.slips_button) == (None, None)


def test_tab_goes_from_the_search_over_the_chips_to_the_rows(
    three: Three, screen: PeopleScreen
) -> None:
    screen.table.model.set_selected([0], chosen=True)
    stops = [stop.accessibleName() or stop.text() for stop in tab_stops(screen.table)]  # type: ignore[attr-defined]  # the rest are buttons

    assert stops == [
        "Search by name or number", "Take all filters off", "Here now", "Left", "Locked", "Closed", "No PIN yet", "No account",
        "Needs somebody to read along",
        "Gate pass over", "Gate pass ends within 30 days", "Department",
        "Views", "Export", "Print", "Columns and order", "Choose all 3", "Assign training",
        "Order retraining", "PIN slips", "Choose none", "People",
    ]  # fmt: skip


def test_a_small_window_holds_the_list_with_people_chosen(
    three: Three, screen: PeopleScreen, jobs: JobRunner
) -> None:
    screen.resize(877, 500)  # what a window of 1093 by 614 leaves beside the navigation and the bar
    screen.table.model.set_selected([0], chosen=True)
    settle(jobs)

    assert screen.minimumSizeHint().height() <= 500


def test_it_is_usable_by_keyboard_in_a_small_window(
    three: Three, screen: PeopleScreen, window: QWidget, jobs: JobRunner
) -> None:
    window.resize(*SMALL)
    screen.resize(*SMALL)
    settle(jobs)
    check_usable(screen)


def test_of_which_site_somebody_is_stands_there_where_people_of_several_lie_together(
    three: Three,
    screen: PeopleScreen,
    desk: Desk,
    services: Services,
    window: QWidget,
    jobs: JobRunner,
) -> None:
    assert not screen.sites.isVisibleTo(screen)
    site = services.open_site.site
    with site.transaction(SYSTEM, "test.plant") as unit:
        now = site.clock.now()
        baddi = SiteRow(code="BDI", name="Baddi plant", founded_at=now)
        unit.add_all([baddi, SiteRow(code="HQ", name="Head office", founded_at=now)])
        unit.flush()
        unit.get_one(PersonRow, three[1]).home_site_id = baddi.id
    at_hq = PeopleScreen(desk)
    put(at_hq, window, jobs)
    titles = [column.title for column in at_hq.table.model.columns]
    place = titles.index("Site")
    assert [at_hq.table.model.cell(row, place).text for row in range(3)][2] == "Baddi plant"

    at_hq.sites.setCurrentIndex(at_hq.sites.findText("Baddi plant"))
    at_hq.sites.activated.emit(at_hq.sites.currentIndex())
    settle(jobs)

    assert names(at_hq) == ["Ravi Iyer"]
    check_usable(at_hq)
