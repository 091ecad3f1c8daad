"""Drives a cmi5 or xAPI lesson in the real player: what its page shows, says and is told."""

import json
from typing import Any, cast

from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from app.ui.learning.lesson_views.package_view import PackageView
from app.ui.learning.player_screen import PlayerScreen
from app.ui.learning.web.session import PackageSession

PATIENCE_MS = 30_000


class WiredPlayer:
    """One lesson in the player, and the page of the unit that is open in it."""

    def __init__(self, screen: PlayerScreen, qtbot: QtBot) -> None:
        view = screen.view
        assert isinstance(view, PackageView)
        self.view = view
        self._qtbot = qtbot
        session = view.session
        assert session is not None
        self.session: PackageSession = session
        self.console: list[str] = []
        session.web.said.connect(self.console.append)

    @property
    def page(self) -> QWebEnginePage:
        """Return the page that the unit is in."""
        return self.session.web.window_page or self.session.web.page

    def run(self, script: str) -> Any:
        """Run an expression in the unit's own window and return its value, as JSON goes.

        There is no value while there is no such window yet.
        """
        inside = (
            "window"
            if self.session.web.window_page is not None
            else "document.getElementById('course')?.contentWindow"
        )
        answers: list[object] = []
        source = (
            f"JSON.stringify(((window, document) => window && (({script}) ?? null))"
            f"({inside}, {inside}?.document) ?? null)"
        )
        self.page.runJavaScript(source, 0, answers.append)
        self._qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)
        return json.loads(cast("str", answers[0])) if answers[0] else None

    def say(self, script: str) -> None:
        """Run a statement in the unit's window, among the names that its own scripts know."""
        self.wait_for("window.eval('typeof say') === 'function'")
        self.run(f"window.eval({json.dumps(script)}) && 0")

    def wait_for(self, script: str) -> Any:
        """Wait until an expression in the unit's window is true, and return its value."""
        found: list[Any] = []

        def looks() -> bool:
            value = self.run(script)
            if value:
                found.append(value)
            return bool(value)

        self._qtbot.waitUntil(looks, timeout=PATIENCE_MS)
        return found[0]

    def result(self) -> dict[str, Any]:
        """Return what a unit of the CATAPULT suite shows at its end."""
        text = self.wait_for("document.getElementById('result')?.innerText")
        result: dict[str, Any] = json.loads(text)
        return result
