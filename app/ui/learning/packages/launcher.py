"""Runs a package's launches, one at a time: each begins when the one before has said its last words."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.core.base.errors import UserFacingError
from app.core.learning import Launch, Way, Wish
from app.ui.kit.screen import Desk
from app.ui.learning.learner_services import LearnerServices
from app.ui.learning.packages.page_place import PagePlace
from app.ui.learning.web import SPARE_ROOM

if TYPE_CHECKING:
    from app.ui.learning.web.session import PackageSession


def prepare_room(home: QWidget, registration: UUID | None = None) -> None:
    """Have a room stand in `home` for a launch that may come, unless there is no engine.

    None: for whichever launch comes.
    """
    from app.ui.learning.web.engine import start_engine  # loads the web engine: packages only

    try:
        start_engine()
    except UserFacingError:
        return  # told when the package is opened
    from app.ui.learning.web.room import Room  # likewise, and after it

    Room.keep_spare("" if registration is None else registration.hex, home)


def is_room_warm(home: QWidget) -> bool:
    """Tell whether a room stands in `home`: then preparing for a launch takes next to nothing."""
    return (
        home.findChild(QWidget, SPARE_ROOM, Qt.FindChildOption.FindDirectChildrenOnly) is not None
    )


class Launcher(QObject):
    """Tells on what its launch tells, until it lets go of it; the launch then ends by itself."""

    moved = Signal(object)
    """Carries a Situation."""
    kept = Signal()
    failing = Signal(object)
    """Carries the UserFacingError."""
    refused = Signal(str)
    crashed = Signal()
    """The page is gone; the launch was ended with what was saved."""
    print_asked = Signal(object)
    """Carries the CoursePage that is to be printed."""
    freed = Signal()
    """A launch that had to wait for the one before it may be opened now."""

    def __init__(
        self, view: QWidget, desk: Desk[LearnerServices], home: QWidget, place: PagePlace
    ) -> None:
        """`home`: where a room may stand that was prepared."""
        super().__init__(view)
        self.session: PackageSession | None = None
        self._view = view
        self._desk = desk
        self._home = home
        self._place = place
        self._percent = 100

    def start(self, launch: Launch) -> None:
        """Let go of what is open and start a launch. Raises UserFacingError: there is no engine."""
        from app.ui.learning.web.engine import start_engine  # loads the web engine: packages only

        try:
            start_engine()
        except UserFacingError:
            self._give_back(launch)
            raise
        from app.ui.learning.web.room import Room  # likewise, and after it
        from app.ui.learning.web.session import PackageSession

        self.let_go()
        before = PackageSession.ending.get(launch.registration)
        if before is not None:
            before.closed.connect(self.freed)
            self._give_back(launch)
            return
        services, desk = self._desk.services, self._desk
        room = Room.found_in(self._home, launch.registration.hex)
        session = PackageSession(
            launch, services.launches, desk.actor, services.assets, desk.jobs, room
        )
        session.start()  # the records are at work while the page is put on
        self._take(session)

    def let_go(self) -> None:
        """Let the launch go on by itself until its page has said its last words."""
        session = self.session
        if session is None:
            return
        self._place.let_go()
        self.session = None
        for said, heard in self._ties(session):
            said.disconnect(heard)
        session.crashed.disconnect(self._drop)
        session.web.hide()
        session.web.setParent(self._view.window())
        session.close()

    def wish(self, wish: Wish) -> None:
        """Ask the launch to go elsewhere; nothing happens while there is none."""
        if self.session is not None:
            self.session.wish(wish)

    def set_zoom(self, percent: int) -> None:
        """Show this launch's pages and those of later ones in a size."""
        self._percent = percent
        if self.session is not None:
            self.session.web.set_zoom(percent)

    def _give_back(self, launch: Launch) -> None:
        """End a launch that was never begun."""
        desk = self._desk
        desk.jobs.run(
            lambda _progress: desk.services.launches.close(desk.actor, launch), owner=desk.jobs
        )

    def _take(self, session: "PackageSession") -> None:
        self.session = session
        for said, heard in self._ties(session):
            said.connect(heard)
        session.crashed.connect(self._drop)
        session.close_asked.connect(lambda: session.wish(Wish(Way.SUSPEND_ALL)))
        session.web.set_zoom(self._percent)
        self._place.put_on(session.web)

    def _ties(self, session: "PackageSession") -> tuple[tuple[SignalInstance, SignalInstance], ...]:
        return (
            (session.moved, self.moved),
            (session.kept, self.kept),
            (session.failing, self.failing),
            (session.refused, self.refused),
            (session.web.print_asked, self.print_asked),
        )

    def _drop(self) -> None:
        """End a launch whose page is gone without a word."""
        session, self.session = self.session, None
        if session is not None:
            self._place.let_go()
            session.drop()
            self.crashed.emit()
