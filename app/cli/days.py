"""Days and times as they are typed on the command line."""

from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from app.core.base.clock import start_of
from app.core.base.errors import UserFacingError
from app.core.base.words import _

AsOf = Annotated[
    str | None, typer.Option(help=_("As it stood at the end of this day, as 2026-12-31; now."))
]
KnownAt = Annotated[
    str | None, typer.Option(help=_("Only what was recorded by the end of this day."))
]


class UnreadableDay(UserFacingError):
    """A date is not one."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is not a date.").format(text=text),
            safe=_("Nothing was changed."),
            remedy=_("Write it as 2026-12-31."),
        )


class UnreadableTime(UserFacingError):
    """A time is not one."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is not a time.").format(text=text),
            safe=_("Nothing was changed."),
            remedy=_("Write it as 2026-12-31T14:00."),
        )


def day_of(text: str | None) -> date | None:
    """Return the day that was typed, None where none was. Raises UnreadableDay."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableDay(text) from None


def time_of(text: str) -> datetime:
    """Return the instant of a local time that was typed. Raises UnreadableTime."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise UnreadableTime(text) from None


def end_of(text: str | None) -> datetime | None:
    """Return the instant at which the day that was typed ends, None where none was. Raises UnreadableDay."""
    day = day_of(text)
    return None if day is None else start_of(day + timedelta(days=1))
