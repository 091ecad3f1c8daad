"""Measuring: the product's own way and the raw one, in turn, in one run.

Machines are noisy, ratios are not: each round measures both, and medians are told
(performance.md). The raw ways are lower bounds written with nothing between them and the library.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable

from app.core.base.progress import Progress


def alternately(
    rounds: int, product: Callable[[], None], raw: Callable[[], None], progress: Progress
) -> tuple[list[float], list[float]]:
    """Time both ways in turn, after one round that does not count; return seconds of each."""
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(rounds + 1):
        for act, times in ((product, ours), (raw, theirs)):
            began = time.perf_counter()
            act()
            if turn:
                times.append(time.perf_counter() - began)
        progress.step(turn, rounds)
    return ours, theirs


def median(times: list[float]) -> float:
    """Return the median."""
    return statistics.median(times)


def memory_mb() -> float:
    """Return this process's peak memory in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
