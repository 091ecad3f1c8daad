"""kill -9 in a cmi5 session: what was acknowledged counts; the session is abandoned, and gone on with."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.base.clock import SystemClock
from app.core.content import AssetStore
from app.core.courses import Outline
from app.core.journal import Journal
from app.core.learning.cmi5 import Verb
from app.core.storage.database import Database, SqliteFile
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.cmi5_client import UnitPage
from tests.support.package_lessons import a_package_lesson
from tests.support.sites import DATA_KEY, STATION, empty_database, open_site
from tests.support.teaching import ACTOR, a_learner, a_school, published
from tests.support.wired import a_wired, verbs
from tests.support.wired_pages import cmi5_units

ROOT = Path(__file__).resolve().parents[2]
WORKER = """
import sys
from pathlib import Path
from uuid import UUID
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.clock import SystemClock
from app.core.base.clock import SystemClock
from app.core.content import AssetStore
from app.core.learning.cmi5 import Verb
from app.core.storage.database import Database, SqliteFile
from tests.support.cmi5_client import UnitPage
from tests.support.sites import DATA_KEY, open_site
from tests.support.teaching import a_school
from tests.support.wired import a_wired
folder, start, lesson, person = Path(sys.argv[1]), *(UUID(one) for one in sys.argv[2:])
site = open_site(Database(SqliteFile(path=folder / "site.db", key=DATA_KEY)), SystemClock())
asha = Actor(account_id=None, person_id=person, name="Asha", number="E-1",
             grants=frozenset({Grant(capability=Capability.LEARN)}))
launches = a_wired(site, a_school(site).learning, AssetStore(folder / "assets", site.clock)).launches
launch = launches.open(asha, start, lesson, "en")
page = UnitPage(launches.begin(asha, launch).opening).start()
assert page.say(Verb.COMPLETED).status == 204
assert page.state("bookmark", {"page": 7}).status == 204
print("said", flush=True)
sys.stdin.read()
"""


@pytest.mark.journey
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a Unix word; Windows has no such signal")
def test_a_session_that_was_killed_is_abandoned_and_gone_on_with(tmp_path: Path) -> None:
    site = open_site(empty_database(tmp_path, DATA_KEY), TurnedClock())
    archive = zip_at(tmp_path / "package.zip", cmi5_units("Alarms", move_on="CompletedAndPassed"))
    lesson = a_package_lesson(site, AssetStore(tmp_path / "assets", site.clock), archive)
    asha = a_learner(site)
    course = published(site, Outline(title="Fire", lessons=(lesson,)))
    hand = a_school(site).learning.begin(asha, course)
    place = (hand.start_id, hand.lessons[0].lesson_id)
    site.close()

    kill_in_a_session(tmp_path, [*map(str, place), str(asha.person_id)])

    site = open_site(Database(SqliteFile(path=tmp_path / "site.db", key=DATA_KEY)), SystemClock())
    school = a_school(site)
    wired = a_wired(site, school.learning, AssetStore(tmp_path / "assets", site.clock))
    launch = wired.launches.open(asha, *place, "en")
    opening = wired.launches.begin(asha, launch).opening
    assert opening is not None
    page = UnitPage(opening).start()
    assert page.state("bookmark").json == {"page": 7}
    assert page.say(Verb.COMPLETED).status == 403
    assert page.say(Verb.PASSED, 0.8).status == 204
    wired.launches.close(asha, launch)
    said = verbs(wired.said(launch.registration))
    is_done = school.learning.begin(asha, course).lessons[0].is_done
    verdict = Journal(site, STATION).verify(ACTOR)
    site.close()

    first = ["launched", "initialized", "completed", "abandoned"]
    assert said == [*first, "launched", "initialized", "passed", "satisfied", "abandoned"]
    assert is_done
    assert verdict.ok


def kill_in_a_session(folder: Path, place: list[str]) -> None:
    """Run a session until its statements are acknowledged, and kill it there."""
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), *place],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "said\n"
        os.kill(worker.pid, signal.SIGKILL)
