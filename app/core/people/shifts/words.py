"""Shifts in words, for screens, papers and the command line."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from app.core.base.figures import day, number, weekday
from app.core.base.words import _, plural
from app.core.people.shifts.calendar import Hours, ShiftPattern, Stretch, WorkingHours
from app.core.people.shifts.types import (
    AtTime,
    PersonHours,
    PlannedHours,
    Shift,
    WhoWorks,
    WorkState,
)

_FAR = timedelta(days=6)
_MONDAY = date(2024, 1, 1)
"""A Monday, to name the days of the week by."""


def clock_hours(hours: Hours | WorkingHours) -> str:
    """Return from when to when, as 06:00–14:00."""
    return f"{hours.begins:%H:%M}–{hours.ends:%H:%M}"


def pattern_in_words(pattern: ShiftPattern) -> str:
    """Return a cycle as people say it: Mon–Sat 09:00–17:30, or 6 days 06:00–14:00, 2 days off."""
    if pattern.week is not None:
        return _week_in_words(pattern.week)
    return ", ".join(map(_stretch_in_words, pattern.stretches))


def planned_in_words(one: PlannedHours) -> str:
    """Return hours that were entered ahead: from 1 Dec 2026: Mon–Sat 09:00–17:30."""
    return _("From {day}: {hours}").format(
        day=day(one.from_on), hours=pattern_in_words(one.pattern)
    )


def moment_to_come(at: datetime, now: datetime) -> str:
    """Return a local time to come, as 14:00 today, Thu 14:00, or with its date where it is far."""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    named = weekday(at.date()) if at - now <= _FAR else f"{weekday(at.date())} {day(at.date())}"
    return f"{named} {at:%H:%M}"


def hours_to_come(hours: WorkingHours | None, now: datetime) -> str:
    """Return the next hours: Thu 14:00–22:00; "–" where there are none."""
    if hours is None:
        return "–"
    return f"{moment_to_come(hours.begins, now)}–{hours.ends:%H:%M}"


def hours_now(found: PersonHours) -> str:
    """Return how somebody's shift lies to the present: works today 06:00–14:00, off until Thu 14:00."""
    if not found.is_known:
        return _("hours not known")
    if found.now is not None and found.now.begins.date() < found.at.date():
        return _("at work until {time}").format(time=f"{found.now.ends:%H:%M}")
    today = found.now or found.today
    if today is not None:
        return _("works today {hours}").format(hours=clock_hours(today))
    off = _("day off")
    if found.following is not None:
        off = _("off until {when}").format(when=moment_to_come(found.following.begins, found.at))
    if found.holiday:
        return _("{holiday}, {off}").format(holiday=found.holiday, off=off)
    return off


def at_time_in_words(at: AtTime) -> str:
    """Return how a shift lies to the time of something that is planned."""
    hours = clock_hours(at.hours) if at.hours else ""
    return {
        WorkState.AT_WORK: _("at work then, {hours}"),
        WorkState.PARTLY: _("works part of it, {hours}"),
        WorkState.OTHER_HOURS: _("works {hours}"),
        WorkState.OFF: _("day off"),
        WorkState.UNKNOWN: _("hours not known"),
    }[at.state].format(hours=hours)


def shift_at_time(at: AtTime) -> str:
    """Return the same with the name of the shift before it."""
    return " · ".join(filter(None, (at.shift, at_time_in_words(at))))


def shift_heading(name: str, shift: Shift | None, on: date) -> str:
    """Return the heading of a list of a shift on a day: Shift A · 06:00–14:00."""
    if not name:
        return _("No shift")
    called = _("Shift {shift}").format(shift=name)
    if shift is None:
        return f"{called} · " + _("hours not known")
    hours = shift.calendar.hours_on(on)
    return f"{called} · {clock_hours(hours) if hours else _('off')}"


def who_in_words(who: WhoWorks) -> str:
    """Return whom a list is for: Who works on 23 Nov 2026; "" for everybody."""
    told = []
    if who.shift is not None:
        known = _("shift {shift}").format(shift=who.shift)
        told.append(known if who.shift else _("whose hours are not known"))
    if who.on is not None:
        told.append(_("who works on {day}").format(day=day(who.on)))
    return " · ".join(told)


def shift_in_short(at: AtTime) -> str:
    """Return the shift with its hours where there is little room: A 06:00–14:00, A off."""
    if at.state is WorkState.UNKNOWN:
        return at.shift
    off = _("{shift} off").format(shift=at.shift)
    return off if at.hours is None else f"{at.shift} {clock_hours(at.hours)}"


def tally_in_words(found: Iterable[AtTime]) -> str:
    """Return of how many it fits the hours: 12 of 20 at work then; 5 off, 3 on shift Night."""
    known = list(found)
    states = Counter(one.state for one in known)
    elsewhere = Counter(one.shift for one in known if one.state is WorkState.OTHER_HOURS)
    rest = [
        (states[WorkState.PARTLY], _("{count} for part of it"), ""),
        (states[WorkState.OFF], _("{count} off"), ""),
        *((elsewhere[one], _("{count} on shift {shift}"), one) for one in sorted(elsewhere)),
        (states[WorkState.UNKNOWN], _("{count} with hours not known"), ""),
    ]
    head = _("{there} of {all} at work then").format(
        there=number(states[WorkState.AT_WORK]), all=number(len(known))
    )
    told = (words.format(count=number(count), shift=shift) for count, words, shift in rest if count)
    return "; ".join(filter(None, (head, ", ".join(told))))


def _week_in_words(week: tuple[Hours | None, ...]) -> str:
    """Return the days of a week with their hours; those in a row with the same hours as one."""
    told: list[str] = []
    first = 0
    for place in range(1, len(week) + 1):
        if place < len(week) and week[place] == week[first]:
            continue
        hours = week[first]
        if hours is not None:
            told.append(f"{_days_in_words(first, place - 1)} {clock_hours(hours)}")
        first = place
    return ", ".join(told)


def _days_in_words(first: int, last: int) -> str:
    begin, end = (weekday(_MONDAY + timedelta(days=one)) for one in (first, last))
    if first == last:
        return begin
    return f"{begin}–{end}"


def _stretch_in_words(one: Stretch) -> str:
    if one.hours is None:
        return plural("{count} day off", "{count} days off", one.days)
    days = plural("{count} day", "{count} days", one.days)
    return f"{days} {clock_hours(one.hours)}"
