"""Measuring: the product's own way and the raw one, in turn, in one run.

Machines are noisy, ratios are not: each round measures both, and medians are told
(performance.md). The raw ways are lower bounds written with nothing between them and the library.
CPU time stands beside wall time, because another program's work lengthens the one and hardly the other.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.core.base.measuring import Bench, Measured
from app.core.base.progress import Progress
from app.core.base.usage import cpu_seconds, peak_memory_kib

_Result = TypeVar("_Result")
_MS = 1000


@dataclass(frozen=True, slots=True)
class Taken:
    """What doing something took, in seconds."""

    wall: float
    cpu: float
    """User and system time of every thread, and of every process that was started and waited for."""


def timed(act: Callable[[], _Result]) -> tuple[Taken, _Result]:
    """Do something; return what it took, and what it gave."""
    cpu, wall = cpu_seconds(), time.perf_counter()
    result = act()
    return Taken(time.perf_counter() - wall, cpu_seconds() - cpu), result


def alternately(
    rounds: int,
    product: Callable[[], None],
    raw: Callable[[], None],
    progress: Progress,
    before: Callable[[], None] = lambda: None,
) -> tuple[list[Taken], list[Taken]]:
    """Time both ways in turn, after one round that does not count; return what each took.

    `before` puts both into the same state before each round, and is not timed.
    """
    ours: list[Taken] = []
    theirs: list[Taken] = []
    for turn in range(rounds + 1):
        before()
        for act, times in ((product, ours), (raw, theirs)):
            taken, _nothing = timed(act)
            if turn:
                times.append(taken)
        progress.step(turn, rounds)
    return ours, theirs


def median(times: list[Taken]) -> Taken:
    """Return the median of wall time and that of CPU time."""
    return Taken(
        statistics.median(one.wall for one in times), statistics.median(one.cpu for one in times)
    )


def compared(
    bench: Bench,
    n: int,
    ours: list[Taken],
    theirs: list[Taken],
    *,
    goal: str,
    each: int = 1,
    memory: float | None = None,
    details: Mapping[str, float] | None = None,
    peer: str = "",
) -> Measured:
    """Return what a bench found: medians in milliseconds, of one of the `each` things a round did."""
    product, raw = median(ours), median(theirs)
    return Measured(
        name=bench.name,
        n=n,
        figure=product.wall / each * _MS,
        raw=raw.wall / each * _MS,
        cpu=product.cpu / each * _MS,
        raw_cpu=raw.cpu / each * _MS,
        unit="ms",
        memory_mb=memory_mb() if memory is None else memory,
        goal=goal,
        details=dict(details or {}),
        each=each,
        peer=peer,
    )


def memory_mb() -> float:
    """Return this process's peak memory in MB."""
    return round(peak_memory_kib() / 1024, 1)
