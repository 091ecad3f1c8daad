"""Each way out of a package by its name: nothing of it arrives, and docs/walls.md tells what stops it first.

All are tried in one page of one launch, in the product's own engine; each has its own line in the result.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import pytest
from PySide6.QtCore import QEventLoop, QTimer, QUrl
from shiboken6 import isValid

from app.ui.learning.web.course_files import ServedFile
from app.ui.learning.web.engine import start_engine
from tests.support.listener import listening
from tests.ui.learning.web_attacks import IN_THE_PAGE, LEAVING, page_of

start_engine()

from app.ui.learning.web.course_web import CourseWeb  # noqa: E402
from app.ui.learning.web.page import CoursePage  # noqa: E402
from app.ui.learning.web.walls import Interceptor  # noqa: E402

CHANNELS = {**IN_THE_PAGE, **LEAVING}
TABLE = Path(__file__).resolve().parents[3] / "docs" / "walls.md"
UNAVAILABLE = "unavailable here"
PATIENCE_MS = 2500
_MOST_MS = 30_000


@dataclass
class Tried:
    """What became of all channels in one run."""

    heard: list[str] = field(default_factory=list)
    """What arrived at the listener."""
    leaked: list[str] = field(default_factory=list)
    """What a page said that it has read."""
    said: dict[str, set[str]] = field(default_factory=dict)
    """By channel, what the page says became of it."""
    intercepted: list[str] = field(default_factory=list)
    """Addresses that the interceptor refused."""
    unvisited: list[str] = field(default_factory=list)
    """Addresses that a page was not let go to."""

    def stopped_by(self, name: str) -> str:
        """Return which wall a channel came to first."""
        said = self.said.get(name, set())
        walls = {
            UNAVAILABLE: "unavailable" in said,
            "the package's policy": "policy" in said,
            "the page's rule where to go": name in _names(self.unvisited),
            "the interceptor": name in _names(self.intercepted),
        }
        return next((wall for wall, is_it in walls.items() if is_it), "no request comes of it")


class Pages:
    """A package of one page that tries all there is, and of frames in it for those ways that lead elsewhere."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        frames = ""
        for number, (name, script) in enumerate(LEAVING.items()):
            self._put(f"leave{number}.html", page_of({name: script}, port, 300))
            frames += f"<iframe src='leave{number}.html'></iframe>"
        page = page_of(IN_THE_PAGE, port, PATIENCE_MS)
        self._put("index.html", page.replace("<body>", "<body>" + frames))

    def find(self, untrusted_path: str) -> ServedFile | None:
        """Return a page."""
        file = self._folder / untrusted_path.lstrip("/")
        return ServedFile(path=file, media_type="text/html") if file.is_file() else None

    def _put(self, name: str, html: str) -> None:
        (self._folder / name).write_text(html, "utf-8")


@pytest.fixture(scope="module")
def tried(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    found = Tried()
    with pytest.MonkeyPatch.context() as patch, listening() as listener:
        _note_refusals(patch, found)
        web = CourseWeb("walled", Pages(tmp_path_factory.mktemp("package"), listener.port))
        web.said.connect(lambda line: _note_said(found, line))
        web.asked.connect(lambda _question, reply: reply(True))
        web.ready.connect(lambda: web.open("index.html"))
        web.resize(800, 600)
        web.show()
        _live_until(web, "ATTACKED", lambda: web.load("none"))
        found.heard += listener.heard
        gone = QEventLoop()
        web.destroyed.connect(gone.quit)
        web.close_down()
        gone.exec()
    assert not isValid(web)
    return found


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_leads_nowhere(tried: Tried, name: str) -> None:
    assert name not in _names(tried.heard)
    assert tried.said.get(name), "it was not even tried"
    assert (tried.stopped_by(name) == UNAVAILABLE) == (table()[name] == UNAVAILABLE)


def test_nothing_arrives_that_bears_no_name_either(tried: Tried) -> None:
    assert tried.heard == []
    assert tried.leaked == []


def test_the_table_names_these_channels_and_no_other() -> None:
    assert list(table()) == list(CHANNELS)


def table() -> dict[str, str]:
    """Return what the table says stops each channel."""
    lines = (line.strip("| ") for line in TABLE.read_text("utf-8").splitlines() if line[:2] == "| ")
    _heading, *rows = (line.split(" | ") for line in lines)
    return dict(rows)


def _note_refusals(patch: pytest.MonkeyPatch, found: Tried) -> None:
    """Count what the product's own walls refuse; they refuse it as ever."""
    lets_through, accepts = Interceptor.lets_through, CoursePage.acceptNavigationRequest

    def counted(self: Interceptor, url: QUrl) -> bool:
        is_let = lets_through(self, url)
        if not is_let:
            found.intercepted.append(url.toString())
        return is_let

    def visited(
        self: CoursePage, url: QUrl | str, kind: CoursePage.NavigationType, is_at_the_top: bool
    ) -> bool:
        is_let = accepts(self, url, kind, is_at_the_top)
        if not is_let:
            found.unvisited.append(QUrl(url).toString())
        return is_let

    patch.setattr(Interceptor, "lets_through", counted)
    patch.setattr(CoursePage, "acceptNavigationRequest", visited)


def _note_said(found: Tried, line: str) -> None:
    word, _space, rest = line.partition(" ")
    if word == "CHANNEL":
        name, how = json.loads(rest)
        found.said.setdefault(name, set()).add(how)
    elif word == "LEAK":
        found.leaked.append(rest)


def _live_until(web: CourseWeb, word: str, begin: Callable[[], None]) -> None:
    """Let the window live until a page has said a word."""
    loop = QEventLoop()
    web.said.connect(lambda line: loop.quit() if line == word else None)
    QTimer.singleShot(_MOST_MS, loop, loop.quit)
    QTimer.singleShot(0, loop, begin)
    loop.exec()


def _names(lines: list[str]) -> set[str]:
    """Return the channels named by what arrived, or by addresses that were refused."""
    return {
        unquote(part.split("?")[0].split("#")[0])
        for line in lines
        for part in (line.split("/", 3)[-1] if "://" in line else line.split(" ")[-1].lstrip("/"),)
    }
