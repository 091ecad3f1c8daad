"""A small plant on a real, encrypted site, and people who may see different parts of it."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.journal import Journal, Site
from app.core.reports import Reports
from tests.support.plant import Plant, build_plant
from tests.support.sites import STATION

SYSTEM = system_actor("Meera Iyer")


@pytest.fixture
def plant(site: Site) -> Plant:
    """Fifty people in five departments, four courses."""
    return build_plant(site, people=50, courses=4, units=5)


@pytest.fixture
def reports(site: Site, plant: Plant) -> Iterator[Reports]:
    """The service; afterwards the journal still proves every record."""
    yield Reports(site)
    assert Journal(site, STATION).verify(SYSTEM).first_bad is None


def head_of(*units: UUID, capability: Capability = Capability.VIEW_REPORTS) -> Actor:
    """Return somebody who holds one capability for some org units."""
    grant = Grant(capability=capability, org_units=frozenset(units))
    return Actor(account_id=None, person_id=None, name="Head", grants=frozenset({grant}))


def nobody() -> Actor:
    """Return somebody without any capability."""
    return Actor(account_id=None, person_id=None, name="Nobody")
