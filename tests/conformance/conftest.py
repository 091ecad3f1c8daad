"""One endpoint for the tests of a file; they keep out of each other's way by fresh names."""

from collections.abc import Iterator

import pytest

from app.core.base.clock import SystemClock
from tests.support.lrs import ONE, TWO, Client, RunningLrs, run_lrs


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
