"""Nothing in a package reaches anything outside it: each wall alone, and the one address that may be talked to.

Each channel by its name is tried by test_web_channels.py.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.core.learning import ENDPOINT_HOST
from app.ui.learning.web.course_files import ServedFile
from app.ui.learning.web.engine import start_engine
from tests.support.listener import Listener, listening
from tests.ui.learning.web_attacks import IN_THE_PAGE, page_of

start_engine()

from PySide6.QtCore import QUrl  # noqa: E402
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile  # noqa: E402

from app.ui.learning.web import handler, walls  # noqa: E402
from app.ui.learning.web.course_web import CourseWeb  # noqa: E402
from app.ui.learning.web.room import Room  # noqa: E402

PATIENCE_MS = 2500
"""A preconnect comes late."""
HOST = "walled"
SENDING = {name: script for name, script in IN_THE_PAGE.items() if name != "preconnect"}
"""What says something when it arrives. A preconnect opens a connection and is silent; it is asked of nobody
but the name of the endpoints on this PC, which no other wall looks at."""


class Pages:
    """A package of pages that lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, html: str) -> None:
        (self._folder / name).write_text(html, "utf-8")

    def find(self, untrusted_path: str) -> ServedFile | None:
        file = self._folder / untrusted_path.lstrip("/")
        kind = "application/pdf" if file.suffix == ".pdf" else "text/html"
        return ServedFile(path=file, media_type=kind) if file.is_file() else None


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as made:
        yield made


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return Pages(tmp_path)


Launched = Callable[..., list[str]]


@pytest.fixture
def launched(pages: Pages, qtbot: QtBot) -> Iterator[Launched]:
    """Open a page in the product's own engine until it says a word; return what it said."""
    webs: list[CourseWeb] = []

    def launch(
        name: str, until: str, endpoint: str = "", *, stood_before: bool = False
    ) -> list[str]:
        room = Room(HOST)
        if stood_before:
            room.load()
            qtbot.waitUntil(lambda: room.stands, timeout=20_000)
        web = CourseWeb(HOST, pages, endpoint, room=room)
        webs.append(web)
        said: list[str] = []
        web.said.connect(said.append)
        web.asked.connect(lambda _question, reply: reply(True))
        web.ready.connect(lambda: web.open(name))
        web.resize(800, 600)
        web.show()
        web.load("none")
        qtbot.waitUntil(lambda: any(line.startswith(until) for line in said), timeout=20_000)
        return said

    yield launch
    for web in webs:
        web.close_down()
    qtbot.waitUntil(lambda: not any(isValid(web) for web in webs))


def test_no_channel_leads_out_of_a_package_whose_room_stood_before(
    launched: Launched, pages: Pages, listener: Listener
) -> None:
    pages.put("attack.html", page_of(IN_THE_PAGE, listener.port, PATIENCE_MS))

    said = launched("attack.html", until="ATTACKED", stood_before=True)

    assert listener.heard == []
    assert [line for line in said if line.startswith("LEAK")] == []


def test_no_channel_leads_to_an_endpoint_that_is_another_launchs(
    launched: Launched, pages: Pages, listener: Listener
) -> None:
    pages.put("attack.html", page_of(SENDING, listener.port, PATIENCE_MS, ENDPOINT_HOST))

    launched("attack.html", until="ATTACKED", endpoint=f"http://{ENDPOINT_HOST}:9/token/")

    assert listener.heard == []


def test_a_pdf_reaches_nothing_either(launched: Launched, pages: Pages, listener: Listener) -> None:
    at = f"http://127.0.0.1:{listener.port}"
    pages.put("goes.pdf", _pdf(f"<< /S /URI /URI ({at}/uri) >>"))
    script = (
        f"this.submitForm('{at}/submit'); app.launchURL('{at}/launch'); this.getURL('{at}/get');"
    )
    pages.put(
        "asks.pdf",
        _pdf(
            f"<< /S /JavaScript /JS ({script.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) >>"
        ),
    )
    frames = "<iframe src='goes.pdf'></iframe><iframe src='asks.pdf'></iframe>"
    pages.put(
        "index.html", f"{frames}<script>setTimeout(() => console.log('STAYED'), 2500)</script>"
    )

    launched("index.html", until="STAYED")

    assert listener.heard == []


@pytest.mark.parametrize("wall", ["policy", "interceptor"])
def test_one_wall_holds_where_the_other_is_down(
    launched: Launched,
    pages: Pages,
    listener: Listener,
    wall: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if wall == "policy":
        monkeypatch.setattr(handler, "policy_headers", lambda _endpoint: {})
    else:
        monkeypatch.setattr(walls.Interceptor, "lets_through", lambda _self, _url: True)
    pages.put("attack.html", page_of(SENDING, listener.port, PATIENCE_MS, ENDPOINT_HOST))

    said = launched("attack.html", until="ATTACKED")

    assert listener.heard == []
    assert [line for line in said if line.startswith("LEAK")] == []


def test_the_attacks_do_reach_a_listener_where_there_are_no_walls(
    listener: Listener, qtbot: QtBot
) -> None:
    profile = QWebEngineProfile()
    page = QWebEnginePage(profile, profile)
    address = QUrl(f"http://{ENDPOINT_HOST}:{listener.port}/")
    page.setHtml(page_of(IN_THE_PAGE, listener.port, PATIENCE_MS, ENDPOINT_HOST), address)

    qtbot.waitUntil(lambda: len(_channels(listener)) >= 30, timeout=20_000)
    page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(page))


@pytest.mark.parametrize("stood_before", [False, True])
def test_a_launch_reaches_its_own_endpoint_and_nothing_beside_it(
    launched: Launched, pages: Pages, listener: Listener, stood_before: bool
) -> None:
    base = f"http://{ENDPOINT_HOST}:{listener.port}"
    pages.put(
        "client.html",
        f"""<script>
        Promise.allSettled(['{base}/other', '{base}/token1/statements', '{base}/token10', 'http://localhost:{listener.port}/token1/', 'http://127.0.0.1:{listener.port}/token1/']
          .map((at) => fetch(at))).then((all) => console.log('DONE ' + all.map((one) => one.status)));
        </script>""",
    )

    said = launched(
        "client.html", until="DONE", endpoint=f"{base}/token1/", stood_before=stood_before
    )

    assert [line for line in said if line.startswith("DONE")] == [
        "DONE rejected,fulfilled,rejected,rejected,rejected"
    ]
    assert listener.heard == ["GET /token1/statements HTTP/1.1"]


def _channels(listener: Listener) -> set[str]:
    return {line.split(" ")[1] for line in listener.heard if " " in line}


def _pdf(open_action: str) -> str:
    """Return a PDF of one empty page that does something when it is opened."""
    return (
        f"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R /OpenAction {open_action} >> endobj\n"
        "2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj\n"
        "trailer << /Root 1 0 R >>\n%%EOF\n"
    )
