"""Kills a process at a random time of a backup, a restore or of writing, and looks at what is left.

Run as a program, because a process that forks must have no threads: KIND FOLDER ROUNDS.
"""

import gc
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from app.core.base.clock import SystemClock
from app.core.base.progress import NoProgress
from app.core.operations.backups.format import check_whole
from tests.support.plant_pc import ACTOR, PlantPc, backups, write


def killed_within(work: Callable[[], None], seconds: float) -> bool:
    """Run `work` in a process of its own and kill it after so long; tell whether it was still at it.

    What fails by itself, after whatever the last kill left, is a fault and not a kill that came too late.
    """
    process = os.fork()
    if process == 0:
        _be_the_worker(work)

    def kill(_signal: int, _frame: object) -> None:
        with suppress(ProcessLookupError):  # it has just ended
            os.kill(process, signal.SIGKILL)

    signal.signal(signal.SIGALRM, kill)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.0001))
    _process, status = os.waitpid(process, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert was_killed or os.waitstatus_to_exitcode(status) == 0, "the work failed by itself"
    return was_killed


def _be_the_worker(work: Callable[[], None]) -> NoReturn:
    status = 1
    try:
        work()
        status = 0
    except Exception:  # noqa: BLE001  said where somebody reads it: this process has no other way out
        traceback.print_exc()
    finally:
        os._exit(status)


def lasts(work: Callable[[], None]) -> float:
    """Return how long something takes."""
    start = time.monotonic()
    work()
    return time.monotonic() - start


def rounds(work: Callable[[], None], look: Callable[[], None], wanted: int) -> None:
    """Kill `work` so many times while it was at it, and `look` after each."""
    gc.freeze()  # or each process that is forked walks through the program, and copies its pages
    chance = random.Random(wanted)
    length = lasts(work)
    kills = 0
    for _turn in range(wanted * 5):
        kills += killed_within(work, chance.uniform(0, length))
        look()
        if kills == wanted:
            break
    print(f"{kills} kills")  # noqa: T201  read by the test


def kill_backups(pc: PlantPc, wanted: int) -> None:
    """No backup that is there is ever half, and the next one works."""
    pc.put_asset(os.urandom(3_000_000))
    first = pc.back_up("first.dkbk")
    kept = first.read_bytes()

    def look() -> None:
        assert first.read_bytes() == kept
        for path in pc.place.glob("*.dkbk"):
            check_whole(path, NoProgress())
        assert pc.codes() == {"A", "B"}

    def make() -> None:
        for copy in (pc.place / "daksha-assets").glob("*/*"):
            copy.unlink()
        pc.back_up("next.dkbk")

    rounds(make, look, wanted)
    make()
    opened = pc.open()
    assert backups(opened).verify(ACTOR, pc.place / "next.dkbk").missing_assets == 0
    opened.site.close()
    assert list(pc.place.glob("*.part")) == []


def kill_restores(pc: PlantPc, wanted: int) -> None:
    """What is in force is the one or the other, whole, and the station never writes a number twice."""
    one = pc.back_up("one.dkbk")
    pc.write("C")
    other = pc.back_up("other.dkbk")
    turns = iter(range(10**6))

    def restore() -> None:
        pc.restoring().restore(other if next(turns) % 2 else one)

    def look() -> None:
        next(turns)  # the killed process counted for itself
        assert pc.codes() in ({"A", "B"}, {"A", "B", "C"})

    rounds(restore, look, wanted)
    pc.restoring().restore(other)
    assert pc.codes() == {"A", "B", "C"}
    assert len(list(pc.data.glob("restored-*/unfinished"))) == 0


def kill_writers(pc: PlantPc, wanted: int) -> None:
    """What was confirmed is there, and a kill is not taken for a roll-back."""
    confirmed = pc.home / "confirmed"
    turns = iter(range(10**6))

    def work() -> None:
        opened = pc.open()
        round_ = next(turns)
        for number in range(60):
            code = f"R{round_}N{number}"
            write(opened, code)
            opened.incarnations.anchor()
            with confirmed.open("a") as file:
                file.write(code + "\n")
        opened.site.close()

    def look() -> None:
        next(turns)
        assert set(confirmed.read_text().split()) <= pc.codes()
        opened = pc.open()
        assert opened.incarnations.unseen(ACTOR) == ()
        opened.site.close()

    rounds(work, look, wanted)


def main(kind: str, folder: str, wanted: str) -> None:
    """Kill one kind of work."""
    pc = PlantPc(Path(folder) / "pc", SystemClock()).found()
    pc.write("A", "B")
    kinds = {"backup": kill_backups, "restore": kill_restores, "write": kill_writers}
    kinds[kind](pc, int(wanted))


if __name__ == "__main__":
    main(*sys.argv[1:])
