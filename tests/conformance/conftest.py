"""What the suites stand on: one endpoint for the tests of a file, and a site to import into."""

from collections.abc import Iterator

import pytest

from app.core.base.clock import SystemClock
from app.core.content import AssetStore
from app.core.courses import LESSON_SOURCES, Courses
from tests.conformance.importing import Importer
from tests.support.clock import TurnedClock
from tests.support.lrs import ONE, TWO, Client, RunningLrs, run_lrs
from tests.support.sites import DATA_KEY, empty_database, open_site


@pytest.fixture(scope="module")
def lrs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLrs]:
    """A real endpoint on loopback."""
    running = run_lrs(tmp_path_factory.mktemp("lrs"), SystemClock())
    yield running
    running.close()


@pytest.fixture
def client(lrs: RunningLrs) -> Client:
    """A system that speaks xAPI 1.0.3."""
    return lrs.client(ONE)


@pytest.fixture(params=[ONE, TWO])
def either(lrs: RunningLrs, request: pytest.FixtureRequest) -> Client:
    """A system that speaks one edition, then the other."""
    return lrs.client(request.param)


@pytest.fixture(scope="module")
def importer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Importer]:
    """A site that the packages of a file are imported into, one after the other."""
    folder, clock = tmp_path_factory.mktemp("importer"), TurnedClock()
    site = open_site(empty_database(folder, DATA_KEY), clock)
    assets = AssetStore(folder / "assets", clock)
    yield Importer(Courses(site, assets, LESSON_SOURCES), assets, folder / "assets")
    site.close()
