"""A class in the window: planned, badges tapped until the roll is green, signed, and who missed it moved."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import system_actor
from app.core.people import Audience, NewPerson, PersonChange, PersonId, RoleName
from app.core.people.shifts import NewShift, read_pattern
from app.core.signatures import Proof, Undersigned
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.requirements import NewRequirement
from app.core.training.sessions import SessionPlan, SessionState
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignDialog
from app.ui.kit.theme import Theme, Tone
from app.ui.training.coming_sheet import ComingSheet
from app.ui.training.confirm_attendance import ConfirmAttendance
from app.ui.training.invite_sheet import InviteSheet
from app.ui.training.people_found import PeopleFound
from app.ui.training.scan_sheet import ScanSheet
from app.ui.training.session_forms import EndForm, SessionForm
from app.ui.training.session_screen import SessionScreen
from app.ui.training.sessions_screen import SessionsScreen
from tests.support.clock import TurnedClock
from tests.support.faces import draw_face
from tests.support.scanned import as_jpeg, cross, dot, pages_of
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import said


@pytest.fixture
def desk(founder_desk: Desk) -> Desk:
    """Meera's desk; she has accepted the statement, and changes are told."""
    services, actor = founder_desk.services, founder_desk.actor
    services.open_site.site.listeners.append(founder_desk.changes.announce)
    services.signatures.accept_statement(actor, Proof(name=LOGIN, password=PASSWORD))
    terms = Terms(
        from_on=founder_desk.clock.now().astimezone().date(),
        validity=Validity.MONTHS,
        valid_count=12,
        evidence=EvidenceRule.CONFIRMED,
    )
    kind = RequirementType.SESSION
    services.training.catalogue.add(
        actor, NewRequirement(code="FIRE", title="Fire safety", type=kind, terms=terms)
    )
    return founder_desk


@pytest.fixture
def people(desk: Desk) -> list[PersonId]:
    """Four people; the first two have badges."""
    services, actor = desk.services, desk.actor
    made = []
    for number, name, badge in (
        ("E-10", "Asha Rao", "0011"),
        ("E-11", "Bina Shah", "0012"),
        ("E-12", "Chitra Nair", ""),
        ("E-13", "Dev Patel", ""),
    ):
        person = services.people.add(actor, NewPerson(number=number, name=name))
        if badge:
            account = services.sign_in.accounts.give_account(
                actor, person, roles=(RoleName.LEARNER,)
            )
            services.sign_in.accounts.set_badge(actor, account, badge)
        made.append(person)
    return made


def a_session(desk: Desk, people: list[PersonId], **said_otherwise: object) -> UUID:
    now = desk.clock.now()
    plan = {
        "title": "Fire extinguishers",
        "starts_at": now,
        "ends_at": now + timedelta(hours=1),
        "venue": "Shed 2",
        "requirements": ("FIRE",),
        **said_otherwise,
    }
    planning = desk.services.sessions.planning
    key = planning.plan(desk.actor, SessionPlan(**plan))  # type: ignore[arg-type]  # test convenience
    planning.invite(desk.actor, key, people)
    return key


def type_in(screen: SessionScreen, words: str, jobs: JobRunner, qtbot: QtBot) -> None:
    """Type into the roll's field and press Enter, as a badge reader does."""
    qtbot.keyClicks(screen.board.line, words)
    qtbot.keyClick(screen.board.line, Qt.Key.Key_Return)
    settle(jobs)


def green(screen: SessionScreen) -> int:
    return sum(one.tone is Tone.SUCCESS for one in screen.board.tiles())


def choose(words: str, jobs: JobRunner) -> None:
    """Choose a line of the menu that is open."""
    menu = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()
    )
    action = next(one for one in menu.actions() if words in one.text())
    assert isinstance(action, QAction)
    action.trigger()
    menu.close()
    settle(jobs)


def offered() -> list[str]:
    """Return the lines of the menu that is open, and close it."""
    menu = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()
    )
    lines = [action.text() for action in menu.actions()]
    menu.close()
    return lines


def test_the_roll_shows_photos_of_those_who_have_one(
    desk: Desk, people: list[PersonId], window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    photos = desk.services.people.photos
    photos.give(desk.actor, people[0], draw_face(tmp_path / "asha.png"))
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=a_session(desk, people))
    assert [one.avatar.has_photo for one in screen.board.tiles()] == [True, False, False, False]
    photos.give(desk.actor, people[1], tmp_path / "asha.png")
    settle(jobs)
    assert [one.avatar.has_photo for one in screen.board.tiles()] == [True, True, False, False]


def test_people_are_invited_by_name_by_number_and_because_they_have_it_due(
    desk: Desk, people: list[PersonId], window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    services, actor = desk.services, desk.actor
    due_on = desk.clock.now().astimezone().date() + timedelta(days=3)
    both = Audience(numbers=("E-12", "E-13"))
    services.training.assign(actor, "FIRE", both, due_on=due_on, origin="Works there")
    key = a_session(desk, [], seats=2)
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=key)
    screen.second.click()
    settle(jobs)
    (sheet,) = screen.findChildren(InviteSheet)
    assert "2 seats are free" in sheet.told.text()

    sheet.search.search_for("Bina")
    settle(jobs)
    qtbot.keyClick(sheet.search, Qt.Key.Key_Return)
    assert sheet.chosen == (people[1],)
    qtbot.keyClicks(sheet.search, "E-10")
    qtbot.keyClick(sheet.search, Qt.Key.Key_Return)
    settle(jobs)
    sheet.all_button.click()
    assert sheet.chosen == (people[1], people[0], people[2], people[3])
    assert "2 will wait for a seat" in sheet.told.text()
    sheet.button.click()
    settle(jobs)

    assert screen.found is not None
    one = screen.found.summary
    assert (one.seated, one.waiting) == (2, 2)
    assert services.sessions.suggesting.suggest(actor, key).people == ()


@pytest.fixture
def in_shifts(desk: Desk, people: list[PersonId]) -> list[PersonId]:
    """The four in A, nights, A and no shift; all have fire safety due."""
    services, actor, today = desk.services, desk.actor, desk.clock.now().astimezone().date()
    for shift, pattern in (("A", "6x06:00-14:00, 1xoff"), ("Night", "6x22:00-06:00, 1xoff")):
        hours = read_pattern(pattern, today)
        services.people.shifts.say(actor, NewShift(name=shift, pattern=hours))
    for person, shift in zip(people, ("A", "night", "A", ""), strict=True):
        services.people.edit(actor, person, PersonChange(shift=shift))
    everybody = Audience(numbers=("E-10", "E-11", "E-12", "E-13"))
    services.training.assign(actor, "FIRE", everybody, due_on=today, origin="Works there")
    return people


def test_who_is_not_at_work_then_is_told_on_the_page_and_beside_another_time(
    desk: Desk, in_shifts: list[PersonId], window: QWidget, jobs: JobRunner
) -> None:
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=a_session(desk, in_shifts[:2]))
    told = [one.text() for one in screen.facts.findChildren(PlainLabel)]
    assert "1 of 2 at work then; 1 on shift Night" in told
    names = [one.accessibleName() for one in screen.board.tiles()]
    assert "Night · works 22:00–06:00" in names[1]
    assert "works" not in names[0]

    screen.acts.change(screen.found)  # type: ignore[arg-type]  # it is shown
    settle(jobs)
    (form,) = screen.findChildren(SessionForm)
    assert form.hours_told.text() == "1 of 2 at work then; 1 on shift Night"
    form.time.set_value("13:30")
    form.time.line.textEdited.emit("13:30")
    settle(jobs)
    assert form.hours_told.text() == "0 of 2 at work then; 1 for part of it, 1 on shift Night"


def test_who_is_invited_is_chosen_by_shift(
    desk: Desk, in_shifts: list[PersonId], window: QWidget, jobs: JobRunner
) -> None:
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=a_session(desk, in_shifts[:1]))
    screen.second.click()
    settle(jobs)
    (sheet,) = screen.findChildren(InviteSheet)
    assert sheet.shifts.told.text() == (
        "1 of 3 at work then; 1 on shift Night, 1 with hours not known"
    )
    box = sheet.shifts.box
    assert [box.itemText(at) for at in range(box.count())] == [
        "All shifts", "Without those who are not at work then",
        "A · at work then, 06:00–14:00 (1)", "Night · works 22:00–06:00 (1)", "hours not known (1)",
    ]  # fmt: skip
    box.setCurrentIndex(1)
    box.activated.emit(1)
    settle(jobs)
    sheet.all_button.click()
    assert sheet.chosen == (in_shifts[2], in_shifts[3])


def test_several_numbers_are_invited_at_once_and_unknown_ones_are_named(
    desk: Desk, people: list[PersonId], window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    key = a_session(desk, [])
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=key)
    screen.second.click()
    settle(jobs)
    (sheet,) = screen.findChildren(InviteSheet)
    qtbot.keyClicks(sheet.search, "e-10, E-12, E-99,")
    qtbot.keyClick(sheet.search, Qt.Key.Key_Return)
    settle(jobs)

    assert sheet.chosen == (people[0], people[2])
    sheet.search.flush()
    assert "Nobody here has the number E-99." in sheet.told.text()
    assert sheet.search.text() == ""


def test_a_class_from_the_roll_to_the_signature(
    desk: Desk,
    people: list[PersonId],
    window: QWidget,
    jobs: JobRunner,
    qtbot: QtBot,
    clock: TurnedClock,
) -> None:
    key = a_session(desk, people)
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=key)
    assert screen.main.text() == "Open the roll"
    screen.main.click()
    settle(jobs)
    assert green(screen) == 0
    check_usable(screen)

    type_in(screen, "0011", jobs, qtbot)
    assert screen.board.told.text() == "Asha Rao is there."
    type_in(screen, "0012", jobs, qtbot)
    assert green(screen) == 2
    type_in(screen, "0011", jobs, qtbot)
    assert screen.board.told.text() == "Asha Rao was on the roll already."
    type_in(screen, "99887", jobs, qtbot)
    assert "Nobody here has this badge or number." in screen.board.told.text()
    type_in(screen, "chitra", jobs, qtbot)
    (found,) = window.findChildren(PeopleFound)
    found.rows[0].click()
    settle(jobs)
    assert green(screen) == 3

    clock.turn(timedelta(hours=1))
    screen.main.click()  # End
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    sheet.save_button.click()
    settle(jobs)
    assert screen.main.text() == "Sign"
    screen.main.click()
    settle(jobs)
    (dialog,) = [one for one in window.findChildren(SignDialog) if one.isVisible()]
    assert "E-12 Chitra Nair: 1 h, entered by hand" in said(dialog)
    assert dialog.password is not None
    assert dialog.name is not None  # an hour without a signature ended the series
    dialog.name.set_value(LOGIN)
    dialog.password.set_value(PASSWORD)
    dialog.sign_button.setEnabled(True)
    dialog.sign()
    settle(jobs)

    assert desk.toasts[-1] == "2 credited. 1 waits for a second person."
    assert screen.found is not None
    assert screen.found.summary.state is SessionState.SIGNED
    other = a_session(
        desk, [], starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1), title="Again"
    )
    screen.second.click()  # Move who missed it
    settle(jobs)
    (rebook,) = [one for one in screen.findChildren(ComingSheet) if one.isVisible()]
    rebook.rows[0].click()
    settle(jobs)
    (moved,) = desk.services.sessions.detail(desk.actor, other).roll
    assert moved.person_id == people[3]


def test_the_day_is_asked_where_a_session_went_over_midnight(qtbot: QtBot, theme: Theme) -> None:
    began = datetime(2026, 11, 23, 23, 20).astimezone()
    form = EndForm(began, began + timedelta(hours=1))
    qtbot.addWidget(form)
    assert form.last_day is not None
    assert form.times() == (began, began + timedelta(hours=1))
    form.ended.set_value("23:50")
    form.last_day.set_value(began.date())
    assert form.times() == (began, began + timedelta(minutes=30))
    same_day = EndForm(began - timedelta(hours=2), began)
    qtbot.addWidget(same_day)
    assert same_day.last_day is None


def test_the_certificates_of_a_class_are_saved_from_its_menu(
    desk: Desk,
    people: list[PersonId],
    window: QWidget,
    jobs: JobRunner,
    clock: TurnedClock,
    tmp_path: Path,
) -> None:
    sessions, actor = desk.services.sessions, desk.actor
    key = a_session(desk, people)
    sessions.rolling.open(actor, key)
    for badge in ("0011", "0012"):
        sessions.rolling.tap(actor, key, badge)
    clock.turn(timedelta(hours=1))
    sessions.rolling.end(actor, key)
    pen = desk.services.signatures.pen(actor, Proof(name=LOGIN, password=PASSWORD))
    sessions.signing.sign(actor, key, Undersigned(pen, sessions.signing.text(actor, key)))
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=key)
    screen.more.click()
    assert "Save the certificates" in offered()

    assert screen.found is not None
    screen.acts.write_certificates(screen.found, tmp_path)
    settle(jobs)

    assert desk.toasts[-1] == "2 certificates saved."
    assert (
        len(list(tmp_path.glob("*.pdf"))) == 5
    )  # theirs, the stack to print, the cards, the stickers


def test_a_line_is_put_right_from_the_tile(
    desk: Desk,
    people: list[PersonId],
    window: QWidget,
    jobs: JobRunner,
    clock: TurnedClock,
) -> None:
    key = a_session(desk, people)
    rolling = desk.services.sessions.rolling
    rolling.open(desk.actor, key)
    clock.turn(timedelta(minutes=20))
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=key)
    screen.board.tiles()[0].click()  # not there: comes by it
    settle(jobs)
    assert green(screen) == 1
    screen.board.tiles()[0].click()
    choose("Put right", jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    for field in sheet.findChildren(TextField):
        field.set_value("10:42" if field.label == "Right time" else "Came with the others")
    sheet.save_button.click()
    settle(jobs)
    one = desk.services.sessions.detail(desk.actor, key).roll[0]
    assert one.seconds == 20 * 60
    assert [line.reason for line in one.lines] == ["", "Came with the others"]


def test_somebody_beyond_the_seats_is_let_in_when_it_is_said(
    desk: Desk, people: list[PersonId], window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    key = a_session(desk, people[:1], seats=1)
    desk.services.sessions.rolling.open(desk.actor, key)
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=key)
    type_in(screen, "E-13", jobs, qtbot)
    assert [one.title for one in desk.questions] == ["Let them in all the same?"]
    settle(jobs)
    came = [one for one in desk.services.sessions.detail(desk.actor, key).roll if one.came]
    assert [one.person_id for one in came] == [people[3]]


def test_a_sheet_with_more_than_the_seats_is_taken_over_when_it_is_said(
    desk: Desk,
    people: list[PersonId],
    window: QWidget,
    jobs: JobRunner,
    tmp_path: Path,
) -> None:
    key = a_session(desk, people[:3], seats=2)
    services, actor = desk.services, desk.actor
    services.sessions.rolling.open(actor, key)
    (page,) = pages_of(services.sessions.papers.sheet(actor, key, "Plant").content)
    for line in (0, 1, 2):
        cross(page, line)
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(as_jpeg(page))
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=key)
    assert screen.found is not None
    screen.acts.read_scan(screen.found, scan)
    settle(jobs)
    screen.findChildren(ScanSheet)[-1].take_button.click()
    settle(jobs)
    assert desk.questions[-1].title == "Let them in all the same?"
    assert "All 2 seats are taken" in desk.questions[-1].text
    settle(jobs)
    assert desk.toasts[-1] == "3 came by the sheet."
    screen.refresh()
    settle(jobs)
    assert "3 came, 1 more than the 2 seats." in said(screen)
    check_usable(screen)


def test_a_scanned_sheet_is_proposed_and_what_is_unclear_is_asked(
    desk: Desk,
    people: list[PersonId],
    window: QWidget,
    jobs: JobRunner,
    clock: TurnedClock,
    tmp_path: Path,
) -> None:
    key = a_session(desk, people)
    services, actor = desk.services, desk.actor
    services.sessions.rolling.open(actor, key)
    (page,) = pages_of(services.sessions.papers.sheet(actor, key, "Plant").content)
    cross(page, 0)
    dot(page, 2)
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(as_jpeg(page))
    clock.turn(timedelta(hours=1))
    services.sessions.rolling.end(actor, key)
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=key)
    assert screen.found is not None
    screen.acts.read_scan(screen.found, scan)
    settle(jobs)
    (sheet,) = [one for one in screen.findChildren(ScanSheet) if one.isVisible()]
    check_usable(sheet)
    ticks = {key: box.isChecked() for key, box in sheet.boxes.items()}
    assert ticks == {people[0]: True, people[1]: False, people[2]: False, people[3]: False}
    assert "Not clear: look at the paper, and tick who was there." in said(sheet)
    (look,) = [
        one
        for one in sheet.findChildren(QWidget)
        if one.accessibleName() == "The line of Chitra Nair on the paper"
    ]
    picture = look.grab().toImage()
    spots = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    assert min(picture.pixelColor(*spot).value() for spot in spots) < 120  # ink is seen
    sheet.boxes[people[2]].setChecked(True)
    sheet.take_button.click()
    settle(jobs)
    detail = services.sessions.detail(actor, key)
    assert {one.person_id for one in detail.roll if one.came} == {people[0], people[2]}
    assert [one.name for one in detail.papers] == ["scan.jpg"]


def test_sessions_are_planned_and_talks_begun_from_the_list(
    desk: Desk, people: list[PersonId], window: QWidget, jobs: JobRunner
) -> None:
    screen = SessionsScreen(desk)
    put(screen, window, jobs)
    check_usable(screen)
    screen.begin_planning()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    for field in sheet.findChildren(TextField):
        words = {"Title": "Work at height", "Starts at": "noon", "Proves": "fire"}
        field.set_value(words.get(field.label, ""))
    sheet.save_button.click()
    settle(jobs)
    assert "“noon” is not a time." in said(sheet)
    for field in sheet.findChildren(TextField):
        if field.label == "Starts at":
            field.set_value("23:30")
        if field.label == "Proves":
            field.set_value("FIRE")
    sheet.save_button.click()
    settle(jobs)
    assert desk.opened[-1][0] == "session"
    screen.begin_talk()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    for field in sheet.findChildren(TextField):
        field.set_value("Hot work" if field.label == "Topic" else "")
    sheet.save_button.click()
    settle(jobs)
    today = desk.clock.now().astimezone().date()
    found = desk.services.sessions.between(desk.actor, today, today)
    assert [one.title for one in found] == ["Hot work", "Work at height"]
    screen.refresh()
    settle(jobs)
    assert screen.table.model.rowCount() == 2


def test_attendance_entered_by_hand_is_confirmed_by_somebody_else(
    desk: Desk,
    people: list[PersonId],
    window: QWidget,
    jobs: JobRunner,
    clock: TurnedClock,
) -> None:
    from tests.support.classes import another_trainer

    key = a_session(desk, people)
    services, actor = desk.services, desk.actor
    services.sessions.rolling.open(actor, key)
    services.sessions.rolling.tick(actor, key, people[2])
    clock.turn(timedelta(hours=1))
    services.sessions.rolling.end(actor, key)
    shown = services.sessions.signing.text(actor, key)
    pen = services.signatures.pen(actor, Proof(name=LOGIN, password=PASSWORD))
    services.sessions.signing.sign(actor, key, Undersigned(pen, shown))
    desk.actor = another_trainer()
    screen = SessionsScreen(desk)
    put(screen, window, jobs)
    assert screen.waiting_button.text() == "1 to confirm"
    screen.waiting_button.click()
    settle(jobs)
    (sheet,) = [one for one in screen.findChildren(ConfirmAttendance) if one.isVisible()]
    check_usable(sheet)
    sheet.confirm_buttons[0].click()  # type: ignore[attr-defined]  # a button
    settle(jobs)
    assert desk.toasts == ["It counts."]
    assert services.sessions.confirming.waiting(actor) == ()


def two_rooms(desk: Desk, people: list[PersonId], clock: TurnedClock) -> tuple[UUID, UUID]:
    """Let Asha be on two rolls for an hour, of which the first is signed; Bina is on the second alone."""
    services, actor = desk.services, desk.actor
    rolling, signing = services.sessions.rolling, services.sessions.signing
    first = a_session(desk, [], title="Gas masks", venue="Shed 1")
    second = a_session(desk, people)
    for key, badges in ((first, ("0011",)), (second, ("0011", "0012"))):
        rolling.open(actor, key)
        for badge in badges:
            rolling.tap(actor, key, badge)
    clock.turn(timedelta(hours=1))
    for key in (first, second):
        rolling.end(actor, key)
    pen = services.signatures.pen(actor, Proof(name=LOGIN, password=PASSWORD))
    signing.sign(actor, first, Undersigned(pen, signing.text(actor, first)))
    return first, second


def test_who_was_in_two_rooms_is_told_on_the_roll_and_decided_from_the_tile(
    desk: Desk, people: list[PersonId], window: QWidget, jobs: JobRunner, clock: TurnedClock
) -> None:
    _first, second = two_rooms(desk, people, clock)
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=second)
    tiles = {one.person_id: one for one in screen.board.tiles()}
    asha = tiles[people[0]]
    assert asha.tone is Tone.WARNING
    assert "In two rooms: decide" in asha.accessibleName()
    assert "At the same time in Gas masks (Shed 1)" in asha.toolTip()
    check_usable(screen)

    asha.click()
    choose("Counts here, too", jobs)

    assert "Gas masks (Shed 1)" in desk.questions[-1].text
    assert desk.toasts[-1] == "It counts once you sign."
    asha = next(one for one in screen.board.tiles() if one.person_id == people[0])
    assert asha.tone is Tone.SUCCESS
    assert "because" in asha.toolTip()
    shown = desk.services.sessions.signing.text(desk.actor, second)
    assert "counts in both: because" in shown


def test_a_session_without_a_registered_trainer_says_what_it_does_not_count_for(
    desk: Desk, people: list[PersonId], window: QWidget, jobs: JobRunner
) -> None:
    terms = Terms(
        from_on=desk.clock.now().astimezone().date(),
        validity=Validity.FOR_GOOD,
        trainer_registered=True,
    )
    kind = RequirementType.SESSION
    gas = desk.services.training.catalogue.add(
        desk.actor, NewRequirement(code="GAS", title="Gas masks", type=kind, terms=terms)
    )
    screen = SessionScreen(desk)
    put(screen, window, jobs, session_id=a_session(desk, people, requirements=("FIRE", "GAS")))
    told = "Does not count for Gas masks (GAS): nobody who leads it is a trainer of the register"
    assert told in said(screen)
    check_usable(screen)
    assert desk.actor.person_id is not None
    desk.services.training.practicals.assessors.appoint(
        system_actor(), desk.actor.person_id, gas, reason="Trained for it"
    )
    settle(jobs)
    screen.refresh()
    settle(jobs)
    assert told not in said(screen)
