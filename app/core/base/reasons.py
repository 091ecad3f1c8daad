"""Reasons: what auditors later read beside an act that asks for one."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class ReasonMissing(UserFacingError):
    """Nobody would later know why something was done."""

    def __init__(self, remedy: str = "") -> None:
        """Take what to say, where the act asks for something of its own."""
        super().__init__(
            _("A reason is needed."),
            safe=_("Nothing was changed."),
            remedy=remedy or _("Say in a few words why; it stays in the records."),
        )


def explained(untrusted_reason: str, remedy: str = "") -> str:
    """Return a reason in one line, with single spaces. Raises ReasonMissing."""
    reason = " ".join(untrusted_reason.split())
    if not reason:
        raise ReasonMissing(remedy)
    return reason
