"""Ordering retraining: who, what and why; whom it reaches is said before, and nobody is left behind."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.base.actor import system_actor
from app.core.people import Audience, NewPerson
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.training.retrain_screen import RetrainScreen
from tests.support.plant import Plant, build_plant
from tests.ui.reports.opened import Desk, check_usable, put, settle


@pytest.fixture
def plant(services: Services) -> Plant:
    return build_plant(services.open_site.site, people=4)


def test_it_is_ordered_for_whom_it_was_opened_with_once_a_reason_is_given(
    plant: Plant, services: Services, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    services.people.add(system_actor(), NewPerson(number="N-1", name="Newcomer"))
    screen = RetrainScreen(desk)
    put(screen, window, jobs, numbers="N-1, N-9", code="")
    assert "Nobody of yours has the number N-9." in screen.reach.text()
    assert not screen.order_button.isEnabled()
    screen.people.drop("N-9")
    settle(jobs)
    assert screen.reach.text() == ("1 person learns it again. 1 was never asked for it before.")
    screen.order_button.click()
    assert screen.reason.error() == "Fill in: Why."
    screen.reason.set_value("Reached in without a lock")
    screen.order_button.click()
    settle(jobs)

    assert desk.toasts == ["Ordered for 1 person."]
    person = services.people.find(system_actor(), "N-1").id
    (given,) = services.training.assignments.of_person(system_actor(), person)
    detail = services.training.assignments.detail(system_actor(), given.id)
    assert detail.why.origin == "Reached in without a lock"
    check_usable(screen)


def test_who_is_let_off_is_told_and_left_out_unless_it_is_said_why_not(
    plant: Plant, services: Services, desk: Desk, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    person = services.people.add(system_actor(), NewPerson(number="N-1", name="Newcomer"))
    screen = RetrainScreen(desk)
    put(screen, window, jobs, numbers="N-1", code="")
    code = screen.what.value() or ""
    training = services.training
    training.assign(system_actor(), code, Audience(numbers=("N-1",)), due_on=None, origin="x")
    (mine,) = training.assignments.of_person(system_actor(), person)
    training.assignments.waivers.waive(system_actor(), mine.id, until_on=None, reason="Medical")
    put(screen, window, jobs, numbers="N-1", code="")
    assert "1 is let off this and left out: Newcomer (N-1, for good)." in screen.reach.text()
    assert not screen.order_button.isEnabled()
    check_usable(screen)
    screen.reason.set_value("Reached in without a lock")
    qtbot.keyClicks(screen.despite.line, "Works there again")
    settle(jobs)
    screen.order_button.click()
    settle(jobs)
    assert "1 waiver ends." in desk.questions[-1].text
    again, _before = training.assignments.of_person(system_actor(), person)
    assert again.waived_until is None
