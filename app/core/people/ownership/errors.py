"""Why a field of somebody is not changed here, told so that somebody can act on it."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.people.ownership.kinds import OWNED_FIELDS, FieldOwner, OwnedField


class FieldOwned(UserFacingError):
    """A field of somebody belongs to others."""

    exit_code = 3

    def __init__(self, field: OwnedField, owner: FieldOwner) -> None:
        super().__init__(
            owned_in_words(field, owner),
            safe=_("Nothing was changed."),
            remedy=_REMEDIES[owner](),
        )


class OwnersSaidElsewhere(UserFacingError):
    """Headquarters says which field belongs to whom, and this is a plant."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("Headquarters says who owns the fields of people."),
            safe=_("Nothing was changed."),
            remedy=_("Ask them to change it there; it comes with their next sync file."),
        )


class OwnersReasonMissing(UserFacingError):
    """No reason was given."""

    def __init__(self) -> None:
        super().__init__(
            _("A reason is needed."),
            safe=_("Nothing was changed."),
            remedy=_("Say in a few words why; it stays in the records."),
        )


def owned_in_words(field: OwnedField, owner: FieldOwner) -> str:
    """Return the sentence that says to whom a field belongs."""
    return _OWNED[owner]().format(field=_(OWNED_FIELDS[field]))


_OWNED = {
    FieldOwner.HR_FILE: lambda: _("“{field}” belongs to the HR file."),
    FieldOwner.HEADQUARTERS: lambda: _("“{field}” belongs to headquarters."),
    FieldOwner.PLANT: lambda: _("“{field}” belongs to the plant that has the person."),
}
_REMEDIES = {
    FieldOwner.HR_FILE: lambda: _(
        "Let it be corrected in the HR system, and import its next file."
    ),
    FieldOwner.HEADQUARTERS: lambda: _("Ask headquarters to change it; it comes with their file."),
    FieldOwner.PLANT: lambda: _("Ask the plant to change it; it comes with their sync file."),
}
