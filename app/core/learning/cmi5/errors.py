"""Why the player does not take what a unit says: a 403 with the reason."""

from app.core.base.errors import NotAllowed, UserFacingError
from app.core.base.words import _


class Cmi5Refused(NotAllowed):
    """A unit broke a rule of cmi5; `clause` is where it stands in cmi5 1.0."""

    def __init__(self, clause: str, why: str) -> None:
        self.clause = clause
        UserFacingError.__init__(
            self,
            _("cmi5 {clause}: {why}.").format(clause=clause, why=why),
            safe=_("Nothing was recorded."),
        )
