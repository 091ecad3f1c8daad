""" "May I?" as a reader serves it, tasks by keyboard, and the gate in front of sign-in."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.keys.models import SiteRow
from app.core.people import NewPerson, PersonId, PersonKind, RoleName
from app.core.people.models import PersonRow
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.assignments import EnteredEvidence
from app.core.training.permits import GateRules, Proved, TaskWords
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Tone
from app.ui.shell.gate_page import GatePage
from app.ui.training import may_screen
from app.ui.training.may_board import Asking, MayBoard, Turn
from app.ui.training.may_screen import MayScreen
from app.ui.training.passes_sheet import PassesSheet
from app.ui.training.tasks_screen import TasksScreen, _status
from tests.core.training.conftest import SYSTEM
from tests.support.faces import draw_face
from tests.ui.reports.opened import SMALL, Desk, check_usable, put, settle
from tests.ui.sync.conftest import said

TODAY = date(2026, 11, 23)
Scan = Callable[[str], None]


@pytest.fixture
def asha(services: Services) -> PersonId:
    return furnish(services)


def furnish(services: Services, number: str = "E-1") -> PersonId:
    """Add Asha and Ravi, and a press that asks for lock-out training."""
    asha = services.people.add(SYSTEM, NewPerson(number=number, name="Asha Kulkarni"))
    services.people.add(SYSTEM, NewPerson(number="E-2", name="Ravi Das"))
    terms = Terms(
        from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
    )
    kind = RequirementType.EXTERNAL
    new = NewRequirement(code="LOTO", title="Lock-out", type=kind, terms=terms)
    services.training.catalogue.add(SYSTEM, new)
    press = TaskWords(code="PRESS-7", title="Press 7", needs=("LOTO",), is_dangerous=True)
    services.training.permits.tasks.add(SYSTEM, press)
    return asha


def prove(services: Services, person_id: PersonId, on: date = TODAY) -> None:
    shown = EnteredEvidence(issuer="RTO", obtained_on=on)
    requirement = services.training.catalogue.coded(SYSTEM, "LOTO").summary.id
    services.training.assignments.evidence.enter(SYSTEM, person_id, requirement, shown)


def reader(board: MayBoard, jobs: JobRunner, qtbot: QtBot) -> Scan:
    """Return a reader: it types a code where the focus is and presses Enter."""

    def scan(code: str) -> None:
        qtbot.keyClicks(board.entry.line, code)
        qtbot.keyClick(board.entry.line, Qt.Key.Key_Return)
        settle(jobs)

    return scan


def test_tap_scan_answer_with_a_reader_alone(
    asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    screen = MayScreen(desk)
    put(screen, window, jobs)
    screen.focus_first()
    board = screen.board
    scan = reader(board, jobs, qtbot)
    assert board.plate.words == "Tap your badge"
    scan("E-1")
    assert board.plate.words == "Scan the machine"
    scan("PRESS-7")
    assert (board.plate.words, board.plate.tone) == ("Not allowed", Tone.DANGER)
    assert board.plate.under == "Asha Kulkarni · Press 7"
    assert "Lock-out: never obtained" in board.reasons.text()

    prove(services, asha, TODAY - timedelta(days=359))
    scan("e-1")
    scan("press-7")
    assert (board.plate.words, board.plate.tone) == (
        "Allowed, expires in 6 days",
        Tone.SUCCESS,
    )
    qtbot.keyClick(board.entry.line, Qt.Key.Key_Escape)
    assert (board.turn, board.reasons.isHidden()) == (Turn.BADGE, True)
    scan("E-1")
    scan("NOTHING")
    assert board.plate.words == "No machine or operation here has the code “NOTHING”."
    scan("lost badge")
    scan("PRESS-7")
    assert board.reasons.text() == "This badge or number is not known here."
    check_usable(screen)


def test_the_answer_shows_whose_badge_it_is(
    asha: PersonId,
    desk: Desk,
    services: Services,
    window: QWidget,
    jobs: JobRunner,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    services.people.photos.give(SYSTEM, asha, draw_face(tmp_path / "asha.png"))
    screen = MayScreen(desk)
    put(screen, window, jobs)
    board = screen.board
    scan = reader(board, jobs, qtbot)
    for number, has_face in (("E-1", True), ("E-2", False)):
        scan(number)
        assert not board.plate.has_face  # of nobody, until there is an answer
        scan("PRESS-7")
        assert board.plate.has_face is has_face
    assert services.training.permits.may(desk.actor, "E-1", "PRESS-7").standing is not None


def test_an_answer_goes_by_itself_and_a_badge_does_not_wait_for_ever(
    asha: PersonId, window: QWidget, qtbot: QtBot
) -> None:
    board = MayBoard()
    qtbot.addWidget(board)
    board.show()
    qtbot.keyClicks(board.entry.line, "E-1")
    qtbot.keyClick(board.entry.line, Qt.Key.Key_Return)
    assert board.plate.words == "Scan the machine"
    board._over.timeout.emit()  # what the clock does in 20 seconds
    assert board.plate.words == "Tap your badge"


def test_an_answer_that_comes_late_is_not_shown_to_the_next_person(
    asha: PersonId, services: Services, window: QWidget, qtbot: QtBot
) -> None:
    board = MayBoard()
    qtbot.addWidget(board)
    board.show()
    asked: list[Asking] = []
    board.asked.connect(asked.append)

    def type_in(code: str) -> None:
        qtbot.keyClicks(board.entry.line, code)
        qtbot.keyClick(board.entry.line, Qt.Key.Key_Return)

    for code in ("E-1", "PRESS-7", "E-2"):  # Ravi taps while Asha is looked up
        type_in(code)
    assert [(one.badge, one.machine) for one in asked] == [("E-1", "PRESS-7")]
    board.begin()
    for code in ("E-2", "PRESS-7"):
        type_in(code)
    late, hers = asked[1], services.training.permits.may(SYSTEM, "E-1", "PRESS-7")
    board.show_permit(asked[0], hers)
    assert board.plate.words == "Scan the machine"  # nothing of Asha's
    board.show_permit(late, services.training.permits.may(SYSTEM, "E-2", "PRESS-7"))
    assert board.plate.under == "Ravi Das · Press 7"


def test_fa_04_the_board_asks_for_the_supervisor_of_a_minor(
    asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    ravi = services.people.find(SYSTEM, "E-2").id
    prove(services, asha)
    prove(services, ravi)
    services.training.permits.passes.note_age(SYSTEM, "E-1", TODAY + timedelta(days=99))
    screen = MayScreen(desk)
    put(screen, window, jobs)
    scan = reader(screen.board, jobs, qtbot)
    scan("E-1")
    scan("PRESS-7")
    assert (screen.board.plate.words, screen.board.plate.tone) == ("Needs supervisor", Tone.WARNING)
    assert screen.board.entry.label == "Supervisor's badge or number"
    account = services.sign_in.accounts.give_account(SYSTEM, ravi, roles=(RoleName.LEARNER,))
    services.sign_in.accounts.set_pin(SYSTEM, account, "274913", must_change=False)
    scan("E-2")
    assert screen.board.plate.words == "Needs supervisor"
    assert screen.board.entry.label == "Supervisor's own PIN or password"
    assert screen.board.entry.line.echoMode() is QLineEdit.EchoMode.Password
    scan("274913")
    assert screen.board.entry.line.echoMode() is QLineEdit.EchoMode.Normal
    assert (screen.board.plate.words, screen.board.plate.tone) == (
        "Allowed with Ravi Das",
        Tone.SUCCESS,
    )
    scan("E-1")  # the next to tap begins anew
    assert screen.board.turn is Turn.MACHINE


def test_a_wrong_pin_of_the_supervisor_is_told_at_the_gate_and_frees_nobody(
    asha: PersonId, services: Services, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    ravi = services.people.find(SYSTEM, "E-2").id
    prove(services, asha)
    prove(services, ravi)
    services.training.permits.passes.note_age(SYSTEM, "E-1", TODAY + timedelta(days=99))
    services.training.permits.set_rules(SYSTEM, GateRules(is_open=True))
    accounts = services.sign_in.accounts
    account = accounts.give_account(SYSTEM, ravi, roles=(RoleName.LEARNER,))
    accounts.set_pin(SYSTEM, account, "274913", must_change=False)
    accounts.set_badge(SYSTEM, account, "0042")
    page = GatePage(jobs, lambda: services)
    qtbot.addWidget(page)
    page.show()
    page.arrive()
    scan = reader(page.board, jobs, qtbot)
    for text in ("E-1", "PRESS-7", "E-2", "111111"):
        scan(text)
    assert "is not right" in page.board.plate.words
    assert services.training.permits.kept(SYSTEM, "E-1") == ()

    for text in ("E-1", "PRESS-7", "0042"):
        scan(text)
    assert page.board.plate.words == "Allowed with Ravi Das"
    (kept,) = services.training.permits.kept(SYSTEM, "E-1")
    assert (kept.supervisor_proved, kept.at_gate) == (Proved.BADGE, True)


def test_a_task_is_added_by_keyboard_and_what_is_wrong_is_said(
    asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    screen = TasksScreen(desk)
    put(screen, window, jobs)
    screen.begin_adding()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    fill(sheet, "Title", "Mixer 2")
    fill(sheet, "Code", "mix-2")
    fill(sheet, "Needed, all of them", "NONE")
    qtbot.keyClick(sheet.form, Qt.Key.Key_Return)
    settle(jobs)
    assert desk.toasts == []
    fill(sheet, "Needed, all of them", "loto")
    qtbot.keyClick(sheet.form, Qt.Key.Key_Return)
    settle(jobs)
    assert desk.toasts == ["Mixer 2 was added."]
    found = services.training.permits.tasks.coded(SYSTEM, "MIX-2")
    assert [one.code for one in found.asks] == ["LOTO"]

    screen.table.opened.emit(found)
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    fill(sheet, "Place", "Hall 2")
    sheet.save_button.click()
    settle(jobs)
    assert services.training.permits.tasks.coded(SYSTEM, "MIX-2").location == "Hall 2"
    check_usable(screen)


def test_a_task_that_asks_for_nothing_is_marked_and_is_not_green(
    asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    tasks = TasksScreen(desk)
    put(tasks, window, jobs)
    tasks.begin_adding()
    settle(jobs)
    sheet = tasks.findChildren(FormSheet)[-1]
    fill(sheet, "Title", "Mixer 2")
    fill(sheet, "Code", "mix-2")
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts == ["Mixer 2 was added. Nobody is let do it until you say what it needs."]
    assert _status(services.training.permits.tasks.coded(SYSTEM, "MIX-2")) == (
        "Nothing is set up", Tone.WARNING,
    )  # fmt: skip
    screen = MayScreen(desk)
    put(screen, window, jobs)
    scan = reader(screen.board, jobs, qtbot)
    scan("E-1")
    scan("MIX-2")
    assert screen.board.plate.tone is Tone.DANGER
    assert screen.board.reasons.text().startswith("Nothing is set up for this")


def test_the_gate_is_set_up_under_tasks(
    asha: PersonId, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    screen = TasksScreen(desk)
    put(screen, window, jobs)
    screen.begin_gate()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    sheet.form.is_open.control.setChecked(True)  # type: ignore[attr-defined]  # the form of the gate
    sheet.save_button.click()
    settle(jobs)
    assert services.training.permits.rules() == GateRules(is_open=True)


def test_the_gate_shows_the_verdict_and_no_reasons(
    asha: PersonId, services: Services, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    page = GatePage(jobs, lambda: services)
    qtbot.addWidget(page)
    page.resize(*SMALL)
    page.show()
    page.arrive()
    scan = reader(page.board, jobs, qtbot)
    scan("E-1")
    scan("PRESS-7")
    assert page.board.plate.words.startswith("On this site “May I?” is asked by somebody")
    services.training.permits.set_rules(SYSTEM, GateRules(is_open=True))
    scan("E-1")
    scan("PRESS-7")
    assert (page.board.plate.words, page.board.plate.under) == (
        "Not allowed",
        "Asha Kulkarni · Press 7",
    )
    assert page.board.reasons.text() == "Ask your supervisor or trainer why."


def test_sm_02_a_pass_is_given_shown_and_taken_back(
    asha: PersonId,
    desk: Desk,
    services: Services,
    window: QWidget,
    jobs: JobRunner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def noted(_parent: QWidget, _title: str, name: str, _then: object) -> None:
        asked.append(name)

    monkeypatch.setattr(may_screen, "ask_where", noted)  # the dialog of the system
    visitor = NewPerson(number="V-1", name="Vera", kind=PersonKind.VISITOR)
    services.people.add(SYSTEM, visitor)
    screen = MayScreen(desk)
    put(screen, window, jobs)
    screen.open_passes()
    settle(jobs)
    screen.findChildren(PassesSheet)[-1].give_button.click()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    fill(sheet, "Visitor's number", "E-2")
    fill(sheet, "Escort's number", "E-1")
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts == []  # Ravi is no visitor
    fill(sheet, "Visitor's number", "V-1")
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts == ["The pass was given."]
    assert asked == ["pass-V-1-2026-11-23.pdf"]
    screen.open_passes()
    settle(jobs)
    screen.findChildren(PassesSheet)[-1].take_back_buttons[0].click()
    settle(jobs)
    assert desk.toasts[-1] == "The pass was taken back."
    assert services.training.permits.passes.on(SYSTEM) == ()


def test_a_visitor_nobody_knows_is_welcomed_by_keyboard_and_known_again(
    founder_desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(may_screen, "ask_where", lambda *_said: None)  # the dialog of the system
    desk, services = founder_desk, founder_desk.services
    furnish(services, "E-10")
    screen = MayScreen(desk)
    put(screen, window, jobs)
    screen.open_passes()
    settle(jobs)
    qtbot.keyClick(screen.findChildren(PassesSheet)[-1].welcome_button, Qt.Key.Key_Return)
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    words = {"Name": "Anna Schmidt", "Company": "Bosch", "Escort's number": "E-2"}
    for field in sheet.findChildren(TextField):
        qtbot.keyClicks(field.line, words.get(field.label, ""))
    settle(jobs)
    qtbot.keyClick(sheet.save_button, Qt.Key.Key_Return)
    settle(jobs)
    assert "The visitor has not acknowledged the rules." in said(sheet)
    somebody_else, acknowledged = sheet.findChildren(CheckField)
    assert not somebody_else.isVisible()
    qtbot.keyClick(acknowledged.box, Qt.Key.Key_Space)
    qtbot.keyClick(sheet.save_button, Qt.Key.Key_Return)
    settle(jobs)
    assert desk.toasts == ["The pass was given."]
    (given,) = services.training.permits.passes.on(SYSTEM)
    screen.open_passes()
    settle(jobs)
    told = said(screen.findChildren(PassesSheet)[-1])
    assert f"Anna Schmidt · Bosch · {given.number}" in told
    assert "The rules for visitors" in told

    screen.begin_welcome()
    settle(jobs)
    again = screen.findChildren(FormSheet)[-1]
    for field in again.findChildren(TextField):
        qtbot.keyClicks(field.line, words.get(field.label, ""))
    settle(jobs)
    assert f"On record: Anna Schmidt ({given.number}), last here on" in said(again)
    check_usable(screen)
    somebody_else, acknowledged = again.findChildren(CheckField)
    assert somebody_else.isVisible()
    for tick in (somebody_else, acknowledged):
        qtbot.keyClick(tick.box, Qt.Key.Key_Space)
    qtbot.keyClick(again.save_button, Qt.Key.Key_Return)
    settle(jobs)
    assert desk.toasts == ["The pass was given."] * 2
    assert len({one.person_id for one in services.training.permits.passes.on(SYSTEM)}) == 2


def of_baddi(services: Services, person_id: PersonId) -> None:
    """Let somebody belong to another plant."""
    site = services.open_site.site
    with site.transaction(SYSTEM, "test.plant") as unit:
        baddi = SiteRow(code="BDI", name="Baddi plant", founded_at=site.clock.now())
        unit.add(baddi)
        unit.flush()
        unit.get_one(PersonRow, person_id).home_site_id = baddi.id


def test_somebody_of_another_plant_gets_a_pass_that_the_board_and_the_list_tell(
    founder_desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(may_screen, "ask_where", lambda *_said: None)  # the dialog of the system
    desk, services = founder_desk, founder_desk.services
    asha = furnish(services, "E-10")
    of_baddi(services, asha)
    prove(services, asha)
    screen = MayScreen(desk)
    put(screen, window, jobs)
    scan = reader(screen.board, jobs, qtbot)
    scan("E-10")
    scan("PRESS-7")
    assert "They belong to another site, and have no day pass for today." in (
        screen.board.reasons.text()
    )
    screen.begin_pass()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    fill(sheet, "Visitor's number", "E-10")
    fill(sheet, "Escort's number", "E-2")
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts == []  # it has to say why
    fill(sheet, "Purpose", "Repairs the crane")
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts == ["The pass was given."]

    screen.focus_first()
    scan("E-10")
    scan("PRESS-7")
    by = desk.actor.name
    assert screen.board.plate.words == f"Allowed today by {by}"
    assert f"Of Baddi plant; allowed today by {by}: Repairs the crane" in (
        screen.board.reasons.text()
    )
    screen.open_passes()
    settle(jobs)
    told = said(screen.findChildren(PassesSheet)[-1])
    for words in ("Baddi plant · Repairs the crane", "Comes to", by, "Allowed it for today"):
        assert words in told


def fill(sheet: FormSheet, label: str, text: str) -> None:
    next(one for one in sheet.findChildren(TextField) if one.label == label).set_value(text)
