"""What a bench is: the product's own way measured beside the raw one (performance.md)."""

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

    @property
    def ratio(self) -> float:
        """Return the product's figure over the raw one."""
        return self.figure / self.raw if self.raw else 0.0

    @property
    def cpu_ratio(self) -> float:
        """Return the product's CPU time over the raw one's."""
        return self.cpu / self.raw_cpu if self.raw_cpu else 0.0


class Bench(Protocol):
    """One bench. A new one is one module and one line in `BENCHES`."""

    name: ClassVar[str]
    about: ClassVar[str]
    default_n: ClassVar[int]

    def run(self, n: int, progress: Progress) -> Measured:
        """Measure with size `n`; several rounds, medians."""
        ...
