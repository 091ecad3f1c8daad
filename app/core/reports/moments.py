"""The days at which the overview looks back."""

from datetime import date, timedelta

POINTS = 12
MONTH = timedelta(days=30)
WEEK = timedelta(days=7)


def month_ends(today: date) -> tuple[date, ...]:
    """Return the last days of the eleven months before this one, then today."""
    ends, first = [today], today.replace(day=1)
    while len(ends) < POINTS:
        ends.append(first - timedelta(days=1))
        first = ends[-1].replace(day=1)
    return tuple(reversed(ends))


def back_from(today: date, step: timedelta) -> tuple[date, ...]:
    """Return twelve days, a step apart, today the last."""
    return tuple(today - step * index for index in range(POINTS - 1, -1, -1))


def past_days(today: date) -> tuple[date, ...]:
    """Return every day before today at which the overview looks, each once, in order."""
    looked = {*month_ends(today), *back_from(today, WEEK), *back_from(today, MONTH)}
    return tuple(sorted(looked - {today}))
