"""One launch in the player: the page on one side, the records on the other, and nothing lost between them.

It outlives the lesson's view: the page still says its last words when the learner is elsewhere.
"""

import threading
from collections.abc import Callable
from typing import ClassVar, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.content import AssetStore
from app.core.learning import Launch, LaunchAnswer, Launches, Opening, Situation, Way, Wish
from app.ui.kit.jobs import Job, JobRunner, JobState, Lane
from app.ui.learning.web.calls import Call, PageQuestion
from app.ui.learning.web.course_files import CourseFiles
from app.ui.learning.web.course_web import FAREWELL_MS, CourseWeb
from app.ui.learning.web.handler import Reply
from app.ui.learning.web.page_dialogs import PageDialog

T = TypeVar("T")
KEEP_MS = 3000
"""How often what pages have set is put on disk: the records promise five seconds."""
_FAILED: list[str] = ["false", "101"]
"""What a call gets that could not be carried out: every standard's general failure."""
_PATIENT_DIALOGS = 3
"""After so many dialogs a learner may have done with them: some pages never stop asking."""
_LEAVE = Wish(Way.SUSPEND_ALL)
_RETURN = Wish(Way.EXIT)


def _none_answered() -> int:
    """Return how many requests an endpoint that is not there has answered."""
    return 0


class PackageSession(QObject):
    """Opens what the package's play says, answers its calls, carries out wishes."""

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
        self, launch: Launch, launches: Launches, actor: Actor, assets: AssetStore, jobs: JobRunner
    ) -> None:
        super().__init__(jobs)
        self.launch = launch
        self.situation: Situation | None = None
        self.is_fresh = True
        """Whether nobody has looked at its first situation yet."""
        self._launches = launches
        self._actor = actor
        self._jobs = jobs
        self._last: tuple[int, list[str]] = (0, _FAILED)
        self._is_dirty = False
        self._is_closing = False
        self.is_moving = False
        """Whether a wish is being carried out."""
        self.dialogs: list[PageDialog] = []
        self._dialogs_shown = 0
        self._wants_no_dialogs = False
        self._said_all = threading.Event()
        files = CourseFiles(index=launch.index, assets=assets, substitutes=launch.substitutes)
        wire = launch.wire
        self.web = CourseWeb(
            launch.registration.hex,
            files,
            launch.endpoint,
            _none_answered if wire is None else wire.answered,
            converts=bool(launch.substitutes),
        )
        self._keeper = QTimer(self, interval=KEEP_MS)
        self._keeper.timeout.connect(self._keep)
        self._connect()

    def _connect(self) -> None:
        self.web.called.connect(self._take_call)
        self.web.asked.connect(self._take_question)
        self.web.ready.connect(self._begin)
        self.web.crashed.connect(self._take_crash)
        self.web.close_asked.connect(self.close_asked)
        self.web.return_asked.connect(lambda: self.wish(_RETURN))
        self._heard.connect(self._refresh, Qt.ConnectionType.QueuedConnection)
        if self.launch.wire is not None:
            self.launch.wire.on_heard = self._heard.emit
        self.web.destroyed.connect(self._take_loss)

    def start(self) -> None:
        """Load the frame; what is to be opened follows when it stands."""
        self._keeper.start()
        self.web.load(self.launch.api or "none")

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

        self._run(lambda: self._launches.objection(self.launch, wish), leave, self._stay)

    def _stay(self) -> None:
        self.is_moving = False

    def pause(self) -> None:
        """Make what was done a fact; the page stays."""
        self._run(lambda: self._launches.pause(self._actor, self.launch), lambda _none: None)

    def close(self) -> None:
        """Leave the package for now, and delete this when all is on disk. `closed` tells when."""
        if self._is_closing:
            return
        self._is_closing = True
        self._keeper.stop()
        self._dismiss_dialogs()
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
        self._keeper.stop()
        self._dismiss_dialogs()
        self._run(
            lambda: self._launches.close(self._actor, self.launch),
            lambda _none: self._end(),
            self._end,
        )

    def _begin(self) -> None:
        if self.situation is None:
            self._run(lambda: self._launches.begin(self._actor, self.launch), self._move)

    def _go(self, wish: Wish) -> None:
        def went(situation: Situation) -> None:
            self.is_moving = False
            self._move(situation)

        self._run(lambda: self._launches.go(self._actor, self.launch, wish), went, self._stay)

    def _move(self, situation: Situation) -> None:
        self.situation = situation
        if situation.opening is not None and not self._is_closing:
            self._open(situation.opening)
        self.moved.emit(situation)
        self.kept.emit()

    def _open(self, opening: Opening) -> None:
        if opening.in_own_window:
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

        self._run(work, lambda _none: self._end(), self._end)

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

    def _take_call(self, untrusted_call: object, reply: Reply) -> None:
        call = Call.of(untrusted_call)
        if call is None:
            reply(_FAILED)
        elif call.serial == self._last[0]:
            reply(self._last[1])
        else:
            self._answer(call, reply)

    def _answer(self, call: Call, reply: Reply) -> None:
        def done(answer: LaunchAnswer) -> None:
            told = [answer.value, answer.error]
            self._last = (call.serial, told)
            self._is_dirty = self._is_dirty or not answer.must_keep
            reply(told)
            if answer.must_keep:
                self._refresh()
            if answer.wish is not None and not self._is_closing and not self.is_moving:
                wish = answer.wish
                QTimer.singleShot(0, self, lambda: self.wish(wish))

        def failed() -> None:
            self._last = (call.serial, _FAILED)
            reply(_FAILED)

        self._run(
            lambda: self._launches.call(self._actor, self.launch, call.method, call.values),
            done,
            failed,
        )

    def _refresh(self) -> None:
        """Learn how everything stands, now that something was kept."""

        def show(situation: Situation) -> None:
            self.situation = situation
            self.moved.emit(situation)
            self.kept.emit()

        if not self._is_closing:
            self._run(lambda: self._launches.situation(self.launch), show)

    def _keep(self) -> None:
        if self._is_dirty:
            self._is_dirty = False
            self._run(lambda: self._launches.keep(self._actor, self.launch), lambda _none: None)

    def _take_question(self, untrusted_question: object, reply: Reply) -> None:
        question = PageQuestion.of(untrusted_question)
        is_heard = self.web.isVisible() and not self._is_closing and not self._wants_no_dialogs
        if question is None or not is_heard:
            reply(None)
            return
        self._dialogs_shown += 1
        may_be_last = self._dialogs_shown > _PATIENT_DIALOGS
        dialog = PageDialog(question, reply, self.web.window(), may_be_last=may_be_last)
        self.dialogs.append(dialog)
        dialog.finished.connect(lambda _result: self._dialog_gone(dialog))
        dialog.open()

    def _dialog_gone(self, dialog: PageDialog) -> None:
        self.dialogs.remove(dialog)
        self._wants_no_dialogs |= dialog.is_last

    def _dismiss_dialogs(self) -> None:
        for dialog in tuple(self.dialogs):
            dialog.reject()

    def _take_loss(self) -> None:
        """End although the page is gone without a word: its window was deleted."""
        if not self._is_closing:
            self._is_closing = True
            self._keeper.stop()
            self._go_home()

    def _take_crash(self) -> None:
        self._dismiss_dialogs()
        self._keep()
        self.crashed.emit()

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        def told(error: UserFacingError) -> None:
            self.failing.emit(error)
            failed()

        def carry(_progress: Progress) -> T:
            return work()

        job = self._jobs.run(carry, done=done, failed=told, owner=self)
        job.finished.connect(lambda: failed() if _is_broken(job) else None)


def _is_broken(job: Job) -> bool:
    """Tell whether a job ended by a bug, which is told elsewhere: its page still waits for an answer."""
    return job.state is JobState.FAILED and job.error is None
