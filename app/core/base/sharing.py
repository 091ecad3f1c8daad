"""Work shared among the cores of a PC: what computes and writes files, and touches nothing else.

The one place of the core where threads are made for work (ADR 7). They end with what they were
made for; what runs in them uses neither the database nor anything that belongs to a thread.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")
_MOST = 4
"""More hands than these only wait for the disk."""


def made_of_each(work: Callable[[_Thing], _Made], things: Iterable[_Thing]) -> Iterator[_Made]:
    """Yield what `work` makes of each thing, in their order, while it makes several at once.

    What one of them raises is raised here; those that are not begun by then never are.
    """
    from concurrent.futures import ThreadPoolExecutor  # not before the first paint

    hands = min(os.cpu_count() or 1, _MOST)
    with ThreadPoolExecutor(hands, thread_name_prefix="sharing") as workers:
        yield from workers.map(work, things)


@contextmanager
def meanwhile(work: Callable[[], _Made]) -> "Iterator[Future[_Made]]":
    """Do `work` beside what is done within; its outcome is there on leaving."""
    from concurrent.futures import ThreadPoolExecutor  # not before the first paint

    with ThreadPoolExecutor(1, thread_name_prefix="sharing") as workers:
        yield workers.submit(work)
