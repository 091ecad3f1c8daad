"""The CATAPULT test suite for cmi5 players (ADL), in the real web player."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from _pytest.mark.structures import ParameterSet  # what pytest.param returns has no public name
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.courses import Outline
from app.core.journal import Site
from app.core.learning import WaiveReason, Way, Wish, registration_of
from app.core.learning.cmi5.vocabulary import REASON, SESSION
from app.core.storage.tables import Base
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.engine import start_engine
from tests.support.conformance import case
from tests.support.corpora import CORPORA
from tests.support.desk import WrittenDesk
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import ACTOR, published
from tests.support.wired import verbs
from tests.ui.learning.conftest import Opened, Services

start_engine()

from tests.ui.learning.wired_player import WiredPlayer  # noqa: E402  after the engine

SUITE = CORPORA / "cmi5-lts"

pytestmark = pytest.mark.corpus
Happened = Callable[[str], None]


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
    "001-essentials": "launched initialized passed completed satisfied satisfied terminated",
    "002-allowed": "launched initialized experienced terminated",
    "003-launchMethod-OwnWindow": "launched initialized terminated",
    "004-1-moveOn-Completed": "launched initialized completed satisfied satisfied terminated",
    "004-2-moveOn-CompletedOrPassed": "launched initialized completed satisfied satisfied terminated",
    "004-3-moveOn-Passed": "launched initialized passed satisfied satisfied terminated",
    "004-4-moveOn-CompletedOrPassed": "launched initialized passed satisfied satisfied terminated",
    "004-5-moveOn-NotApplicable": "satisfied satisfied launched initialized terminated",
    "005-1-invalid-au": "launched initialized experienced completed satisfied passed terminated",
    "005-2-invalid-au": "launched initialized failed terminated",
}
"""By package: the verbs of its registration, in order."""
SESSIONS = {
    "007-1-multi-session": "launched initialized completed satisfied terminated launched initialized terminated",
    "007-2-multi-session": "launched initialized passed satisfied terminated launched initialized terminated",
}
"""By package: the verbs of its registration after two sessions."""


def parts(expected: dict[str, str]) -> list[ParameterSet]:
    """Return those packages of the suite that are in the corpora, and what is expected of them."""
    return [
        case("cmi5-lts-played", f"lts-{name}.zip", SUITE / f"lts-{name}.zip", expected=wanted)
        for name, wanted in expected.items()
        if (SUITE / f"lts-{name}.zip").is_file()
    ]


def said_in(services: Services, played: Played, happened: Happened) -> list[dict[str, Any]]:
    """Return the statements of a registration, and tell their verbs."""
    said = services.wired.said(played.registration)
    happened(" ".join(verbs(said)))
    return said


@pytest.mark.parametrize("archive", parts(CASES))
def test_a_unit_of_the_suite_is_content(
    archive: Path,
    services: Services,
    asha: Actor,
    publish: Callable[[Path], Played],
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
    happened: Happened,
) -> None:
    played = publish(archive)

    result = play(opened, played, qtbot, jobs)

    said = said_in(services, played, happened)
    assert (result["success"], result["isError"]) == (True, False), result
    assert " ".join(verbs(said)) == CASES[archive.stem.removeprefix("lts-")]
    is_satisfied = "satisfied" in verbs(said)
    hand = services.learning.begin(asha, played.course)
    assert hand.lessons[0].is_done == is_satisfied
    assert not services.wired.endpoint.is_running


@pytest.mark.skipif(not SUITE.is_dir(), reason="the corpora are not here")
def test_what_is_satisfied_is_named_by_the_player_and_grouped_by_the_publisher(
    services: Services,
    publish: Callable[[Path], Played],
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
) -> None:
    played = publish(SUITE / "lts-004-1-moveOn-Completed.zip")
    play(opened, played, qtbot, jobs)

    said = services.wired.said(played.registration)
    block, course = (one for one in said if verbs([one]) == ["satisfied"])
    suite = "https://w3id.org/xapi/cmi5/catapult/lts"
    for one, kind in ((block, "block"), (course, "course")):
        publisher = f"{suite}/{kind}/004-1-moveOn-Completed"
        assert one["object"]["id"] != publisher
        assert one["object"]["definition"]["type"].endswith(f"activitytype/{kind}")
        assert {"id": publisher} in one["context"]["contextActivities"]["grouping"]
        assert one["context"]["extensions"][SESSION] == said[0]["context"]["extensions"][SESSION]


@pytest.mark.parametrize("archive", parts({"008-1-abandoned": "launched initialized abandoned"}))
def test_a_session_that_is_left_is_abandoned_and_over(
    archive: Path,
    services: Services,
    asha: Actor,
    publish: Callable[[Path], Played],
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
    happened: Happened,
) -> None:
    played = publish(archive)
    screen = opened(course_id=played.course, lesson_id=played.lesson)
    player = WiredPlayer(screen, qtbot)
    player.wait_for("document.getElementById('abandon') !== null")

    services.launches.go(asha, player.session.launch, Wish(Way.EXIT))
    player.run("document.getElementById('abandon').click()")
    result = player.result()
    screen.hide()
    assert jobs.wait_idle(20_000)

    said = said_in(services, played, happened)
    assert (result["success"], result["isError"]) == (True, False), result
    assert verbs(said) == ["launched", "initialized", "abandoned"]
    assert said[2]["context"]["extensions"][SESSION] == result["session"]
    assert said[2]["result"]["duration"].startswith("PT")
    assert said[2]["object"]["id"] == result["activityId"]


@pytest.mark.parametrize("archive", parts({"006-launchMode": "browsed, and nothing is kept"}))
def test_a_preview_is_browsed_and_leaves_nothing(
    archive: Path,
    site: Site,
    services: Services,
    desk: WrittenDesk[Services],
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
) -> None:
    desk.actor = ACTOR
    lesson = a_package_lesson(site, services.assets, archive)
    before = rows_of(site)

    screen = opened(preview=Outline(title="Look", lessons=(lesson,)))
    result = WiredPlayer(screen, qtbot).result()
    screen.hide()
    assert jobs.wait_idle(20_000)

    assert (result["success"], result["isError"]) == (True, False), result
    assert rows_of(site) == before
    assert not services.wired.endpoint.is_running


@pytest.mark.parametrize("archive", parts(SESSIONS))
def test_a_second_session_goes_on_with_the_registration(
    archive: Path,
    services: Services,
    publish: Callable[[Path], Played],
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
    happened: Happened,
) -> None:
    played = publish(archive)

    first = play(opened, played, qtbot, jobs)
    second = play(opened, played, qtbot, jobs)

    said = said_in(services, played, happened)
    assert first["msg"] == "First stage completed successfully"
    assert second["msg"] == "LMS rejected set of statements with 403 response status"
    assert " ".join(verbs(said)) == SESSIONS[archive.stem.removeprefix("lts-")]


@pytest.mark.parametrize(
    "archive", parts({"009-1-waived": "launched initialized terminated waived satisfied"})
)
def test_a_unit_is_waived(
    archive: Path,
    services: Services,
    asha: Actor,
    publish: Callable[[Path], Played],
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
    happened: Happened,
) -> None:
    played = publish(archive)
    result = play(opened, played, qtbot, jobs)
    start = services.learning.begin(asha, played.course).start_id
    unit = "https://w3id.org/xapi/cmi5/catapult/lts/au/009-1-waived/0"

    for _turn in range(2):
        services.wired.waiving.waive(ACTOR, start, played.lesson, unit, WaiveReason.ADMINISTRATIVE)

    waived, satisfied = said_in(services, played, happened)[3:]
    assert verbs([waived, satisfied]) == ["waived", "satisfied"]
    assert waived["result"] == {
        "success": True,
        "completion": True,
        "extensions": {REASON: "Administrative"},
    }
    assert waived["object"]["id"] == result["activityId"]
    assert waived["context"]["registration"] == result["registration"]
    own, next_one = (one["context"]["extensions"][SESSION] for one in (waived, satisfied))
    assert own == next_one != result["session"]
    assert [one["actor"] for one in (waived, satisfied)] == [result["actor"]] * 2
    assert services.learning.begin(asha, played.course).lessons[0].is_done


def rows_of(site: Site) -> dict[str, int]:
    """Return how many rows each table of a site has."""
    with site.read() as session:
        return {
            table.name: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
