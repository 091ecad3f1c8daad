"""The CATAPULT test suite for cmi5 players (ADL), in the real web player."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.courses import Outline
from app.core.journal import Site
from app.core.learning import registration_of
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.engine import start_engine
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import published
from tests.support.wired import verbs
from tests.ui.learning.conftest import Opened, Services

start_engine()

from tests.ui.learning.wired_player import WiredPlayer  # noqa: E402  after the engine

ROOT = Path(__file__).resolve().parents[3]
CORPORA = Path(os.environ.get("DAKSHA_CORPORA", ROOT.parent / "shared" / "corpora"))
SUITE = CORPORA / "cmi5-lts"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SUITE.is_dir(), reason="the corpora are not here"),
]


@dataclass(frozen=True)
class Played:
    """A lesson that was published, and what came of it."""

    course: UUID
    lesson: UUID
    registration: UUID


@pytest.fixture
def publish(site: Site, services: Services, asha: Actor) -> Callable[[Path], Played]:
    """Publish the package in an archive as a course of one lesson."""

    def put_out(archive: Path) -> Played:
        lesson = a_package_lesson(site, services.assets, archive)
        course = published(site, Outline(title=archive.stem, lessons=(lesson,)))
        hand = services.learning.begin(asha, course)
        place = hand.lessons[0].lesson_id
        package = lesson.variants[0].asset
        return Played(course, place, registration_of(hand.start_id, place, package))

    return put_out


def play(opened: Opened, played: Played, qtbot: QtBot, jobs: JobRunner) -> dict[str, Any]:
    """Open a lesson, return what its unit shows at the end, and leave it."""
    screen = opened(course_id=played.course, lesson_id=played.lesson)
    result = WiredPlayer(screen, qtbot).result()
    screen.hide()
    assert jobs.wait_idle(20_000)
    return result


CASES = {
    "002-allowed": "launched initialized experienced terminated",
    "003-launchMethod-OwnWindow": "launched initialized terminated",
    "004-1-moveOn-Completed": "launched initialized completed satisfied satisfied terminated",
    "004-2-moveOn-CompletedOrPassed": "launched initialized completed satisfied satisfied terminated",
    "004-5-moveOn-NotApplicable": "satisfied satisfied launched initialized terminated",
    "005-1-invalid-au": "launched initialized experienced completed satisfied passed terminated",
    "009-1-waived": "launched initialized terminated",
}


@pytest.mark.parametrize("name", CASES)
def test_a_unit_of_the_suite_is_content(
    name: str,
    services: Services,
    publish: Callable[[Path], Played],
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
) -> None:
    played = publish(SUITE / f"lts-{name}.zip")

    result = play(opened, played, qtbot, jobs)

    assert (result["success"], result["isError"]) == (True, False), result
    assert " ".join(verbs(services.wired.said(played.registration))) == CASES[name]
    assert not services.wired.endpoint.is_running
