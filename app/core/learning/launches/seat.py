"""What a play is made from, and what makes one: a new standard is one module and one line in a tuple."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol
from uuid import UUID

from app.core.content import PackageIndex, Standard
from app.core.courses import PackageWindow
from app.core.learning.launches.play import Play
from app.core.learning.statements.agents import AgentKey, key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A learner before a package."""

    index: PackageIndex
    read: Callable[[str], bytes]
    """Returns the bytes of a file of the package. Raises KeyError, AssetMissing."""
    learner_id: str
    learner_name: str
    language: str
    seed: int
    """Makes the package's random draws repeatable; each registration has its own."""
    registration: UUID
    agent: Mapping[str, Any]
    """Who the learner is in statements."""
    in_order: bool = False
    """Whether the course wants its parts done one after the other."""
    required_score: Fraction | None = None
    """What the author of the course asks for, over what the package asks for itself."""
    window: PackageWindow = PackageWindow.AS_IT_ASKS
    """Where the author of the course wants it opened."""
    any_activity: bool = False
    """Of xAPI: whether what is said of any activity counts."""
    is_preview: bool = False
    state: Mapping[str, Any] = field(default_factory=dict)
    """What the play before left; empty for a learner new to the package."""
    shared: Mapping[str, Any] = field(default_factory=dict)
    """What the learner's other packages left for this one."""

    @property
    def agent_key(self) -> AgentKey:
        """Return the key of the learner's agent. A seat without a wire has none. Raises ValueError."""
        key = key_of(dict(self.agent))
        if key is None:
            raise ValueError("a learner has one identifier")
        return key

    def grants_window(self, *, asks: bool) -> bool:
        """Tell whether a part that asks for a window of its own gets one."""
        return asks and self.window is PackageWindow.AS_IT_ASKS


class PlayMaker(Protocol):
    """Makes the plays of some standards."""

    standards: frozenset[Standard]

    def make(self, seat: Seat) -> Play:
        """Return a play that goes on from where the seat says. Raises PackageNotPlayable."""
        ...
