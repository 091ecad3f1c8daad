"""Plants that issue certificates, on a real site."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.journal import Site
from tests.core.certificates.plants import Plant, a_plant
from tests.support.clock import TurnedClock


@pytest.fixture
def plant(site: Site, clock: TurnedClock, tmp_path: Path) -> Plant:
    """A site that holds its keys."""
    return a_plant(site, clock, tmp_path, "Bharat Forge, Pune", has_keys=True)


@pytest.fixture
def keyless(site: Site, clock: TurnedClock, tmp_path: Path) -> Plant:
    """The same on a PC that does not hold the site's keys."""
    return a_plant(site, clock, tmp_path, "Bharat Forge, Pune", has_keys=False)


@pytest.fixture
def count(site: Site) -> Callable[[type], int]:
    """Tell how many rows a table has."""

    def rows(model: type) -> int:
        with site.read() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0

    return rows
