"""Numbers, dates, durations and sizes as people read them.

One rule for every language (Western digits, Indian grouping, day-month-year), because the
platforms' own locale data disagree with each other.
"""

from datetime import date, datetime, timedelta
from fractions import Fraction

from app.core.base.words import _, grouped, mark, plural

_THOUSAND = 1000
_SLACK = 1e-6
"""What a share that was computed in floats may miss: 0.29 is 28.999…%."""
_MONTHS = (
    mark("Jan"),
    mark("Feb"),
    mark("Mar"),
    mark("Apr"),
    mark("May"),
    mark("Jun"),
    mark("Jul"),
    mark("Aug"),
    mark("Sep"),
    mark("Oct"),
    mark("Nov"),
    mark("Dec"),
)


_WEEKDAYS = (
    mark("Mon"),
    mark("Tue"),
    mark("Wed"),
    mark("Thu"),
    mark("Fri"),
    mark("Sat"),
    mark("Sun"),
)


def number(value: int) -> str:
    """Return `value` grouped the Indian way: 12,34,567."""
    return grouped(value)


def month(value: date) -> str:
    """Return the month of a date as Nov."""
    return _(_MONTHS[value.month - 1])


def day(value: date) -> str:
    """Return a date as 23 Nov 2026."""
    return f"{value.day} {month(value)} {value.year}"


def last_day(from_on: date, to_on: date) -> date:
    """Return the last day of what was so up to, but not on, `to_on`; the first, where it ended on that."""
    return max(from_on, to_on - timedelta(days=1))


def weekday(value: date) -> str:
    """Return the day of the week of a date as Mon."""
    return _(_WEEKDAYS[value.weekday()])


def moment(value: datetime) -> str:
    """Return an instant in the PC's time zone, as 23 Nov 2026, 10:42."""
    local = value.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"


def duration(length: timedelta | int) -> str:
    """Return a length of time (or whole seconds) as people say it: 45 s, 12 min, 1 h 10 min."""
    seconds = int(length.total_seconds()) if isinstance(length, timedelta) else length
    minutes = round(seconds / 60)
    if seconds < 60:  # noqa: PLR2004
        return _("{count} s").format(count=seconds)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return _("{count} min").format(count=minutes)
    return (
        _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
        if minutes
        else _("{hours} h").format(hours=hours)
    )


def clock_time(seconds: float) -> str:
    """Return a position in a recording as 02:57, or 1:02:57 past the hour."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def size(count: int) -> str:
    """Return a number of bytes as 512 B, 3.4 MB, 1.2 GB (powers of ten, as sticks are sold)."""
    value = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if value < _THOUSAND or unit == "GB":
            return f"{value:.0f} {unit}" if unit in {"B", "kB"} else f"{value:.1f} {unit}"
        value /= _THOUSAND
    raise AssertionError


def percent(part: int, whole: int) -> str:
    """Return `part` of `whole` as 92.4%, or a dash when there is no whole."""
    if not whole:
        return "–"
    tenths = part * 1000 // whole
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def share(value: Fraction | float) -> str:
    """Return a share, 1 being all of it, as 92.4%: rounded down, so that 99.96% is never 100%.

    The one wording of scores and progress: what a learner reads, a supervisor and a paper say too.
    """
    if isinstance(value, Fraction):
        return percent(value.numerator, value.denominator)
    return percent(int(value * _THOUSAND + _SLACK), _THOUSAND)


def ago(then: datetime, now: datetime) -> str:
    """Return how long ago `then` was, in the largest whole unit: a minute ago, 3 days ago."""
    seconds = int((now - then).total_seconds())
    if seconds < 60:  # noqa: PLR2004
        return _("just now")
    if seconds < 3600:  # noqa: PLR2004
        return plural("{count} minute ago", "{count} minutes ago", seconds // 60)
    if seconds < 86400:  # noqa: PLR2004
        return plural("{count} hour ago", "{count} hours ago", seconds // 3600)
    return plural("{count} day ago", "{count} days ago", seconds // 86400)
