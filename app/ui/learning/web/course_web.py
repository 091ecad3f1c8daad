"""A launch on screen: engine, walls and page in one widget, which knows nothing of what a call means."""

import json
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineFullScreenRequest, QWebEnginePage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.ui.kit.layouts import column
from app.ui.learning.web.course_files import Files
from app.ui.learning.web.course_windows import CourseWindows
from app.ui.learning.web.engine import SCHEME
from app.ui.learning.web.handler import Reply
from app.ui.learning.web.last_words import LastWords
from app.ui.learning.web.page import CoursePage
from app.ui.learning.web.room import Room
from app.ui.learning.web.unit_window import UnitWindow

FAREWELL_MS = 4000
"""How long a page may take to say its last words."""
_OWN = "daksha:"


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
        scripts: Sequence[str] = (),
        room: Room | None = None,
    ) -> None:
        """`answered`: how many requests to the endpoint have been answered since a page was opened.
        `scripts`: the player's own that run before any of a page's, as `scripts_for` names them.
        `room`: one that stands for this launch; None: a new one.
        """
        super().__init__(None if room is None else room.parentWidget())
        self._host = host
        self._api = ""
        self._room = room or Room(host)
        self._room.move_in(files, endpoint, scripts)
        self._room.ready.connect(self.ready)
        self._last_words = LastWords(self._room.interceptor, answered, self)
        self._windows = CourseWindows(self)
        self._handler = self._room.handler
        self._handler.on_call = self._take_call
        self._handler.on_ask = self._take_ask
        self.page = self._room.page
        self.view = self._room.view
        self.setFocusProxy(self.view)
        column(self, gap=0).addWidget(self._room)
        self._room.show()
        self._left: Callable[[], None] | None = None
        self._patience = QTimer(self, singleShot=True, interval=FAREWELL_MS)
        self._connect()

    def load(self, api: str) -> None:
        """Load the frame, if it does not stand yet; pages will find the API object of that name."""
        self._api = api
        self._room.load()
        if self._room.stands:
            QTimer.singleShot(0, self, self.ready.emit)

    @property
    def stands(self) -> bool:
        """Tell whether the frame does, so that an activity may be opened without waiting for `ready`."""
        return self._room.stands

    def hold(self) -> None:
        """Let pages be asked for, and keep them waiting."""
        self._handler.hold()

    def let_in(self) -> None:
        """Give the pages that were asked for, and all that will be."""
        self._handler.let_in()

    @property
    def is_asked_for(self) -> bool:
        """Tell whether a page was asked for that is kept waiting."""
        return self._handler.has_waiting

    def turn_away(self) -> None:
        """Refuse the pages that were asked for."""
        self._handler.turn_away()

    def open(self, address: str) -> None:
        """Open an activity: an address within the package, percent-encoded, with its query."""
        self._last_words.begin()
        place = _quoted("/" + address.lstrip("/"))
        self.page.runJavaScript(f"daksha.open({place}, {_quoted(self._api)})")

    def open_window(self, address: str, title: str) -> None:
        """Open an activity in a window of its own, a child of the player's."""
        self._last_words.begin()
        page = CoursePage(self._room.profile, self._host, self, is_popup=True)
        self._windows.open_unit(page, title)
        page.load(QUrl(f"{SCHEME}://{self._host}/{address.lstrip('/')}"))
        self.shown.emit()

    @property
    def unit_window(self) -> UnitWindow | None:
        """Return the window of an activity that has one of its own."""
        return self._windows.unit

    @property
    def window_page(self) -> CoursePage | None:
        """Return the page in a window of its own, when there is one."""
        return None if self.unit_window is None else self.unit_window.page

    def leave(self, then: Callable[[], None]) -> None:
        """Take the activity's page away; `then` is called once it has made its last calls."""
        self._left = then
        self._patience.start()
        self._windows.close_popups()
        if self.unit_window is None:
            self.page.runJavaScript("daksha.leave()")
        else:
            self.unit_window.empty(self._is_left)

    def close_down(self) -> None:
        """End the launch and delete this. The page is gone already, or has been given its time."""
        self._patience.stop()
        self._windows.close_popups()
        self._last_words.end()
        self._windows.drop_unit()
        self._handler.on_call = self._handler.on_ask = None
        self.hide()
        self.view.setPage(None)  # type: ignore[arg-type]  # as Qt documents it: none
        self.page.destroyed.connect(self.deleteLater)
        self.page.deleteLater()

    def set_zoom(self, percent: int) -> None:
        """Show pages larger or smaller."""
        self.view.setZoomFactor(percent / 100)
        self._windows.set_zoom(percent / 100)

    def set_muted(self, *, muted: bool) -> None:
        """Let the activity's page be heard, or not."""
        self.page.setAudioMuted(muted)
        self._windows.set_muted(muted=muted)

    def set_covered(self, *, covered: bool) -> None:
        """Hide what stands in a window of its own while somebody has locked the PC, or show it again."""
        self._windows.set_covered(covered=covered)

    def leave_full_screen(self) -> None:
        """Tell the page that it does not fill the screen any more."""
        self.page.triggerAction(QWebEnginePage.WebAction.ExitFullScreen)

    def _connect(self) -> None:
        self._last_words.said.connect(self._let_go)
        self._patience.timeout.connect(self._is_left)
        self._windows.said.connect(self.said)
        self._windows.print_asked.connect(self.print_asked)
        self._windows.return_asked.connect(self.return_asked)
        self._windows.hear(self.page)
        self.page.fullScreenRequested.connect(self._take_full_screen)
        self.page.renderProcessTerminated.connect(self._take_end)
        self.page.windowCloseRequested.connect(self.close_asked)

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

    def _let_go(self) -> None:
        self._patience.stop()
        self._last_words.end()
        self._windows.drop_unit()
        then, self._left = self._left, None
        if then is not None:
            then()

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
