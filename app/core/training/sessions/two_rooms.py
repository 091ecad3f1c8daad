"""What is told of somebody who was in two rooms at one time, and what was decided of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRoom:
    """Another session on whose roll somebody was at the same time."""

    session_id: UUID
    title: str
    venue: str
    counts: bool
    """Whether what was signed of it counts for them, or may come to count."""

    @property
    def called(self) -> str:
        """Return its title, with the room where it is known."""
        return f"{self.title} ({self.venue})" if self.venue else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDecision:
    """Whether a session counts for somebody who was in two rooms at one time, and why."""

    counts: bool
    reason: str
    at: datetime
    by_name: str
