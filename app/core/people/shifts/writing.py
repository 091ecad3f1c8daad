"""The short text in which the hours of a shift are typed and kept: 6x06:00-14:00, 2xoff."""

import re
from datetime import date, time

from app.core.people.shifts.calendar import MOST_DAYS, Hours, ShiftPattern, Stretch
from app.core.people.shifts.errors import NoDays, NoTime, NotUnderstood, TooManyDays

OFF = "off"
_MOST_DIGITS = 6
_PART = re.compile(
    r"(?:(?P<days>\d+)\s*[x×*]\s*)?"
    r"(?:(?P<off>off)|(?P<begins>\d{1,2}[:.]\d{2})\s*[-–—]\s*(?P<ends>\d{1,2}[:.]\d{2}))",
    re.IGNORECASE,
)
_LAST_HOUR, _LAST_MINUTE = 23, 59


def read_pattern(text: str, anchor: date) -> ShiftPattern:
    """Return the cycle that a text says, begun on the anchor. Raises PatternRefused.

    A part without a number is one day; 24:00 is the midnight after.
    """
    parts = [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]
    if not parts:
        raise NoDays
    return ShiftPattern(anchor, tuple(_stretch(one) for one in parts))


def write_pattern(pattern: ShiftPattern) -> str:
    """Return the text that says a cycle; its anchor is kept beside it."""
    return ", ".join(f"{one.days}x{write_hours(one.hours)}" for one in pattern.stretches)


def write_hours(hours: Hours | None) -> str:
    """Return the text of the hours of a day."""
    return OFF if hours is None else f"{hours.begins:%H:%M}-{hours.ends:%H:%M}"


def read_time(text: str) -> time:
    """Return a time that was typed as 6:30, 06:30 or 06.30; 24:00 is midnight. Raises NoTime."""
    hour, colon, minute = text.strip().replace(".", ":").partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal()):
        raise NoTime(text.strip() or "–")
    hours, minutes = int(hour), int(minute)
    if (hours, minutes) == (_LAST_HOUR + 1, 0):
        return time.min
    if hours > _LAST_HOUR or minutes > _LAST_MINUTE:
        raise NoTime(text.strip())
    return time(hours, minutes)


def weekly(monday: date, hours: Hours, days_off: frozenset[int]) -> ShiftPattern:
    """Return the cycle of a week with the same hours on each day but those off, 0 for Monday.

    Raises NeverWorks.
    """
    stretches: list[Stretch] = []
    for day in range(7):
        said = None if day in days_off else hours
        if stretches and stretches[-1].hours == said:
            stretches[-1] = Stretch(stretches[-1].days + 1, said)
        else:
            stretches.append(Stretch(1, said))
    return ShiftPattern(monday, tuple(stretches))


def _stretch(part: str) -> Stretch:
    found = _PART.fullmatch(part)
    if found is None:
        raise NotUnderstood(part)
    digits = found["days"] or "1"
    if len(digits) > _MOST_DIGITS:
        raise TooManyDays(10**_MOST_DIGITS, MOST_DAYS)
    hours = None if found["off"] else Hours(read_time(found["begins"]), read_time(found["ends"]))
    return Stretch(int(digits), hours)
