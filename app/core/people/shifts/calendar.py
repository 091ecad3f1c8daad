"""The calendar of a shift: pure arithmetic on days and local times, as the clock on the wall shows them.

A shift goes round in a cycle of stretches: six mornings, two days off, six nights. Hours that run past
midnight count to the day on which they begin. Times carry no zone: the PC's own is meant throughout.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from app.core.people.shifts.errors import NeverWorks, NoDays, StretchesOverlap, TooManyDays

MOST_DAYS = 366
"""Of a cycle."""
WEEK = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when somebody works; an end at or before the beginning is that of the day after."""

    begins: time
    ends: time

    @property
    def runs_past_midnight(self) -> bool:
        """Tell whether they end on the day after, be it at its first moment."""
        return self.ends <= self.begins

    def runs_into(self, following: "Hours") -> bool:
        """Tell whether they last until those of the next day have begun."""
        return self.runs_past_midnight and self.ends > following.begins

    def on(self, day: date) -> "WorkingHours":
        """Return them as those of a day."""
        last = day + _DAY if self.runs_past_midnight else day
        return WorkingHours(datetime.combine(day, self.begins), datetime.combine(last, self.ends))


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many days in a row with the same hours, or off."""

    days: int
    hours: Hours | None = None
    """None: off."""


@dataclass(frozen=True, slots=True, order=True)
class WorkingHours:
    """The hours of one day, in local time; the end is not among them."""

    begins: datetime
    ends: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.begins <= at < self.ends

    def touch(self, begin: datetime, end: datetime) -> bool:
        """Tell whether some of them lie between two times."""
        return self.begins < end and begin < self.ends


@dataclass(frozen=True)
class ShiftPattern:
    """A cycle that begins on the anchor and goes on, also before it.

    Raises PatternRefused for a cycle without days or hours, with too many days, or whose hours overlap.
    """

    anchor: date
    stretches: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        if not self.stretches or any(one.days < 1 for one in self.stretches):
            raise NoDays
        if self.days > MOST_DAYS:  # counted before a day is laid out: somebody typed the number
            raise TooManyDays(self.days, MOST_DAYS)
        if not any(self.cycle):
            raise NeverWorks
        for hours, following in zip(self.cycle, (*self.cycle[1:], self.cycle[0]), strict=True):
            if hours and following and hours.runs_into(following):
                raise StretchesOverlap(hours.ends, following.begins)

    @cached_property
    def days(self) -> int:
        """Return after how many days it begins anew."""
        return sum(one.days for one in self.stretches)

    @cached_property
    def cycle(self) -> tuple[Hours | None, ...]:
        """Return the hours of each day of the cycle."""
        return tuple(one.hours for one in self.stretches for _day in range(one.days))

    def planned(self, day: date) -> Hours | None:
        """Return the hours of a day, whether it is a holiday or not; None: off."""
        return self.cycle[(day - self.anchor).days % self.days]

    @cached_property
    def week(self) -> tuple[Hours | None, ...] | None:
        """Return the hours from Monday to Sunday where each week is as the other; None where it is not."""
        if WEEK % self.days:
            return None
        monday = self.anchor - self.anchor.weekday() * _DAY
        return tuple(self.planned(monday + place * _DAY) for place in range(WEEK))


@dataclass(frozen=True)
class HoursFrom:
    """Other hours of a shift from a day on, until the next such day."""

    from_on: date
    pattern: ShiftPattern
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True)
class ShiftCalendar:
    """When somebody with a shift works: its pattern, but for the holidays that it keeps."""

    pattern: ShiftPattern
    holidays: frozenset[date] = frozenset()
    """Days on which it does not begin to work."""
    later: tuple[HoursFrom, ...] = ()
    """What takes over from days on, by day: hours that begin before such a day end as they would have."""

    def in_force(self, day: date) -> HoursFrom:
        """Return the hours that count on a day."""
        begun = [one for one in self.later if one.from_on <= day]
        return begun[-1] if begun else HoursFrom(date.min, self.pattern, self.holidays)

    def hours_on(self, day: date) -> WorkingHours | None:
        """Return the hours that begin on a day; None: off."""
        now = self.in_force(day)
        hours = None if day in now.holidays else now.pattern.planned(day)
        return None if hours is None else hours.on(day)

    def hours_at(self, at: datetime) -> WorkingHours | None:
        """Return the hours within which a time lies: those of that day, or of the night before it."""
        return next((one for one in self._around(at, at) if at in one), None)

    def is_at_work(self, at: datetime) -> bool:
        """Tell whether a time lies within working hours."""
        return self.hours_at(at) is not None

    def next_after(self, at: datetime) -> WorkingHours | None:
        """Return the first hours that begin after a time; None where holidays leave none."""
        every = (HoursFrom(at.date(), self.pattern, self.holidays), *self.later)
        last = max(day for one in every for day in (one.from_on, *one.holidays))
        horizon = max(last, at.date()) + max(one.pattern.days for one in every) * _DAY
        found = (one for one in self._between(at.date(), horizon) if one.begins > at)
        return next(found, None)

    def works_between(self, begin: datetime, end: datetime) -> bool:
        """Tell whether any working hours lie between two times."""
        return any(one.touch(begin, end) for one in self._around(begin, end))

    def covers(self, begin: datetime, end: datetime) -> bool:
        """Tell whether all from one time to another are working hours, one after the other without a gap."""
        reached = begin
        for one in self._around(begin, end):
            if reached in one:
                reached = one.ends
        return reached >= end and reached > begin

    def _around(self, begin: datetime, end: datetime) -> Iterator[WorkingHours]:
        """Yield all hours that may touch a time: none is longer than a day."""
        return self._between(begin.date() - _DAY, end.date())

    def _between(self, first: date, last: date) -> Iterator[WorkingHours]:
        for place in range((last - first).days + 1):
            hours = self.hours_on(first + place * _DAY)
            if hours is not None:
                yield hours
