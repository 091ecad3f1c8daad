"""Assigning: what, to whom, by when; counted before it is done."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.core.base.actor import system_actor
from app.core.people import NewPerson
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.training.assign_screen import AssignScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.plant import Plant, build_plant
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle

SYSTEM = system_actor()


@pytest.fixture
def desk(services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock) -> Desk:
    made = WrittenDesk(services, administrator(), jobs, theme, clock)
    services.open_site.site.listeners.append(made.changes.announce)
    return made


@pytest.fixture
def plant(services: Services) -> Plant:
    return build_plant(services.open_site.site, people=20)


@pytest.fixture
def screen(plant: Plant, desk: Desk, window: QWidget, jobs: JobRunner) -> AssignScreen:
    made = AssignScreen(desk)
    put(made, window, jobs)
    return made


def number_of(plant: Plant, services: Services, place: int) -> str:
    return services.people.person(SYSTEM, plant.people[place]).number


def test_where_nothing_is_published_the_way_to_the_courses_is_shown(
    desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    made = AssignScreen(desk)
    put(made, window, jobs)
    assert made.nothing.button is not None
    assert not made.card.isVisible()
    made.nothing.button.click()

    assert desk.opened == [("courses", {})]


def test_it_is_due_in_a_fortnight_unless_said_otherwise(screen: AssignScreen) -> None:
    assert screen.due.value() == date(2026, 12, 7)


def test_how_many_get_it_is_said_while_the_form_is_filled_in(
    screen: AssignScreen, plant: Plant, services: Services, jobs: JobRunner
) -> None:
    everybody = screen.reach.text()
    screen.people.set_value([number_of(plant, services, 0)])
    screen.form.edited.emit()
    settle(jobs)

    assert screen.reach.text() != everybody
    assert screen.reach.text().startswith(("1 person gets it.", "0 people get it."))


def test_numbers_that_nobody_has_reach_nobody(screen: AssignScreen, jobs: JobRunner) -> None:
    screen.people.search.setText("nobody-1, NOBODY-2")
    QTest.keyClick(screen.people.search, Qt.Key.Key_Return)
    settle(jobs)

    assert screen.reach.text().startswith("0 people get it.")
    assert "Nobody here has the number NOBODY-1, NOBODY-2." in screen.reach.text()
    assert not screen.assign_button.isEnabled()


def test_a_mistyped_number_among_right_ones_is_told(
    screen: AssignScreen, services: Services, jobs: JobRunner
) -> None:
    screen.people.set_value([newcomer(services), "NOBODY-1"])
    screen.form.edited.emit()
    settle(jobs)

    assert screen.reach.text() == "1 person gets it. Nobody here has the number NOBODY-1."


def test_people_are_found_by_name_chosen_and_taken_off_by_keyboard(
    screen: AssignScreen, services: Services, jobs: JobRunner
) -> None:
    newcomer(services)
    services.people.add(SYSTEM, NewPerson(number="N-2", name="Newland"))
    search = screen.people.search
    search.setText("new")
    search.flush()
    settle(jobs)
    assert screen.people.found_rows.count() == 2
    search.setText("newcomer")
    QTest.keyClick(search, Qt.Key.Key_Return)
    settle(jobs)
    search.setText("n-2")
    QTest.keyClick(search, Qt.Key.Key_Return)
    settle(jobs)

    assert screen.people.value() == ("N-1", "N-2")
    assert screen.people.told.text() == "2 people chosen."
    assert screen.reach.text() == "2 people get it."
    QTest.keyClick(screen.people.chips()[0], Qt.Key.Key_Space)
    settle(jobs)
    assert screen.people.value() == ("N-2",)
    assert screen.reach.text() == "1 person gets it."
    check_usable(screen)


def test_without_a_reason_nothing_is_assigned(
    screen: AssignScreen, desk: Desk, jobs: JobRunner
) -> None:
    screen.assign_button.setEnabled(True)
    screen.assign_button.click()
    settle(jobs)

    assert screen.reason.error() == "Fill in: Why."
    assert not screen.reason.visibleRegion().isEmpty()
    assert desk.questions == []


def test_chosen_people_are_filled_in_and_assigned_once(
    screen: AssignScreen, plant: Plant, services: Services, desk: Desk, jobs: JobRunner
) -> None:
    fresh = newcomer(services)
    put(screen, screen.window(), jobs, numbers=fresh)
    assert screen.people.value() == (fresh,)
    assert [chip.text() for chip in screen.people.chips()] == ["Newcomer N-1"]
    assert screen.reach.text() == "1 person gets it."
    screen.reason.set_value("New here")
    screen.assign_button.click()
    settle(jobs)

    assert desk.questions[0].text == "1 person gets it. It is due on 7 Dec 2026."
    assert desk.toasts == ["Assigned to 1 person."]
    assert screen.reach.text() == "0 people get it. 1 of 1 have it already."
    assert not screen.assign_button.isEnabled()


def test_a_day_that_is_over_is_told_before_anything_is_assigned(
    screen: AssignScreen, services: Services, desk: Desk, jobs: JobRunner
) -> None:
    put(screen, screen.window(), jobs, numbers=newcomer(services))
    screen.reason.set_value("New here")
    screen.due.set_value(date(2026, 11, 20))
    screen.assign_button.click()
    settle(jobs)

    said = "1 person gets it. 20 Nov 2026 is over: whoever gets it is overdue at once."
    assert desk.questions[0].text == said


def newcomer(services: Services) -> str:
    """Add somebody who has no training yet; return the number."""
    services.people.add(SYSTEM, NewPerson(number="N-1", name="Newcomer"))
    return "N-1"


def test_the_whole_form_is_seen_with_the_button_above(
    screen: AssignScreen, jobs: JobRunner
) -> None:
    screen.resize(1150, 703)  # what a window of 1366 by 768 leaves
    settle(jobs)

    assert screen.card.mapTo(screen, screen.card.rect().bottomLeft()).y() < screen.height()


def test_it_is_usable_by_keyboard_in_a_small_window(screen: AssignScreen) -> None:
    check_usable(screen)
