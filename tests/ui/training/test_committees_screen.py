"""The committees' screen: amber where a look is needed, members, and the notice."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.people import NewPerson
from app.core.training.committees import NewSeat, SeatRole
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.training.committee_forms import TermsForm
from app.ui.training.committees_screen import CommitteesScreen
from tests.support.clock import TurnedClock
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle


def said(screen: QWidget) -> str:
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisibleTo(screen))


def test_po_02_po_04_a_committee_is_amber_until_it_has_a_head_and_its_notice_is_new(
    services: Services,
    desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    qtbot: QtBot,
    clock: TurnedClock,
) -> None:
    services.people.add(administrator(), NewPerson(number="E-1", name="Asha Kulkarni"))
    screen = CommitteesScreen(desk)
    put(screen, window, jobs)
    assert "There is no committee yet." in said(screen)
    screen.ask_committee()
    settle(jobs)
    (sheet,) = screen.findChildren(FormSheet)
    sheet.save_button.click()
    settle(jobs)
    assert "It has no presiding officer today." in said(screen)

    committees = services.training.committees
    (one,) = committees.all(administrator())
    today = clock.now().astimezone().date()
    new = NewSeat(role=SeatRole.PRESIDING, from_on=today, number="E-1", contact="ext. 204")
    committees.seat(administrator(), one.id, new)
    screen.refresh()
    settle(jobs)
    assert "Asha Kulkarni (E-1)" in said(screen)
    assert "The notice that hangs out is not of who sits on it today." in said(screen)
    check_usable(screen)

    committees.notice(administrator(), one.id)
    screen.refresh()
    settle(jobs)
    assert "The notice that hangs out" not in said(screen)
    assert "Holds" in said(screen)

    screen.ask_terms(one)
    (sheet,) = [found for found in screen.findChildren(FormSheet) if found.isVisible()]
    assert isinstance(sheet.form, TermsForm)
    sheet.form.least.set_value(2)
    sheet.save_button.click()
    settle(jobs)
    assert "Members are missing. In all: 1 of 2" in said(screen)
    assert "1 too few" in said(screen)
    check_usable(screen)
