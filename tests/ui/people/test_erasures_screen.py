"""Erasures on screen: what would go, asked for by one, signed by another, held back and lifted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability
from app.core.people import AccountId, PersonId, RoleName
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.overlay import SideSheet
from app.ui.people.erasure_sheets import AskSheet, ConfirmSheet, RetentionSheet
from app.ui.people.erasures_screen import ErasuresScreen
from app.ui.people.person_screen import PersonScreen
from tests.support.traces import traces
from tests.ui.people.conftest import SYSTEM
from tests.ui.reports.opened import Desk, check_usable, put, settle

S = TypeVar("S", bound=SideSheet)
PASSWORD = "Monsoon-Lathe-27"  # of a site that is thrown away
GIVEN = "given by another"


@dataclass
class Two:
    """Two administrators of whom somebody made sure, and somebody who left long ago."""

    desk: Desk
    kamala: PersonId


@pytest.fixture
def two(desk: Desk, services: Services, add: Callable[..., PersonId]) -> Two:
    for number, name in (("A-1", "Asha Rao"), ("A-2", "Binod Das")):
        _administrator(services, add(number, name))
    desk.actor = services.sign_in.with_password("A-1", PASSWORD)
    services.open_site.site.site_id = services.open_site.site_id
    kamala = add("K-4711", "Kamala Devi", joined_on=date(2010, 1, 1))
    services.people.leave(SYSTEM, kamala, date(2015, 3, 1))
    return Two(desk, kamala)


def _administrator(services: Services, person: PersonId) -> AccountId:
    accounts = services.sign_in.accounts
    account = accounts.give_account(SYSTEM, person, roles=(RoleName.ADMINISTRATOR,))
    accounts.set_password(SYSTEM, account, GIVEN)
    came = services.sign_in.sign_in(services.people.person(SYSTEM, person).number, GIVEN).actor
    services.sign_in.change_secret(came, GIVEN, PASSWORD)
    services.signatures.check_signer(SYSTEM, account, "Company badge")
    return account


def _sheet(screen: QWidget, kind: type[S]) -> S:
    (sheet,) = screen.window().findChildren(kind)
    return sheet


def _ask(screen: ErasuresScreen, jobs: JobRunner, secret: str = PASSWORD) -> AskSheet:
    assert screen.plan.ask_button is not None
    screen.plan.ask_button.click()
    sheet = _sheet(screen, AskSheet)
    sheet.reason.set_value("Asked for it in writing")
    sheet.secret.set_value(secret)
    sheet.save_button.click()
    settle(jobs)
    return sheet


def _confirm(screen: ErasuresScreen, jobs: JobRunner, login: str) -> ConfirmSheet:
    screen.requests.confirm_buttons[0].click()
    sheet = _sheet(screen, ConfirmSheet)
    sheet.login.set_value(login)
    sheet.secret.set_value(PASSWORD)
    sheet.save_button.click()
    settle(jobs)
    return sheet


def test_a_person_leads_to_what_erasing_them_would_do(
    two: Two, window: QWidget, jobs: JobRunner
) -> None:
    screen = PersonScreen(two.desk)
    put(screen, window, jobs, person_id=two.kamala)
    check_usable(screen)
    screen.erase_button.click()
    assert two.desk.opened == [("erasures", {"person_id": two.kamala})]


def test_two_people_sign_in_turn_and_the_name_is_gone(
    two: Two, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    screen = ErasuresScreen(two.desk)
    put(screen, window, jobs, person_id=two.kamala)
    check_usable(screen)
    _ask(screen, jobs)
    assert [one.isEnabled() for one in screen.requests.confirm_buttons] == [True]
    assert screen.plan.ask_button is None
    check_usable(screen)

    _confirm(screen, jobs, "A-2")

    question = two.desk.questions[-1]
    assert (question.danger, question.word) == (True, "K-4711")
    assert traces(services.open_site.site, "Kamala", "K-4711") == []
    assert not screen.plan.isVisible()
    assert screen.erased.isVisible()
    check_usable(screen)


def test_whoever_asked_does_not_confirm(
    two: Two, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    screen = ErasuresScreen(two.desk)
    put(screen, window, jobs, person_id=two.kamala)
    _ask(screen, jobs)
    sheet = _confirm(screen, jobs, "A-1")
    assert sheet.isVisible()
    assert services.people.person(SYSTEM, two.kamala).name == "Kamala Devi"


def test_who_cannot_prove_it_asks_for_nothing(two: Two, window: QWidget, jobs: JobRunner) -> None:
    screen = ErasuresScreen(two.desk)
    put(screen, window, jobs, person_id=two.kamala)
    assert _ask(screen, jobs, "wrong-Secret-1").isVisible()
    assert screen.requests.confirm_buttons == []


def test_a_hold_bars_the_button_until_it_is_lifted(
    two: Two, window: QWidget, jobs: JobRunner
) -> None:
    screen = ErasuresScreen(two.desk)
    put(screen, window, jobs, person_id=two.kamala)
    _ask(screen, jobs)
    assert screen.plan.hold_button is not None
    screen.plan.hold_button.click()
    settle(jobs)
    assert [one.isEnabled() for one in screen.requests.confirm_buttons] == [False]
    check_usable(screen)
    screen.holds.lift_buttons[0].click()
    settle(jobs)
    assert [one.isEnabled() for one in screen.requests.confirm_buttons] == [True]
    screen.requests.withdraw_buttons[0].click()
    settle(jobs)
    assert screen.requests.confirm_buttons == []


def test_the_retention_is_changed_with_a_reason(
    two: Two, services: Services, window: QWidget, jobs: JobRunner
) -> None:
    screen = ErasuresScreen(two.desk)
    put(screen, window, jobs)
    assert screen.retention_button is not None
    screen.retention_button.click()
    sheet = _sheet(screen, RetentionSheet)
    sheet.years.set_value(7)
    sheet.reason.set_value("Customer's rule")
    sheet.save_button.click()
    settle(jobs)
    assert services.people.erasures.desk(SYSTEM).retention_years == 7


def test_who_may_not_erase_is_not_led_there(two: Two, window: QWidget, jobs: JobRunner) -> None:
    may = {one for one in two.desk.actor.grants if one.capability is not Capability.ERASE_PEOPLE}
    two.desk.actor = replace(two.desk.actor, grants=frozenset(may))
    screen = PersonScreen(two.desk)
    put(screen, window, jobs, person_id=two.kamala)
    assert not screen.erase_button.isVisible()
