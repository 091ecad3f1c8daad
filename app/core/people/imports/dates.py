"""Whether 03/04/2026 is a day in April or in March: told by the other days of the file, else asked."""

import re
from collections.abc import Iterable
from enum import StrEnum

from app.core.base.words import mark

_BY_FIGURES = re.compile(
    r"\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](?:\d{4}|\d{2})(?: [\d:]+)?\s*", re.ASCII
)
_MONTHS = 12


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
        day_first += first > _MONTHS >= second
        month_first += second > _MONTHS >= first
        if first != second and first <= _MONTHS and second <= _MONTHS:
            open_one = open_one or text.strip()
    if day_first or month_first:
        return (Evidence.DAY_FIRST if day_first >= month_first else Evidence.MONTH_FIRST), open_one
    return (Evidence.EITHER if open_one else Evidence.NONE), open_one
