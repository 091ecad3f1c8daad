"""What reviews of documents take and give: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.training.controlled.kinds import ReviewOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """What somebody found who looked whether the revision in force is still right."""

    outcome: ReviewOutcome = ReviewOutcome.STAYS
    next_due: date | None = None
    """Last day of the next review, where it stays as it is."""
    remark: str
    """What was looked at, or what is to be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review as it was made and signed."""

    id: UUID
    """What its signature is under."""
    revision_id: UUID
    label: str
    outcome: ReviewOutcome
    remark: str
    due_on: date | None
    """When it was due."""
    next_due: date | None
    at: datetime
    by: UUID | None
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Who of a site sees to it that a document is reviewed."""

    id: UUID
    """Of what said so: who is named anew is told anew."""
    document_id: UUID
    site_id: UUID | None
    person_id: UUID
    number: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewToSee:
    """A review that is due until a day, and who sees to it."""

    keeper: Keeper
    number: str
    title: str
    due_on: date
