"""What an account is opened with and what it may do, given and taken on a person's screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor, Capability, Grant
from app.core.people import (
    AccountDetail,
    AccountId,
    CredentialKind,
    PersonId,
    RoleName,
    SignedIn,
    WrongSignIn,
)
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.people.person_screen import PersonScreen
from app.ui.people.roles_sheet import RolesSheet
from app.ui.people.secret_sheet import BadgeSheet
from app.ui.shell.sign_in_page import SignInPage
from tests.support.accessibility import nameless, unreachable
from tests.support.desk import WrittenDesk
from tests.ui.people.conftest import SYSTEM
from tests.ui.reports.opened import Desk, check_usable, put, settle

Three = tuple[PersonId, ...]
BADGE = "04:A2:9F:11"


@pytest.fixture
def account(services: Services, three: Three) -> AccountId:
    """Asha's account with PIN 7392."""
    accounts = services.sign_in.accounts
    account_id = accounts.give_account(SYSTEM, three[0])
    accounts.set_pin(SYSTEM, account_id, "7392", must_change=False)
    return account_id


@pytest.fixture
def show(
    account: AccountId, three: Three, desk: Desk, window: QWidget, jobs: JobRunner
) -> Callable[..., PersonScreen]:
    """Shows Asha's screen at a desk."""

    def make(at: Desk = desk) -> PersonScreen:
        made = PersonScreen(at)
        put(made, window, jobs, person_id=three[0])
        return made

    return make


@pytest.fixture
def screen(show: Callable[..., PersonScreen]) -> PersonScreen:
    return show()


def button(within: QWidget, name: str) -> Button:
    (found,) = (
        one
        for one in within.findChildren(Button)
        if one.accessibleName() == name and one.isVisibleTo(within)
    )
    return found


def press(within: QWidget, name: str, jobs: JobRunner) -> None:
    button(within, name).click()
    settle(jobs)


def said(within: QWidget) -> list[str]:
    return [one.text() for one in within.findChildren(QLabel) if one.isVisibleTo(within)]


def offered(within: QWidget) -> set[str]:
    return {one.accessibleName() for one in within.findChildren(Button) if one.isVisibleTo(within)}


def now(services: Services, account: AccountId) -> AccountDetail:
    return services.sign_in.accounts.account(SYSTEM, account)


def roles(services: Services, account: AccountId) -> list[tuple[str, str]]:
    return [(held.role, held.org_unit) for held in now(services, account).roles]


def read_badge(code: str, field: QLineEdit, qtbot: QtBot) -> None:
    """A badge reader is a keyboard: it types the code and presses Enter."""
    qtbot.keyClicks(field, code)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def open_badge_sheet(screen: PersonScreen, jobs: JobRunner) -> BadgeSheet:
    press(screen, "Badge", jobs)
    (sheet,) = screen.findChildren(BadgeSheet)
    return sheet


def test_a_badge_that_was_read_lets_its_owner_sign_in_with_their_pin(
    screen: PersonScreen,
    services: Services,
    jobs: JobRunner,
    desk: Desk,
    theme: Theme,
    window: QWidget,
    qtbot: QtBot,
) -> None:
    sheet = open_badge_sheet(screen, jobs)
    assert QApplication.focusWidget() is sheet.code.line
    read_badge(BADGE, sheet.code.line, qtbot)
    settle(jobs)
    assert desk.toasts == ["The badge is set. Asha Kulkarni can sign in with it."]
    assert screen.findChildren(BadgeSheet) == []

    page = SignInPage(theme, jobs, "Baddi plant")
    page.set_services(services, "Baddi plant")
    screen.hide()
    page.setParent(window)
    page.resize(window.size())
    page.show()
    page.focus_first()
    come_in: list[SignedIn] = []
    page.signed_in.connect(come_in.append)
    read_badge(BADGE, page.number.line, qtbot)
    assert page.secret.typed_in is QApplication.focusWidget()
    qtbot.keyClicks(page.secret.typed_in, "7392")
    qtbot.keyClick(page.secret.typed_in, Qt.Key.Key_Return)
    settle(jobs)

    assert [(one.actor.name, one.method) for one in come_in] == [("Asha Kulkarni", "badge+pin")]


def test_a_badge_of_somebody_else_is_refused_by_name_and_the_next_one_takes_its_place(
    screen: PersonScreen,
    services: Services,
    account: AccountId,
    three: Three,
    jobs: JobRunner,
    qtbot: QtBot,
) -> None:
    accounts = services.sign_in.accounts
    accounts.set_badge(SYSTEM, accounts.give_account(SYSTEM, three[1]), BADGE)
    sheet = open_badge_sheet(screen, jobs)
    read_badge(BADGE, sheet.code.line, qtbot)
    settle(jobs)
    assert "This badge already belongs to Ravi Iyer (P-102)." in sheet._trouble.text()
    assert "Nothing was changed." in sheet._trouble.text()

    read_badge("77-31", sheet.code.line, qtbot)
    settle(jobs)
    assert screen.findChildren(BadgeSheet) == []
    assert services.sign_in.sign_in("77-31", "7392").actor.name == "Asha Kulkarni"


def test_an_empty_badge_and_an_endless_one_are_refused_in_the_sheet(
    screen: PersonScreen, services: Services, account: AccountId, jobs: JobRunner, qtbot: QtBot
) -> None:
    sheet = open_badge_sheet(screen, jobs)
    qtbot.keyClick(sheet.code.line, Qt.Key.Key_Return)
    settle(jobs)
    assert sheet.code.error() == "Fill in: Code of the badge."

    sheet.code.set_value("7" * 300)
    sheet.save_button.click()
    settle(jobs)
    assert "at most 100 characters" in sheet._trouble.text()
    assert now(services, account).proofs == {CredentialKind.PIN}
    sheet.form.mark_saved()
    sheet.dismiss()


def test_a_badge_is_taken_away_at_once_for_the_number_still_names_its_owner(
    screen: PersonScreen, services: Services, account: AccountId, jobs: JobRunner, desk: Desk
) -> None:
    services.sign_in.accounts.set_badge(SYSTEM, account, BADGE)
    settle(jobs)
    press(screen, "Take away: Badge", jobs)

    assert (desk.questions, desk.toasts) == ([], ["Taken away."])
    assert now(services, account).proofs == {CredentialKind.PIN}
    assert "Take away: Badge" not in offered(screen)


def test_it_is_asked_before_somebody_is_left_with_no_way_in(
    screen: PersonScreen, services: Services, account: AccountId, jobs: JobRunner, desk: Desk
) -> None:
    services.sign_in.accounts.set_password(SYSTEM, account, "tall mango trees")
    settle(jobs)
    press(screen, "Take away: Password", jobs)
    assert desk.questions == []

    press(screen, "Take away: PIN", jobs)
    (question,) = desk.questions
    assert question.title == "Leave Asha Kulkarni no way to sign in?"
    assert question.danger
    assert now(services, account).proofs == frozenset()
    with pytest.raises(WrongSignIn):
        services.sign_in.sign_in("P-101", "7392")


def open_sheet(screen: PersonScreen, jobs: JobRunner) -> RolesSheet:
    press(screen, "Roles", jobs)
    (sheet,) = screen.findChildren(RolesSheet)
    return sheet


def choices(combo: object) -> list[str]:
    box = combo.combo  # type: ignore[attr-defined]  # a ComboField of any value
    return [box.itemText(index) for index in range(box.count())]


def choose(sheet: RolesSheet, role: RoleName, place: str) -> None:
    sheet.role.set_value(role)
    sheet.role.edited.emit()
    sheet.place_field.combo.setCurrentText(place)


def test_a_role_is_given_in_two_departments_and_taken_in_one(
    screen: PersonScreen, services: Services, account: AccountId, jobs: JobRunner, desk: Desk
) -> None:
    sheet = open_sheet(screen, jobs)
    for place in ("Press shop (PRESS)", "Stores (STORE)"):
        choose(sheet, RoleName.TRAINER, place)
        press(sheet, "Give the role", jobs)
    assert roles(services, account) == [
        ("learner", ""),
        ("trainer", "Press shop"),
        ("trainer", "Stores"),
    ]
    assert "Press shop and all below it" in said(sheet)
    assert choices(sheet.place_field) == ["The whole site"]

    press(sheet, "Take away: Trainer, Press shop and all below it", jobs)
    assert roles(services, account) == [("learner", ""), ("trainer", "Stores")]
    assert desk.toasts[-1] == "Taken away: Trainer."
    assert "Learner, Trainer (Stores)" in said(screen)


def test_what_is_held_for_the_site_is_not_offered_again(
    screen: PersonScreen, services: Services, account: AccountId, jobs: JobRunner
) -> None:
    sheet = open_sheet(screen, jobs)
    assert "Learner" not in choices(sheet.role)
    choose(sheet, RoleName.ADMINISTRATOR, "The whole site")
    press(sheet, "Give the role", jobs)

    assert roles(services, account) == [("learner", ""), ("administrator", "")]
    sheet.role.set_value(RoleName.ADMINISTRATOR)
    sheet.role.edited.emit()
    assert "The whole site" not in choices(sheet.place_field)


def test_the_last_administrator_stays_and_the_sheet_says_why(
    screen: PersonScreen, services: Services, account: AccountId, jobs: JobRunner
) -> None:
    services.sign_in.accounts.grant_role(SYSTEM, account, RoleName.ADMINISTRATOR)
    sheet = open_sheet(screen, jobs)
    press(sheet, "Take away: Administrator, The whole site", jobs)

    assert sheet.trouble.text() == (
        "This is the last administrator of the site. Nothing was changed. "
        "Make somebody else an administrator first, with a PIN or password."
    )
    assert sheet.trouble.isVisible()
    assert ("administrator", "") in roles(services, account)


def desk_of(actor: Actor, desk: Desk) -> Desk:
    return WrittenDesk(desk.services, actor, desk.jobs, desk.theme, desk.clock, desk.place)


def local_trainer(services: Services, unit: str) -> Actor:
    """Somebody who manages accounts of one department, and holds there what a trainer does."""
    organisation = services.people.organisation
    place = next(one.id for one in organisation.org_units(SYSTEM) if one.name == unit)
    capabilities = {*Capability} - {Capability.VIEW_JOURNAL, Capability.MANAGE_SITE}
    return Actor(
        account_id=None,
        person_id=None,
        name="Local",
        grants=frozenset(
            Grant(capability=one, org_units=frozenset({place})) for one in capabilities
        ),
    )


def test_nobody_is_offered_to_give_what_they_lack(
    show: Callable[..., PersonScreen], services: Services, desk: Desk, jobs: JobRunner
) -> None:
    sheet = open_sheet(show(desk_of(local_trainer(services, "Press shop"), desk)), jobs)

    assert choices(sheet.role) == ["Supervisor", "Assessor", "Trainer"]
    assert choices(sheet.place_field) == ["Press shop (PRESS)"]


def test_an_account_that_holds_more_than_the_actor_has_no_buttons(
    show: Callable[..., PersonScreen],
    services: Services,
    account: AccountId,
    desk: Desk,
    jobs: JobRunner,
) -> None:
    services.sign_in.accounts.grant_role(SYSTEM, account, RoleName.AUDITOR)
    screen = show(desk_of(local_trainer(services, "Press shop"), desk))

    assert not {"New PIN", "Roles", "Badge", "Take away: PIN"} & offered(screen)
    assert any("only by somebody who holds all these roles" in one for one in said(screen))


def test_taking_ones_own_role_away_is_asked_first(
    show: Callable[..., PersonScreen],
    services: Services,
    account: AccountId,
    desk: Desk,
    jobs: JobRunner,
) -> None:
    for role in (RoleName.ADMINISTRATOR, RoleName.AUTHOR):
        services.sign_in.accounts.grant_role(SYSTEM, account, role)
    at = desk_of(services.sign_in.sign_in("P-101", "7392").actor, desk)
    sheet = open_sheet(show(at), jobs)
    press(sheet, "Take away: Author, The whole site", jobs)

    assert [one.title for one in at.questions] == ["Take this role away from yourself?"]
    assert ("author", "") not in roles(services, account)


def test_the_roles_open_where_one_is_given_and_are_worked_by_keyboard(
    screen: PersonScreen, services: Services, account: AccountId, jobs: JobRunner
) -> None:
    sheet = open_sheet(screen, jobs)

    assert QApplication.focusWidget() is sheet.role.combo
    assert nameless(sheet) == []
    assert unreachable(sheet) == []


def test_enter_on_arriving_takes_nothing_away(screen: PersonScreen) -> None:
    screen.focus_first()

    assert QApplication.focusWidget() is screen.edit_button


def test_with_everything_set_the_card_fits_a_small_window(
    screen: PersonScreen, services: Services, account: AccountId, jobs: JobRunner
) -> None:
    services.sign_in.accounts.set_badge(SYSTEM, account, BADGE)
    services.sign_in.accounts.set_password(SYSTEM, account, "tall mango trees")
    settle(jobs)

    assert {"Take away: PIN", "Take away: Password", "Take away: Badge"} <= offered(screen)
    check_usable(screen)
