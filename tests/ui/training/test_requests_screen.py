"""The screen on which people ask for training and get their reply."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import Capability
from app.core.people import NewPerson
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.training.requests_screen import RequestsScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle, somebody


def said(screen: QWidget) -> str:
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisibleTo(screen))


def test_fa_06_a_request_is_asked_on_one_screen_and_replied_to_on_another(
    services: Services,
    desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    qtbot: QtBot,
    clock: TurnedClock,
) -> None:
    person_id = services.people.add(administrator(), NewPerson(number="E-1", name="Asha Kulkarni"))
    asha = replace(somebody("Asha Kulkarni", Capability.LEARN), person_id=person_id)
    mine = RequestsScreen(WrittenDesk(services, asha, jobs, desk.theme, clock))
    put(mine, window, jobs)
    mine.ask()
    (sheet,) = mine.findChildren(FormSheet)
    sheet.form.fields()[0].set_value("First aid, for the night shift")
    sheet.save_button.click()
    settle(jobs)
    assert "First aid, for the night shift" in said(mine)
    check_usable(mine)

    theirs = RequestsScreen(desk)
    put(theirs, window, jobs)
    (reply,) = (
        one
        for one in theirs.findChildren(Button)
        if one.accessibleName() == "Reply to Asha Kulkarni"
    )
    reply.click()
    (sheet,) = theirs.findChildren(FormSheet)
    sheet.form.fields()[0].set_value(clock.now().astimezone().date() + timedelta(days=9))
    sheet.save_button.click()
    settle(jobs)

    assert "Asha Kulkarni (E-1): First aid, for the night shift" in said(theirs)
    assert "replied on 23 Nov 2026" in said(theirs)
    check_usable(theirs)
    mine.refresh()
    settle(jobs)
    assert "replied on 23 Nov 2026" in said(mine)
