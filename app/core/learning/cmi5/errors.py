"""Why the player does not take what a unit says: a 403 with the reason."""

from app.core.base.errors import NotAllowed, UserFacingError


class Cmi5Refused(NotAllowed):
    """A unit broke a rule of cmi5; `clause` is where it stands in cmi5 1.0.

    Read by whoever made the unit: in English, as the standard is.
    """

    def __init__(self, clause: str, why: str) -> None:
        self.clause = clause
        UserFacingError.__init__(
            self,
            f"cmi5 {clause}: {why}.",
            safe="Nothing was recorded.",
        )
