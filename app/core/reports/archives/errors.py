"""Why no archive was written, said to a person."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class NothingInYear(UserFacingError):
    """Nothing was recorded in the year."""

    def __init__(self, year: int) -> None:
        super().__init__(
            _("Nothing was recorded in {year}.").format(year=year),
            safe=_("Nothing was written."),
            remedy=_("Choose another year."),
        )


class JournalBroken(UserFacingError):
    """An entry of the journal is not what was written: an archive would prove nothing."""

    def __init__(self, position: str) -> None:
        super().__init__(
            _("Entry {entry} of the journal is not what was written.").format(entry=position),
            safe=_("No archive was written."),
            remedy=_("Verify the journal under Audit trail, and tell who looks after the records."),
        )
