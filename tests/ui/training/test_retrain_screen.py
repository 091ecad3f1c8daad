"""Ordering retraining: who, what and why; whom it reaches is said before, and nobody is left behind."""

import pytest
from PySide6.QtWidgets import QWidget

from app.core.base.actor import system_actor
from app.core.people import NewPerson
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
