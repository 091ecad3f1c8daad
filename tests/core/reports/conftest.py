"""A small plant on a real, encrypted site, and people who may see different parts of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.ids import new_id
from app.core.journal import Journal, Site
from app.core.reports import Reports
from app.core.training.kinds import Basis
from app.core.training.models import RequirementCreditRow
from tests.support.clock import TurnedClock
from tests.support.left_open import closed_afterwards
from tests.support.plant import Plant, PlantKept, keep_plant
from tests.support.sites import DATA_KEY, STATION, empty_database, open_site

SYSTEM = system_actor("Meera Iyer")


@pytest.fixture(scope="session")
def plant_kept(tmp_path_factory: pytest.TempPathFactory) -> PlantKept:
    """The plant, in a file whose journal proves every record."""
    kept = keep_plant(tmp_path_factory.mktemp("plant"), TurnedClock())
    with closed_afterwards():
        site = open_site(kept.copy(kept.file.with_name("proved.db")), TurnedClock())
        assert Journal(site, STATION).verify(SYSTEM).first_bad is None
        site.close()
    return kept


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    """An encrypted site: with the plant where a test asks for it, otherwise empty."""
    if "plant" in request.fixturenames:
        kept: PlantKept = request.getfixturevalue("plant_kept")
        database = kept.copy(tmp_path / "site.db")
    else:
        database = empty_database(tmp_path, DATA_KEY)
    site = open_site(database, clock)
    yield site
    site.close()


@pytest.fixture
def plant(plant_kept: PlantKept) -> Plant:
    """Fifty people in five departments, four courses; `site` holds them."""
    return plant_kept.plant


@pytest.fixture
def reports(site: Site, plant: Plant, plant_kept: PlantKept, tmp_path: Path) -> Iterator[Reports]:
    """The service; afterwards the journal still proves every record: reports write nothing behind it."""
    yield Reports(site)
    if not plant_kept.is_untouched(tmp_path / "site.db"):
        assert Journal(site, STATION).verify(SYSTEM).first_bad is None


def recorded_late(
    site: Site, clock: TurnedClock, person_id: UUID, requirement_id: UUID, valid_until: date
) -> None:
    """Enter now what somebody met eight days ago."""
    with site.transaction(SYSTEM, "evidence.confirm") as unit:
        unit.add(
            RequirementCreditRow(
                person_id=person_id,
                requirement_id=requirement_id,
                at=clock.now() - timedelta(days=8),
                valid_until=valid_until,
                basis=Basis.CONFIRMED,
                proof_id=new_id(),
                recorded_at=clock.now(),
                occasion_id=new_id(),
            )
        )


def head_of(*units: UUID, capability: Capability = Capability.VIEW_REPORTS) -> Actor:
    """Return somebody who holds one capability for some org units."""
    grant = Grant(capability=capability, org_units=frozenset(units))
    return Actor(account_id=None, person_id=None, name="Head", grants=frozenset({grant}))


def nobody() -> Actor:
    """Return somebody without any capability."""
    return Actor(account_id=None, person_id=None, name="Nobody")
