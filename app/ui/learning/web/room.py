"""What a launch moves into: a profile behind its walls, one page in it, and the page's view.

Most of the time that a package takes to open goes into its room. A room can stand before there is a
launch, and in two steps: with its renderer running, for whichever launch comes; then, once it has
been given a launch's name, with its frame loaded. Until it has a name, its pages go nowhere and
nothing is answered; until the launch has moved in, the frame is all there is, and no file of the
package is served.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.ui.kit.layouts import column
from app.ui.learning.web import SPARE_ROOM
from app.ui.learning.web.course_files import Files
from app.ui.learning.web.engine import SCHEME
from app.ui.learning.web.handler import RESERVED, Handler
from app.ui.learning.web.page import CoursePage
from app.ui.learning.web.walls import Interceptor, script_before_pages, walled_profile


class Room(QWidget):
    """Takes one launch, once; `host` is the launch's name, empty while any may come."""

    ready = Signal()
    """The frame stands: an activity may be opened in it."""

    def __init__(self, host: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host = ""
        self.stands = False
        """Whether the frame does."""
        self._is_loaded = False
        self.interceptor = Interceptor(self)
        self.profile = walled_profile(self.interceptor)
        self.handler = Handler(self.profile)
        self.handler.on_ready = self._take_ready
        self.profile.installUrlSchemeHandler(SCHEME.encode(), self.handler)
        self.page = CoursePage(self.profile, "", self)
        self.page.destroyed.connect(
            self.profile.deleteLater
        )  # the profile has to outlive its pages
        self.view = QWebEngineView(self)
        self.view.setPage(self.page)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.setAccessibleName(_("Course"))
        self.setFocusProxy(self.view)
        column(self, gap=0).addWidget(self.view)
        if host:
            self.take_name(host)

    @classmethod
    def keep_spare(cls, host: str, home: QWidget) -> None:
        """Have a room for a launch stand in `home`, out of sight: one, in place of any other's.

        Without a name (""): for whichever launch comes, beside one that has a name.
        """
        if cls.spare_in(home, host) is not None:
            return
        spare = cls.spare_in(home)
        if spare is None:
            spare = cls(parent=home)
            spare.wait()
        if host:
            for other in cls.spares_in(home):
                if other.host:
                    other.drop()
            spare.take_name(host)
            spare.load()

    @classmethod
    def found_in(cls, home: QWidget, host: str) -> "Room":
        """Return the spare room of a launch, or one for whichever comes, or else a new one.

        It stays in `home` until it is put elsewhere.
        """
        spare = cls.spare_in(home, host) or cls.spare_in(home)
        if spare is None:
            return cls(host, home)
        spare.take_up()
        if not spare.host:
            spare.take_name(host)
        return spare

    @classmethod
    def spare_in(cls, home: QWidget, host: str = "") -> "Room | None":
        """Return the spare room of a launch that stands in `home`, or the one without a name."""
        return next((room for room in cls.spares_in(home) if room.host == host), None)

    @classmethod
    def spares_in(cls, home: QWidget) -> "list[Room]":
        """Return the spare rooms that stand in `home`: one with a name and one without, at most."""
        rooms = (child for child in home.children() if isinstance(child, cls))
        return [room for room in rooms if room.objectName() == SPARE_ROOM]

    def load(self) -> None:
        """Load the frame; the second time, do nothing."""
        if not self._is_loaded:
            self._is_loaded = True
            self.page.load(QUrl(f"{SCHEME}://{self.host}{RESERVED}frame.html"))

    def move_in(self, files: Files, endpoint: str, scripts: Sequence[str] = ()) -> None:
        """Serve a package, and let its pages talk to its endpoint: see CourseWeb."""
        self.interceptor.endpoint = endpoint
        self.handler.serve(files, endpoint)
        for name in (*(["wire.js"] if endpoint else []), *scripts):
            self.profile.scripts().insert(script_before_pages(name))

    def take_up(self) -> None:
        """Be no spare any more: a launch moves in."""
        self.setObjectName("")
        _application().aboutToQuit.disconnect(self.drop)
        self.page.renderProcessTerminated.disconnect(self.drop)

    def drop(self) -> None:
        """Delete this spare; nothing was in it."""
        self.take_up()
        self.deleteLater()

    def wait(self) -> None:
        """Be a spare, and let the renderer start."""
        self.setObjectName(SPARE_ROOM)
        _application().aboutToQuit.connect(self.drop)  # no page may outlive the application
        self.page.renderProcessTerminated.connect(self.drop)
        self.hide()
        self.page.runJavaScript("0")  # whatever it is: there is a renderer for it afterwards
        self._name_page()

    def take_name(self, host: str) -> None:
        """Be the room of one launch from now on: its address is the only one there is."""
        self.host = self.interceptor.host = self.handler.host = self.page.host = host

    def _take_ready(self) -> None:
        self.stands = True
        self._name_page()
        self.ready.emit()

    def _name_page(self) -> None:
        """Name what the engine puts the focus on, for who hears the screen."""
        proxy = self.view.focusProxy()
        if proxy is not None:
            proxy.setAccessibleName(self.view.accessibleName())


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("no widget without an application")
    return application
