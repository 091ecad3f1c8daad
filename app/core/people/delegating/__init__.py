"""Delegation: who assigns lets somebody else give training for them, for a while (ADR 72)."""

from app.core.people.delegating.errors import DelegationRefused
from app.core.people.delegating.service import Delegations
from app.core.people.delegating.types import (
    DELEGATION_STATES,
    Delegation,
    DelegationId,
    DelegationTerms,
)
from app.core.people.lending import MOST_DAYS, DelegationState

__all__ = [
    "DELEGATION_STATES",
    "MOST_DAYS",
    "Delegation",
    "DelegationId",
    "DelegationRefused",
    "DelegationState",
    "DelegationTerms",
    "Delegations",
]
