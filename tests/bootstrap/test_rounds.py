"""What a bench counts as CPU time, and how it tells medians."""

import subprocess
import sys
import threading
import time

import pytest

from app.bootstrap.benches.certificates import CertificatesBench
from app.bootstrap.benches.rounds import Taken, alternately, compared, timed
from app.core.base.measuring import growth_of
from app.core.base.progress import NoProgress
from app.core.base.usage import peak_memory_kib

_BUSY_SECONDS = 0.2
_BUSY = f"import time\nwhile time.process_time() < {_BUSY_SECONDS}: pass"


def _compute() -> None:
    until = time.thread_time() + _BUSY_SECONDS
    while time.thread_time() < until:
        pass


def test_the_work_of_other_threads_is_counted() -> None:
    def work() -> None:
        thread = threading.Thread(target=_compute)
        thread.start()
        thread.join()

    taken, _nothing = timed(work)

    assert taken.cpu >= _BUSY_SECONDS
    assert taken.wall >= _BUSY_SECONDS


def test_the_work_of_processes_that_were_waited_for_is_counted() -> None:
    taken, done = timed(lambda: subprocess.run([sys.executable, "-c", _BUSY], check=True))

    assert done.returncode == 0
    assert taken.cpu >= _BUSY_SECONDS


def test_what_runs_elsewhere_is_wall_time_alone() -> None:
    over = threading.Event()
    timer = threading.Timer(_BUSY_SECONDS, over.set)
    timer.start()

    taken, _nothing = timed(over.wait)

    assert taken.wall >= _BUSY_SECONDS / 2
    assert taken.cpu < taken.wall


def test_both_ways_are_timed_as_often_and_the_first_round_is_left_out() -> None:
    done: list[str] = []

    ours, theirs = alternately(
        2, lambda: done.append("ours"), lambda: done.append("raw"), NoProgress()
    )

    assert done == ["ours", "raw"] * 3
    assert (len(ours), len(theirs)) == (2, 2)


def test_medians_are_of_one_thing_in_milliseconds() -> None:
    ours = [Taken(wall=3.0, cpu=2.0), Taken(wall=1.0, cpu=4.0), Taken(wall=2.0, cpu=3.0)]
    theirs = [Taken(wall=0.5, cpu=0.25)]

    found = compared(CertificatesBench(), 10, ours, theirs, each=10, goal="", memory=7.0)

    assert (found.figure, found.cpu) == (200.0, 300.0)
    assert (found.raw, found.raw_cpu) == (50.0, 25.0)
    assert (found.ratio, found.cpu_ratio) == (4.0, 12.0)
    assert (found.name, found.n, found.unit, found.memory_mb) == ("certificates", 10, "ms", 7.0)


@pytest.mark.parametrize(
    ("each", "seconds", "power"), [(100, 1.0, 1.0), (1, 100.0, 1.0), (1, 1e4, 2.0)]
)
def test_growth_is_that_of_a_whole_round(each: int, seconds: float, power: float) -> None:
    """Of a figure that tells of one thing among many, a steady one is a cost that grows as n does."""
    few = compared(CertificatesBench(), 10, [Taken(1.0, 1.0)], [Taken(1.0, 1.0)], goal="")
    took = [Taken(seconds * each, seconds * each)]
    many = compared(CertificatesBench(), 1000, took, took, each=each, goal="")

    assert growth_of([few, many]) == pytest.approx(power)


def test_memory_is_this_process_own_in_kib() -> None:
    held = b"x" * 200_000_000
    assert 200_000 < peak_memory_kib() < 20_000_000
    assert len(held) == 200_000_000
