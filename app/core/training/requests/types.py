"""What requests for training take and give: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingReply:
    """What was replied to a request."""

    is_granted: bool
    planned_on: date | None
    """When it takes place; None where it was refused, or approved without a day."""
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRequest:
    """A request, with the newest reply to it."""

    id: UUID
    person_id: UUID
    number: str
    name: str
    requirement_id: UUID | None
    """What is asked for; None where it is asked for in words alone."""
    title: str
    """Of that requirement; "" where there is none."""
    words: str
    at: datetime
    reply: TrainingReply | None
