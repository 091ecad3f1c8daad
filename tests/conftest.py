"""What every test stands on: an empty home, no network, no unexpected warning, a clock turned by hand."""

import logging
import os
import shutil
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from app.core.journal import Site
from tests.support.clock import TurnedClock
from tests.support.collector import let_collector_rest, set_collector_to_work
from tests.support.corpora import CORPORA
from tests.support.display import virtual_screen
from tests.support.left_open import closed_afterwards
from tests.support.logs import PRODUCT, LoggedTrouble
from tests.support.network import NetworkGuard
from tests.support.postgres import stop_servers
from tests.support.ram_disk import prefer_ram_disk
from tests.support.sites import DATA_KEY, empty_database, open_site
from tests.support.stretching import stretch_little
from tests.support.together import keep_modules_together

pytest_plugins = ["tests.support.conformance.plugin"]

ROOT = Path(__file__).resolve().parents[1]

# The window system and the time zone are read once in a process, before any fixture runs. India's half hour
# finds arithmetic that takes whole hours for granted.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "Asia/Kolkata"
if hasattr(time, "tzset"):
    time.tzset()
prefer_ram_disk()
stretch_little()
let_collector_rest()

settings.register_profile(
    "dev",
    deadline=None,
    database=DirectoryBasedExampleDatabase(ROOT / ".hypothesis"),
)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))

_FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "home/roaming",
    "LOCALAPPDATA": "home/local",
    "XDG_DATA_HOME": "home/data",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_STATE_HOME": "home/state",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_RUNTIME_DIR": "home/runtime",
    "DAKSHA_DATA": "site",
    "DAKSHA_KEYS": "keys",
}
os.environ["DAKSHA_RESERVE_MIB"] = "0"  # thousands of sites, each of which would take 64 MiB


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that nobody had. `mktemp` would look through all that are there for each of thousands."""
    folder = tmp_path_factory.mktemp("worlds")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def isolated_home(worlds: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Point everything that is found through the environment at an empty folder; give it."""
    world = next(worlds)
    world.mkdir()
    for variable, folder in _FOLDERS.items():
        monkeypatch.setenv(variable, str(world / folder))
        if folder.startswith("home"):
            (world / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    for variable in ("DAKSHA_LOGIN", "DAKSHA_PASSWORD", "DAKSHA_PIN"):
        monkeypatch.delenv(variable, raising=False)
    yield world
    shutil.rmtree(world, ignore_errors=True)


@pytest.fixture(autouse=True)
def no_database_left_open() -> Iterator[None]:
    """Close the databases that the test opened, and what it stands on has not closed by then."""
    with closed_afterwards():
        yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[NetworkGuard]:
    """Refuse connections and look-ups beyond this PC, and fail the test that tried one."""
    guard = NetworkGuard()
    guard.put_up(monkeypatch)
    yield guard
    if guard.attempts:
        pytest.fail("the program reached for the network: " + "; ".join(guard.attempts))


@pytest.fixture(autouse=True)
def logged_trouble() -> Iterator[LoggedTrouble]:
    """Fail the test when the product logs a warning that it did not `logged_trouble.expect`."""
    trouble = LoggedTrouble()
    logger = logging.getLogger(PRODUCT)
    logger.addHandler(trouble)
    yield trouble
    logger.removeHandler(trouble)
    if unexpected := trouble.unexpected():
        pytest.fail(
            "logged, and not announced by logged_trouble.expect(pattern):\n" + "\n".join(unexpected)
        )


@pytest.fixture
def clock() -> TurnedClock:
    """Return a clock that stands still until the test turns it."""
    return TurnedClock()


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    """An empty, encrypted site."""
    site = open_site(empty_database(tmp_path, DATA_KEY), clock)
    yield site
    site.close()


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Return the folder of real packages, banks and hostile files; skip where it is absent."""
    if not CORPORA.is_dir():
        pytest.skip("the corpora are not here (../shared/corpora or DAKSHA_CORPORA)")
    return CORPORA


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """Return the DISPLAY of a virtual screen, for programs the test starts; the tests stay offscreen."""
    with virtual_screen() as display:
        yield display


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads in its own hook which tests belong together
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the workers share the tests out so that none builds what another has built."""
    keep_modules_together(items)


def pytest_collection_finish() -> None:
    """Let the collector of garbage look at what tests make, not at the tests."""
    set_collector_to_work()


def pytest_unconfigure() -> None:
    """End what was kept for the whole run."""
    stop_servers()
