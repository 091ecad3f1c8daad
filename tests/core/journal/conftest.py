"""The journal is tested on every engine the product runs on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.journal import Site
from app.core.storage.database import Database
from tests.support.clock import TurnedClock
from tests.support.postgres import postgres_database, postgres_server
from tests.support.sites import DATA_KEY, empty_database, open_site


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server, one for the whole run of a worker."""
    with postgres_server() as url:
        yield url


@pytest.fixture(
    params=["sqlite", "sqlcipher", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database on each engine."""
    if request.param == "postgresql":
        with postgres_database(request.getfixturevalue("server_url")) as database:
            yield database
        return
    database = empty_database(tmp_path, DATA_KEY if request.param == "sqlcipher" else None)
    yield database
    database.close()


@pytest.fixture
def site(database: Database, clock: TurnedClock) -> Site:
    """An empty site on each engine."""
    return open_site(database, clock)
