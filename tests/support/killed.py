"""Works that end by kill -9 at any moment: each in a process forked from one that has loaded the program.

    python -m tests.support.killed WORK FOLDER KILLS SEED

prints how many were killed, and what did not hold afterwards. The moment is drawn in the processor time
that the work takes, so that a busy PC kills where a quiet one does.
"""

import gc
import json
import os
import random
import select
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

_LOOK_SECONDS = 0.001
_CLOCK_OF_A_PROCESS = 2
"""With the process id, inverted, three bits higher: its processor time (clock_getcpuclockid(3))."""


class Work(Protocol):
    """Something that may be killed."""

    def prepare(self, folder: Path) -> None:
        """Lay down in an empty folder what the work begins with."""
        ...

    def run(self, folder: Path, say: Callable[[], object]) -> None:
        """Work on a copy of it; `say` after each thing that somebody was told is done."""
        ...

    def check(self, folder: Path, said: int) -> None:
        """Raise AssertionError if anything of what was said is lost, or is there by half."""
        ...


@dataclass
class Killed:
    """What came of killing one work many times."""

    kills: int = 0
    came_through: int = 0
    said: int = 0
    """Things done before the kills, in all."""
    faults: list[str] = field(default_factory=list)


def kill_often(work: Work, folder: Path, kills: int, seed: int) -> Killed:
    """Run a work as often as it takes to kill it so many times; check what each left."""
    gc.freeze()  # or each process that is forked walks through the program, and copies its pages
    chance, came = random.Random(seed), Killed()
    beginning, place = folder / "beginning", folder / "place"
    beginning.mkdir(parents=True)
    work.prepare(beginning)
    shutil.copytree(beginning, place)
    _was_killed, said, takes = _run(work, place, None)
    while True:
        _check(work, place, said, came)
        shutil.rmtree(place)
        if came.kills >= kills:
            return came
        shutil.copytree(beginning, place)
        was_killed, said, _seconds = _run(work, place, chance.uniform(0, takes))
        came.kills += was_killed
        came.came_through += not was_killed
        came.said += said


def _check(work: Work, place: Path, said: int, came: Killed) -> None:
    try:
        work.check(place, said)
    except Exception:  # noqa: BLE001  whatever is wrong is told, and the next one is tried
        came.faults.append(f"kill {came.kills}, after {said}:\n{traceback.format_exc()}")


def _run(work: Work, place: Path, after: float | None) -> tuple[bool, int, float]:
    """Run a work and kill it after so much processor time; return if it was, what it said, and its time."""
    hears, tells = os.pipe()
    worker = os.fork()
    if worker == 0:
        _be_the_worker(work, place, tells)
    os.close(tells)
    said, used = 0, 0.0
    is_open = True
    while is_open:
        if select.select([hears], [], [], _LOOK_SECONDS)[0]:
            words = os.read(hears, 4096)
            said += len(words)
            is_open = bool(words)
            continue
        used = time.clock_gettime(~worker << 3 | _CLOCK_OF_A_PROCESS)
        if after is not None and used >= after:
            os.kill(worker, signal.SIGKILL)
            after = None
    os.close(hears)
    ended = os.waitpid(worker, 0)[1]
    was_killed = os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL
    assert was_killed or os.WEXITSTATUS(ended) == 0, "the work failed by itself"
    return was_killed, said, used


def _be_the_worker(work: Work, place: Path, tells: int) -> None:
    status = 1
    try:
        work.run(place, lambda: os.write(tells, b"."))
        status = 0
    except Exception:  # noqa: BLE001  said where somebody reads it: this process has no other way out
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    from tests.support.works import WORKS

    name, where, count, number = sys.argv[1:]
    outcome = kill_often(WORKS[name], Path(where), int(count), int(number))
    print(json.dumps(asdict(outcome)))  # noqa: T201  what whoever started this reads
