"""What the assignments' service takes and gives: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.base.words import mark
from app.core.training.assignments.states import Stands
from app.core.training.kinds import AssignmentEvent, CheckedBy, RequirementType, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentSummary:
    """One person × requirement × cycle, and where it stands today."""

    id: UUID
    person_id: UUID
    number: str
    name: str
    org_unit: str
    requirement_id: UUID
    code: str
    title: str
    type: RequirementType
    cycle: int
    assigned_at: datetime
    origin: str
    source: Source
    due_on: date | None
    late_after: date | None
    waived_until: date | None
    closed_at: datetime | None
    valid_until: date | None
    """Of the newest evidence; None also where it holds for good (`is_held` tells)."""
    is_held: bool
    """Whether there is evidence that is valid today."""
    is_stuck: bool
    """Whether no attempt is left at a quiz of its course; known of today alone."""
    stands: Stands
    is_due_of_now: bool = False
    """Of a look back: whether the due date is today's, because nothing tells what it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAct:
    """Something that was done with an assignment."""

    id: UUID
    """What a signature under it is bound to."""
    event: AssignmentEvent
    at: datetime
    until_on: date | None
    reason: str
    by_name: str


CHECKED_BY = {
    CheckedBy.ORIGINAL: mark("Saw the original"),
    CheckedBy.ISSUER: mark("Asked the issuer"),
    CheckedBy.REGISTER: mark("Found it in a register"),
    CheckedBy.NOT_SAID: mark("Not said"),
}
"""Marked words for how somebody made sure of evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredEvidence:
    """Proof that is entered by hand: a certificate of another issuer, a paper."""

    issuer: str
    number: str = ""
    obtained_on: date
    valid_until: date | None = None
    """As the issuer says it; the requirement's terms may say less."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Evidence as it was entered, and what somebody else said of it."""

    id: UUID
    person_id: UUID
    number: str
    name: str
    code: str
    title: str
    issuer: str
    certificate: str
    obtained_on: date
    valid_until: date | None
    note: str
    at: datetime
    by_name: str
    is_accepted: bool | None
    """None while it waits for somebody else."""
    how: CheckedBy
    """How whoever accepted it made sure."""
    verdict_id: UUID | None
    """What a signature under the verdict is bound to."""
    scans: int
    is_handed_in: bool
    """Whether it was handed in by the person it is of."""
    verdict: str
    """Who said so, and why; "" while it waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why somebody has an assignment, in parts that a screen puts together."""

    origin: str
    source: Source
    rule: str
    """Title of the rule that assigned it; "" for none."""
    given: str
    """Who gave it for whom, where somebody did so for another; else ""."""
    assigned_at: datetime
    cycle: int
    laws: tuple[str, ...]
    """Acts and clauses that stood when it was assigned."""
    prerequisites: tuple[str, ...]
    """Titles of what has to be held first and is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentDetail:
    """An assignment with everything that happened to it."""

    summary: AssignmentSummary
    why: Why
    acts: tuple[PastAct, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody is away: from a day up to, but not on, a day; None while that is not known."""

    id: UUID
    person_id: UUID
    from_on: date
    to_on: date | None
    reason: str
    is_over: bool = False
    """Whether they are back, and due dates were put off by its days."""

    @property
    def is_taken_back(self) -> bool:
        """Tell whether it was noted wrongly, and never was."""
        return self.to_on == self.from_on
