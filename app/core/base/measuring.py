"""What a bench is: the product's own way measured beside the raw one (performance.md)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from app.core.base.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a bench found."""

    name: str
    n: int
    figure: float
    raw: float
    cpu: float
    """CPU time behind `figure`, in the same unit: all threads, and the processes waited for."""
    raw_cpu: float
    unit: str
    memory_mb: float
    goal: str
    details: dict[str, float]
    each: int = 1
    """How many such things as `figure` tells of were done: what one round took is so many times that."""
    peer: str = ""
    """What another program takes for the same, as it was measured once."""

    @property
    def ratio(self) -> float:
        """Return the product's figure over the raw one."""
        return self.figure / self.raw if self.raw else 0.0

    @property
    def cpu_ratio(self) -> float:
        """Return the product's CPU time over the raw one's."""
        return self.cpu / self.raw_cpu if self.raw_cpu else 0.0

    @property
    def whole_cpu(self) -> float:
        """Return the CPU time of one round, in the unit of `figure`."""
        return self.cpu * self.each


class Bench(Protocol):
    """One bench. A new one is one module and one line in `BENCHES`."""

    name: ClassVar[str]
    about: ClassVar[str]
    default_n: ClassVar[int]

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure with size `n`; several rounds, medians."""
        ...


def growth_of(runs: Sequence[Measured]) -> float:
    """Return the power of n with which the CPU time of a round grows, from the first run to the last."""
    first, last = runs[0], runs[-1]
    if first.n == last.n or not first.whole_cpu or not last.whole_cpu:
        return 0.0
    return math.log(last.whole_cpu / first.whole_cpu) / math.log(last.n / first.n)
