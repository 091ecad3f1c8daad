"""kill -9 while a package reports: every commit that was confirmed is there, and the journal holds."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.content import AssetStore
from app.core.courses import Outline
from app.core.journal import Journal
from app.core.learning import Launches
from app.core.storage.database import Database, SqliteFile
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.package_lessons import a_package_lesson, scos
from tests.support.sites import DATA_KEY, STATION, empty_database, open_site
from tests.support.teaching import ACTOR, a_learner, a_school, published

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 6
WORKER = """
import sys
from pathlib import Path
from uuid import UUID
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.clock import SystemClock
from app.core.content import AssetStore
from app.core.learning import Launches
from app.core.storage.database import Database, SqliteFile
from tests.support.sites import DATA_KEY, open_site
from tests.support.teaching import a_school
folder, start, lesson, person = Path(sys.argv[1]), *(UUID(one) for one in sys.argv[2:])
site = open_site(Database(SqliteFile(path=folder / "site.db", key=DATA_KEY)), SystemClock())
asha = Actor(account_id=None, person_id=person, name="Asha", number="E-1",
             grants=frozenset({Grant(capability=Capability.LEARN)}))
launches = Launches(site, a_school(site).learning, AssetStore(folder / "assets", site.clock))
launch = launches.open(asha, start, lesson, "en")
launches.begin(asha, launch)
call = lambda method, *values: launches.call(asha, launch, method, values)
call("Initialize", "")
print("ready", flush=True)
for turn in range(1, 100_000):
    call("SetValue", "cmi.core.lesson_location", str(turn))
    assert call("Commit", "").value == "true"
    print(turn, flush=True)
"""


@pytest.mark.journey
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a Unix word; Windows has no such signal")
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_confirmed_commit_is_lost(tmp_path: Path, seed: int) -> None:
    site = open_site(empty_database(tmp_path, DATA_KEY), TurnedClock())
    archive = zip_at(tmp_path / "package.zip", scos("One"))
    lesson = a_package_lesson(site, AssetStore(tmp_path / "assets", site.clock), archive)
    asha = a_learner(site)
    hand = a_school(site).learning.begin(
        asha, published(site, Outline(title="G", lessons=(lesson,)))
    )
    place = (str(hand.start_id), str(hand.lessons[0].lesson_id), str(asha.person_id))
    site.close()

    confirmed = kill_after(tmp_path, place, random.Random(seed).randrange(1, 60))

    site = open_site(Database(SqliteFile(path=tmp_path / "site.db", key=DATA_KEY)), TurnedClock())
    assets = AssetStore(tmp_path / "assets", site.clock)
    launches = Launches(site, a_school(site).learning, assets)
    launch = launches.open(asha, hand.start_id, hand.lessons[0].lesson_id, "en")
    launches.begin(asha, launch)
    launches.call(asha, launch, "Initialize", ("",))
    kept = int(launches.call(asha, launch, "GetValue", ("cmi.core.lesson_location",)).value)
    verdict = Journal(site, STATION).verify(ACTOR)
    site.close()
    # One more may be on disk than was said: the program died between the commit and the word.
    assert confirmed <= kept <= confirmed + 1
    assert verdict.ok


def kill_after(folder: Path, place: tuple[str, ...], commits: int) -> int:
    """Run the worker, kill it once it has confirmed so many commits; return how many it had."""
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), *place],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        confirmed = 0
        while confirmed < commits:
            confirmed = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read().split()
    return int(rest[-1]) if rest and rest[-1].isdigit() else confirmed
