"""Shifts and holidays: the words on people get their hours, and the days to come are shown before they are kept."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.people import PersonId
from app.core.people.shifts import NewShift, read_pattern
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.sheets import FormSheet
from app.ui.kit.tables.table import DataTable
from app.ui.people.people_screen import PeopleScreen
from app.ui.people.person_screen import PersonScreen
from app.ui.people.shift_form import HolidayForm, ShiftForm
from app.ui.people.shifts_screen import ShiftsScreen
from tests.support.accessibility import nameless, unreachable
from tests.ui.people.conftest import SYSTEM
from tests.ui.reports.opened import Desk, auditor, check_usable, put, settle

Add = Callable[..., PersonId]
MONDAY = date(2026, 11, 23)


@pytest.fixture
def ravi(services: Services, add: Add) -> PersonId:
    """Two people on nights, of which no hours are known, and one in A, which works mornings."""
    add("P-101", "Asha Kulkarni", shift="Night")
    add("P-103", "Devika Rao", shift="night")
    pattern = read_pattern("6x06:00-14:00, 1xoff", MONDAY)
    services.people.shifts.say(SYSTEM, NewShift(name="A", pattern=pattern))
    return add("P-102", "Ravi Iyer", shift="A")


@pytest.fixture
def screen(ravi: PersonId, desk: Desk, window: QWidget, jobs: JobRunner) -> ShiftsScreen:
    made = ShiftsScreen(desk)
    put(made, window, jobs)
    return made


def rows(table: "DataTable[object]") -> list[tuple[str, ...]]:
    model = table.model
    cells = [
        [model.cell(row, column) for column in range(len(model.columns))]
        for row in range(model.total())
    ]
    return [tuple(one.text if one else "" for one in row) for row in cells]


def form_of(screen: ShiftsScreen) -> tuple[FormSheet, ShiftForm]:
    (sheet,) = (one for one in screen.findChildren(FormSheet) if one.isVisible())
    assert isinstance(sheet.form, ShiftForm)
    return sheet, sheet.form


def days(form: ShiftForm) -> list[str]:
    return [one.text() for one in form.preview.cards() if isinstance(one, PlainLabel)]


def test_a_word_on_people_gets_the_hours_that_were_shown_before(
    screen: ShiftsScreen, services: Services, jobs: JobRunner, qtbot: QtBot
) -> None:
    assert rows(screen.shifts) == [  # type: ignore[arg-type]  # a list of any rows
        ("A", "Mon–Sat 06:00–14:00", "1", "At work until 14:00", "Tue 06:00–14:00"),
        ("Night", "–", "2", "Hours not known", "–"),
    ]
    check_usable(screen)
    screen.shifts.view.setCurrentIndex(screen.shifts.model.index(1, 0))
    qtbot.keyClick(screen.shifts.view, Qt.Key.Key_Return)
    settle(jobs)
    sheet, form = form_of(screen)
    assert (nameless(sheet), unreachable(sheet)) == ([], [])
    assert form.name.line.hasFocus()
    qtbot.keyClick(form.name.line, Qt.Key.Key_Tab)
    assert form.is_weekly.combo.hasFocus()
    form.is_weekly.set_value(False)
    qtbot.keyClicks(form.pattern.line, "2x22:00-08:00, 1x06:00-14:00")
    assert form.told.text().startswith("The hours of one day go on until 08:00")
    assert days(form) == []
    form.pattern.line.selectAll()
    qtbot.keyClicks(form.pattern.line, "2x22:00-06:00, 1xoff")
    assert days(form)[:3] == [
        "Mon 23 Nov · 22:00–06:00", "Tue 24 Nov · 22:00–06:00", "Wed 25 Nov · day off",
    ]  # fmt: skip
    qtbot.keyClick(form.pattern.line, Qt.Key.Key_Return)
    settle(jobs)
    found = rows(screen.shifts)[1]  # type: ignore[arg-type]  # likewise
    assert found == ("Night", "2 days 22:00–06:00, 1 day off", "2", "Off", "22:00–06:00")
    assert screen.desk.toasts == ["The hours of Night are kept."]  # type: ignore[attr-defined]  # the desk writes down
    screen.shifts._show_people(services.people.shifts.all(SYSTEM)[1])
    assert screen.desk.opened == [("people", {"shift": "night"})]  # type: ignore[attr-defined]  # likewise


def test_a_holiday_is_added_and_stands_in_the_days_to_come(
    screen: ShiftsScreen, jobs: JobRunner
) -> None:
    screen.begin_adding(screen.holidays)
    settle(jobs)
    (sheet,) = (one for one in screen.findChildren(FormSheet) if one.isVisible())
    assert isinstance(sheet.form, HolidayForm)
    sheet.form.name.set_value("Jayanti")
    sheet.save_button.click()
    settle(jobs)
    assert rows(screen.holidays) == [("Mon 23 Nov 2026", "Jayanti")]  # type: ignore[arg-type]  # a list of any rows
    screen.shifts.ask_hours(screen.shifts.model.row(0))
    settle(jobs)
    form = form_of(screen)[1]
    assert days(form)[:2] == ["Mon 23 Nov · Jayanti", "Tue 24 Nov · 06:00–14:00"]
    form_of(screen)[0].dismiss()


def test_people_are_found_by_their_shift_and_say_when_they_work(
    ravi: PersonId, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    people = PeopleScreen(desk)
    put(people, window, jobs, shift="night")
    assert people.table.model.total() == 2
    assert people.shifts.currentText() == "Night"
    people.hide()
    one = PersonScreen(desk)
    put(one, window, jobs, person_id=ravi)
    told = [label.text() for label in one.findChildren(PlainLabel)]
    assert "A · works today 06:00–14:00" in told


def test_who_only_looks_changes_no_hours(
    ravi: PersonId, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    desk.actor = auditor()
    screen = ShiftsScreen(desk)
    put(screen, window, jobs)
    found = screen.shifts.model.row(0)
    assert found is not None
    assert [one.words for one in screen.shifts._actions(found)] == ["Show its people"]


def test_new_hours_are_entered_ahead_stand_below_those_of_now_and_are_taken_back(
    screen: ShiftsScreen, desk: Desk, services: Services, jobs: JobRunner, window: QWidget
) -> None:
    listed = next(one for one in services.people.shifts.all(SYSTEM) if one.name == "A")
    screen.shifts.ask_hours(listed)
    settle(jobs)
    sheet, form = form_of(screen)
    form.begins.set_value("14:00")
    form.ends.set_value("22:00")
    form.from_on.set_value(date(2026, 12, 7))
    sheet.save_button.click()
    settle(jobs)

    (named,) = (one for one in services.people.shifts.all(SYSTEM) if one.name == "A")
    assert named.shift is not None
    assert [one.from_on for one in named.shift.planned] == [date(2026, 12, 7)]
    settle(jobs)
    assert any("From 7 Dec 2026: Mon–Sat 14:00–22:00" in label for label in _under(screen))
    words = [one.words for one in screen.shifts._actions(named)]
    assert "Take back the hours from 7 Dec 2026" in words
    assert desk.errors == []


def _under(screen: ShiftsScreen) -> list[str]:
    model = screen.shifts.model
    cells = (model.cell(row, 1) for row in range(model.total()))
    return [cell.under for cell in cells if cell is not None]
