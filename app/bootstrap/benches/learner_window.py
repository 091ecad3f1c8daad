"""The window as a learner has it, for the benches: real services, real player, real web engine."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.bootstrap.benches.sco_packages import BEGUN, MANIFESTS, write_package
from app.bootstrap.benches.small_site import SmallSite, open_small_site
from app.core.base.actor import system_actor
from app.core.base.progress import NoProgress
from app.core.learning import registration_of
from app.core.people import Audience
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.learning.course_screen import CourseScreen
from app.ui.learning.home_screen import HomeScreen
from app.ui.learning.lesson_views.package_view import PackageView
from app.ui.learning.player_screen import PlayerScreen
from app.ui.learning.web.engine import start_engine
from app.ui.learning.web.room import Room
from app.ui.learning.web.session import PackageSession
from app.ui.shell.work_area import WorkArea

Seen = TypeVar("Seen")
SIZE = (1366, 768)
_PATIENCE_MS = 120_000
_LOOK_EVERY_MS = 2


class LearnerWindow:
    """A learner is signed in; there is a course of one package, begun, for each standard in MANIFESTS."""

    def __init__(self, folder: Path) -> None:
        """Raises NoSandbox."""
        self.application = application()
        start_engine()
        self.site = open_small_site(folder)
        self._folder = folder
        self.courses = {name: self.fresh_course(name) for name in MANIFESTS}
        for course_id in self.courses.values():
            self.site.services.learning.begin(self.site.learner, course_id)
        self.jobs = JobRunner()
        self.area = WorkArea(
            self.site.services,
            self.site.learner,
            theme=Theme(self.application),
            jobs=self.jobs,
            changes=ChangeFeed(self.application),
            note_activity=lambda: None,
            change_data_key=lambda _password: None,
        )
        self.area.resize(*SIZE)
        self.area.show()
        self.jobs.wait_idle(_PATIENCE_MS)

    def fresh_course(self, standard: str) -> UUID:
        """Return one more course of one package, which the learner has and did not begin."""
        return _assigned(self.site, self._folder, standard)

    def look_at(self, course_id: UUID) -> None:
        """Go to a course's own page; return once what it prepares for a click stands."""
        self.area.open("course", course_id=course_id)
        hand = self.site.services.learning.foresee(self.site.learner, course_id)
        lesson = hand.lessons[0]
        host = registration_of(hand.start_id, lesson.lesson_id, lesson.plan.variants[0].asset).hex

        def stands() -> Room | None:
            spare = Room.spare_in(self.area.stack, host)
            return spare if spare is not None and spare.stands else None

        wait_until(stands)
        self.jobs.wait_idle(_PATIENCE_MS)

    def look_away(self, *, warm: bool) -> None:
        """Let nothing be prepared for any lesson in particular; `warm`: but for whichever comes."""
        self._forget()
        for spare in Room.spares_in(self.area.stack):
            spare.take_up()
            delete(spare)
        if warm:
            Room.keep_spare("", self.area.stack)
            room = wait_until(lambda: Room.spare_in(self.area.stack))
            room.page.runJavaScript("console.log('STARTED')")
            wait_for(room.page.said)

    def _forget(self) -> None:
        screen = self.area.current
        if isinstance(screen, HomeScreen | CourseScreen | PlayerScreen):
            screen.foresight.forget()

    def begin(self, course_id: UUID) -> PackageSession:
        """Open a course as a click does; return its launch once the page's Initialize was answered."""
        self.area.open("player", course_id=course_id)
        session = wait_until(self._session)
        wait_for(session.web.said, lambda words: words == BEGUN)
        return session

    def leave(self, session: PackageSession) -> None:
        """Go home; return when the package has said its last words and all is on disk."""
        self.area.open("home")
        wait_for(session.closed)
        self.jobs.wait_idle(_PATIENCE_MS)

    def close(self) -> None:
        """Put everything away."""
        self.area.close()
        self.jobs.wait_idle(_PATIENCE_MS)
        self.jobs.shutdown()
        delete(self.area)
        self.site.services.close()

    def _session(self) -> PackageSession | None:
        screen = self.area.current
        view = screen.view if isinstance(screen, PlayerScreen) else None
        return view.session if isinstance(view, PackageView) else None


def wait_for(
    signal: SignalInstance, is_it: Callable[..., bool] = lambda *_told: True
) -> tuple[Any, ...]:
    """Let the window live until a signal tells what is waited for, and return what it told."""
    loop, told = QEventLoop(), list[tuple[Any, ...]]()

    def take(*what: Any) -> None:  # whatever the signal carries
        if is_it(*what):
            told.append(what)
            loop.quit()

    signal.connect(take)
    QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
    loop.exec()
    signal.disconnect(take)
    if not told:
        raise TimeoutError(str(signal))
    return told[0]


def delete(widget: QWidget) -> None:
    """Delete a widget; return once it and all in it is gone."""
    widget.deleteLater()
    wait_until(lambda: None if isValid(widget) else True)


def wait_until(look: Callable[[], Seen | None]) -> Seen:
    """Let the window live until `look` sees something, and return it."""
    seen: list[Seen] = []

    def glance() -> bool:
        found = look()
        if found is not None:
            seen.append(found)
        return bool(seen)

    glances = QTimer(interval=_LOOK_EVERY_MS)
    glances.start()
    wait_for(glances.timeout, glance)
    glances.stop()
    return seen[0]


def application() -> QApplication:
    """Return the application, made as bootstrap makes it; without a screen, it draws in memory."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    return QApplication(["bench"])


def _assigned(site: SmallSite, folder: Path, standard: str) -> UUID:
    """Publish a course of one package, and assign it; it is not begun."""
    courses, boss = site.services.courses, system_actor()
    package = write_package(folder / f"{standard}.zip", standard)
    course_id = courses.import_folder(boss, package, NoProgress())
    courses.publish(boss, course_id, "")
    code = courses.detail(boss, course_id).code
    site.services.training.assign(boss, code, Audience(), due_on=None, origin="")
    return course_id
