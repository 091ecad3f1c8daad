"""cmi5 and xAPI lessons in the player: what they say counts, also the last they say; nothing else is reached."""

import os
import signal
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.courses import Outline, PackageSettings, with_package_settings
from app.core.journal import Site
from app.core.learning import CourseInHand, registration_of
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.engine import start_engine
from tests.support.accessibility import nameless, unreachable
from tests.support.archives import zip_at
from tests.support.package_lessons import a_package_lesson
from tests.support.packages import Files, xapi
from tests.support.teaching import published
from tests.support.wired import verbs
from tests.support.wired_pages import CMI5, XAPI, cmi5_units
from tests.ui.learning.conftest import Opened, Services

start_engine()

from tests.ui.learning.wired_player import WiredPlayer  # noqa: E402  after the engine


class Stand:
    """A published lesson, the player it is opened in, and the records behind both."""

    def __init__(
        self,
        site: Site,
        services: Services,
        learner: Actor,
        opened: Opened,
        jobs: JobRunner,
        qtbot: QtBot,
        folder: Path,
    ) -> None:
        self._site, self._services, self._learner = site, services, learner
        self._opened, self._jobs, self._qtbot, self._folder = opened, jobs, qtbot, folder
        self.course = self.registration = UUID(int=0)

    def publish(
        self, files: Files, settings: PackageSettings | None = None, *, in_order: bool = True
    ) -> None:
        """Publish a package as a course of one lesson."""
        archive = zip_at(self._folder / "package.zip", files)
        lesson = a_package_lesson(self._site, self._services.assets, archive)
        lesson = with_package_settings(lesson, settings or PackageSettings())
        outline = Outline(title="Fire", lessons=(lesson,), in_order=in_order)
        self.course = published(self._site, outline)
        hand = self.hand()
        package = lesson.variants[0].asset
        self.registration = registration_of(hand.start_id, hand.lessons[0].lesson_id, package)

    def hand(self) -> CourseInHand:
        """Return the course as the learner has it now."""
        return self._services.learning.begin(self._learner, self.course)

    def open(self) -> WiredPlayer:
        """Open the lesson in the player."""
        self.screen = self._opened(course_id=self.course)
        return WiredPlayer(self.screen, self._qtbot)

    def leave(self) -> None:
        """Leave the player, and wait until the package has said its last words."""
        self.screen.hide()
        assert self._jobs.wait_idle(20_000)

    def said(self) -> list[str]:
        """Return the verbs that were said in the lesson."""
        return verbs(self._services.wired.said(self.registration))


@pytest.fixture
def stand(
    site: Site,
    services: Services,
    asha: Actor,
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
    tmp_path: Path,
) -> Stand:
    return Stand(site, services, asha, opened, jobs, qtbot, tmp_path)


LAST_WORDS = {
    "fetch with keepalive": "addEventListener('pagehide', () => put(statement('terminated'), {keepalive: true}))",
    "fetch before unload": "addEventListener('beforeunload', () => say('terminated'))",
    "fetch at unload": "addEventListener('unload', () => say('terminated'))",
    "request at unload": "addEventListener('unload', () => ask(true))",
    "synchronous request at unload": "addEventListener('unload', () => ask(false))",
    "beacon": (
        "addEventListener('pagehide', () => { const said = statement('terminated');"
        "navigator.sendBeacon(endpoint + 'statements?method=PUT', new URLSearchParams({statementId: said.id,"
        "Authorization: auth, 'X-Experience-API-Version': '1.0.3', 'Content-Type': 'application/json',"
        "content: JSON.stringify(said)})) })"
    ),
}
DONE = "ready.then(() => define('passed', {success: true, score: {scaled: 0.9}}))"
ASK = """function ask(async) {
  const said = statement("terminated"), request = new XMLHttpRequest();
  request.open("PUT", endpoint + "statements?statementId=" + said.id, async);
  for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
  request.send(JSON.stringify(said));
}"""


@pytest.mark.parametrize("way", LAST_WORDS)
def test_what_is_said_at_the_end_of_a_page_arrives(way: str, stand: Stand) -> None:
    script = f"<script>{ASK} {LAST_WORDS[way]}; say('initialized').then(() => document.title = 'UP')</script>"
    stand.publish(xapi(**{"index.html": XAPI + script}))

    player = stand.open()
    player.wait_for("document.title === 'UP'")
    stand.leave()

    assert stand.said() == ["initialized", "terminated"]


@pytest.mark.parametrize(
    ("verb", "result", "score", "is_done"),
    [
        ("completed", "{}", None, True),
        ("passed", "{result: {score: {scaled: 0.85}}}", 8500, True),
        ("failed", "{result: {score: {scaled: 0.25}}}", 2500, False),
        ("experienced", "{}", None, False),
    ],
)
def test_what_an_xapi_package_says_of_itself_counts(
    verb: str,
    result: str,
    score: int | None,
    is_done: bool,
    stand: Stand,
    services: Services,
    asha: Actor,
    site: Site,
) -> None:
    stand.publish(xapi(**{"index.html": XAPI}))

    player = stand.open()
    player.say(f"say('{verb}', {result}).then(s => {{ document.title = s }})")
    player.wait_for("document.title === '200' || document.title === '204'")
    stand.leave()

    lesson = stand.hand().lessons[0]
    assert lesson.is_done == is_done
    with site.read() as session:
        begun = services.learning.begun_courses(session, asha.person_id or UUID(int=0))
    assert begun[stand.course].best_score_hundredths == score


def test_units_are_done_one_after_the_other(stand: Stand, qtbot: QtBot) -> None:
    stand.publish(cmi5_units("Alarms", "Exits"))
    player = stand.open()
    player.say(DONE)
    rows = player.view.stage.contents.rows
    qtbot.waitUntil(lambda: len(rows()) == 2 and rows()[1].isEnabled(), timeout=20_000)
    assert [row.line.state.value for row in rows()] == ["passed", "not begun"]
    assert stand.hand().lessons[0].share == Fraction(1, 2)

    rows()[1].click()
    player.wait_for("window.location.search.startsWith('?own=2&')")
    player.say(DONE)
    qtbot.waitUntil(lambda: stand.hand().lessons[0].is_done, timeout=20_000)
    assert nameless(stand.screen) == []
    assert unreachable(stand.screen) == []
    stand.leave()

    first = ["launched", "initialized", "passed", "abandoned"]
    assert stand.said() == [*first, "launched", "initialized", "passed", "satisfied", "abandoned"]


def test_a_unit_leads_back_to_where_it_was_opened(stand: Stand, qtbot: QtBot) -> None:
    stand.publish(cmi5_units("Alarms", "Exits"), in_order=False)
    player = stand.open()
    player.say(
        "ready.then(() => define('terminated', {})).then(() => { location.href = data.returnURL })"
    )

    situation = lambda: player.session.situation  # noqa: E731  read again at each look
    qtbot.waitUntil(lambda: situation() is not None and situation().current == "", timeout=20_000)

    assert player.view.stage.pages.currentWidget() is player.view.stage.tile
    assert [line.is_enabled for line in player.session.situation.contents] == [True, True]
    stand.leave()
    assert stand.said() == ["launched", "initialized", "terminated"]


def test_a_unit_with_a_window_of_its_own_is_left_by_closing_it(stand: Stand, qtbot: QtBot) -> None:
    files = cmi5_units(
        "Alarms", page=CMI5 + "<script>ready.then(() => document.title = 'UP')</script>"
    )
    files["cmi5.xml"] = str(files["cmi5.xml"]).replace("<au ", '<au launchMethod="OwnWindow" ')
    stand.publish(files)
    player = stand.open()
    qtbot.waitUntil(lambda: player.session.web.window_page is not None, timeout=20_000)
    player.wait_for("window === window.top && document.title === 'UP'")

    window = player.session.web.unit_window
    assert window is not None
    window.close()
    qtbot.waitUntil(lambda: player.session.situation.is_over, timeout=20_000)

    assert player.session.web.unit_window is None
    stand.leave()
    assert stand.said() == ["launched", "initialized", "abandoned"]


def test_nobody_else_is_let_in_and_nothing_listens_afterwards(
    stand: Stand, services: Services
) -> None:
    stand.publish(cmi5_units("Alarms"))
    player = stand.open()
    player.wait_for("window.eval('typeof data') === 'object'")
    origin = services.wired.endpoint.url
    assert origin.startswith("http://127.0.0.1:")

    player.say("auth = 'Basic bm9ib2R5'; say('experienced').then(s => { document.title = s })")
    player.wait_for("document.title === '401'")
    stand.leave()

    assert not services.wired.endpoint.is_running


@pytest.mark.parametrize("counts", [True, False])
def test_what_is_said_of_other_activities_counts_where_the_author_says_so(
    counts: bool, stand: Stand
) -> None:
    stand.publish(xapi(**{"index.html": XAPI}), PackageSettings(any_activity=counts))

    player = stand.open()
    other = "{object: {id: 'https://example.org/fire/q1'}}"
    player.say(f"say('passed', {other}).then(s => {{ document.title = s }})")
    player.wait_for("document.title === '204'")
    stand.leave()

    assert stand.hand().lessons[0].is_done == counts


def test_a_lock_covers_the_window_of_a_unit_too(stand: Stand, qtbot: QtBot) -> None:
    files = cmi5_units("Alarms")
    files["cmi5.xml"] = str(files["cmi5.xml"]).replace("<au ", '<au launchMethod="OwnWindow" ')
    stand.publish(files)
    player = stand.open()
    qtbot.waitUntil(lambda: player.session.web.unit_window is not None, timeout=20_000)
    window = player.session.web.unit_window
    assert window is not None
    qtbot.waitUntil(lambda: "initialized" in stand.said(), timeout=20_000)

    player.view.hide()  # as the page in front of the lesson does
    was_visible = window.isVisible()
    player.view.show()

    assert (was_visible, window.isVisible()) == (False, True)
    assert player.session.situation.current
    stand.leave()
    assert stand.said() == ["launched", "initialized", "abandoned"]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a Unix word; Windows has no such signal")
def test_a_unit_whose_page_died_is_abandoned(
    stand: Stand, services: Services, qtbot: QtBot
) -> None:
    stand.publish(cmi5_units("Alarms"))
    player = stand.open()
    player.wait_for("window.eval('typeof data') === 'object'")

    os.kill(player.session.web.page.renderProcessPid(), signal.SIGKILL)

    qtbot.waitUntil(lambda: "abandoned" in stand.said(), timeout=20_000)
    qtbot.waitUntil(lambda: not services.wired.endpoint.is_running, timeout=20_000)
    stand.leave()
