"""A site with real courses, and a desk for the screens over it."""

import atexit
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from app.bootstrap.demo_places import demo_course
from app.core.assessments import QuestionBanks, QuizSource, Quizzes
from app.core.base.actor import system_actor
from app.core.base.paging import PageRequest
from app.core.base.progress import NoProgress
from app.core.content import AssetStore, Conversions
from app.core.courses import (
    LESSON_SOURCES,
    Courses,
    PlacesLeft,
    Recordings,
    Releases,
    WrittenPages,
)
from app.core.egress import Egress
from app.core.journal import Site
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from tests.support.clock import TurnedClock
from tests.support.desk import Plant, WrittenDesk

_LAID_OUT = ExitStack()
atexit.register(_LAID_OUT.close)
INFOSEC = _LAID_OUT.enter_context(demo_course("infosec"))
ACTOR = system_actor()


@dataclass(frozen=True)
class CoursesOnly:
    """What the course screens ask for."""

    courses: Courses
    recordings: Recordings
    pages: WrittenPages
    assets: AssetStore
    quizzes: Quizzes
    banks: QuestionBanks
    egress: Egress


@pytest.fixture
def assets(tmp_path: Path, clock: TurnedClock) -> AssetStore:
    return AssetStore(tmp_path / "assets", clock)


@pytest.fixture
def recordings(site: Site, assets: AssetStore) -> Recordings:
    return Recordings(site, assets, Conversions(site, assets))


@pytest.fixture
def courses(site: Site, assets: AssetStore, recordings: Recordings, clock: TurnedClock) -> Courses:
    made = Courses(site, assets, (*LESSON_SOURCES, QuizSource(clock)))
    made.publish_checks.append(Quizzes(site, Releases()).problems_of)
    made.publish_warnings += [
        recordings.warnings_of,
        PlacesLeft(assets).warnings_of,
        Quizzes(site, Releases()).warnings_of,
    ]
    made.beginning.organisation = lambda: "Deepa Polymers"
    return made


@pytest.fixture
def banks(site: Site, tmp_path: Path, clock: TurnedClock) -> QuestionBanks:
    return QuestionBanks(site, AssetStore(tmp_path / "assets", clock))


@pytest.fixture
def infosec(courses: Courses) -> UUID:
    """The demo's course on information security, as a draft."""
    return courses.import_folder(ACTOR, INFOSEC, NoProgress())


@pytest.fixture
def desk(
    courses: Courses,
    banks: QuestionBanks,
    recordings: Recordings,
    site: Site,
    jobs: JobRunner,
    theme: Theme,
    clock: TurnedClock,
    assets: AssetStore,
    tmp_path: Path,
) -> WrittenDesk[CoursesOnly]:
    pages, quizzes = WrittenPages(site, assets), Quizzes(site, Releases())
    services = CoursesOnly(courses, recordings, pages, assets, quizzes, banks, Egress(site))
    made = WrittenDesk(services, ACTOR, jobs, theme, clock, Plant(folder=tmp_path))
    site.listeners.append(made.changes.announce)
    return made


@pytest.fixture
def broken_folder(tmp_path: Path) -> Path:
    """A folder with a page that can be used and a video that was cut short."""
    folder = tmp_path / "Fire drill"
    folder.mkdir()
    (folder / "01-leave.md").write_text("# Leave\n\nWalk, do not run.\n", encoding="utf-8")
    whole = Path(__file__).resolve().parents[2] / "support" / "media" / "clip.mp4"
    shutil.copyfile(whole, folder / "02-how.mp4")
    with (folder / "02-how.mp4").open("r+b") as video:
        video.truncate(whole.stat().st_size // 2)
    (folder / "notes.xyz").write_text("nothing", encoding="utf-8")
    return folder


def number_of_courses(courses: Courses) -> int:
    return courses.list(ACTOR, PageRequest()).total
