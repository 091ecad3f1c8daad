"""The training matrix in the window: marked by keys, tried, applied; and where everybody stands."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.ids import new_id
from app.core.people import Destination, NewPerson, PersonId
from app.core.training import DueRule, RequirementType, Terms, Validity
from app.core.training.enrolment import OneOf
from app.core.training.matrix import Cell, CellEdit, Need, Proposal, StandingMark
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.sheets import FormSheet
from app.ui.training.assignment_sheet import AssignmentSheet
from app.ui.training.matrix_forms import CurriculumForm, ImpactForm
from app.ui.training.matrix_screen import MatrixScreen
from app.ui.training.matrix_sheets import CellSheet, GapSheet, SetsSheet
from tests.core.training.conftest import SYSTEM
from tests.support.clock import TurnedClock
from tests.ui.reports.opened import SMALL, Desk, check_usable, put, settle

TODAY = date(2026, 11, 23)
MEERA = Actor(
    account_id=new_id(),
    person_id=None,
    name="Meera Iyer",
    grants=frozenset({Grant(capability=one) for one in Capability}),
)


class Plant:
    """Asha who presses, Ravi who is a clerk; locks, fire and tax to be asked for."""

    def __init__(self, services: Services) -> None:
        self.services, organisation = services, services.people.organisation
        unit = organisation.add_org_unit(SYSTEM, "PUNE", "Pune")
        self.roles = {
            code: organisation.add_job_role(SYSTEM, code, title)
            for code, title in (("CLERK", "Clerk"), ("PRESS", "Presser"))
        }
        self.people: dict[str, PersonId] = {}
        for number, name, role in (("E-1", "Asha", "PRESS"), ("E-2", "Ravi", "CLERK")):
            place = Destination(org_unit_id=unit, job_role_id=self.roles[role])
            new = NewPerson(number=number, name=name, place=place, shift="A")
            self.people[number] = services.people.add(SYSTEM, new)
        terms = Terms(
            from_on=TODAY,
            validity=Validity.FOR_GOOD,
            due_rule=DueRule.AFTER_ASSIGNMENT,
            due_days=3,
        )
        self.things: dict[str, UUID] = {}
        for code in ("FIRE", "GST", "LOTO"):
            kind = RequirementType.SESSION
            new_one = NewRequirement(code=code, title=f"Title {code}", type=kind, terms=terms)
            self.things[code] = services.training.catalogue.add(SYSTEM, new_one)

    def ask(self, role: str, thing: str, on: date | None = None) -> None:
        cell = Cell(owner_id=self.roles[role], thing_id=self.things[thing])
        edit = CellEdit(cell=cell, need=Need.MANDATORY)
        self.services.training.matrix.apply(
            SYSTEM, Proposal(edits=(edit,)), reason="Because", on=on
        )

    def need(self, role: str, thing: str) -> Need:
        cell = Cell(owner_id=self.roles[role], thing_id=self.things[thing])
        return self.services.training.matrix.grid(SYSTEM).need(cell)


@pytest.fixture
def plant(services: Services) -> Plant:
    return Plant(services)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.actor = MEERA
    desk.services.open_site.site.listeners.append(desk.changes.announce)
    return desk


@pytest.fixture
def screen(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> MatrixScreen:
    made = MatrixScreen(desk)
    window.resize(1150, 700)
    put(made, window, jobs)
    made.focus_first()
    return made


def press(screen: MatrixScreen, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(screen.asked.view, key)


def sheet(screen: MatrixScreen, kind: type[SideSheet]) -> SideSheet:
    return screen.findChildren(kind)[-1]


def test_a_cell_is_marked_by_keys_tried_and_applied(
    screen: MatrixScreen, plant: Plant, desk: Desk, jobs: JobRunner
) -> None:
    view, model = screen.asked.view, screen.asked.model
    assert [one.title for one in model.rows] == ["Clerk", "Presser"]
    view.go_to(0, 0)
    press(screen, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert view.current() == (1, 2)
    assert model.need(1, 2) is Need.MANDATORY
    assert plant.need("PRESS", "LOTO") is Need.NOTHING
    press(screen, Qt.Key.Key_Return)
    assert model.need(1, 2) is Need.RECOMMENDED
    press(screen, Qt.Key.Key_Space)
    assert model.edits() == ()
    press(screen, Qt.Key.Key_Space)
    settle(jobs)
    assert plant.services.training.matrix.drafts.mine(desk.actor) == model.edits()
    screen.asked.look_at_impact()
    settle(jobs)
    form = screen.findChildren(ImpactForm)[-1]
    form.reason.set_value("New press")
    found = sheet(screen, FormSheet)
    assert isinstance(found, FormSheet)
    found.save_button.click()
    settle(jobs)

    assert plant.need("PRESS", "LOTO") is Need.MANDATORY
    assert desk.errors == []
    (mine,) = plant.services.training.assignments.of_person(SYSTEM, plant.people["E-1"])
    assert mine.code == "LOTO"
    assert screen.asked.model.edits() == ()
    assert screen.asked.bar.isHidden()


def test_a_change_that_is_planned_is_taken_back_on_its_day(
    screen: MatrixScreen, plant: Plant, desk: Desk, jobs: JobRunner
) -> None:
    wrong = date(2027, 11, 23)
    plant.ask("PRESS", "LOTO", on=wrong)
    screen.asked.refresh()
    settle(jobs)
    screen.asked.mark(1, 2, Need.NOTHING)
    screen.asked.look_at_impact()
    settle(jobs)
    form = screen.findChildren(ImpactForm)[-1]
    assert form.on.value() == wrong
    form.reason.set_value("Wrong year")
    found = sheet(screen, FormSheet)
    assert isinstance(found, FormSheet)
    found.save_button.click()
    settle(jobs)

    assert desk.errors == []
    assert plant.services.training.matrix.grid(SYSTEM).planned == {}
    plant.ask("PRESS", "LOTO")
    assert plant.need("PRESS", "LOTO") is Need.MANDATORY


def test_marks_stay_when_somebody_comes_back_and_can_be_taken_away(
    screen: MatrixScreen, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    screen.asked.mark(0, 0, Need.MANDATORY)
    settle(jobs)
    again = MatrixScreen(desk)
    put(again, window, jobs)
    assert len(again.asked.model.edits()) == 1
    again.asked.forget_button.click()
    settle(jobs)
    assert again.asked.model.edits() == ()
    assert desk.services.training.matrix.drafts.mine(desk.actor) == ()


def test_marks_are_undone_one_by_one_before_they_are_applied(
    screen: MatrixScreen, desk: Desk, jobs: JobRunner
) -> None:
    asked, model = screen.asked, screen.asked.model
    asked.mark(0, 0, Need.MANDATORY)
    asked.mark(0, 0, Need.RECOMMENDED)
    asked.mark(1, 2, Need.MANDATORY)
    asked.forget_button.click()
    assert model.edits() == ()
    seen = []
    for _time in range(4):
        asked.undo_button.click()
        seen.append([model.need(0, 0), model.need(1, 2)])
    assert seen == [
        [Need.RECOMMENDED, Need.MANDATORY],
        [Need.RECOMMENDED, Need.NOTHING],
        [Need.MANDATORY, Need.NOTHING],
        [Need.NOTHING, Need.NOTHING],
    ]
    assert "Ctrl+Z" in asked.undo_button.toolTip()
    settle(jobs)
    assert asked.bar.isHidden()
    assert desk.services.training.matrix.drafts.mine(desk.actor) == ()


def test_a_cell_is_asked_for_up_to_a_day_that_is_said_in_its_sheet(
    screen: MatrixScreen, plant: Plant, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    screen.asked.view.go_to(1, 2)
    press(screen, Qt.Key.Key_F2)
    settle(jobs)
    found = sheet(screen, CellSheet)
    assert isinstance(found, CellSheet)
    found.until.set_value(TODAY + timedelta(days=10))
    found.choices[Need.MANDATORY].click()
    assert screen.asked.model.mark(1, 2).is_flagged
    assert screen.asked.model.words(1, 2) == "Mandatory up to 3 Dec 2026, not applied yet"
    settle(jobs)
    again = MatrixScreen(desk)  # the day is kept with the mark
    put(again, window, jobs)
    (edit,) = again.asked.model.edits()
    assert edit.to_on == again.asked.model.until(1, 2) == TODAY + timedelta(days=10)
    again.asked.look_at_impact()
    settle(jobs)
    again.findChildren(ImpactForm)[-1].reason.set_value("For the trial run")
    again.findChildren(FormSheet)[-1].save_button.click()
    settle(jobs)
    cell = Cell(owner_id=plant.roles["PRESS"], thing_id=plant.things["LOTO"])
    (entry,) = plant.services.training.matrix.history(desk.actor, cell)
    assert entry.asked.to_on == TODAY + timedelta(days=10)
    assert again.asked.model.words(1, 2) == "Mandatory up to 3 Dec 2026"
    assert desk.errors == []


def test_sets_are_retired_and_brought_back_with_a_reason(
    screen: MatrixScreen, plant: Plant, desk: Desk, jobs: JobRunner
) -> None:
    matrix = plant.services.training.matrix
    parts = (plant.things["FIRE"],)
    matrix.curricula.add(SYSTEM, "START", "All new joiners", parts)
    matrix.audiences.add(SYSTEM, "NIGHT", "Night shift", OneOf("shift", ("C",)))
    for show, name, is_retired in (
        (screen.sets.ask_curricula, "All new joiners · START",
         lambda: matrix.curricula.all(SYSTEM)[0].retired_on is not None),
        (screen.sets.ask_audiences, "Night shift · NIGHT",
         lambda: matrix.audiences.all(SYSTEM)[0].retired_on is not None),
    ):  # fmt: skip
        for act, expected in (("Retire", True), ("Bring back", False)):
            show()
            settle(jobs)
            press_named(sheet(screen, SetsSheet), f"{act}: {name}")
            settle(jobs)
            assert is_retired() is expected
    assert desk.errors == []


def press_named(found: SideSheet, name: str) -> None:
    next(one for one in found.findChildren(Button) if one.accessibleName() == name).click()


def test_letters_lead_to_a_row_and_f2_tells_the_days_of_a_cell(
    screen: MatrixScreen, plant: Plant, jobs: JobRunner
) -> None:
    plant.ask("PRESS", "GST", TODAY + timedelta(days=30))
    settle(jobs)
    screen.asked.view.go_to(0, 1)
    press(screen, Qt.Key.Key_P)
    assert screen.asked.view.current() == (1, 1)
    mark = screen.asked.model.mark(1, 1)
    assert mark.is_flagged
    assert "from 23 Dec 2026: Mandatory" in screen.asked.model.words(1, 1)
    press(screen, Qt.Key.Key_F2)
    settle(jobs)
    found = sheet(screen, CellSheet)
    assert isinstance(found, CellSheet)
    found.choices[Need.RECOMMENDED].click()
    assert screen.asked.model.need(1, 1) is Need.RECOMMENDED


def test_a_day_of_before_is_looked_at_and_not_changed(
    screen: MatrixScreen, plant: Plant, jobs: JobRunner
) -> None:
    plant.ask("PRESS", "LOTO")
    settle(jobs)
    screen.asked.as_of.set_value(TODAY - timedelta(days=1))
    screen.asked.refresh()
    settle(jobs)
    assert screen.asked.model.need(1, 2) is Need.NOTHING
    screen.asked.mark(1, 2, Need.RECOMMENDED)
    assert screen.asked.model.edits() == ()


def test_where_everybody_stands_is_a_letter_and_a_cell_opens_the_assignment(
    screen: MatrixScreen, plant: Plant, jobs: JobRunner
) -> None:
    plant.ask("PRESS", "LOTO")
    screen.tabs.choose("people")
    screen.show_part("people")
    settle(jobs)
    model = screen.people.model
    assert [one.code for one in model.columns] == ["LOTO"]
    assert [model.row_head(row).title for row in range(model.rowCount())] == ["Asha", "Ravi"]
    assert (model.mark(0, 0).letter, model.mark(1, 0).letter) == ("D", "–")
    assert "due 26 Nov 2026" in model.words(0, 0)
    screen.people.open_cell(0, 0)
    settle(jobs)
    assert isinstance(sheet(screen, AssignmentSheet), AssignmentSheet)


def test_a_day_gone_by_is_looked_at_with_what_is_told_of_now_and_nothing_is_done_from_it(
    screen: MatrixScreen, plant: Plant, desk: Desk, jobs: JobRunner, clock: TurnedClock
) -> None:
    plant.ask("PRESS", "LOTO")
    clock.turn(timedelta(days=4))
    plant.ask("PRESS", "FIRE")
    screen.tabs.choose("people")
    screen.show_part("people")
    settle(jobs)
    part = screen.people
    assert [one.code for one in part.model.columns] == ["FIRE", "LOTO"]
    assert not part.told.isVisibleTo(part)

    part.as_of.set_value(TODAY + timedelta(days=1))
    part.as_of.edited.emit()
    settle(jobs)
    assert [one.code for one in part.model.columns] == ["LOTO"]
    one = part.model.standpoint(0, 0)
    assert one is not None
    assert one.mark is StandingMark.DUE_SOON
    assert "are those of now" in part.told.text()
    part.open_cell(0, 0)
    settle(jobs)
    assert not screen.findChildren(AssignmentSheet)
    assert desk.toasts[-1] == part.model.words(0, 0)
    check_usable(screen)

    part.as_of.set_value(None)
    part.as_of.edited.emit()
    settle(jobs)
    assert [one.code for one in part.model.columns] == ["FIRE", "LOTO"]
    assert not part.told.isVisibleTo(part)


def test_people_are_narrowed_by_role_and_shift(
    screen: MatrixScreen, plant: Plant, jobs: JobRunner
) -> None:
    plant.ask("CLERK", "GST")
    screen.tabs.choose("people")
    screen.show_part("people")
    settle(jobs)
    screen.people.role.set_value(str(plant.roles["CLERK"]))
    screen.people.role.edited.emit()
    settle(jobs)
    assert [screen.people.model.row_head(0).title] == ["Ravi"]
    assert screen.people.model.total() == 1
    assert screen.people.filters_in_words() == ("Clerk",)


def test_a_paper_is_saved_of_the_grid_that_is_seen(
    screen: MatrixScreen, plant: Plant, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    plant.ask("PRESS", "LOTO")
    for key in ("asked", "people"):
        screen.tabs.choose(key)
        screen.show_part(key)
        settle(jobs)
        screen.save_paper(tmp_path / f"{key}.pdf")
        settle(jobs)
        assert (tmp_path / f"{key}.pdf").read_bytes().startswith(b"%PDF")
    assert desk.errors == []


def test_another_job_role_is_told_before_it_is_given(
    screen: MatrixScreen, plant: Plant, jobs: JobRunner
) -> None:
    plant.ask("PRESS", "LOTO")
    plant.ask("CLERK", "GST")
    screen._ask_gap()
    settle(jobs)
    found = sheet(screen, FormSheet)
    assert isinstance(found, FormSheet)
    found.findChildren(TextField)[0].set_value("E-1")
    combo: ComboField[object] = found.findChildren(ComboField)[0]
    combo.combo.setCurrentIndex(0)
    found.save_button.click()
    settle(jobs)
    told = sheet(screen, GapSheet)
    words = [one.text() for one in told.findChildren(Button)]
    assert "Open the person" in words


def test_a_curriculum_is_added_and_its_change_is_tried_first(
    screen: MatrixScreen, plant: Plant, desk: Desk, jobs: JobRunner
) -> None:
    screen.sets.ask_curricula()
    settle(jobs)
    sets = sheet(screen, SetsSheet)
    assert isinstance(sets, SetsSheet)
    sets.add_button.click()
    settle(jobs)
    form = screen.findChildren(CurriculumForm)[-1]
    form.code.set_value("safe")
    form.title.set_value("Safety")
    form.parts.set_value("loto\nfire")
    found = sheet(screen, FormSheet)
    assert isinstance(found, FormSheet)
    found.save_button.click()
    settle(jobs)
    curricula = plant.services.training.matrix.curricula
    (made,) = curricula.all(SYSTEM)
    assert [one.code for one in made.parts] == ["LOTO", "FIRE"]
    screen.sets._ask_curriculum(made)
    settle(jobs)
    form = screen.findChildren(CurriculumForm)[-1]
    form.parts.set_value("nothing")
    change = sheet(screen, FormSheet)
    assert isinstance(change, FormSheet)
    change.save_button.click()
    settle(jobs)
    assert [one.code for one in curricula.all(SYSTEM)[0].parts] == ["LOTO", "FIRE"]
    form.parts.set_value("GST")
    change.save_button.click()
    settle(jobs)
    impact = screen.findChildren(ImpactForm)[-1]
    impact.reason.set_value("Tax alone")
    last = sheet(screen, FormSheet)
    assert isinstance(last, FormSheet)
    last.save_button.click()
    settle(jobs)
    assert [one.code for one in curricula.all(SYSTEM)[0].parts] == ["GST"]
    assert desk.errors == []


def crowd(plant: Plant, count: int) -> None:
    unit = plant.services.people.organisation.org_units(SYSTEM)[0].id
    place = Destination(org_unit_id=unit, job_role_id=plant.roles["PRESS"])
    for number in range(count):
        new = NewPerson(number=f"F-{number}", name=f"Person {number}", place=place)
        plant.services.people.add(SYSTEM, new)


def test_what_reaches_many_is_applied_with_its_number_typed(
    screen: MatrixScreen, plant: Plant, jobs: JobRunner
) -> None:
    crowd(plant, 25)
    settle(jobs)
    screen.asked.mark(1, 2, Need.MANDATORY)
    screen.asked.look_at_impact()
    settle(jobs)
    form, found = screen.findChildren(ImpactForm)[-1], sheet(screen, FormSheet)
    assert isinstance(found, FormSheet)
    form.reason.set_value("All presses")
    found.save_button.click()
    settle(jobs)
    assert plant.need("PRESS", "LOTO") is Need.NOTHING
    form.said.set_value("26")
    found.save_button.click()
    settle(jobs)
    assert plant.need("PRESS", "LOTO") is Need.MANDATORY


def test_what_nobody_carried_out_is_told_and_carried_out(
    screen: MatrixScreen, plant: Plant, desk: Desk, jobs: JobRunner
) -> None:
    plant.ask("PRESS", "LOTO")
    plant.services.people.on_changed.clear()
    crowd(plant, 25)
    screen.asked.refresh()
    settle(jobs)
    assert screen.asked.waiting.isVisibleTo(screen)
    (carry_out,) = screen.asked.waiting.findChildren(Button)
    carry_out.click()
    settle(jobs)
    assert "25 of 27 people" in desk.questions[-1].text
    assert not screen.asked.waiting.isVisibleTo(screen)
    assert not plant.services.training.matrix.waiting(SYSTEM).is_anything


def test_every_mark_has_a_letter_of_its_own() -> None:
    assert len({one.value for one in StandingMark}) == len(StandingMark)


def test_the_screen_is_usable_in_the_smallest_window(
    screen: MatrixScreen, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    plant.ask("PRESS", "LOTO")
    window.resize(*SMALL)
    for key in ("asked", "people"):
        screen.tabs.choose(key)
        screen.show_part(key)
        settle(jobs)
        check_usable(screen)
