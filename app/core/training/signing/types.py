"""What a site asks to be signed, as values."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.base.words import mark
from app.core.training.signing.kinds import SigningRule

SIGNING_RULES = {
    SigningRule.PLAIN: mark("Without a signature"),
    SigningRule.SIGNED: mark("Signed by whoever does it"),
    SigningRule.TWO_PERSONS: mark("One asks, somebody else signs"),
}
"""Marked words for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningTerms:
    """Which acts of training are signed from a day on."""

    from_on: date = date.min
    waivers: SigningRule = SigningRule.PLAIN
    corrections: SigningRule = SigningRule.PLAIN
    evidence: SigningRule = SigningRule.PLAIN
    """Of confirming what was entered by hand: that takes two people in any case."""
    first: str = ""
    """Code of what somebody must hold to sign anything; "" for nothing."""
    first_id: UUID | None = None
    reason: str = ""
