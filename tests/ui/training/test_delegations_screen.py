"""Whom a trainer lets assign in his place: given, listed as it stands, and ended."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Capability, system_actor
from app.core.base.clock import local_day
from app.core.keys import SlotCost
from app.core.people import Destination, NewPerson, RoleName, SignIn
from app.core.people.delegating import DelegationTerms
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Theme
from app.ui.people.people_screen import PeopleScreen
from app.ui.people.person_screen import PersonScreen
from app.ui.training.delegations_screen import DelegationForm, DelegationsScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.ui.reports.opened import Desk, check_usable, put, settle

SYSTEM = system_actor()
LIGHT = SlotCost(memory=32, passes=1, lanes=1)
PIN = "8256"


@pytest.fixture
def desk(services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock) -> Desk:
    """The desk of Ravi, who trains the press shop, in which Asha and Meena learn."""
    press = services.people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop")
    sign_in = SignIn(services.open_site.site, LIGHT)
    for number, name in (("RAVI", "Ravi Kumar"), ("ASHA", "Asha Rao"), ("MEENA", "Meena Iyer")):
        place = Destination(org_unit_id=press)
        person = services.people.add(SYSTEM, NewPerson(number=number, name=name, place=place))
        if number == "MEENA":
            continue
        account = sign_in.accounts.give_account(SYSTEM, person)
        sign_in.accounts.set_pin(SYSTEM, account, PIN, must_change=False)
        if number == "RAVI":
            sign_in.accounts.grant_role(SYSTEM, account, RoleName.TRAINER, press)
    ravi = sign_in.sign_in("RAVI", PIN).actor
    made = WrittenDesk(services, ravi, jobs, theme, clock)
    services.open_site.site.listeners.append(made.changes.announce)
    return made


def asked(screen: DelegationsScreen, number: str, jobs: JobRunner) -> FormSheet:
    screen.begin(number)
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    assert isinstance(sheet.form, DelegationForm)
    sheet.form.reason.set_value("On leave")
    return sheet


def rows(screen: DelegationsScreen) -> list[tuple[str, ...]]:
    model = screen.table.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_a_colleague_is_let_and_stopped_again(desk: Desk, window: QWidget, jobs: JobRunner) -> None:
    screen = DelegationsScreen(desk)
    put(screen, window, jobs)
    check_usable(screen)
    sheet = asked(screen, "ASHA", jobs)
    check_usable(screen)

    sheet.save_button.click()
    settle(jobs)

    (one,) = desk.services.people.delegations.listed(desk.actor)
    assert (one.name, one.org_unit, (one.until_on - one.from_on).days) == ("Asha Rao", "", 14)
    (shown,) = rows(screen)
    assert any("Asha Rao" in cell for cell in shown)
    assert any("In force" in cell for cell in shown)
    assert desk.toasts[-1].startswith("They find “Assign”")

    screen.table.opened.emit(one)
    settle(jobs)

    assert desk.questions[-1].title == "Let Asha Rao assign for Ravi Kumar no longer?"
    assert desk.services.people.delegations.listed(desk.actor) == ()
    assert rows(screen) == []


def test_what_is_refused_stays_in_the_form(desk: Desk, window: QWidget, jobs: JobRunner) -> None:
    screen = DelegationsScreen(desk)
    put(screen, window, jobs)
    sheet = asked(screen, "MEENA", jobs)

    sheet.save_button.click()
    settle(jobs)

    assert sheet.isVisible()
    assert "Meena Iyer has no account." in sheet._trouble.text()
    assert desk.services.people.delegations.listed(desk.actor) == ()
    sheet.form.mark_saved()
    sheet.dismiss()
    settle(jobs)


def test_one_is_chosen_by_keyboard_and_the_next_takes_their_place(
    desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    screen = DelegationsScreen(desk)
    put(screen, window, jobs)
    sheet = asked(screen, "MEENA", jobs)
    assert isinstance(sheet.form, DelegationForm)
    who = sheet.form.who

    QTest.keyClicks(who.search, "asha, rao")
    QTest.keyClick(who.search, Qt.Key.Key_Return)
    settle(jobs)
    assert (who.told.isVisible(), who.told.text()) == (True, "Nobody here is called that.")
    assert who.value() == ("MEENA",)

    QTest.keyClick(who.search, Qt.Key.Key_Escape)
    assert not who.told.isVisible()
    QTest.keyClicks(who.search, "asha")
    QTest.keyClick(who.search, Qt.Key.Key_Return)
    settle(jobs)
    assert (who.value(), len(who.chips())) == (("ASHA",), 1)

    sheet.form.mark_saved()
    QTest.keyClick(who.search, Qt.Key.Key_Escape)
    settle(jobs)
    assert screen.findChildren(FormSheet) == []


def test_the_page_of_a_person_leads_there(desk: Desk, window: QWidget, jobs: JobRunner) -> None:
    assert desk.actor.may(Capability.ASSIGN)
    people = desk.services.people
    for number, may_be_let in (("ASHA", True), ("MEENA", False), ("RAVI", False)):
        screen = PersonScreen(desk)
        put(screen, window, jobs, person_id=people.find(SYSTEM, number).id)
        assert screen.delegations.isVisible() is may_be_let, number
        if may_be_let:
            screen.delegations.give_button.click()
        screen.hide()
    assert desk.opened == [("delegations", {"number": "ASHA"})]


def test_the_list_of_people_is_lent_to_look_at_and_does_not_leave(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    services = desk.services
    people, sign_in = services.people, SignIn(services.open_site.site, LIGHT)
    today = local_day(desk.clock)
    asha = people.find(SYSTEM, "ASHA")
    paint = people.organisation.add_org_unit(SYSTEM, "PAINT", "Paint shop")
    people.add(SYSTEM, NewPerson(number="DEV", name="Dev", place=Destination(org_unit_id=paint)))
    terms = DelegationTerms(until_on=today, reason="On leave")
    people.delegations.give(desk.actor, asha.id, terms)
    desk.actor = sign_in.sign_in("ASHA", PIN).actor
    screen = PeopleScreen(desk)
    put(screen, window, jobs)
    assert screen.table.model.rowCount() == 3
    offered = (screen.tools.export_button, screen.tools.print_button, screen.tools.views_button)
    assert [one.isVisible() for one in offered] == [False, False, True]
    screen.hide()

    assert asha.account_id is not None
    sign_in.accounts.grant_role(SYSTEM, asha.account_id, RoleName.TRAINER, paint)
    desk.actor = sign_in.sign_in("ASHA", PIN).actor
    screen = PeopleScreen(desk)
    put(screen, window, jobs)
    assert screen.table.model.rowCount() == 4
    screen.tools.write("csv", tmp_path / "people.csv")
    settle(jobs)

    written = (tmp_path / "people.csv").read_text(encoding="utf-8-sig")
    assert [number in written for number in ("DEV", "MEENA", "RAVI")] == [True, False, False]
