"""What can be wrong with the sequencing of a package."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _

_SHOWN = 60


class SequencingUnreadable(UserFacingError):
    """The manifest's organization or sequencing breaks its own rules."""

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(
            _("The course's own order of lessons cannot be read: {what}, at {where}.").format(
                what=what, where=where[:_SHOWN] or "?"
            ),
            safe=_("Nothing was imported."),
            remedy=_("Ask whoever made the package to export it again."),
        )
