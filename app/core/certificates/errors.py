"""What can go wrong with certificates, told so that somebody can act on it."""

from datetime import timedelta

from app.core.base.errors import UserFacingError
from app.core.base.figures import duration
from app.core.base.words import _


class CannotSignHere(UserFacingError):
    """This PC does not hold the site's signing keys."""

    def __init__(self, site: str) -> None:
        super().__init__(
            _("This PC does not hold the signing keys of {site}.").format(site=site),
            safe=_("What was completed is recorded; its certificates are not lost."),
            remedy=_("Open Daksha on the PC where the site was set up: it issues them by itself."),
        )


class ClockInDoubt(UserFacingError):
    """The PC's clock stands behind what is already recorded: nothing is signed by it."""

    def __init__(self, behind: timedelta) -> None:
        self.behind = behind
        super().__init__(
            _("This PC's clock is {time} behind the newest record.").format(time=duration(behind)),
            safe=_("What was completed is recorded; its certificates are not lost."),
            remedy=_("Set the clock right: the certificates are then issued."),
        )


class HolderErased(UserFacingError):
    """The document was destroyed with all that was personal of its holder."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("The holder of certificate {number} was erased, and the document with them.").format(
                number=number
            ),
            safe=_("That it was issued, for which course and when, is still on record."),
            remedy=_("A copy on paper can still be checked by its code."),
        )


class AlreadyRevoked(UserFacingError):
    """A certificate is revoked once and for good."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("Certificate {number} is already revoked.").format(number=number),
            safe=_("Nothing was changed."),
        )


class ReasonNeeded(UserFacingError):
    """Nobody would later know why the certificate no longer holds."""

    def __init__(self) -> None:
        super().__init__(
            _("A certificate is revoked for a reason, and none was given."),
            safe=_("Nothing was changed."),
            remedy=_("Say in a few words why it no longer holds."),
        )
