"""Why a package is not played."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.content import CHOSEN_H5P


class PackageNotPlayable(UserFacingError):
    """The package names nothing that can be opened here."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("“{title}” cannot be played here.").format(title=title),
            safe=_("Your progress is saved."),
            remedy=_("Tell your trainer, and go on with another lesson."),
        )


class RuntimeMissing(UserFacingError):
    """An H5P package needs files that this PC does not have."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("“{title}” needs H5P's own program files, which this PC does not have.").format(
                title=title
            ),
            safe=_("Your progress is saved."),
            remedy=_("Ask the administrator to put them in the folder named in {name}.").format(
                name=CHOSEN_H5P
            ),
        )
