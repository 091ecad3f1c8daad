"""What pages ask of their records, answered from there: each call once, and all of it kept in time."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.base.actor import Actor
from app.core.learning import Launch, LaunchAnswer, Launches
from app.ui.learning.web.calls import Call
from app.ui.learning.web.handler import Reply
from app.ui.learning.web.launch_work import LaunchWork

KEEP_MS = 3000
"""How often what pages have set is put on disk: the records promise five seconds."""
_FAILED: list[str | int] = ["false", "101", 0]
"""What a call gets that could not be carried out: every standard's general failure."""


class CallAnswers(QObject):
    """Answers the calls of one launch. A call that is sent again gets the answer it had."""

    kept = Signal()
    """A call has put something on disk, which may have moved the launch."""
    wished = Signal(object)
    """Carries a Wish that a page has left with its call."""

    def __init__(
        self, launch: Launch, launches: Launches, actor: Actor, work: LaunchWork, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._launch = launch
        self._launches = launches
        self._actor = actor
        self._work = work
        self._last: tuple[int, list[str | int]] = (0, _FAILED)
        self._is_dirty = False
        self._keeper = QTimer(self, interval=KEEP_MS)
        self._keeper.timeout.connect(self.keep)

    def start(self) -> None:
        """Keep from now on what pages set."""
        self._keeper.start()

    def stop(self) -> None:
        """Keep nothing by itself any more; whoever ends the launch does."""
        self._keeper.stop()

    def take(self, untrusted_call: object, reply: Reply) -> None:
        """Answer a call."""
        call = Call.of(untrusted_call)
        if call is None:
            reply(_FAILED)
        elif call.serial == self._last[0]:
            reply(self._last[1])
        else:
            self._answer(call, reply)

    def keep(self) -> None:
        """Put on disk what was set since the last time."""
        if self._is_dirty:
            self._is_dirty = False
            self._work.run(
                lambda: self._launches.keep(self._actor, self._launch), lambda _none: None
            )

    def _answer(self, call: Call, reply: Reply) -> None:
        def done(answer: LaunchAnswer) -> None:
            told: list[str | int] = [answer.value, answer.error, answer.room]
            self._last = (call.serial, told)
            self._is_dirty = self._is_dirty or not answer.must_keep
            reply(told)
            if answer.must_keep:
                self.kept.emit()
            if answer.wish is not None:
                self.wished.emit(answer.wish)

        def failed() -> None:
            self._last = (call.serial, _FAILED)
            reply(_FAILED)

        try:
            answer = self._at_once(call)
        except BaseException:
            failed()
            raise
        if answer is not None:
            done(answer)
            return
        self._work.run(
            lambda: self._launches.call(
                self._actor, self._launch, call.method, call.values, call.earlier
            ),
            done,
            failed,
        )

    def _at_once(self, call: Call) -> LaunchAnswer | None:
        """Answer what needs no job: a page says two thousand things in one breath, and waits for each."""
        if self._work.is_busy:
            return None
        return self._launches.call_in_memory(self._launch, call.method, call.values, call.earlier)
