"""Work off the window's thread: three lanes, progress, cancel; results only while the owner lives.

The lanes are Python's own executors, not QThreadPool: a pool thread of Qt gets a new Python
thread state for every call, which drops thread-local database connections.
"""

import sys
from collections import deque
from collections.abc import Callable
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import ref

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from app.core.base.clock import Clock, SystemClock
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.progress import Progress

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


T = TypeVar("T")
_TELL_EVERY = 0.05


class Lane(Enum):
    """Where work waits for its turn."""

    DATABASE = "database"
    """One after the other, in the order they were asked for."""
    WORK = "work"
    """Several at once: hashing, PDF, unpacking."""
    EXCHANGE = "exchange"
    """Files that travel, one after the other: two that came at once would take from one another."""


_WORKERS = {Lane.DATABASE: 1, Lane.WORK: 3, Lane.EXCHANGE: 1}
_TURN_S = 0.001
"""How long a worker that computes keeps Python to itself while the window's thread waits for its turn.
Python's own is five times that, and the window waits it out at nearly each of its calls to Qt."""


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(QObject):
    """One piece of work. Lives on the window's thread; only its progress is written elsewhere."""

    progressed = Signal()
    finished = Signal()

    def __init__(self, title: str | None, lane: Lane, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.lane = lane
        self.state = JobState.WAITING
        self.done_count = 0
        self.total = 0
        self.is_counted = True
        """Whether the figures say something to people; milliseconds of film do not."""
        self.note = ""
        self.error: UserFacingError | None = None
        self._clock = clock
        self._started: float | None = None
        self._cancelled = False

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will come of it."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}

    @property
    def share(self) -> float | None:
        """Return how far it is, 0 to 1; None while that is not known."""
        return min(1.0, self.done_count / self.total) if self.total else None

    @property
    def seconds_left(self) -> int | None:
        """Return an estimate from the pace so far; None while there is no pace."""
        if not self.total or not self.done_count or self._started is None:
            return None
        passed = self._clock.monotonic() - self._started
        return round(passed / self.done_count * (self.total - self.done_count))

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next step."""
        self._cancelled = True

    @property
    def is_cancelled(self) -> bool:
        """Tell whether somebody asked it to stop."""
        return self._cancelled

    def begin(self) -> None:
        """Note that a worker has taken it up. Called by that worker."""
        self._started = self._clock.monotonic()
        self.state = JobState.RUNNING


class _Told(Progress):
    """Carries progress from the worker to the window, not oftener than it can be seen."""

    def __init__(self, job: Job, clock: Clock, tell: Callable[[], None]) -> None:
        self._job = job
        self._clock = clock
        self._tell = tell
        self._last = float("-inf")

    def step(self, done: int, total: int, note: str = "") -> None:
        """Note how far the work is. Raises Cancelled when somebody asked it to stop."""
        if self._job.is_cancelled:
            raise Cancelled
        self._job.done_count, self._job.total, self._job.note = done, total, note
        now = self._clock.monotonic()
        if now - self._last >= _TELL_EVERY:
            self._last = now
            self._tell()


class _Ticket(QObject, Generic[T]):
    """Whom a result is for. It forgets the callbacks when the owner dies."""

    def __init__(
        self,
        owner: QObject,
        done: Callable[[T], None] | None,
        failed: Callable[[UserFacingError], None] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        # Weak: a ticket that kept its owner alive would delete it in the middle of its own deletion.
        self._owner = ref(owner)
        self._forgotten = False
        self.done = done
        self.failed = failed
        owner.destroyed.connect(self.forget)

    @Slot()
    def forget(self) -> None:
        """Drop the callbacks: nobody is there to hear them."""
        self._forgotten = True
        self.done = None
        self.failed = None

    @property
    def owner_lives(self) -> bool:
        """Tell whether somebody is there to hear of the result."""
        owner = self._owner()
        return not self._forgotten and (owner is None or isValid(owner))


class JobRunner(QObject):
    """Runs jobs, one per application; makes the only threads there are."""

    jobs_changed = Signal()
    became_idle = Signal()
    error_unclaimed = Signal(object)
    """Carries a UserFacingError that no `failed` took."""
    _woken = Signal()

    def __init__(self, clock: Clock | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock or SystemClock()
        self._lanes: dict[Lane, ThreadPoolExecutor] = {}
        self._inbox: deque[Callable[[], None]] = deque()
        self._open: dict[Job, Future[None]] = {}
        self._kept: list[Job] = []
        self._woken.connect(self._empty_inbox, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[UserFacingError], None] | None = None,
        owner: QObject,
        lane: Lane = Lane.DATABASE,
        title: str | None = None,
        counted: bool = True,
    ) -> Job:
        """Run `work` in `lane`; tell `done` or `failed` on the window's thread while `owner` lives.

        Work with a title is listed in the jobs panel and outlives its page. Cancelled counts as
        failed. An exception that is no UserFacingError goes to `sys.excepthook`.
        """
        job = Job(title, lane, self._clock, self)
        job.is_counted = counted
        ticket = _Ticket(owner, done, failed, job)
        told = _Told(job, self._clock, lambda: self._post(job.progressed.emit))

        def carry() -> None:
            self._carry(job, ticket, lambda: work(told))

        self._open[job] = self._workers_of(lane).submit(carry)
        if title is not None:
            self._kept.append(job)
            self.jobs_changed.emit()
        return job

    def _carry(self, job: Job, ticket: _Ticket[T], work: Callable[[], T]) -> None:
        """Do the work of a job, on a worker; what comes of it is told on the window's thread."""
        try:
            if job.is_cancelled:
                raise Cancelled  # noqa: TRY301  the same road as a stop half-way
            job.begin()
            result = work()
        except UserFacingError as error:
            told_error = error
            self._post(lambda: self._refused(job, ticket, told_error))
        except Exception as error:  # noqa: BLE001  the edge: told to the excepthook on the window's thread
            bug = error
            self._post(lambda: self._broken(job, bug))
        else:
            self._post(lambda: self._done(job, ticket, result))

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs with a title, oldest first: running ones, and those just over."""
        return tuple(self._kept)

    def forget(self, job: Job) -> None:
        """Take a job that is over off the list."""
        if job in self._kept and job.is_over:
            self._kept.remove(job)
            job.deleteLater()
            self.jobs_changed.emit()

    def is_idle(self) -> bool:
        """Tell whether every result has been delivered."""
        return not self._open

    def wait_idle(self, milliseconds: int = 30_000) -> bool:
        """Let the window live until every job is delivered; False when time ran out."""
        deadline = QDeadlineTimer(milliseconds)
        while not self.is_idle() and not deadline.hasExpired():  # what is told may start more
            loop = QEventLoop()
            self.became_idle.connect(loop.quit)
            QTimer.singleShot(deadline.remainingTime(), loop, loop.quit)
            loop.exec()
            self.became_idle.disconnect(loop.quit)
        return self.is_idle()

    def shutdown(self) -> None:
        """Stop everything, and wait until the workers are gone. Results are dropped."""
        for job in self._open:
            job.cancel()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._inbox.clear()
        self._open.clear()

    def _workers_of(self, lane: Lane) -> "ThreadPoolExecutor":
        """Return the workers of a lane; the first job makes them."""
        if lane not in self._lanes:
            from concurrent.futures import ThreadPoolExecutor  # not before the first paint

            sys.setswitchinterval(_TURN_S)
            self._lanes[lane] = ThreadPoolExecutor(_WORKERS[lane], thread_name_prefix=lane.value)
        return self._lanes[lane]

    def _post(self, act: Callable[[], None]) -> None:
        self._inbox.append(act)
        if isValid(self):
            self._woken.emit()

    @Slot()
    def _empty_inbox(self) -> None:
        was_busy = bool(self._open)
        while self._inbox:
            self._inbox.popleft()()
        if was_busy and not self._open:
            self.became_idle.emit()

    def _done(self, job: Job, ticket: _Ticket[T], result: T) -> None:
        self._over(job, JobState.DONE)
        if ticket.owner_lives and ticket.done is not None:
            ticket.done(result)

    def _refused(self, job: Job, ticket: _Ticket[T], error: UserFacingError) -> None:
        job.error = error
        stopped = isinstance(error, Cancelled)
        self._over(job, JobState.CANCELLED if stopped else JobState.FAILED)
        if ticket.owner_lives and ticket.failed is not None:
            ticket.failed(error)
        elif not stopped and job.title is None:
            self.error_unclaimed.emit(error)

    def _broken(self, job: Job, bug: Exception) -> None:
        self._over(job, JobState.FAILED)
        sys.excepthook(type(bug), bug, bug.__traceback__)

    def _over(self, job: Job, state: JobState) -> None:
        job.state = state
        del self._open[job]
        job.finished.emit()
        if job.title is None:
            job.deleteLater()
        else:
            self.jobs_changed.emit()
