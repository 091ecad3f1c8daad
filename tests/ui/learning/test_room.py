"""A room that stands before its launch: what is in it then, who gets it, and when it goes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.kit.theme import Theme
from app.ui.learning.web.course_files import ServedFile
from app.ui.learning.web.engine import start_engine

start_engine()

from app.ui.learning.web.course_web import CourseWeb  # noqa: E402
from app.ui.learning.web.room import Room  # noqa: E402

ENDPOINT = "http://statements.localhost:9/token/"
_PAGE = """<script>
const wired = Object.getOwnPropertyDescriptor(window, "TinCan") !== undefined;
const eases = !HTMLMediaElement.prototype.canPlayType.toString().includes("[native code]");
console.log("OPEN " + [wired, eases, parent.API !== undefined, history.length]);
</script>"""
_QUITS = """
import sys
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
application = QApplication(sys.argv)
from app.ui.kit.theme import Theme
theme = Theme(application)
from app.ui.learning.web.engine import start_engine
start_engine()
from app.ui.learning.web.room import Room
home = QWidget()
home.show()
Room.keep_spare("launch", home)
room = Room.spare_in(home, "launch")
room.ready.connect(application.quit)
application.exec()
print("STOOD" if room.stands else "LOST")
"""


class Pages:
    """A package of one page."""

    def __init__(self, folder: Path) -> None:
        self._page = folder / "page.html"
        self._page.write_text(_PAGE, "utf-8")

    def find(self, untrusted_path: str) -> ServedFile | None:
        is_it = untrusted_path == "/page.html"
        return ServedFile(path=self._page, media_type="text/html") if is_it else None


@pytest.fixture
def home(theme: Theme, qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(800, 600)
    made.show()
    yield made
    if isValid(made):
        made.deleteLater()
    qtbot.waitUntil(lambda: not isValid(made))


def standing(home: QWidget, host: str, qtbot: QtBot) -> Room:
    Room.keep_spare(host, home)
    room = Room.spare_in(home, host)
    assert room is not None
    qtbot.waitUntil(lambda: room.stands, timeout=10_000)
    return room


def a_course(room: Room, folder: Path) -> CourseWeb:
    """Let a launch of one page move into a room that stands."""
    web = CourseWeb(room.host, Pages(folder), room=Room.found_in(room.parentWidget(), room.host))
    web.resize(800, 600)
    web.show()
    web.load("API")
    return web


def is_served(room: Room, address: str, qtbot: QtBot) -> bool:
    """Tell whether the frame gets anything from an address."""
    said: list[str] = []
    room.page.said.connect(said.append)
    room.page.runJavaScript(
        f"fetch('{address}').then((one) => one.ok, () => false).then((told) => console.log('TOLD ' + told))"
    )
    qtbot.waitUntil(lambda: any(line.startswith("TOLD") for line in said))
    return "TOLD true" in said


def test_nothing_but_the_players_own_is_served_before_the_launch_has_moved_in(
    home: QWidget, qtbot: QtBot
) -> None:
    room = standing(home, "launch", qtbot)
    elsewhere = ("/page.html", "/.daksha/call", "daksha://other/.daksha/frame.html", ENDPOINT)

    assert not any(is_served(room, address, qtbot) for address in elsewhere)
    assert is_served(room, "/.daksha/frame.html", qtbot)
    assert not room.isVisible()


def waiting(home: QWidget, qtbot: QtBot) -> Room:
    """Return a room that stands for whichever launch comes."""
    Room.keep_spare("", home)
    room = Room.spare_in(home)
    assert room is not None
    qtbot.waitUntil(lambda: room.page.renderProcessPid() != 0, timeout=10_000)
    return room


def test_a_room_without_a_name_leads_nowhere_and_answers_nothing(
    home: QWidget, qtbot: QtBot
) -> None:
    room = waiting(home, qtbot)
    addresses = ("daksha://launch/.daksha/frame.html", "daksha:///.daksha/frame.html", ENDPOINT)

    assert not any(is_served(room, address, qtbot) for address in addresses)
    assert not any(room.interceptor.lets_through(QUrl(address)) for address in addresses)
    loaded: list[bool] = []
    room.page.loadFinished.connect(loaded.append)
    for address in addresses:
        room.page.load(QUrl(address))
        qtbot.waitUntil(lambda: bool(loaded))
        assert not any(loaded)
        loaded.clear()


def test_a_room_without_a_name_is_for_whichever_launch_comes(home: QWidget, qtbot: QtBot) -> None:
    room = waiting(home, qtbot)

    assert Room.found_in(home, "launch") is room

    assert room.host == "launch"
    assert not Room.spares_in(home)


def test_preparing_for_a_launch_takes_the_room_without_a_name_and_its_renderer(
    home: QWidget, qtbot: QtBot
) -> None:
    room = waiting(home, qtbot)
    process = room.page.renderProcessPid()

    assert standing(home, "launch", qtbot) is room

    assert room.page.renderProcessPid() == process
    assert Room.spare_in(home) is None


def test_beside_a_room_with_a_name_there_is_one_without_and_no_third(
    home: QWidget, qtbot: QtBot
) -> None:
    named = standing(home, "first", qtbot)
    unnamed = waiting(home, qtbot)
    Room.keep_spare("", home)
    assert Room.spares_in(home) == [named, unnamed]

    assert standing(home, "second", qtbot) is unnamed

    assert Room.spares_in(home) == [unnamed]


def test_a_page_may_be_asked_for_before_it_may_be_seen(
    home: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    web = a_course(standing(home, "launch", qtbot), tmp_path)
    said: list[str] = []
    web.said.connect(said.append)
    web.hold()
    web.open("page.html")
    qtbot.waitUntil(lambda: web.is_asked_for, timeout=10_000)
    assert not said

    web.let_in()

    qtbot.waitUntil(lambda: bool(said), timeout=10_000)


def test_a_page_that_may_not_be_seen_after_all_is_refused(
    home: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    web = a_course(standing(home, "launch", qtbot), tmp_path)
    said: list[str] = []
    web.said.connect(said.append)
    web.hold()
    web.open("page.html")
    qtbot.waitUntil(lambda: web.is_asked_for, timeout=10_000)

    web.turn_away()

    room = web.page
    assert not web.is_asked_for
    loaded: list[str] = []
    room.said.connect(loaded.append)
    room.runJavaScript("setTimeout(() => console.log('LATER ' + frames[0].location.href), 50)")
    qtbot.waitUntil(lambda: any(line.startswith("LATER") for line in loaded))
    assert not any(line.startswith("OPEN") for line in said)


@pytest.mark.parametrize("is_ahead", [True, False])
def test_a_package_finds_the_same_whether_its_room_stood_before_or_not(
    home: QWidget, tmp_path: Path, qtbot: QtBot, is_ahead: bool
) -> None:
    spare = standing(home, "launch", qtbot) if is_ahead else None

    room = Room.found_in(home, "launch")
    web = CourseWeb("launch", Pages(tmp_path), ENDPOINT, scripts=("media.js",), room=room)
    said: list[str] = []
    web.said.connect(said.append)
    web.ready.connect(lambda: web.open("page.html"))
    web.resize(800, 600)
    web.show()
    web.load("API")
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)

    assert said == ["OPEN true,true,true,1"]
    assert room is spare or not is_ahead
    assert not Room.spares_in(home)
    web.close_down()
    qtbot.waitUntil(lambda: not isValid(web))


def test_there_is_one_spare_and_a_launch_of_another_name_does_not_get_it(
    home: QWidget, qtbot: QtBot
) -> None:
    first = standing(home, "first", qtbot)
    assert standing(home, "first", qtbot) is first

    second = standing(home, "second", qtbot)

    qtbot.waitUntil(lambda: not isValid(first))
    other = Room.found_in(home, "third")
    assert other is not second
    assert other.host == "third"
    assert Room.spares_in(home) == [second]


def test_a_spare_whose_renderer_has_died_is_not_given_to_a_launch(
    home: QWidget, qtbot: QtBot
) -> None:
    spare = standing(home, "launch", qtbot)

    os.kill(spare.page.renderProcessPid(), signal.SIGKILL)

    qtbot.waitUntil(lambda: not Room.spares_in(home))
    assert Room.found_in(home, "launch") is not spare


def test_a_spare_goes_with_what_it_stands_in(home: QWidget, qtbot: QtBot) -> None:
    spare = standing(home, "launch", qtbot)
    page, profile = spare.page, spare.profile

    home.deleteLater()

    qtbot.waitUntil(lambda: not isValid(spare))
    assert not isValid(page)
    qtbot.waitUntil(lambda: not isValid(profile))


def test_the_application_ends_well_while_a_spare_stands() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _QUITS], capture_output=True, text=True, check=False, timeout=60
    )

    assert (ended.stdout.strip(), ended.returncode) == ("STOOD", 0), ended.stderr
