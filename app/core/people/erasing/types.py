"""What there is to know of erasure: values that leave the core."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.core.people.types import PersonId


class HindranceKind(StrEnum):
    """What keeps somebody from being erased."""

    HERE = "here"
    """They have not left."""
    RETENTION = "retention"
    """They left too short a while ago."""
    HOLD = "hold"
    """Somebody holds them back, for a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """One thing that stands in the way."""

    kind: HindranceKind
    until: date | None = None
    """First day on which retention does not stand in the way."""
    hold_id: UUID | None = None
    reason: str = ""
    """Of a hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A person is not to be erased until it is lifted."""

    id: UUID
    person_id: PersonId
    number: str
    name: str
    reason: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequest:
    """Somebody asked that a person be erased, and it is neither confirmed nor withdrawn."""

    id: UUID
    person_id: PersonId
    number: str
    name: str
    reason: str
    at: datetime
    by: UUID | None
    """The account; whoever confirms has another."""
    by_name: str
    hindrances: tuple[Hindrance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedPerson:
    """Somebody who is erased, under their pseudonym."""

    person_id: PersonId
    number: str
    name: str
    at: datetime
    reason: str
    """As the request gave it; "" where that is not here."""
    asked_by: str
    confirmed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """So many of something."""

    key: str
    title: str
    """To be worded where it is shown."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAs:
    """By what somebody is found in a text, themselves and whoever was found to be them."""

    accounts: frozenset[UUID]
    words: frozenset[str]
    """Their numbers and names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePlan:
    """What erasing somebody would do, before anything is done."""

    person_id: PersonId
    number: str
    name: str
    pseudonym: str
    goes: tuple[Counted, ...]
    stays: int
    """Records of learning and of work, which stay under the pseudonym."""
    open_entries: int
    """Entries of the journal that say something personal openly, for they are older than the keys."""
    signed_texts: int
    """Signatures that go on naming them: in what was signed, or in what whoever signed had read."""
    hindrances: tuple[Hindrance, ...]
    request: ErasureRequest | None
    """One that stands already."""
    retention_years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureDesk:
    """Everything about erasure at a glance."""

    requests: tuple[ErasureRequest, ...]
    holds: tuple[Hold, ...]
    erased: tuple[ErasedPerson, ...]
    retention_years: int
