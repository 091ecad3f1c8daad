"""Work shared among the cores of a PC: what computes and writes files, and touches nothing else.

The one place of the core where threads are made for work (ADR 7). They end with what they were
made for; what runs in them uses neither the database nor anything that belongs to a thread.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")
_MOST = 4
"""More hands than these only wait for the disk."""


def made_of_each(work: Callable[[_Thing], _Made], things: Iterable[_Thing]) -> list[_Made]:
    """Return what `work` makes of each thing, in their order, while it makes several at once.

    What one of them raises is raised here; those that are not begun by then never are.
    """
    line = _Line(things)
    made: dict[int, _Made] = {}
    failed: dict[int, BaseException] = {}

    def lend_a_hand() -> None:
        for place, thing in line:
            try:
                made[place] = work(thing)
            except BaseException as failure:  # noqa: BLE001  raised where the work was asked for
                failed[place] = failure
                line.end()

    count = min(os.cpu_count() or 1, _MOST)
    with _hands(count) as workers:
        begun = [workers.submit(lend_a_hand) for _hand in range(count)]
        try:
            for one in begun:
                one.result()
        finally:
            line.end()
    if failed:
        raise failed[min(failed)]
    return [made[place] for place in range(len(made))]


@contextmanager
def meanwhile(work: Callable[[], _Made]) -> "Iterator[Future[_Made]]":
    """Do `work` beside what is done within; its outcome is there on leaving."""
    with _hands(1) as workers:
        yield workers.submit(work)


class Errands:
    """Work that is done beside the rest, one piece after the other. The thread is made at the first."""

    def __init__(self) -> None:
        self._worker: ThreadPoolExecutor | None = None
        self._given: list[Future[None]] = []
        self._giving = Lock()

    def give(self, work: Callable[[], None]) -> None:
        """Have something done soon. Several threads may give."""
        with self._giving:
            if self._worker is None:
                self._worker = _hands(1)
            self._given.append(self._worker.submit(work))

    def wait(self) -> None:
        """Return when all that was given is done. Raises what one of them raised."""
        given, self._given = self._given, []
        for one in given:
            one.result()

    def end(self) -> None:
        """Let go of what is not begun, and wait for what is."""
        if self._worker is not None:
            self._worker.shutdown(cancel_futures=True)
            self._worker = None


class _Line(Generic[_Thing]):
    """Things in one line, from which several hands take."""

    def __init__(self, things: Iterable[_Thing]) -> None:
        self._things: Iterator[tuple[int, _Thing]] = enumerate(things)
        self._turn = Lock()

    def end(self) -> None:
        """Let nobody take any more."""
        with self._turn:
            self._things = iter(())

    def __iter__(self) -> Iterator[tuple[int, _Thing]]:
        return self

    def __next__(self) -> tuple[int, _Thing]:
        with self._turn:
            return next(self._things)


def _hands(count: int) -> "ThreadPoolExecutor":
    from concurrent.futures import ThreadPoolExecutor  # not before the first paint

    return ThreadPoolExecutor(count, thread_name_prefix="sharing")
