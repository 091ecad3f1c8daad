"""An open site with a small plant, and its administrator at a desk."""

from collections.abc import Callable

import pytest

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.people import Destination, NewPerson, PersonId
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.ui.reports.opened import Desk, administrator

SYSTEM = system_actor()


@pytest.fixture
def desk(services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock) -> Desk:
    made = WrittenDesk(services, administrator(), jobs, theme, clock, services.open_site)
    services.open_site.site.listeners.append(made.changes.announce)
    return made


@pytest.fixture
def asha(services: Services) -> Actor:
    """A learner on the list of people."""
    person = services.people.add(SYSTEM, NewPerson(number="E-10442", name="Asha Kulkarni"))
    learns = frozenset({Grant(capability=Capability.LEARN)})
    return Actor(account_id=None, person_id=person, name="Asha Kulkarni", grants=learns)


@pytest.fixture
def add(services: Services) -> Callable[..., PersonId]:
    """Adds people: number, name, department by name."""
    organisation = services.people.organisation
    units = {
        name: organisation.add_org_unit(SYSTEM, name.upper()[:5], name)
        for name in ("Press shop", "Stores")
    }

    def make(number: str, name: str, unit: str = "Press shop", **more: object) -> PersonId:
        place = Destination(org_unit_id=units[unit])
        return services.people.add(
            SYSTEM,
            NewPerson(number=number, name=name, place=place, **more),  # type: ignore[arg-type]  # as a test words it
        )

    return make


@pytest.fixture
def three(add: Callable[..., PersonId]) -> tuple[PersonId, ...]:
    """Asha and Ravi of the press shop, Devika of the stores."""
    return (
        add("P-101", "Asha Kulkarni", name_local="आशा कुलकर्णी"),
        add("P-102", "Ravi Iyer"),
        add("P-103", "Devika Rao", "Stores"),
    )
