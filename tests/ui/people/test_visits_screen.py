"""Auditors' visits: opened, looked at, ended early, by mouse and by keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.people import (
    AccountClosed,
    AccountDetail,
    LastAdministrator,
    WrongSignIn,
    create_first_administrator,
)
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.tables.table import RowAction
from app.ui.people.auditor_sheet import AuditorSheet, EndSheet
from app.ui.people.secret_sheet import LoginSheet, SecretSheet
from app.ui.people.visits_screen import VisitsScreen
from app.ui.shell.found import palette_groups
from tests.support.clock import TurnedClock
from tests.ui.reports.opened import Desk, auditor, check_usable, put, settle

PASSWORD = "seven green bottles"


@pytest.fixture
def screen(desk: Desk, window: QWidget, jobs: JobRunner) -> VisitsScreen:
    made = VisitsScreen(desk)
    put(made, window, jobs)
    return made


@pytest.fixture
def visit(screen: VisitsScreen, jobs: JobRunner) -> VisitsScreen:
    """The screen once S. Rangan is let in for some days."""
    empty = screen.table.stage.empty
    assert empty.button is not None
    empty.button.click()
    (sheet,) = screen.findChildren(AuditorSheet)
    for field, value in (
        (sheet.name, "S. Rangan, TUV"),
        (sheet.login, "rangan"),
        (sheet.password, PASSWORD),
    ):
        field.set_value(value)
    sheet.save_button.click()
    settle(jobs)
    return screen


def cells(screen: VisitsScreen) -> list[list[str]]:
    model = screen.table.model
    width = range(len(screen._columns()))
    return [
        [model.cell(row, at).text for at in width]  # type: ignore[union-attr]  # all rows are here
        for row in range(model.total())
    ]


def first(screen: VisitsScreen) -> AccountDetail:
    found = screen.table.model.row(0)
    assert found is not None
    return found


def offers(screen: VisitsScreen) -> dict[str, RowAction]:
    return {one.words: one for one in screen._menu(first(screen))}


def look_at(screen: VisitsScreen, state: str, jobs: JobRunner) -> None:
    screen.table.ask(screen.table.request().filtered_by([("state", state)]))
    settle(jobs)


def test_where_nobody_comes_it_is_said_what_to_do(screen: VisitsScreen) -> None:
    empty = screen.table.stage.empty
    assert empty.isVisible()
    assert empty.button is not None
    assert empty.button.text() == "Open a visit"


def test_an_open_visit_stands_there_until_when_and_when_it_was_last_used(
    visit: VisitsScreen, services: Services, jobs: JobRunner
) -> None:
    (row,) = cells(visit)
    assert row[0] == "S. Rangan, TUV"
    assert visit.table.model.cell(0, 0).under == "rangan"  # type: ignore[union-attr]  # the row is here
    assert row[3:5] == ["never", "Can be used"]

    services.sign_in.sign_in("rangan", PASSWORD)
    settle(jobs)
    (row,) = cells(visit)
    assert row[3] != "never"


def test_enter_on_a_visit_ends_it_after_a_question(
    visit: VisitsScreen, services: Services, desk: Desk, jobs: JobRunner, qtbot: QtBot
) -> None:
    visit.table.view.setFocus()
    visit.table.view.setCurrentIndex(visit.table.model.index(0, 0))
    qtbot.keyClick(visit.table.view, Qt.Key.Key_Return)
    settle(jobs)

    assert [one.title for one in desk.questions] == ["End the visit of S. Rangan, TUV now?"]
    assert desk.questions[0].careful
    assert desk.toasts[-1] == "The visit is over."
    with pytest.raises(AccountClosed):
        services.sign_in.sign_in("rangan", PASSWORD)
    assert cells(visit) == []
    look_at(visit, "over", jobs)
    assert cells(visit)[0][4] == "Over"
    assert set(offers(visit)) == {"Change the end"}


def test_a_visit_that_ran_out_is_over_without_anybody_doing_anything(
    visit: VisitsScreen, clock: TurnedClock, jobs: JobRunner
) -> None:
    clock.turn(timedelta(days=9))
    visit.refresh()
    settle(jobs)
    assert cells(visit) == []


def test_an_auditor_who_comes_back_gets_another_end(
    visit: VisitsScreen,
    services: Services,
    desk: Desk,
    clock: TurnedClock,
    jobs: JobRunner,
) -> None:
    clock.turn(timedelta(days=90))
    look_at(visit, "over", jobs)
    offers(visit)["Change the end"].act()
    (sheet,) = visit.findChildren(EndSheet)
    today = clock.now().astimezone().date()
    assert sheet.last.value() == today
    sheet.last.set_value(today - timedelta(days=1))
    sheet.save_button.click()
    settle(jobs)
    assert "would close before it opens" in sheet._trouble.text()

    sheet.last.set_value(today + timedelta(days=1))
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts[-1] == "rangan can sign in during the visit."
    assert services.sign_in.sign_in("rangan", PASSWORD).actor.roles == {"auditor"}


def test_an_auditor_who_forgot_the_password_gets_another(
    visit: VisitsScreen, services: Services, jobs: JobRunner
) -> None:
    offers(visit)["New password"].act()
    (sheet,) = visit.findChildren(SecretSheet)
    sheet.secret.set_value("nine purple lanterns")
    sheet.must_change.set_value(checked=False)
    sheet.save_button.click()
    settle(jobs)

    assert services.sign_in.sign_in("rangan", "nine purple lanterns").actor.roles == {"auditor"}


def test_an_account_without_an_end_is_closed_and_opened_again_but_not_the_last_administrators(
    screen: VisitsScreen, services: Services, desk: Desk, jobs: JobRunner
) -> None:
    site = services.open_site.site
    create_first_administrator(site, login="it", name="IT desk", password="tall mango trees")
    settle(jobs)
    screen.refresh()
    settle(jobs)
    assert cells(screen)[0][2] == "no end"
    assert set(offers(screen)) == {"New password", "Close account", "Change the login"}
    offers(screen)["Close account"].act()
    settle(jobs)
    assert isinstance(desk.errors[0], LastAdministrator)


def test_the_founders_login_is_changed(
    screen: VisitsScreen, services: Services, jobs: JobRunner, qtbot: QtBot
) -> None:
    site = services.open_site.site
    create_first_administrator(site, login="admin", name="IT desk", password="tall mango trees")
    screen.refresh()
    settle(jobs)
    offers(screen)["Change the login"].act()
    (sheet,) = screen.findChildren(LoginSheet)
    assert sheet.login.value() == "admin"
    check_usable(screen)
    sheet.login.set_value("pune-admin")
    qtbot.keyClick(sheet.login.line, Qt.Key.Key_Return)
    settle(jobs)

    assert services.sign_in.with_password("pune-admin", "tall mango trees").name == "IT desk"
    with pytest.raises(WrongSignIn):
        services.sign_in.with_password("admin", "tall mango trees")


def test_a_closed_visit_can_be_opened_again(
    visit: VisitsScreen, services: Services, desk: Desk, jobs: JobRunner
) -> None:
    offers(visit)["Close account"].act()
    settle(jobs)
    assert desk.questions[-1].ask_reason
    with pytest.raises(AccountClosed):
        services.sign_in.sign_in("rangan", PASSWORD)
    look_at(visit, "over", jobs)
    assert cells(visit)[0][4] == "Closed"

    offers(visit)["Open again"].act()
    settle(jobs)
    assert services.sign_in.sign_in("rangan", PASSWORD).actor.name == "S. Rangan, TUV"


def test_the_search_over_everything_leads_there_those_who_may(
    desk: Desk, services: Services
) -> None:
    def found(at: Desk) -> list[str]:
        return [item.title for item in palette_groups(at)[0].find("auditors")]

    assert found(desk) == ["Auditors' visits"]
    desk.actor = auditor()
    assert found(desk) == []


def test_it_is_usable_by_keyboard_in_a_small_window(visit: VisitsScreen) -> None:
    check_usable(visit)
