"""Sites for the tests of the command line: one that is open, and one in a folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap.assembly import found_services
from app.core.base.actor import system_actor
from app.core.journal import Journal, Site
from app.core.operations import Founding
from tests.support.in_touch import CHEAP
from tests.support.sites import STATION

PASSWORD = "Monsoon-Lathe-27"  # of a site that is thrown away


@pytest.fixture
def site(site: Site) -> Iterator[Site]:
    """An empty site, whose journal holds whatever the commands did."""
    yield site
    assert Journal(site, STATION).verify(system_actor()).ok


@pytest.fixture
def founded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site whose administrator is called boss and signs in without being asked."""
    monkeypatch.setenv("DAKSHA_PASSWORD", PASSWORD)
    folder = tmp_path / "data"
    founding = Founding(name="Plant", code="PLANT", password=PASSWORD, cost=CHEAP)
    found_services(folder, founding, "boss", "boss").close()
    return folder
