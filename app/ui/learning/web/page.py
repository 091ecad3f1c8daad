"""One page of a launch: it stays in its package, and asks for nothing of this PC."""

import logging

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineDesktopMediaRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineRegisterProtocolHandlerRequest,
)
from typing_extensions import override

from app.ui.learning.web.engine import SCHEME
from app.ui.learning.web.handler import RESERVED

log = logging.getLogger(__name__)
_MAX_SAID = 2_000


class CoursePage(QWebEnginePage):
    """Loads the frame of its launch and nothing else at the top; a popup may load its package."""

    said = Signal(str)
    """Carries what a page wrote to its console."""
    popup_made = Signal(object)
    """Carries the CoursePage of a window that this one opened."""

    def __init__(
        self,
        profile: QWebEngineProfile,
        host: str,
        parent: QObject | None,
        *,
        is_popup: bool = False,
    ) -> None:
        """`host`: the name of its launch; empty, while there is none: then it goes nowhere."""
        super().__init__(profile, parent)
        self.host = host
        self._is_popup = is_popup
        self.permissionRequested.connect(QWebEnginePermission.deny)
        self.registerProtocolHandlerRequested.connect(_refuse)
        self.fileSystemAccessRequested.connect(lambda request: request.reject())
        self.desktopMediaRequested.connect(QWebEngineDesktopMediaRequest.cancel)
        self.selectClientCertificate.connect(lambda selection: selection.selectNone())

    @override
    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        address = QUrl(url)
        if address.scheme() in {"about", "blob"} or (
            address.scheme() == "data" and not isMainFrame
        ):
            return True
        if not self.host or address.scheme() != SCHEME or address.host() != self.host:
            return False
        return self._is_popup or not isMainFrame or address.path().startswith(RESERVED)

    @override
    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        popup = CoursePage(self.profile(), self.host, self.parent(), is_popup=True)
        self.popup_made.emit(popup)
        return popup

    @override
    def chooseFiles(self, mode: object, oldFiles: object, acceptedMimeTypes: object) -> list[str]:
        return []

    @override
    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        log.debug("course: %s", message[:_MAX_SAID])
        self.said.emit(message)

    # The dialogs of JavaScript come by the handler (first.js). What comes here is the question whether to leave
    # a page, which is never put: what was done is saved already.

    @override
    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:
        pass

    @override
    def javaScriptConfirm(self, securityOrigin: QUrl | str, msg: str) -> bool:
        return True

    @override
    def javaScriptPrompt(
        self, securityOrigin: QUrl | str, msg: str, defaultValue: str
    ) -> tuple[bool, str]:
        return False, ""


def _refuse(request: QWebEngineRegisterProtocolHandlerRequest) -> None:
    request.reject()
