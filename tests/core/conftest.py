"""A real site for the tests of the core."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.journal import Site
from tests.support.clock import TurnedClock
from tests.support.sites import DATA_KEY, empty_database, open_site


@pytest.fixture
def clock() -> TurnedClock:
    """A clock that stands until it is turned."""
    return TurnedClock()


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    """An empty, encrypted site."""
    site = open_site(empty_database(tmp_path, DATA_KEY), clock)
    yield site
    site.close()
