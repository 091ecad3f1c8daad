"""A drill in the window: alarm, stopwatch, badges, heads, all clear, signed; and what is due next."""

from datetime import timedelta
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.people import NewPerson
from app.core.signatures import Proof
from app.core.training.drills import DrillKind, DrillPlan, DrillRule
from app.core.training.sessions import SessionState
from app.ui.kit.forms.fields import NumberField
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignDialog
from app.ui.training.drill_screen import DrillScreen
from app.ui.training.drills_screen import DrillsScreen
from tests.support.clock import TurnedClock
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import said


def sign(window: QWidget, jobs: JobRunner) -> str:
    """Sign what is asked, and return what was read."""
    (dialog,) = [one for one in window.findChildren(SignDialog) if one.isVisible()]
    shown = said(dialog)
    assert dialog.password is not None
    dialog.password.set_value(PASSWORD)
    dialog.sign_button.setEnabled(True)
    dialog.sign()
    settle(jobs)
    return shown


def test_a_drill_from_the_alarm_to_the_signature(
    founder_desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    qtbot: QtBot,
    clock: TurnedClock,
    tmp_path: Path,
) -> None:
    services, actor = founder_desk.services, founder_desk.actor
    services.signatures.accept_statement(actor, Proof(name=LOGIN, password=PASSWORD))
    for number in ("E-10", "E-11"):
        services.people.add(actor, NewPerson(number=number, name=f"Person {number}"))
    drill = services.drills.plan(
        actor, DrillPlan(drill=DrillKind.FIRE, title="", at=clock.now(), shift="B")
    )
    screen = DrillScreen(founder_desk)
    put(screen, window, jobs, session_id=drill)
    assert (screen.watch.text(), screen.main.text()) == ("00:00", "Start: alarm")
    qtbot.keyClick(screen.main, Qt.Key.Key_Return)
    settle(jobs)
    check_usable(screen)
    assert screen.watch.is_running
    clock.turn(timedelta(minutes=3, seconds=7))
    qtbot.keyClicks(screen.board.line, "E-10")
    qtbot.keyClick(screen.board.line, Qt.Key.Key_Return)
    settle(jobs)
    qtbot.waitUntil(lambda: screen.watch.text() == "03:07")

    screen.ask_count()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    for number in sheet.findChildren(NumberField):
        number.set_value(2 if number.label == "Expected" else 1)
    sheet.save_button.click()
    settle(jobs)
    assert "1 is missing, and nobody is named." in said(sheet)
    missing, unexpected = sheet.findChildren(TextAreaField)
    missing.area.setPlainText("Person E-11")
    unexpected.area.setPlainText("A visitor")
    sheet.save_button.click()
    settle(jobs)
    assert "Not expected: A visitor" in said(screen)

    photo = tmp_path / "gate.png"
    Image.new("RGB", (4, 4)).save(photo)
    screen.ask_observation()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    for field in sheet.findChildren(TextField):
        field.set_value(str(photo) if field.label == "Photo" else "Gate 2 was locked")
    sheet.save_button.click()
    settle(jobs)

    screen.main.click()  # All clear
    settle(jobs)
    assert (screen.watch.is_running, screen.watch.text()) == (False, "03:07")
    screen.main.click()  # Sign
    settle(jobs)
    assert "Heads: 1 of 2. Missing: Person E-11. Not expected: A visitor" in sign(window, jobs)
    screen.refresh()
    settle(jobs)
    assert screen.found is not None
    assert screen.found.summary.state is SessionState.SIGNED
    assert "Gate 2 was locked" in said(screen)


def test_an_alarm_by_mistake_is_called_off(
    founder_desk: Desk, window: QWidget, jobs: JobRunner, clock: TurnedClock
) -> None:
    services, actor = founder_desk.services, founder_desk.actor
    services.people.add(actor, NewPerson(number="E-10", name="Asha"))
    drill = services.drills.plan(actor, DrillPlan(drill=DrillKind.FIRE, title="", at=clock.now()))
    services.drills.start(actor, drill)
    services.sessions.rolling.tap(actor, drill, "E-10")
    clock.turn(timedelta(seconds=40))
    screen = DrillScreen(founder_desk)
    put(screen, window, jobs, session_id=drill)
    check_usable(screen)
    assert screen.watch.is_running
    assert screen.found is not None

    (act,) = screen.acts.of_drill(screen.found)
    act.act()
    settle(jobs)
    assert (act.words, founder_desk.questions[-1].text) == (
        "Cancel the drill",
        "1 is on the roll and is not credited. It stays on record, with your reason.",
    )
    screen.refresh()
    settle(jobs)
    assert (screen.watch.is_running, screen.watch.text()) == (False, "00:40")
    assert screen.main.isHidden()
    assert screen.more.isHidden()
    assert "Came, 40 s: does not count" in said(screen)
    assert "Meera Joshi · because" in said(screen)


def test_fa_07_what_is_due_stands_above_the_register(
    founder_desk: Desk, window: QWidget, jobs: JobRunner, clock: TurnedClock
) -> None:
    services, actor = founder_desk.services, founder_desk.actor
    screen = DrillsScreen(founder_desk)
    put(screen, window, jobs)
    assert not screen.due.cards()
    check_usable(screen)
    today = clock.now().astimezone().date()
    services.drills.register.set_rule(
        actor, DrillRule(drill=DrillKind.FIRE, from_on=today - timedelta(days=400), months=6)
    )
    screen.refresh()
    settle(jobs)
    (tile,) = screen.due.cards()
    assert "Overdue" in tile.accessibleName()
    screen.begin_rule()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    for number in sheet.findChildren(NumberField):
        number.set_value(3)
    sheet.save_button.click()
    settle(jobs)
    assert founder_desk.toasts == ["The interval is set."]
    screen.begin_planning()
    settle(jobs)
    screen.findChildren(FormSheet)[-1].save_button.click()
    settle(jobs)
    assert founder_desk.opened[-1][0] == "drill"
