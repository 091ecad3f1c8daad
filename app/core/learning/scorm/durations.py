"""Lengths of time as content reports them, exactly: ISO 8601 in SCORM 2004, HHHH:MM:SS.SS in 1.2."""

import re
from dataclasses import dataclass

_ISO = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,2}))?S)?)?",
    re.ASCII,
)
_TIMESPAN = re.compile(r"(\d{2,4}):(\d{2}):(\d{2})(?:\.(\d{1,2}))?", re.ASCII)
LONGEST = 100

SECOND = 100
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_SHORTEST_MONTH = 28 * DAY
_MONTHS = 12
_MOST_HOURS = 9999


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: hundredths of a second, and months apart because they differ in length."""

    hundredths: int = 0
    months: int = 0

    def __add__(self, other: "Duration") -> "Duration":
        return Duration(self.hundredths + other.hundredths, self.months + other.months)

    @property
    def at_least_seconds(self) -> int:
        """Return whole seconds, a month counted as its shortest."""
        return (self.hundredths + self.months * _SHORTEST_MONTH) // SECOND

    def to_iso(self) -> str:
        """Return ISO 8601 as the RTE book wants it: what is nothing is left out, nothing is PT0H0M0S."""
        days, rest = divmod(self.hundredths, DAY)
        hours, rest = divmod(rest, HOUR)
        minutes, rest = divmod(rest, MINUTE)
        years, months = divmod(self.months, _MONTHS)
        date = _parts((years, "Y"), (months, "M"), (days, "D"))
        time = _parts((hours, "H"), (minutes, "M")) + _seconds(rest)
        if not date and not time:
            return "PT0H0M0S"
        return f"P{date}T{time}" if time else f"P{date}"

    def to_timespan(self) -> str:
        """Return SCORM 1.2's CMITimespan, which ends at 9999 hours."""
        hours, rest = divmod(self.hundredths + self.months * _SHORTEST_MONTH, HOUR)
        minutes, rest = divmod(rest, MINUTE)
        seconds, parts = divmod(rest, SECOND)
        if hours > _MOST_HOURS:
            hours, minutes, seconds, parts = _MOST_HOURS, 59, 59, 99
        return f"{hours:04d}:{minutes:02d}:{seconds:02d}.{parts:02d}"


def _parts(*counted: tuple[int, str]) -> str:
    return "".join(f"{count}{letter}" for count, letter in counted if count)


def _seconds(hundredths: int) -> str:
    seconds, parts = divmod(hundredths, SECOND)
    if not hundredths:
        return ""
    return f"{seconds}.{parts:02d}S" if parts else f"{seconds}S"


def from_iso(untrusted: str) -> Duration | None:
    """Return an ISO 8601 duration; None for what is none."""
    found = _ISO.fullmatch(untrusted) if len(untrusted) <= LONGEST else None
    if found is None or not any(found.groups()) or found[4] == "T":
        return None
    years, months, days, hours, minutes, seconds = (int(found[n] or 0) for n in (1, 2, 3, 5, 6, 7))
    parts = int((found[8] or "0").ljust(2, "0"))
    hundredths = days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND + parts
    return Duration(hundredths, years * _MONTHS + months)


def from_timespan(untrusted: str) -> Duration | None:
    """Return a CMITimespan; None for what is none. Minutes and seconds past 59 are let pass."""
    found = _TIMESPAN.fullmatch(untrusted) if len(untrusted) <= LONGEST else None
    if found is None:
        return None
    hours, minutes, seconds = (int(found[n]) for n in (1, 2, 3))
    parts = int((found[4] or "0").ljust(2, "0"))
    return Duration(hours * HOUR + minutes * MINUTE + seconds * SECOND + parts)
