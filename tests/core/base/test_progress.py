"""Progress that several threads tell."""

import pytest

from app.core.base.errors import Cancelled
from app.core.base.progress import SharedProgress
from app.core.base.sharing import made_of_each
from tests.support.progress import Stopper


class Steps:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int, str]] = []

    def step(self, done: int, total: int, note: str = "") -> None:
        """Note it."""
        self.told.append((done, total, note))


def test_what_several_pass_on_is_counted_together() -> None:
    steps = Steps()
    told = SharedProgress(steps, 500)

    made_of_each(lambda at: told.passed(1, str(at)), range(500))

    assert [done for done, _total, _note in steps.told] == list(range(1, 501))
    assert {total for _done, total, _note in steps.told} == {500}


def test_work_that_counts_for_nothing_tells_what_was_told_last() -> None:
    steps = Steps()
    told = SharedProgress(steps, 10)

    told.passed(3, "a.html")
    told.again()

    assert steps.told == [(3, 10, "a.html")] * 2


def test_who_has_had_enough_stops_everybody() -> None:
    told = SharedProgress(Stopper(after=5), 10_000)
    begun: list[int] = []

    def work(at: int) -> None:
        begun.append(at)
        told.passed(1, "")

    with pytest.raises(Cancelled):
        made_of_each(work, range(10_000))

    assert len(begun) < 10_000
