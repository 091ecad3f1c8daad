"""What is told of people who may be one."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.core.people.types import PersonId


class Likeness(StrEnum):
    """In what two people are alike."""

    NUMBER = "number"
    NEAR_NUMBER = "near_number"
    """But for the signs between, and zeros before it."""
    NAME = "name"
    """In either script, whatever the order of its words."""
    JOINED = "joined"
    EMAIL = "email"
    LOGIN = "login"
    BADGE = "badge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two people, as they are laid side by side."""

    id: PersonId
    number: str
    name: str
    name_local: str
    email: str
    joined_on: date | None
    left_on: date | None
    org_unit: str
    job_role: str
    login: str
    """"" for who has no account."""
    records: int
    """How many records name them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two who probably are one person."""

    stays: Side
    """Whom to keep if they are one: who is here before who has left, then who came first."""
    other: Side
    likenesses: frozenset[Likeness]

    @property
    def is_strong(self) -> bool:
        """Tell whether they are alike in name too, and not in a number alone."""
        return Likeness.NAME in self.likenesses


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedPerson:
    """Somebody whose records stand under another: by whose decision, when and why."""

    id: PersonId
    number: str
    name: str
    stays_id: PersonId
    reason: str
    at: datetime | None
    by: UUID | None
    by_name: str
