"""Work shared among the cores."""

import os
from threading import Barrier, Event

import pytest

from app.core.base.sharing import Errands, made_of_each, meanwhile

_SECONDS = 60


def test_what_is_made_comes_in_the_order_of_the_things() -> None:
    assert made_of_each(len, ["three", "", "of", "them"]) == [5, 0, 2, 4]


@pytest.mark.skipif(os.cpu_count() == 1, reason="a PC with one core has nobody to share with")
def test_several_are_made_at_once() -> None:
    met = Barrier(2, timeout=_SECONDS)

    def meet(_thing: int) -> bool:
        met.wait()
        return True

    assert all(made_of_each(meet, range(2)))


def test_a_failure_is_raised_and_what_is_not_begun_never_is() -> None:
    begun: list[int] = []

    def work(thing: int) -> None:
        begun.append(thing)
        raise ValueError(thing)

    with pytest.raises(ValueError, match="0"):
        made_of_each(work, range(10_000))

    assert len(begun) < 10_000


def test_something_is_done_beside_the_rest() -> None:
    told = Event()

    with meanwhile(lambda: told.wait(_SECONDS)) as heard:
        told.set()

    assert heard.result()


def test_errands_are_done_one_after_the_other_beside_the_rest() -> None:
    told = Event()
    done: list[int] = []
    errands = Errands()

    errands.give(lambda: done.append(int(told.wait(_SECONDS))))
    errands.give(lambda: done.append(2))
    assert done == []
    told.set()
    errands.wait()
    errands.end()

    assert done == [1, 2]


def test_an_errand_that_failed_is_told_to_who_waits() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    errands = Errands()
    errands.give(fail)

    with pytest.raises(ZeroDivisionError):
        errands.wait()
    errands.end()


def test_errands_that_nobody_wants_any_more_are_let_go() -> None:
    told = Event()
    done: list[int] = []
    errands = Errands()
    errands.give(lambda: done.append(int(told.wait(_SECONDS))))
    for _turn in range(10_000):
        errands.give(lambda: done.append(2))

    with meanwhile(errands.end):
        told.set()

    assert done[0] == 1
    assert len(done) < 10_000
