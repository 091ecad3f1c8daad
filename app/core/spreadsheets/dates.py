"""Days as lists write them; whether 03/04/2026 is in April or in March is told by the file's other days."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.core.base.words import mark

_BY_FIGURES = re.compile(
    r"\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](?:\d{4}|\d{2})(?: [\d:]+)?\s*", re.ASCII
)
_IN_A_YEAR = 12
_MONTHS = {
    name: place
    for place, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.Z+]*)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: [\d:]+)?", re.ASCII)
_WORDED = re.compile(r"(\d{1,2})[-/. ]+([A-Za-z]{3})[a-z]*[-/., ]+(\d{4}|\d{2})", re.ASCII)
_CENTURY_TURNS_AT = 70
"""Of years written with two digits, 70 to 99 belong to the last century."""
_EARLIEST, _LATEST = 1900, 2100


class DayOrder(StrEnum):
    """What stands first in a day written in figures."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


DAY_ORDERS = {
    DayOrder.DAY_FIRST: mark("Day first: 31-12-2026"),
    DayOrder.MONTH_FIRST: mark("Month first: 12-31-2026"),
}
"""Marked words for each order."""


class Evidence(StrEnum):
    """What a file's days tell of their order."""

    NONE = "none"
    """Nothing has to be told: no day could be read in two ways."""
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    EITHER = "either"
    """Every day could be read in both ways: somebody has to say."""


def evidence_of(texts: Iterable[str]) -> tuple[Evidence, str]:
    """Return what days tell of their order, and one of those that can be read in two ways.

    Where some can only have the day first and others only the month, the more common wins: the rest
    are errors of their rows.
    """
    day_first = month_first = 0
    open_one = ""
    for text in texts:
        found = _BY_FIGURES.fullmatch(text)
        if found is None:
            continue
        first, second = int(found[1]), int(found[2])
        day_first += first > _IN_A_YEAR >= second
        month_first += second > _IN_A_YEAR >= first
        if first != second and first <= _IN_A_YEAR and second <= _IN_A_YEAR:
            open_one = open_one or text.strip()
    return _weighed(day_first, month_first, is_open=bool(open_one)), open_one


def _weighed(day_first: int, month_first: int, *, is_open: bool) -> Evidence:
    """Return what so many days say that can be read in one way only; `is_open` where others can in two."""
    if day_first or month_first:
        return Evidence.DAY_FIRST if day_first >= month_first else Evidence.MONTH_FIRST
    return Evidence.EITHER if is_open else Evidence.NONE


class NoDay(ValueError):
    """A text is not a day."""


def day_in(text: str, order: DayOrder = DayOrder.DAY_FIRST) -> date:
    """Return the day written as 2026-01-05, 5/1/2026, 05-01-26 or 5-Jan-2026.

    `order` says what stands first in one that is written in figures, unless that is a year. Raises
    NoDay for days that do not exist, are not of 1900 to 2100, and everything else.
    """
    try:
        found = date(*_parts(text, order))
    except ValueError:
        raise NoDay(text) from None
    if not _EARLIEST <= found.year <= _LATEST:
        raise NoDay(text)
    return found


def _parts(text: str, order: DayOrder) -> tuple[int, int, int]:
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DAY_FIRST.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        month, day = (first, second) if order is DayOrder.MONTH_FIRST else (second, first)
        return _year(match[3]), month, day
    if match := _WORDED.fullmatch(text):
        return _year(match[3]), _MONTHS.get(match[2].casefold(), 0), int(match[1])
    raise ValueError(text)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:  # noqa: PLR2004
        return year
    return year + (1900 if year >= _CENTURY_TURNS_AT else 2000)
