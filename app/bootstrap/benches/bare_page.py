"""A page in a web engine as bare as the library allows: what the player is measured against."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from typing_extensions import override

from app.bootstrap.benches.learner_window import SIZE, wait_for
from app.bootstrap.benches.sco_packages import BEGUN


class BarePage:
    """Shows a page in a window of its own; made once its script has run."""

    def __init__(self, page: Path) -> None:
        self._view = QWebEngineView()
        profile = QWebEngineProfile(self._view)
        self._page = _Page(profile, self._view)
        self._view.setPage(self._page)
        self._view.resize(*SIZE)
        self._view.show()
        self._view.load(QUrl.fromLocalFile(str(page)))
        wait_for(self._page.said, lambda words: words == BEGUN)

    def close(self) -> None:
        """Put it away."""
        self._view.close()
        self._page.deleteLater()
        self._view.deleteLater()


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
