"""One person: who they are, where they belonged, how they sign in, which roles they hold."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.people import AccountClosed, AccountLocked, Destination, PersonId, WrongSignIn
from app.core.training import DueRule, RequirementType, Terms, Validity
from app.core.training.matrix import Cell, CellEdit, Need, Proposal
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.chips import StatusChip
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.people.further_roles_part import EndRoleSheet, GiveRoleSheet
from app.ui.people.leaving_sheets import LeaveSheet, ReturnSheet
from app.ui.people.person_form import PersonForm
from app.ui.people.person_screen import PersonScreen
from tests.support.clock import TurnedClock
from tests.ui.people.conftest import SYSTEM
from tests.ui.reports.opened import Desk, auditor, check_usable, put, settle

TODAY = date(2026, 11, 23)
Three = tuple[PersonId, ...]


@pytest.fixture
def screen(three: Three, desk: Desk, window: QWidget, jobs: JobRunner) -> PersonScreen:
    """Asha's screen."""
    made = PersonScreen(desk)
    put(made, window, jobs, person_id=three[0])
    return made


def said(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def press(widget: QWidget, words: str, jobs: JobRunner) -> None:
    (found,) = (
        one
        for one in widget.findChildren(Button)
        if one.text() == words and one.isVisibleTo(widget) and one.window() is widget.window()
    )
    found.click()
    settle(jobs)


def sheet_of(screen: PersonScreen) -> FormSheet:
    (sheet,) = screen.findChildren(FormSheet)
    return sheet


def secret_of(sheet: FormSheet) -> PasswordField:
    (field,) = sheet.findChildren(PasswordField)
    return field


def test_who_it_is_stands_there(screen: PersonScreen) -> None:
    assert screen.header.title() == "Asha Kulkarni"
    assert "आशा कुलकर्णी" in said(screen)
    assert "Press shop" in said(screen)
    assert "No account" in said(screen)


def test_choosing_a_job_role_tells_what_it_would_ask_for(
    screen: PersonScreen, services: Services, jobs: JobRunner, three: Three
) -> None:
    role = services.people.organisation.add_job_role(SYSTEM, "CRANE", "Crane driver")
    today = services.open_site.site.clock.now().date()
    terms = Terms(
        from_on=today,
        validity=Validity.FOR_GOOD,
        due_rule=DueRule.AFTER_ASSIGNMENT,
        due_days=5,
        grace_days=30,
    )
    kind = RequirementType.EXTERNAL
    new = NewRequirement(code="CR", title="Crane licence", type=kind, terms=terms)
    thing = services.training.catalogue.add(SYSTEM, new)
    edit = CellEdit(cell=Cell(owner_id=role, thing_id=thing), need=Need.MANDATORY)
    services.training.matrix.apply(SYSTEM, Proposal(edits=(edit,)), reason="Cranes")
    press(screen, "Edit", jobs)
    form = sheet_of(screen).form
    assert isinstance(form, PersonForm)
    form.role.set_value(role)
    form.role.edited.emit()
    settle(jobs)

    (told,) = [one for one in said(form) if "Crane licence" in one]
    assert told.startswith("1 thing to learn: Crane licence. The first is due 28 Nov 2026.")
    assert "30 days of grace" in told
    form.mark_saved()


def test_a_correction_is_saved(
    screen: PersonScreen, services: Services, jobs: JobRunner, desk: Desk, three: Three
) -> None:
    press(screen, "Edit", jobs)
    sheet = sheet_of(screen)
    form = sheet.form
    assert isinstance(form, PersonForm)
    form.name.set_value("Asha K. Kulkarni")
    sheet.save_button.click()
    settle(jobs)

    assert services.people.person(desk.actor, three[0]).name == "Asha K. Kulkarni"
    assert screen.header.title() == "Asha K. Kulkarni"


def test_another_department_is_a_move_and_the_former_one_is_kept(
    screen: PersonScreen, jobs: JobRunner, services: Services, three: Three, desk: Desk
) -> None:
    press(screen, "Edit", jobs)
    form = sheet_of(screen).form
    assert isinstance(form, PersonForm)
    stores = services.people.organisation.org_units(desk.actor)
    form.unit.set_value(next(unit.id for unit in stores if unit.name == "Stores"))
    assert form.has_moved
    sheet_of(screen).save_button.click()
    settle(jobs)

    placement = services.people.person(desk.actor, three[0]).placement
    assert placement is not None
    assert placement.org_unit == "Stores"


def test_a_former_department_is_told_with_the_last_day_there(
    screen: PersonScreen, jobs: JobRunner, services: Services, three: Three, clock: TurnedClock
) -> None:
    clock.turn(timedelta(days=5))
    units = {one.name: one.id for one in services.people.organisation.org_units(SYSTEM)}
    stores = Destination(org_unit_id=units["Stores"])
    services.people.move(SYSTEM, three[0], stores)
    settle(jobs)

    assert "no job role · 23 Nov 2026 to 27 Nov 2026" in said(screen)


def keep(sheet: LeaveSheet | ReturnSheet, on: date, jobs: JobRunner, qtbot: QtBot) -> None:
    sheet.on.set_value(on)
    sheet.reason.set_value("As they said")
    qtbot.keyClick(sheet.save_button, Qt.Key.Key_Space)
    settle(jobs)


def test_leaving_asks_when_and_why_and_keeps_the_records(
    screen: PersonScreen,
    jobs: JobRunner,
    desk: Desk,
    services: Services,
    three: Three,
    qtbot: QtBot,
    clock: TurnedClock,
) -> None:
    clock.turn(timedelta(days=10))
    press(screen, "Has left", jobs)
    (sheet,) = screen.findChildren(LeaveSheet)
    assert sheet.on.value() == TODAY + timedelta(days=10)
    assert "Works until 2 Dec 2026, gone from 3 Dec 2026" in said(sheet)
    check_usable(screen)
    qtbot.keyClick(sheet.save_button, Qt.Key.Key_Space)
    settle(jobs)
    assert services.people.person(desk.actor, three[0]).active  # no reason was given

    keep(sheet, TODAY + timedelta(days=8), jobs, qtbot)
    person = services.people.person(desk.actor, three[0])
    assert (person.active, person.left_on) == (False, TODAY + timedelta(days=8))
    assert not screen.leave_button.isVisible()
    assert desk.toasts == ["Recorded. Their training records stay."]


def test_whoever_is_to_leave_stays_after_all(
    screen: PersonScreen,
    jobs: JobRunner,
    desk: Desk,
    services: Services,
    three: Three,
    qtbot: QtBot,
) -> None:
    assert not screen.stay_button.isVisible()
    press(screen, "Has left", jobs)
    (sheet,) = screen.findChildren(LeaveSheet)
    keep(sheet, TODAY + timedelta(days=8), jobs, qtbot)
    assert "Works until 30 Nov 2026, gone from 1 Dec 2026" in said(screen)
    assert (screen.stay_button.isVisible(), screen.rejoin_button.isVisible()) == (True, False)

    press(screen, "Stays after all", jobs)
    assert desk.questions[0].ask_reason
    assert services.people.person(desk.actor, three[0]).left_on is None
    assert not screen.stay_button.isVisible()


def test_whoever_left_is_taken_back_into_the_old_place(
    screen: PersonScreen,
    jobs: JobRunner,
    desk: Desk,
    services: Services,
    three: Three,
    qtbot: QtBot,
    clock: TurnedClock,
) -> None:
    clock.turn(timedelta(days=10))
    assert not screen.rejoin_button.isVisible()
    services.people.leave(SYSTEM, three[0], TODAY + timedelta(days=5))
    settle(jobs)
    press(screen, "Came back", jobs)
    (sheet,) = screen.findChildren(ReturnSheet)
    assert any("Press shop" in words for words in said(sheet))
    keep(sheet, TODAY + timedelta(days=4), jobs, qtbot)
    assert any("before they left" in words for words in said(sheet))

    sheet.on.set_value(TODAY + timedelta(days=9))
    qtbot.keyClick(sheet.save_button, Qt.Key.Key_Space)
    settle(jobs)
    person = services.people.person(desk.actor, three[0])
    assert person.active
    assert person.placement is not None
    assert (person.placement.org_unit, person.placement.from_on) == (
        "Press shop",
        TODAY + timedelta(days=9),
    )
    assert desk.toasts == ["Recorded. They are here again."]
    assert (screen.rejoin_button.isVisible(), screen.leave_button.isVisible()) == (False, True)


def test_whoever_left_is_not_let_sign_in_nor_trained_again(
    screen: PersonScreen, jobs: JobRunner, services: Services, three: Three
) -> None:
    services.people.leave(SYSTEM, three[0], TODAY)
    settle(jobs)

    assert {"No account", "Has left. Once they are back they can be let in."} <= set(said(screen))
    shown = {one.text() for one in screen.findChildren(Button) if one.isVisibleTo(screen)}
    assert "Came back" in shown
    assert shown.isdisjoint({"Let them sign in", "Order retraining"})


def test_who_may_only_look_takes_nobody_back(
    three: Three, desk: Desk, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    services.people.leave(SYSTEM, three[0])
    desk.actor = auditor()
    screen = PersonScreen(desk)
    put(screen, window, jobs, person_id=three[0])

    assert not screen.rejoin_button.isVisible()


def test_a_department_that_is_called_otherwise_is_shown_so_at_once(
    screen: PersonScreen, jobs: JobRunner, services: Services
) -> None:
    organisation = services.people.organisation
    press_shop = next(one for one in organisation.org_units(SYSTEM) if one.name == "Press shop")
    organisation.rename_org_unit(SYSTEM, press_shop.id, "Press shop 2")
    settle(jobs)

    assert "Press shop 2" in said(screen)


def test_an_account_is_given_with_a_first_pin_in_one_go(
    screen: PersonScreen, jobs: JobRunner, services: Services
) -> None:
    press(screen, "Let them sign in", jobs)
    sheet = sheet_of(screen)
    secret_of(sheet).set_value("7392")
    sheet.save_button.click()
    settle(jobs)

    signed_in = services.sign_in.sign_in("P-101", "7392")
    assert signed_in.actor.name == "Asha Kulkarni"
    assert signed_in.needs_change is not None


def test_a_pin_that_is_guessed_first_is_refused_in_the_sheet(
    screen: PersonScreen, jobs: JobRunner
) -> None:
    press(screen, "Let them sign in", jobs)
    sheet = sheet_of(screen)
    secret_of(sheet).set_value("1234")
    sheet.save_button.click()
    settle(jobs)

    assert "one of the first that are guessed" in sheet._trouble.text()
    assert sheet.save_button.isEnabled()
    sheet.form.mark_saved()
    sheet.dismiss()


@pytest.fixture
def with_account(
    screen: PersonScreen, services: Services, jobs: JobRunner, three: Three
) -> PersonScreen:
    """Asha's screen once she can sign in with 7392."""
    accounts = services.sign_in.accounts
    accounts.set_pin(SYSTEM, accounts.give_account(SYSTEM, three[0]), "7392", must_change=False)
    settle(jobs)
    return screen


def test_a_closed_account_lets_nobody_in_until_it_is_opened_again(
    with_account: PersonScreen, jobs: JobRunner, services: Services
) -> None:
    press(with_account, "Close account", jobs)
    assert "Closed" in chips(with_account)
    with pytest.raises(AccountClosed):
        services.sign_in.sign_in("P-101", "7392")

    press(with_account, "Open again", jobs)
    assert services.sign_in.sign_in("P-101", "7392").actor.name == "Asha Kulkarni"


def test_who_was_locked_out_after_wrong_tries_is_unlocked(
    with_account: PersonScreen, desk: Desk, jobs: JobRunner, services: Services, clock: TurnedClock
) -> None:
    for _ in range(5):
        with pytest.raises((WrongSignIn, AccountLocked)):
            services.sign_in.sign_in("P-101", "0000")
        clock.turn(timedelta(days=1))
    with_account.refresh()
    settle(jobs)
    assert "Locked after wrong tries" in chips(with_account)

    press(with_account, "Unlock", jobs)
    assert desk.questions[0].ask_reason
    assert services.sign_in.sign_in("P-101", "7392").actor.name == "Asha Kulkarni"


def chips(screen: PersonScreen) -> list[str]:

    return [chip.text() for chip in screen.findChildren(StatusChip) if chip.isVisible()]


def test_the_training_record_is_one_press_away(
    screen: PersonScreen, desk: Desk, jobs: JobRunner, three: Three
) -> None:
    press(screen, "Training record", jobs)

    assert desk.opened == [("dossier", {"person_id": three[0]})]


def test_one_button_is_what_the_page_is_about(screen: PersonScreen) -> None:
    """Whether or not the person has an account yet."""
    shown = [one for one in screen.findChildren(Button) if one.isVisibleTo(screen)]

    assert [one.text() for one in shown if one.property("kind") == Kind.PRIMARY] == ["Edit"]
    assert "Let them sign in" in [one.text() for one in shown]


def test_it_is_usable_by_keyboard_in_a_small_window(with_account: PersonScreen) -> None:
    check_usable(with_account)


def test_a_further_job_role_is_given_and_ended_by_keyboard(
    screen: PersonScreen, services: Services, jobs: JobRunner, three: Three, qtbot: QtBot
) -> None:
    role = services.people.organisation.add_job_role(SYSTEM, "CRANE", "Crane driver")
    press(screen, "Add a further job role", jobs)
    (giving,) = screen.findChildren(GiveRoleSheet)
    giving.role.set_value(role)
    giving.reason.set_value("Stands in")
    qtbot.keyClick(giving.save_button, Qt.Key.Key_Space)
    settle(jobs)
    assert "Crane driver" in said(screen)
    check_usable(screen)

    (end,) = (
        one for one in screen.findChildren(Button) if one.accessibleName().endswith("Crane driver")
    )
    qtbot.keyClick(end, Qt.Key.Key_Space)
    (ending,) = screen.findChildren(EndRoleSheet)
    ending.reason.set_value("Back to the press")
    qtbot.keyClick(ending.save_button, Qt.Key.Key_Space)
    settle(jobs)
    assert services.people.person(SYSTEM, three[0]).further_roles == ()
    assert "Crane driver" not in said(screen)
