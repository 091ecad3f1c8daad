"""A PC that runs through the night sees the new day by itself."""

from datetime import date, timedelta

from PySide6.QtCore import QObject

from app.core.base.errors import UserFacingError
from app.core.base.paging import PageRequest
from app.core.people import Audience, NewPerson
from app.core.training import RequirementType, Terms, Validity
from app.core.training.assignments import State
from app.core.training.requirements import NewRequirement
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.shell.day_rounds import DayRounds
from tests.core.training.conftest import SYSTEM
from tests.support.clock import TurnedClock
from tests.ui.reports.opened import settle

TODAY = date(2026, 11, 23)


def test_midnight_ends_what_leavers_had_open_and_an_hour_alone_does_nothing(
    services: Services, jobs: JobRunner, clock: TurnedClock
) -> None:
    person = services.people.add(SYSTEM, NewPerson(number="E-1", name="Asha"))
    new = NewRequirement(
        code="FORK",
        title="Forklift licence",
        type=RequirementType.EXTERNAL,
        terms=Terms(from_on=TODAY, validity=Validity.FOR_GOOD),
    )
    services.training.catalogue.add(SYSTEM, new)
    services.training.assign(SYSTEM, "FORK", Audience(), due_on=None, origin="Drives")
    services.people.leave(SYSTEM, person, on=TODAY + timedelta(days=1))
    troubles: list[UserFacingError] = []
    parent = QObject()
    rounds = DayRounds(services, jobs, troubles.append, parent)
    rounds.go()
    settle(jobs)

    def state() -> State:
        (row,) = services.training.assignments.page(SYSTEM, PageRequest()).rows
        return row.stands.state

    clock.turn(timedelta(hours=1))
    rounds.look()
    assert jobs.is_idle()
    assert state() is State.ASSIGNED

    clock.turn(timedelta(hours=23))
    rounds.look()
    settle(jobs)
    assert state() is State.CANCELLED
    assert troubles == []
    rounds.stop()
    parent.deleteLater()
