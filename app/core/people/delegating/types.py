"""What delegation takes and gives: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType
from uuid import UUID

from app.core.base.words import mark
from app.core.people.lending import DelegationState
from app.core.people.types import OrgUnitId, PersonId

DelegationId = NewType("DelegationId", UUID)

DELEGATION_STATES = {
    DelegationState.IN_FORCE: mark("In force"),
    DelegationState.TO_COME: mark("To come"),
    DelegationState.GIVER_MAY_NOT: mark("Giver may not assign"),
    DelegationState.TAKER_MAY_NOT: mark("May not act"),
    DelegationState.OVER: mark("Over"),
    DelegationState.ENDED: mark("Ended"),
}
"""Marked words for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationTerms:
    """Where somebody is to give training for the actor, and how long."""

    until_on: date
    """The last day."""
    from_on: date | None = None
    """None: today."""
    org_unit_id: OrgUnitId | None = None
    """With all below it; None: wherever the actor assigns."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Somebody gives training for another, and how that stands."""

    id: DelegationId
    person_id: PersonId | None
    """Who gives training; None for somebody from outside."""
    name: str
    number: str
    giver: str
    """For whom."""
    giver_number: str
    is_mine: bool
    """Whether the actor lets them."""
    org_unit: str
    """"" for everywhere."""
    org_unit_code: str
    from_on: date
    until_on: date
    ended_at: datetime | None
    state: DelegationState
    may_be_ended: bool
    """Whether the actor may end it, and there is something to end."""
