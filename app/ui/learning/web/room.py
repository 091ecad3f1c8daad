"""What a launch moves into: a profile behind its walls, one page in it, and the page's view.

Most of the time that a package takes to open goes into its room, and a room asks for no more than
the launch's name. So one can stand before somebody clicks: its renderer runs, its frame is loaded.
Until the launch has moved in, the frame is all there is; no file of the package is served.
"""

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from app.core.base.words import _
from app.ui.kit.layouts import column
from app.ui.learning.web.course_files import Files
from app.ui.learning.web.engine import SCHEME
from app.ui.learning.web.handler import RESERVED, Handler
from app.ui.learning.web.page import CoursePage
from app.ui.learning.web.walls import Interceptor, script_before_pages, walled_profile

_SPARE = "spare room"


class Room(QWidget):
    """Takes the launch that `host` is the name of, once."""

    ready = Signal()
    """The frame stands: an activity may be opened in it."""

    def __init__(self, host: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host = host
        self.stands = False
        """Whether the frame does."""
        self._is_loaded = False
        self.interceptor = Interceptor(host, self)
        self.profile = walled_profile(self.interceptor)
        self.handler = Handler(host, self.profile)
        self.handler.on_ready = self._take_ready
        self.profile.installUrlSchemeHandler(SCHEME.encode(), self.handler)
        self.page = CoursePage(self.profile, host, self)
        self.page.destroyed.connect(
            self.profile.deleteLater
        )  # the profile has to outlive its pages
        self.view = QWebEngineView(self)
        self.view.setPage(self.page)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.setAccessibleName(_("Course"))
        self.setFocusProxy(self.view)
        column(self, gap=0).addWidget(self.view)

    @classmethod
    def keep_spare(cls, host: str, home: QWidget) -> None:
        """Have a room for a launch stand in `home`, out of sight: one, in place of any other."""
        spare = cls.spare_in(home)
        if spare is not None and spare.host == host:
            return
        if spare is not None:
            spare.drop()
        room = cls(host, home)
        room.setObjectName(_SPARE)
        _application().aboutToQuit.connect(room.drop)  # no page may outlive the application
        room.page.renderProcessTerminated.connect(room.drop)
        room.hide()
        room.load()

    @classmethod
    def found_in(cls, home: QWidget, host: str) -> "Room":
        """Return the spare room of a launch, or a new one. It stays in `home` until it is put elsewhere."""
        spare = cls.spare_in(home)
        if spare is None or spare.host != host:
            return cls(host, home)
        spare.take_up()
        return spare

    @classmethod
    def spare_in(cls, home: QWidget) -> "Room | None":
        """Return the spare room that stands in `home`, if one does."""
        rooms = (child for child in home.children() if isinstance(child, cls))
        return next((room for room in rooms if room.objectName() == _SPARE), None)

    def load(self) -> None:
        """Load the frame; the second time, do nothing."""
        if not self._is_loaded:
            self._is_loaded = True
            self.page.load(QUrl(f"{SCHEME}://{self.host}{RESERVED}frame.html"))

    def move_in(self, files: Files, endpoint: str, *, converts: bool) -> None:
        """Serve a package, and let its pages talk to its endpoint: see CourseWeb."""
        self.interceptor.endpoint = endpoint
        self.handler.serve(files, endpoint)
        for name, is_needed in (("wire.js", bool(endpoint)), ("media.js", converts)):
            if is_needed:
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

    def _take_ready(self) -> None:
        self.stands = True
        self.ready.emit()


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("no widget without an application")
    return application
