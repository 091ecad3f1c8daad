"""A launch on screen: engine, walls and page in one widget, which knows nothing of what a call means."""

import json
import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineFullScreenRequest, QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.core.base.words import _
from app.ui.kit.layouts import column
from app.ui.learning.web.course_files import Files
from app.ui.learning.web.engine import SCHEME
from app.ui.learning.web.handler import RESERVED, Handler, Reply
from app.ui.learning.web.last_words import LastWords
from app.ui.learning.web.page import CoursePage
from app.ui.learning.web.popup import Popup
from app.ui.learning.web.unit_window import UnitWindow
from app.ui.learning.web.walls import Interceptor, script_before_pages, walled_profile

FAREWELL_MS = 4000
"""How long a page may take to say its last words."""
log = logging.getLogger(__name__)

_OWN = "daksha:"
_MOST_POPUPS = 8
"""How many windows a course may have open at once."""


class CourseWeb(QWidget):
    """Shows one launch. `close_down` lets the page say its last words, and then ends it all."""

    called = Signal(object, object)
    """Carries a call to the records (untrusted JSON values), and the Reply it waits for."""
    asked = Signal(object, object)
    """Carries a dialog that a page puts (untrusted JSON values), and the Reply it waits for."""
    ready = Signal()
    """The frame stands: an activity may be opened."""
    shown = Signal()
    """An activity's page has loaded."""
    close_asked = Signal()
    """The course would like to be left."""
    return_asked = Signal()
    """The part that is open is done with; the learner goes back to where it was opened."""
    full_screen_asked = Signal(bool)
    print_asked = Signal(object)
    """Carries the CoursePage that is to be printed."""
    crashed = Signal()
    said = Signal(str)

    def __init__(
        self,
        host: str,
        files: Files,
        endpoint: str = "",
        answered: Callable[[], int] = lambda: 0,
        *,
        converts: bool = False,
    ) -> None:
        """`answered`: how many requests to the endpoint have been answered since a page was opened.
        `converts`: some recordings are served as another format than their pages declare.
        """
        super().__init__()
        self._host = host
        self._interceptor = Interceptor(host, endpoint, self)
        self._profile = walled_profile(self._interceptor)
        self._last_words = LastWords(self._interceptor, answered, self)
        self._last_words.said.connect(self._let_go)
        self.unit_window: UnitWindow | None = None
        """The window of an activity that has one of its own."""
        self._zoom = 1.0
        if converts:
            self._profile.scripts().insert(script_before_pages("media.js"))
        self._handler = Handler(host, files, endpoint, self._profile)
        self._handler.on_call = self._take_call
        self._handler.on_ask = self._take_ask
        self._profile.installUrlSchemeHandler(SCHEME.encode(), self._handler)
        self.page = CoursePage(self._profile, host, self)
        self.page.destroyed.connect(
            self._profile.deleteLater
        )  # the profile has to outlive its pages
        self.view = QWebEngineView(self)
        self.view.setPage(self.page)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.setAccessibleName(_("Course"))
        self.setFocusProxy(self.view)
        column(self, gap=0).addWidget(self.view)
        self._popups: list[Popup] = []
        self._left: Callable[[], None] | None = None
        self._patience = QTimer(self, singleShot=True, interval=FAREWELL_MS)
        self._patience.timeout.connect(self._is_left)
        self._connect(self.page)

    def load(self, api: str) -> None:
        """Load the frame, with the API object of that name for the package to find."""
        self.page.load(QUrl(f"{SCHEME}://{self._host}{RESERVED}frame.html?api={api}"))

    def open(self, address: str) -> None:
        """Open an activity: an address within the package, percent-encoded, with its query."""
        self._last_words.begin()
        self._run(f"daksha.open({_quoted('/' + address.lstrip('/'))})")

    def open_window(self, address: str, title: str) -> None:
        """Open an activity in a window of its own, a child of the player's."""
        self._last_words.begin()
        page = CoursePage(self._profile, self._host, self, is_popup=True)
        page.said.connect(self.said)
        page.popup_made.connect(self._take_popup)
        page.printRequested.connect(partial(self.print_asked.emit, page))
        self.unit_window = UnitWindow(page, title, self)
        self.unit_window.view.setZoomFactor(self._zoom)
        self.unit_window.leave_asked.connect(self.return_asked)
        page.load(QUrl(f"{SCHEME}://{self._host}/{address.lstrip('/')}"))
        self.shown.emit()

    @property
    def window_page(self) -> CoursePage | None:
        """Return the page in a window of its own, when there is one."""
        return None if self.unit_window is None else self.unit_window.page

    def leave(self, then: Callable[[], None]) -> None:
        """Take the activity's page away; `then` is called once it has made its last calls."""
        self._left = then
        self._patience.start()
        for popup in tuple(self._popups):
            popup.close()
        if self.unit_window is None:
            self._run("daksha.leave()")
        else:
            self.unit_window.empty(self._is_left)

    def close_down(self) -> None:
        """End the launch and delete this. The page is gone already, or has been given its time."""
        self._patience.stop()
        for popup in tuple(self._popups):
            popup.close()
        self._last_words.end()
        self._drop_window()
        self._handler.on_call = self._handler.on_ask = None
        self.hide()
        self.view.setPage(None)  # type: ignore[arg-type]  # as Qt documents it: none
        self.page.destroyed.connect(self.deleteLater)
        self.page.deleteLater()

    def set_zoom(self, percent: int) -> None:
        """Show pages larger or smaller."""
        self._zoom = percent / 100
        self.view.setZoomFactor(self._zoom)
        if self.unit_window is not None:
            self.unit_window.view.setZoomFactor(self._zoom)

    def set_muted(self, *, muted: bool) -> None:
        """Let the activity's page be heard, or not."""
        self.page.setAudioMuted(muted)
        if self.unit_window is not None:
            self.unit_window.page.setAudioMuted(muted)

    def set_covered(self, *, covered: bool) -> None:
        """Hide what stands in a window of its own while somebody has locked the PC, or show it again."""
        if self.unit_window is not None:
            self.unit_window.setVisible(not covered)

    def leave_full_screen(self) -> None:
        """Tell the page that it does not fill the screen any more."""
        self.page.triggerAction(QWebEnginePage.WebAction.ExitFullScreen)

    def _connect(self, page: CoursePage) -> None:
        page.said.connect(self.said)
        page.popup_made.connect(self._take_popup)
        page.fullScreenRequested.connect(self._take_full_screen)
        page.printRequested.connect(partial(self.print_asked.emit, page))
        page.renderProcessTerminated.connect(self._take_end)
        page.windowCloseRequested.connect(self.close_asked)

    def _take_ready(self) -> None:
        proxy = self.view.focusProxy()
        if proxy is not None:
            proxy.setAccessibleName(self.view.accessibleName())
        self.ready.emit()

    def _run(self, script: str) -> None:
        self.page.runJavaScript(script)

    def _take_call(self, untrusted_call: object, reply: Reply) -> None:
        if not isValid(self):  # deleted with all around it: the page goes next
            reply(None)
            return
        method = _method_of(untrusted_call)
        if not method.startswith(_OWN):
            self.called.emit(untrusted_call, reply)
            return
        reply(["true", "0"])
        told = {
            "ready": self._take_ready,
            "shown": self.shown.emit,
            "close": self.close_asked.emit,
            "return": self.return_asked.emit,
        }
        act = told.get(method.removeprefix(_OWN), self._is_left)
        QTimer.singleShot(0, self, act)  # the page goes on before anything is done to it

    def _take_ask(self, untrusted_question: object, reply: Reply) -> None:
        if isValid(self):
            self.asked.emit(untrusted_question, reply)
        else:
            reply(None)

    def _is_left(self) -> None:
        """Wait for what the page has sent at its end, unless it took too long already."""
        if self._left is not None and self._patience.isActive():
            self._last_words.wait()
        else:
            self._let_go()

    def _drop_window(self) -> None:
        window, self.unit_window = self.unit_window, None
        if window is not None:
            window.drop()

    def _let_go(self) -> None:
        self._patience.stop()
        self._last_words.end()
        self._drop_window()
        then, self._left = self._left, None
        if then is not None:
            then()

    def _take_popup(self, page: CoursePage) -> None:
        if len(self._popups) >= _MOST_POPUPS:
            log.warning("a course opened more windows than are shown")
            page.deleteLater()  # the course finds its window closed
            return
        popup = Popup(page, self)
        self._popups.append(popup)
        page.said.connect(self.said)
        page.popup_made.connect(self._take_popup)
        page.printRequested.connect(partial(self.print_asked.emit, page))
        popup.gone.connect(partial(self._popups.remove, popup))

    def _take_full_screen(self, request: QWebEngineFullScreenRequest) -> None:
        request.accept()
        self.full_screen_asked.emit(request.toggleOn())

    def _take_end(self, status: QWebEnginePage.RenderProcessTerminationStatus, _code: int) -> None:
        normal = QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus
        if self._left is not None:
            self._is_left()
        elif status != normal:
            self.crashed.emit()


def _method_of(untrusted_call: object) -> str:
    match untrusted_call:
        case [_, str(method), *_]:
            return method
    return ""


def _quoted(text: str) -> str:
    """Return text as a JavaScript string."""
    return json.dumps(text)
