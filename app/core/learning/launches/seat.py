"""What a play is made from, and what makes one: a new standard is one module and one line in a tuple."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from app.core.content import PackageIndex, Standard
from app.core.learning.launches.play import Play


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A learner before a package."""

    index: PackageIndex
    read: Callable[[str], bytes]
    """Returns the bytes of a file of the package. Raises KeyError, AssetMissing."""
    learner_id: str
    learner_name: str
    language: str
    now: datetime
    seed: int
    """Makes the package's random draws repeatable; each registration has its own."""
    state: Mapping[str, Any] = field(default_factory=dict)
    """What the play before left; empty for a learner new to the package."""
    shared: Mapping[str, Any] = field(default_factory=dict)
    """What the learner's other packages left for this one."""


class PlayMaker(Protocol):
    """Makes the plays of some standards."""

    standards: frozenset[Standard]

    def make(self, seat: Seat) -> Play:
        """Return a play that goes on from where the seat says. Raises PackageNotPlayable."""
        ...
