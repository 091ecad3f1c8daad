"""One launch in the player: the page on one side, the records on the other, and nothing lost between them.

It outlives the lesson's view: the page still says its last words when the learner is elsewhere.
"""

import threading
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from app.core.base.actor import Actor
from app.core.content import AssetStore
from app.core.learning import Launch, Launches, Opening, Situation, Way, Wish
from app.ui.kit.jobs import JobRunner, Lane
from app.ui.learning.web.call_answers import CallAnswers
from app.ui.learning.web.course_files import CourseFiles, scripts_for
from app.ui.learning.web.course_web import FAREWELL_MS, CourseWeb
from app.ui.learning.web.handler import Reply
from app.ui.learning.web.launch_work import LaunchWork
from app.ui.learning.web.page_dialogs import PageDialog, PageDialogs
from app.ui.learning.web.room import Room

_LEAVE = Wish(Way.SUSPEND_ALL)
_RETURN = Wish(Way.EXIT)


def _none_answered() -> int:
    """Return how many requests an endpoint that is not there has answered."""
    return 0


class PackageSession(QObject):
    """Opens what the package's play says, carries out wishes, and ends with the page's last words."""

    moved = Signal(object)
    """Carries a Situation."""
    kept = Signal()
    """What was done is on disk, and may have moved the lesson."""
    failing = Signal(object)
    """Carries the UserFacingError: something is not on disk, and was not confirmed."""
    refused = Signal(str)
    """Carries why a wish is not carried out: the page stays."""
    crashed = Signal()
    close_asked = Signal()
    closed = Signal()
    _heard = Signal()
    """Statements have arrived over the wire; emitted on any thread."""
    ending: ClassVar[dict[UUID, "PackageSession"]] = {}
    """Those still saying their last words, by registration: one is not opened again before that."""

    def __init__(
        self,
        launch: Launch,
        launches: Launches,
        actor: Actor,
        assets: AssetStore,
        jobs: JobRunner,
        room: Room | None = None,
    ) -> None:
        """`room`: one that stands for this launch; None: a new one."""
        super().__init__(jobs)
        self.launch = launch
        self.situation: Situation | None = None
        self.is_fresh = True
        """Whether nobody has looked at its first situation yet."""
        self._launches = launches
        self._actor = actor
        self._jobs = jobs
        self._is_closing = False
        self._stands = False
        """Whether the frame stands, in which activities are opened."""
        self._unopened: Opening | None = None
        self.is_moving = False
        """Whether a wish is being carried out."""
        self._work = LaunchWork(jobs, self)
        self._answers = CallAnswers(launch, launches, actor, self._work, self)
        self._dialogs = PageDialogs(self)
        self._said_all = threading.Event()
        files = CourseFiles(index=launch.index, assets=assets, substitutes=launch.substitutes)
        wire = launch.wire
        self.web = CourseWeb(
            launch.registration.hex,
            files,
            launch.endpoint,
            _none_answered if wire is None else wire.answered,
            scripts=scripts_for(launch.substitutes),
            room=room,
        )
        self._connect()

    def _connect(self) -> None:
        self._work.failing.connect(self.failing)
        self._answers.kept.connect(self._refresh)
        self._answers.wished.connect(self._take_wish)
        self.web.called.connect(self._answers.take)
        self.web.asked.connect(self._take_question)
        self.web.ready.connect(self._take_ready)
        self.web.shown.connect(self.kept)  # not at its beginning: the page comes before the figures
        self.web.crashed.connect(self._take_crash)
        self.web.close_asked.connect(self.close_asked)
        self.web.return_asked.connect(lambda: self.wish(_RETURN))
        self._heard.connect(self._refresh, Qt.ConnectionType.QueuedConnection)
        if self.launch.wire is not None:
            self.launch.wire.on_heard = self._heard.emit
        self.web.destroyed.connect(self._take_loss)

    @property
    def dialogs(self) -> list[PageDialog]:
        """Return what pages ask now."""
        return self._dialogs.open

    def start(self) -> None:
        """Load the frame, and come in meanwhile; what is to be opened follows when the frame stands: at once
        where it was prepared.

        The engine may ask for it while the records are still at work. It gets it when they are done.
        """
        self._answers.start()
        first = self.launch.first
        self.web.hold()
        self.web.load(self.launch.api)
        self._stands = self.web.stands  # the engine is on its way before anything is laid out
        if first is not None:
            self._open(first.opening)

        def begun(situation: Situation) -> None:
            self.web.let_in()
            if first is None:
                self._open(situation.opening)
            self._show(situation)

        self._work.run(
            lambda: self._launches.begin(self._actor, self.launch), begun, self.web.turn_away
        )

    def wish(self, wish: Wish) -> None:
        """Leave the page that is open, and carry out a wish once it has said its last words."""
        if self.is_moving or self._is_closing:
            return
        self.is_moving = True

        def leave(objection: str) -> None:
            if objection:
                self.is_moving = False
                self.refused.emit(objection)
            else:
                self.web.leave(lambda: self._go(wish))

        self._work.run(lambda: self._launches.objection(self.launch, wish), leave, self._stay)

    def _stay(self) -> None:
        self.is_moving = False

    def pause(self) -> None:
        """Make what was done a fact; the page stays."""
        self._work.run(lambda: self._launches.pause(self._actor, self.launch), lambda _none: None)

    def close(self) -> None:
        """Leave the package for now, and delete this when all is on disk. `closed` tells when."""
        if self._is_closing:
            return
        self._is_closing = True
        self._answers.stop()
        self._dialogs.dismiss()
        self.ending[self.launch.registration] = self
        said_all = self._said_all
        # The window may be closing: it waits for jobs, and so for the page's last words
        self._jobs.run(
            lambda _progress: said_all.wait(2 * FAREWELL_MS / 1000), owner=self, lane=Lane.WORK
        )
        self.web.leave(self._go_home)

    def drop(self) -> None:
        """End a launch whose page has crashed: there are no last words."""
        self._is_closing = True
        self._answers.stop()
        self._dialogs.dismiss()
        self._work.run(
            lambda: self._launches.close(self._actor, self.launch),
            lambda _none: self._end(),
            self._end,
        )

    def _take_ready(self) -> None:
        self._stands = True
        opening, self._unopened = self._unopened, None
        self._open(opening)

    def _go(self, wish: Wish) -> None:
        def went(situation: Situation) -> None:
            self.is_moving = False
            self._open(situation.opening)
            self._show(situation)
            self.kept.emit()

        self._work.run(lambda: self._launches.go(self._actor, self.launch, wish), went, self._stay)

    def _show(self, situation: Situation) -> None:
        self.situation = situation
        self.moved.emit(situation)

    def _open(self, opening: Opening | None) -> None:
        if opening is None or self._is_closing:
            return
        if not self._stands:
            self._unopened = opening
        elif opening.in_own_window:
            self.web.open_window(opening.address, opening.title)
        else:
            self.web.open(opening.address)

    def _go_home(self) -> None:
        def work() -> None:
            situation = self.situation
            if situation is not None and not situation.is_over:
                self._launches.go(self._actor, self.launch, _LEAVE)
            self._launches.pause(self._actor, self.launch)
            self._launches.close(self._actor, self.launch)

        self._work.run(work, lambda _none: self._end(), self._end)

    def _end(self) -> None:
        self.ending.pop(self.launch.registration, None)
        if self.launch.wire is not None:  # nothing more is told to what is deleted
            self.launch.wire.on_heard = None
        self._said_all.set()
        if isValid(self.web):
            self.web.close_down()
        self.kept.emit()
        self.closed.emit()
        self.deleteLater()

    def _take_wish(self, wish: Wish) -> None:
        """Carry out what a page has wished for, once its call has returned to it."""
        if not self._is_closing and not self.is_moving:
            QTimer.singleShot(0, self, lambda: self.wish(wish))

    def _refresh(self) -> None:
        """Learn how everything stands, now that something was kept."""

        def show(situation: Situation) -> None:
            self._show(situation)
            self.kept.emit()

        if not self._is_closing:
            self._work.run(lambda: self._launches.situation(self.launch), show)

    def _take_question(self, untrusted_question: object, reply: Reply) -> None:
        if self._is_closing:
            reply(None)
        else:
            self._dialogs.ask(untrusted_question, reply, self.web)

    def _take_loss(self) -> None:
        """End although the page is gone without a word: its window was deleted."""
        if not self._is_closing:
            self._is_closing = True
            self._answers.stop()
            self._go_home()

    def _take_crash(self) -> None:
        self._dialogs.dismiss()
        self._answers.keep()
        self.crashed.emit()
