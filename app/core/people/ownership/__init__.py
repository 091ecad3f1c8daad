"""Who owns which field of people: a rule that headquarters holds for all sites (ADR 63)."""

from app.core.people.ownership.errors import (
    FieldOwned,
    OwnersReasonMissing,
    OwnersSaidElsewhere,
)
from app.core.people.ownership.kinds import FIELD_OWNERS, OWNED_FIELDS, FieldOwner, OwnedField
from app.core.people.ownership.service import (
    FieldOwners,
    Owners,
    owners_of_fields,
    require_none,
)

__all__ = [
    "FIELD_OWNERS",
    "OWNED_FIELDS",
    "FieldOwned",
    "FieldOwner",
    "FieldOwners",
    "OwnedField",
    "Owners",
    "OwnersReasonMissing",
    "OwnersSaidElsewhere",
    "owners_of_fields",
    "require_none",
]
