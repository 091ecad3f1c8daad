"""Days as they are typed on the command line."""

from datetime import date

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class UnreadableDay(UserFacingError):
    """A date is not one."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is not a date.").format(text=text),
            safe=_("Nothing was changed."),
            remedy=_("Write it as 2026-12-31."),
        )


def day_of(text: str | None) -> date | None:
    """Return the day that was typed, None where none was. Raises UnreadableDay."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableDay(text) from None
