"""A page in a web engine as bare as the library allows: what the player is measured against."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from typing_extensions import override

from app.bootstrap.benches.learner_window import SIZE, delete, wait_for
from app.bootstrap.benches.sco_packages import BEGUN


class BarePage:
    """A window of its own for a page, with a profile of its own: so its renderer is its own, too."""

    def __init__(self) -> None:
        self._view = QWebEngineView()
        profile = QWebEngineProfile(self._view)
        self._page = _Page(profile, self._view)
        self._view.setPage(self._page)
        self._view.resize(*SIZE)

    def start_renderer(self) -> None:
        """Start the renderer, which takes longest; nothing is loaded yet."""
        self._page.runJavaScript("console.log('STARTED')")
        wait_for(self._page.said)

    def show(self, page: Path) -> None:
        """Show a page; return once its script has run."""
        self._view.show()
        self._view.load(QUrl.fromLocalFile(str(page)))
        wait_for(self._page.said, lambda words: words == BEGUN)

    def close(self) -> None:
        """Put it away."""
        self._view.close()
        self._page.deleteLater()
        delete(self._view)


class _Page(QWebEnginePage):
    said = Signal(str)

    @override
    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        self.said.emit(message)
