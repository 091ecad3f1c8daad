"""Why a package is not played."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class PackageNotPlayable(UserFacingError):
    """The package names nothing that can be opened here."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("“{title}” cannot be played here.").format(title=title),
            safe=_("Your progress is saved."),
            remedy=_("Tell your trainer, and go on with another lesson."),
        )
