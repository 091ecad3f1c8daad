"""Why a file that travelled was not taken in: one sentence each, and nothing of it is kept."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class BundleRefused(UserFacingError):
    """A file that travelled cannot be taken in. Whatever comes from outside raises nothing else."""

    def __init__(self, happened: str, *, remedy: str) -> None:
        super().__init__(happened, safe=_("Nothing of it was taken in."), remedy=remedy)


class BundleDamaged(BundleRefused):
    """The file was cut short or altered, or was never written by this program."""

    def __init__(self) -> None:
        super().__init__(
            _("This file was cut short or altered on its way."),
            remedy=_("Copy it again from where it was made, or let it be made again."),
        )
