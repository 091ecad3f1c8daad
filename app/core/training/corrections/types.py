"""What correcting takes and gives: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.training.corrections.kinds import COUNTS, VOID, RecordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCorrect:
    """One thing that is wrong, and what is right."""

    kind: RecordKind
    record_id: UUID
    field: str
    new: str
    """As the field's kind writes it (`FieldKind`)."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction as it is on record."""

    id: UUID
    kind: RecordKind
    record_id: UUID
    person_id: UUID
    number: str
    name: str
    title: str
    """What the record is of."""
    field: str
    old: str
    new: str
    reason: str
    is_critical: bool
    at: datetime
    by_name: str
    is_mine: bool
    """Whether the actor made it, or it is about them: somebody else answers."""
    is_accepted: bool | None
    """None while it waits for a second person."""
    verdict_id: UUID | None
    second: str
    """Who agreed or refused; "" where nobody else had to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectableRecord:
    """A fact of somebody that can be corrected, with what stands in its fields now."""

    kind: RecordKind
    id: UUID
    requirement_id: UUID | None
    title: str
    values: dict[str, str]
    """By field, corrections counted in."""
    done_on: date | None = None
    """Of the completion of a course, which has no field that says it."""

    @property
    def counts(self) -> bool:
        """Tell whether nobody has said that it does not."""
        return self.values.get(COUNTS) != VOID
