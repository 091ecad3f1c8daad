"""What keeping the program under control refuses, and why."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class SaidTooLittle(UserFacingError):
    """Something that has to be said was not."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("{what} is missing.").format(what=what),
            safe=_("Nothing was changed."),
            remedy=_("Fill it in: it stays on record."),
        )


class DaysNotOver(UserFacingError):
    """Days were to be reviewed that are not over, or none at all."""

    def __init__(self) -> None:
        super().__init__(
            _("Only days that are over can be reviewed, the first of them before the last."),
            safe=_("Nothing was signed."),
            remedy=_("Choose an earlier last day."),
        )


class AlreadyClosed(UserFacingError):
    """An incident was closed before."""

    def __init__(self) -> None:
        super().__init__(
            _("This incident is closed."),
            safe=_("Nothing was changed."),
            remedy=_("Report another one that names it."),
        )
