"""Kinds of values in the data models. Each check says what is wrong with a text, or None."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.core.learning.scorm.durations import from_iso, from_timespan
from app.core.learning.scorm.faults import Fault
from app.core.learning.scorm.languages import LANGUAGES

Check = Callable[[str], Fault | None]

_REAL = re.compile(r"-?\d+(\.\d+)?|-?\.\d+", re.ASCII)
_LONGEST_REAL = 40
_LANGUAGE = re.compile(r"([a-zA-Z]{1,3})(-[a-zA-Z0-9]{1,8})*", re.ASCII)
_LOCALIZED = re.compile(r"\{lang=([^}]*)\}")
_URN = re.compile(r"urn:[a-z0-9][-a-z0-9]{1,31}:\S+", re.ASCII | re.IGNORECASE)
_BLANK = re.compile(r"\s")
_FORBIDDEN = re.compile(r"[\s<>{}|\\^`\[\]\"]")
_TIME = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,2})"
    r"(?:Z|[+-](\d{2})(?::(\d{2}))?)?)?)?)?)?)?)?",
    re.ASCII,
)
_CLOCK = re.compile(r"(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,2})?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1970, 2038
_LAST_HOUR, _LAST_MINUTE = 23, 59


def real_of(text: str) -> Fraction | None:
    """Return a decimal number exactly; None for what is none."""
    if len(text) > _LONGEST_REAL or not _REAL.fullmatch(text):
        return None
    return Fraction(text)


@dataclass(frozen=True, slots=True)
class PlainText:
    """A check for plain text of at most `longest` characters, whatever they are."""

    longest: int

    def __call__(self, value: str) -> Fault | None:
        """Check a text."""
        return None if len(value) <= self.longest else Fault.TYPE


def text(longest: int) -> Check:
    """Return a check for plain text of at most `longest` characters."""
    return PlainText(longest)


def localized(longest: int) -> Check:
    """Return a check for text that may say its language first: {lang=en}…"""

    def check(value: str) -> Fault | None:
        if len(value) > longest or not has_good_language(value):
            return Fault.TYPE
        return None

    return check


def has_good_language(value: str) -> bool:
    """Tell whether the {lang=…} before a text, if there is one, names a language."""
    if not value.startswith("{lang="):
        return True
    found = _LOCALIZED.match(value)
    return found is not None and _is_language(found[1])


def _is_language(value: str) -> bool:
    found = _LANGUAGE.fullmatch(value)
    return found is not None and found[1].lower() in LANGUAGES


def language(value: str) -> Fault | None:
    """Check a language code; empty is allowed."""
    return None if not value or _is_language(value) else Fault.TYPE


def identifier(longest: int) -> Check:
    """Return a check for an identifier: not empty, no blanks; a URN must be one."""

    def check(value: str) -> Fault | None:
        if not value or len(value) > longest or _BLANK.search(value):
            return Fault.TYPE
        if value.lower().startswith("urn:") and not _URN.fullmatch(value):
            return Fault.TYPE
        return None

    return check


def short_identifier(longest: int) -> Check:
    """Return a check for the name of an option: an identifier of what a URI may hold."""
    long_check = identifier(longest)

    def check(value: str) -> Fault | None:
        return Fault.TYPE if _FORBIDDEN.search(value) else long_check(value)

    return check


def named(longest: int) -> Check:
    """Return a check for SCORM 1.2's identifiers, in which content writes whatever it likes."""

    def check(value: str) -> Fault | None:
        return None if value.strip() and len(value) <= longest else Fault.TYPE

    return check


def word(*words: str) -> Check:
    """Return a check for one of a few words."""
    known = frozenset(words)

    def check(value: str) -> Fault | None:
        return None if value in known else Fault.TYPE

    return check


def real(low: int | None = None, high: int | None = None) -> Check:
    """Return a check for a decimal number within bounds."""

    def check(value: str) -> Fault | None:
        number = real_of(value)
        if number is None:
            return Fault.TYPE
        is_low = low is not None and number < low
        is_high = high is not None and number > high
        return Fault.RANGE if is_low or is_high else None

    return check


def either(*checks: Check) -> Check:
    """Return a check that passes what one of the checks passes."""

    def check(value: str) -> Fault | None:
        faults = [one(value) for one in checks]
        return None if None in faults else faults[-1]

    return check


def timestamp(value: str) -> Fault | None:
    """Check a moment, ISO 8601 from the year alone to hundredths and zone."""
    found = _TIME.fullmatch(value)
    if found is None or not _is_day(found[1], found[2], found[3]):
        return Fault.TYPE
    hours = _are_within(_LAST_HOUR, found[4], found[8])
    minutes = _are_within(_LAST_MINUTE, found[5], found[6], found[9])
    return None if hours and minutes else Fault.TYPE


def _are_within(last: int, *counts: str | None) -> bool:
    return all(int(one or 0) <= last for one in counts)


def _is_day(year: str, month: str | None, day: str | None) -> bool:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return _FIRST_YEAR <= int(year) <= _LAST_YEAR


def interval(value: str) -> Fault | None:
    """Check an ISO 8601 duration."""
    return None if from_iso(value) is not None else Fault.TYPE


def timespan(value: str) -> Fault | None:
    """Check SCORM 1.2's CMITimespan."""
    return None if from_timespan(value) is not None else Fault.TYPE


def clock(value: str) -> Fault | None:
    """Check SCORM 1.2's CMITime, a time of day."""
    found = _CLOCK.fullmatch(value)
    if found is None or int(found[1]) > _LAST_HOUR:
        return Fault.TYPE
    return None if max(int(found[2]), int(found[3])) <= _LAST_MINUTE else Fault.TYPE
