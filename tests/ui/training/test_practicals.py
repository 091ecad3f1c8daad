"""Practicals in the window: watched by finger and keys, concluded, signed by both on one PC."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.paging import PageRequest
from app.core.training import RequirementType, Terms, Validity
from app.core.training.practicals import BlankFor, Hand, RunState, Stage, StepMark, blank_form
from app.core.training.requirements import NewRequirement
from app.ui.kit.jobs import JobRunner
from app.ui.kit.own_password_sheet import OwnPasswordSheet
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignDialog
from app.ui.learning.home_screen import HomeScreen
from app.ui.training.assessors_screen import AssessorsScreen, HistorySheet
from app.ui.training.assignments_screen import AssignmentsScreen
from app.ui.training.form_screen import FormScreen
from app.ui.training.form_sheets import PasteForm
from app.ui.training.my_assessments_screen import MyAssessmentsScreen
from app.ui.training.my_practicals_screen import MyPracticalsScreen
from app.ui.training.picture_sheet import PictureSheet
from app.ui.training.practical_screen import PracticalScreen
from app.ui.training.practicals_screen import PracticalsScreen
from app.ui.training.remark_sheet import RemarkSheet
from app.ui.training.result_card import ResultCard
from tests.support.clock import TurnedClock
from tests.support.practicals import SYSTEM, TODAY, Floor, furnish
from tests.support.signers import Door
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle

TOUCH = 44


@pytest.fixture
def floor(founder_desk: Desk) -> Floor:
    services = founder_desk.services
    pc: Any = SimpleNamespace(opened=services.open_site)
    founder_desk.services.open_site.site.listeners.append(founder_desk.changes.announce)
    door = Door(pc, services.sign_in, services.signatures)
    return furnish(door, services.training)


@pytest.fixture
def ravi(founder_desk: Desk, floor: Floor) -> Desk:
    """The desk at which Ravi, who assesses, sits."""
    founder_desk.actor = floor.ravi
    return founder_desk


@pytest.fixture
def keeper(founder_desk: Desk, floor: Floor) -> Desk:
    """The desk of who keeps forms and the register."""
    founder_desk.actor = administrator()
    return founder_desk


def texts(within: QWidget) -> str:
    return "\n".join(label.text() for label in within.findChildren(QLabel) if label.isVisible())


def opened(screen: QWidget, kind: type[QWidget]) -> Any:
    return [one for one in screen.window().findChildren(kind) if one.isVisible()][-1]


def sign_with(window: QWidget, number: str, password: str, jobs: JobRunner) -> None:
    """Type into the dialog that asks for a signature."""
    dialog = opened(window, SignDialog)
    if dialog.name is not None:
        dialog.name.set_value(number)
    dialog.password.set_value(password)
    dialog.sign_button.setEnabled(True)
    dialog.sign()
    settle(jobs)


def at_practical(desk: Desk, floor: Floor, window: QWidget, jobs: JobRunner) -> PracticalScreen:
    screen = PracticalScreen(desk)
    put(screen, window, jobs, person_id=floor.asha_id, requirement_id=floor.loto)
    return screen


def test_who_waits_is_listed_and_opened(
    ravi: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    screen = MyAssessmentsScreen(ravi)
    put(screen, window, jobs)
    check_usable(screen)
    row = screen.table.model.row(0)
    assert row is not None
    assert (row.name, screen.strips()) == ("Asha Kulkarni", [])
    screen.table.opened.emit(row)
    assert ravi.opened == [
        ("practical", {"person_id": floor.asha_id, "requirement_id": floor.loto})
    ]


def test_steps_are_ticked_by_space_digits_and_n(
    ravi: Desk, floor: Floor, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    screen = at_practical(ravi, floor, window, jobs)
    screen.begin(Stage.OBSERVED)
    settle(jobs)
    rows = screen.steps.rows
    assert len(rows) == 4
    assert rows[0].buttons[StepMark.DONE].hasFocus()
    for button in (*rows[0].buttons.values(), rows[0].remark_button):
        assert button.height() >= TOUCH
        assert button.width() >= TOUCH
    qtbot.keyClick(rows[0].buttons[StepMark.DONE], Qt.Key.Key_Space)
    settle(jobs)
    assert rows[0].mark() is StepMark.DONE
    assert rows[1].buttons[StepMark.DONE].hasFocus()
    qtbot.keyClick(rows[1].buttons[StepMark.DONE], Qt.Key.Key_3)
    settle(jobs)
    assert rows[1].mark() is StepMark.NOT_APPLICABLE
    qtbot.keyClick(rows[2].buttons[StepMark.DONE], Qt.Key.Key_N)
    assert rows[3].buttons[StepMark.DONE].hasFocus()
    assert not rows[3].buttons[StepMark.NOT_APPLICABLE].isEnabled()  # a critical step
    qtbot.keyClick(rows[3].buttons[StepMark.DONE], Qt.Key.Key_2)
    settle(jobs)
    assert rows[3].mark() is StepMark.NOT_DONE
    assert not screen.finish_button.isEnabled()
    check_usable(screen)
    qtbot.keyClick(rows[2].buttons[StepMark.DONE], Qt.Key.Key_Up)
    qtbot.keyClick(rows[2].buttons[StepMark.DONE], Qt.Key.Key_1)
    settle(jobs)
    screen.finish_button.click()
    settle(jobs)
    assert "does not count" in texts(screen)
    assert floor.record().stands.stage is Stage.OBSERVED


def test_a_remark_and_a_photo_are_kept_at_a_step(
    ravi: Desk, floor: Floor, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    screen = at_practical(ravi, floor, window, jobs)
    screen.begin(Stage.OBSERVED)
    settle(jobs)
    screen.steps.rows[0].remark_button.click()
    settle(jobs)
    sheet = opened(window, RemarkSheet)
    check_usable(sheet)
    sheet.remark.set_value("Told the night shift as well")
    photo = tmp_path / "lock.png"
    photo.write_bytes(b"not a picture")
    sheet.photo.offer([photo])
    sheet.save_button.click()
    settle(jobs)
    assert "This is no picture that can be kept" in texts(sheet)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0xFF8800)
    image.save(str(photo))
    sheet.save_button.click()
    settle(jobs)
    found = floor.record().facts.rounds[0].newest[screen.steps.rows[0].step.key]
    assert (found.remark, len(found.photo)) == ("Told the night shift as well", 64)
    assert "Told the night shift as well · photo" in texts(screen)
    screen.steps.rows[0].picture_button.click()
    settle(jobs)
    shown = opened(window, PictureSheet)
    check_usable(shown)
    assert shown.pictures[0].pixmap().width() == 8


def test_p11_13_an_assessment_is_concluded_and_both_sign_on_one_pc(
    ravi: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    floor.practise()
    screen = at_practical(ravi, floor, window, jobs)
    screen.begin(Stage.ASSESSED)
    settle(jobs)
    for row in screen.steps.rows:
        screen.mark(
            row.step.key, StepMark.NOT_DONE if row.step.text.startswith("Puts") else StepMark.DONE
        )
        settle(jobs)
    assert not screen.conclude_card.yes_button.isEnabled()
    assert "nobody is competent without it" in texts(screen.conclude_card)
    missed = next(row for row in screen.steps.rows if row.step.text.startswith("Puts"))
    screen.mark(missed.step.key, StepMark.DONE)
    settle(jobs)
    screen.conclude_card.yes_button.click()
    settle(jobs)
    assert ravi.errors == []
    (card,) = screen.findChildren(ResultCard)
    check_usable(screen)

    card.buttons[Hand.LEARNER].click()
    settle(jobs)
    assert "Puts on the own lock and tag ★: Done" in texts(opened(window, SignDialog))
    sign_with(window, "E-7", floor.passwords["E-7"], jobs)
    assert ravi.toasts[-1] == "Signed. The other signature is still missing."
    assert ravi.actor == floor.ravi  # the assessor stays signed in
    card = screen.findChildren(ResultCard)[-1]
    assert list(card.buttons) == [Hand.ASSESSOR]
    card.buttons[Hand.ASSESSOR].click()
    settle(jobs)
    assert opened(window, SignDialog).name is not None  # somebody else signed in between
    sign_with(window, "E-9", floor.passwords["E-9"], jobs)
    assert ravi.toasts[-1] == "Signed by both: it is on record as competent."

    told = texts(screen)
    for words in ("Asha Kulkarni (E-7)", "Ravi Das (E-9)", "Assessed competent", "UTC+05:30"):
        assert words in told
    assert floor.record().stands.state is RunState.COMPETENT


def test_what_was_said_of_one_assessment_is_not_said_of_the_next(
    ravi: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    other, soon = floor.add_person("E-30", "Imran Khan"), TODAY + timedelta(days=2)
    floor.practise()
    floor.practise(other)
    screen = at_practical(ravi, floor, window, jobs)
    for person in (floor.asha_id, other):
        screen.arrive(person_id=person, requirement_id=floor.loto)
        settle(jobs)
        screen.begin(Stage.ASSESSED)
        settle(jobs)
        for row in screen.steps.rows:
            missed = row.step.text.startswith("Puts")
            screen.mark(row.step.key, StepMark.NOT_DONE if missed else StepMark.DONE)
            settle(jobs)
        if person == floor.asha_id:
            screen.conclude_card.remark.set_value("Forgot the lock at first")
            screen.conclude_card.retry.set_value(soon)
        screen.conclude_card.no_button.click()
        settle(jobs)
    assert ravi.errors == []
    (hers,), (his,) = floor.record().all_results, floor.record(other).all_results
    assert (hers.remark, hers.retry_on) == ("Forgot the lock at first", soon)
    assert his.remark == ""
    assert his.retry_on != soon


def test_a_learner_with_a_pin_is_offered_a_password_and_nothing_is_signed_for_them(
    ravi: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    person = floor.add_person("E-30", "Imran Khan")
    account = ravi.services.sign_in.accounts.give_account(SYSTEM, person)
    ravi.services.sign_in.accounts.set_pin(SYSTEM, account, "739201", must_change=False)
    floor.practise(person)
    floor.assess(of=person)
    screen = PracticalScreen(ravi)
    put(screen, window, jobs, person_id=person, requirement_id=floor.loto)
    screen.findChildren(ResultCard)[0].buttons[Hand.LEARNER].click()
    settle(jobs)
    sheet = opened(window, OwnPasswordSheet)
    for field, words in ((sheet.old, "739201"), (sheet.new, "nine boats"), (sheet.again, "")):
        field.set_value(words)
    sheet.new.set_value("nine yellow boats")
    sheet.again.set_value("nine yellow boats")
    sheet.save_button.click()
    settle(jobs)
    dialog = opened(window, SignDialog)
    assert "Nobody has checked yet who you are" in texts(dialog)
    dialog.reject()
    settle(jobs)
    assert floor.record(person).all_results[0].hands == frozenset()


def test_an_assessor_whose_time_is_over_reads_since_when_and_may_not_sign(
    ravi: Desk, floor: Floor, window: QWidget, jobs: JobRunner, clock: TurnedClock
) -> None:
    floor.practise()
    floor.assess()
    clock.turn(timedelta(days=91))
    screen = MyAssessmentsScreen(ravi)
    put(screen, window, jobs)
    assert screen.strips() == [
        "Lock out and tag out: your assessor status ended 22 Feb 2027. You can observe, not sign."
    ]
    screen.hide()
    one = at_practical(ravi, floor, window, jobs)
    assert "You can observe, not sign." in one.strip.text()
    assert list(one.findChildren(ResultCard)[0].buttons) == [Hand.LEARNER]


def test_a_learner_sees_where_they_stand_asks_and_signs(
    founder_desk: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    founder_desk.actor = floor.asha
    screen = MyPracticalsScreen(founder_desk)
    put(screen, window, jobs)
    check_usable(screen)
    assert "With guidance 0/2" not in texts(screen)  # chips are painted
    assert "Next: Observed, 0 of 1" in texts(screen)
    record = floor.record()
    screen.ask(record)
    settle(jobs)
    form = opened(window, FormSheet)
    form.save_button.click()
    settle(jobs)
    assert founder_desk.toasts == ["The assessors see it in their list."]
    (waiting,) = floor.practicals.to_assess(floor.ravi)
    assert waiting.request is not None
    floor.practise()
    floor.assess()
    settle(jobs)
    card = screen.findChildren(ResultCard)[-1]
    card.buttons[Hand.LEARNER].click()
    settle(jobs)
    sign_with(window, "E-7", floor.passwords["E-7"], jobs)
    assert floor.record().all_results[0].hands == {Hand.LEARNER}


def test_practicals_are_listed_with_their_forms(
    keeper: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    listed = PracticalsScreen(keeper)
    put(listed, window, jobs)
    check_usable(listed)
    row = listed.table.model.row(0)
    assert row is not None
    assert (row.version, row.steps, row.critical, row.assessors) == (1, 4, 2, 1)
    listed.open_form(row)
    assert keeper.opened == [("practical_form", {"requirement_id": floor.loto})]


def test_a_form_is_built_by_keys_pasted_and_published(
    keeper: Desk, floor: Floor, window: QWidget, jobs: JobRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = FormScreen(keeper)
    put(screen, window, jobs, requirement_id=floor.loto)
    check_usable(screen)
    first = screen.content.steps[0]
    screen.lines.focus_step(first.key)
    line = next(one for one in screen.lines.lines if one.hasFocus())
    qtbot.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(jobs)
    assert screen.content.steps[1].key == first.key
    held = next(one for one in screen.lines.lines if one.hasFocus())
    assert first.text in held.accessibleName()
    qtbot.keyClick(held, Qt.Key.Key_S)
    settle(jobs)
    assert screen.content.steps[1].is_critical
    held = next(one for one in screen.lines.lines if one.hasFocus())
    qtbot.keyClick(held, Qt.Key.Key_Delete)
    settle(jobs)
    assert screen.content.step(first.key) is None
    assert any(one.hasFocus() for one in screen.lines.lines)

    screen.ask_step()
    settle(jobs)
    sheet = opened(window, FormSheet)
    check_usable(sheet)
    sheet.form.text.set_value("Looks at the   lock")
    sheet.form.others.fields["ta"].set_value("பூட்டைப் பார்க்கிறார்")
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0xFF8800)
    image.save(str(tmp_path / "lock.png"))
    sheet.form.picture.offer([tmp_path / "lock.png"])
    sheet.save_button.click()
    settle(jobs)
    added = screen.content.steps[-1]
    said = (added.text, added.texts, len(added.picture))
    assert said == ("Looks at the lock", {"ta": "பூட்டைப் பார்க்கிறார்"}, 64)
    screen.ask_paste()
    settle(jobs)
    sheet = opened(window, FormSheet)
    assert isinstance(sheet.form, PasteForm)
    sheet.form.lines.set_value("After:\n1. Takes the lock off ★\n2. Tells everybody")
    sheet.save_button.click()
    settle(jobs)
    assert [one.text for one in screen.content.steps[-2:]] == [
        "Takes the lock off",
        "Tells everybody",
    ]
    assert screen.publish_button.isEnabled()
    screen.ask_publishing()
    settle(jobs)
    opened(window, FormSheet).save_button.click()
    settle(jobs)
    found = floor.practicals.forms.detail(SYSTEM, floor.loto)
    assert (found.summary.version, found.summary.has_draft) == (2, False)
    assert not screen.publish_button.isEnabled()


def test_a_filled_form_leads_to_the_practical_of_the_person(
    keeper: Desk, floor: Floor, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    form = floor.record().form
    assert form is not None
    whose = BlankFor(person_id=floor.asha_id, number="E-7", name="Asha Kulkarni")
    paper = blank_form("LOTO-P", form, "Baddi", keeper.clock.now(), whose)
    (tmp_path / "scan.pdf").write_bytes(paper.content)
    screen = PracticalsScreen(keeper)
    put(screen, window, jobs)
    check_usable(screen)
    screen.filled.read(tmp_path / "scan.pdf")
    settle(jobs)

    pair = {"person_id": floor.asha_id, "requirement_id": floor.loto}
    assert keeper.opened == [("practical", pair)]
    record = PracticalScreen(keeper)
    record.enter(**pair)
    put(record, window, jobs)
    assert record.papers.isVisibleTo(record)  # the scan is kept with it
    check_usable(record)


def test_assessors_are_appointed_renewed_and_ended_in_the_register(
    keeper: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    screen = AssessorsScreen(keeper)
    put(screen, window, jobs)
    check_usable(screen)
    screen.begin_appointing()
    settle(jobs)
    sheet = opened(window, FormSheet)
    sheet.form.number.set_value("E-99")
    sheet.form.reason.set_value("Fitter")
    sheet.save_button.click()
    settle(jobs)
    assert "The person E-99 was not found." in texts(sheet)
    sheet.form.number.set_value("E-7")
    assert "counts from today at the earliest" in texts(sheet)
    sheet.form.first.set_value(TODAY - timedelta(days=10))
    seen(window, "appointing")
    sheet.save_button.click()
    settle(jobs)
    assert screen.table.model.total() == 2
    ravis = next(
        one
        for place in range(2)
        if (one := screen.table.model.row(place)) is not None and one.number == "E-9"
    )
    screen.renew(ravis)
    settle(jobs)
    sheet = opened(window, FormSheet)
    sheet.form.fields()[2].set_value("Did well")
    sheet.save_button.click()
    settle(jobs)
    assert floor.practicals.assessors.qualification(floor.ravi_id, floor.loto).until == (
        TODAY + timedelta(days=365)
    )
    screen.end(ravis)
    settle(jobs)
    assert not floor.practicals.assessors.qualification(floor.ravi_id, floor.loto).may_sign
    (line,) = floor.practicals.assessors.of_person(SYSTEM, floor.ravi_id)
    screen.open_history(line)
    settle(jobs)
    told = texts(opened(window, HistorySheet))
    assert "Fitter for ten years" in told
    assert "because" in told
    back = floor.practicals.assessors.page(SYSTEM, PageRequest(text="E-7")).rows[0]
    screen.open_history(back)
    settle(jobs)
    sheets = [one for one in window.findChildren(HistorySheet) if one.isVisible()]
    assert "It counts from 23 Nov 2026, when it was recorded." in texts(sheets[-1])
    seen(window, "dated-back")


def seen(widget: QWidget, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("DAKSHA_PICTURES"):
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def test_a_trainer_is_appointed_on_the_same_register(
    keeper: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD)
    new = NewRequirement(
        code="FIRE", title="Fire safety", type=RequirementType.SESSION, terms=terms
    )
    fire = floor.training.catalogue.add(SYSTEM, new)
    screen = AssessorsScreen(keeper)
    put(screen, window, jobs)
    screen.begin_appointing()
    settle(jobs)
    sheet = opened(window, FormSheet)
    words = [sheet.form.practical.combo.itemText(place) for place in range(3)]
    assert "Lock out and tag out (LOTO-P) · Assessor" in words
    assert "Fire safety (FIRE) · Trainer" in words
    sheet.form.number.set_value("E-9")
    sheet.form.practical.set_value(fire)
    sheet.form.reason.set_value("Fire officer")
    sheet.save_button.click()
    settle(jobs)
    assert floor.practicals.assessors.qualification(floor.ravi_id, fire).may_sign
    told = [screen.table.model.cell(row, 2).text for row in range(2)]
    assert sorted(told) == ["Assessor", "Trainer"]
    check_usable(screen)


def test_the_home_of_a_learner_leads_to_their_practicals(
    founder_desk: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    founder_desk.actor = floor.asha
    screen = HomeScreen(founder_desk)
    put(screen, window, jobs)
    (row,) = screen.practicals.rows
    assert row.accessibleName() == "Lock out and tag out, Next: Observed"
    floor.practise()
    floor.assess()
    settle(jobs)
    (row,) = screen.practicals.rows
    assert "Your signature is missing" in row.accessibleName()
    row.click()
    assert founder_desk.opened == [("my_practicals", {})]
    check_usable(screen)


def test_an_assignment_leads_to_its_practical(
    keeper: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    screen = AssignmentsScreen(keeper)
    put(screen, window, jobs)
    row = screen.table.model.row(0)
    offered = screen.table._menu
    assert row is not None
    assert offered is not None
    next(one for one in offered(row) if one.words == "The practical, step by step").act()
    assert keeper.opened == [
        ("practical", {"person_id": floor.asha_id, "requirement_id": floor.loto})
    ]


def test_a_form_that_was_revised_since_is_told_beside_what_was_marked(
    ravi: Desk, floor: Floor, window: QWidget, jobs: JobRunner
) -> None:
    floor.practise()
    floor.assess()
    content = floor.practicals.forms.detail(SYSTEM, floor.loto).draft
    floor.practicals.forms.save_draft(SYSTEM, floor.loto, replace(content, observed=2))
    screen = at_practical(ravi, floor, window, jobs)
    assert "Marked by version 1" not in texts(screen)

    floor.practicals.forms.publish(SYSTEM, floor.loto, "Watched twice")
    screen.refresh()
    settle(jobs)

    told = "Marked by version 1 of the form; version 2 is in force since 23 Nov 2026"
    assert texts(screen).count(told) >= 2  # the result, and the rounds
    check_usable(screen)
