"""A plant of twenty with a year of training, and its administrator at a desk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app.core.base.actor import Actor
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.plant import Plant, build_plant
from tests.ui.reports.opened import Desk, administrator, open_everything


@pytest.fixture
def services(tmp_path: Path, clock: TurnedClock, qapp: QObject) -> Iterator[Services]:
    opened = open_everything(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def plant(services: Services) -> Plant:
    return build_plant(services.open_site.site, people=20)


@pytest.fixture
def desk_of(
    services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock
) -> Callable[[Actor], Desk]:
    def make(actor: Actor) -> Desk:
        return WrittenDesk(services, actor, jobs, theme, clock, services.open_site)

    return make


@pytest.fixture
def desk(desk_of: Callable[[Actor], Desk]) -> Desk:
    return desk_of(administrator())
