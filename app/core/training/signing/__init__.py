"""What a site asks to be signed in training, and what somebody must hold before they sign."""

from app.core.training.signing.errors import (
    NothingWaits,
    NotOneself,
    SignatureMissing,
    TwoPeopleNeeded,
)
from app.core.training.signing.kinds import SigningRule
from app.core.training.signing.queries import require_signed, signing_terms_on
from app.core.training.signing.service import SignedActs
from app.core.training.signing.types import SIGNING_RULES, SigningTerms

__all__ = [
    "SIGNING_RULES",
    "NotOneself",
    "NothingWaits",
    "SignatureMissing",
    "SignedActs",
    "SigningRule",
    "SigningTerms",
    "TwoPeopleNeeded",
    "require_signed",
    "signing_terms_on",
]
