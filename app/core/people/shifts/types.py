"""What is told of shifts: their hours, who is in them, and how somebody's hours lie to a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from app.core.people.shifts.calendar import ShiftCalendar, ShiftPattern, WorkingHours
from app.core.spreadsheets import clean
from app.core.storage.folding import as_word


class Written(NamedTuple):
    """What is written of somebody's shift, and whose person they are; None: nobody said whose."""

    home: UUID | None
    shift: str


def word_of(name: str) -> str:
    """Return the word by which a shift is known, however it is written."""
    return as_word(clean(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedHours:
    """Hours of a shift that were entered ahead."""

    from_on: date
    pattern: ShiftPattern
    works_on_holidays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """The hours of a shift."""

    site_id: UUID | None
    name: str
    calendar: ShiftCalendar
    pattern: ShiftPattern
    """Its cycle on the day that was asked about."""
    works_on_holidays: bool
    """As of that day."""
    planned: tuple[PlannedHours, ...] = ()
    """What takes over after that day, the next first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShift:
    """The hours that somebody says of a shift."""

    name: str
    pattern: ShiftPattern
    works_on_holidays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day on which nobody of a site works, unless their shift works on holidays."""

    on: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedShift:
    """A shift of the list: one whose hours are known, or a word on people that has none yet."""

    name: str
    people: int
    """Who is in it today, as far as the actor sees them."""
    shift: Shift | None
    """None: its hours are not known."""
    now: WorkingHours | None = None
    """The hours that it is at work now."""
    following: WorkingHours | None = None
    """The next hours that begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHours:
    """How somebody's shift lies to the present."""

    shift: str
    """As it is written of them; "" where nothing is."""
    at: datetime
    """The present, in local time."""
    is_known: bool
    """Whether its hours are known."""
    now: WorkingHours | None = None
    """The hours within which it is now."""
    today: WorkingHours | None = None
    """The hours that begin today and are not over."""
    following: WorkingHours | None = None
    holiday: str = ""
    """What today is, where it keeps them from work."""


class WorkState(StrEnum):
    """How somebody's hours lie to a stretch of time."""

    AT_WORK = "at_work"
    """All of it are hours of theirs."""
    PARTLY = "partly"
    OTHER_HOURS = "other_hours"
    """They work on the day on which it begins, at another time."""
    OFF = "off"
    UNKNOWN = "unknown"
    """No hours are known of their shift, or they have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTime:
    """How the hours of a shift lie to a stretch of time."""

    shift: str
    state: WorkState
    hours: WorkingHours | None = None
    """Those at the time, else those of its day."""

    @property
    def is_away(self) -> bool:
        """Tell whether it is known that they do not work all of that time."""
        return self.state not in {WorkState.AT_WORK, WorkState.UNKNOWN}


def known_hours(found: Iterable[AtTime]) -> tuple[AtTime, ...]:
    """Return hours as they are told: none at all where no shift of anybody has any."""
    told = tuple(found)
    return told if any(one.state is not WorkState.UNKNOWN for one in told) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftAt:
    """How many people of a shift are there at a time, or would be."""

    at: AtTime
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAt:
    """Somebody at a time."""

    number: str
    name: str
    org_unit: str
    at: AtTime


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoWorks:
    """Which people a list is made for, by their shift. Who has no known hours is never left out of a day."""

    on: date | None = None
    """Only those who may begin to work on this day."""
    shift: str | None = None
    """Only those in this shift; "": only those of whom no hours are known."""

    @property
    def is_everybody(self) -> bool:
        """Tell whether nobody is left out."""
        return self.on is None and self.shift is None


EVERYBODY = WhoWorks()


class ShiftBook:
    """The hours that are known on a day: of which word, at which site."""

    def __init__(self, here: UUID | None, shifts: Iterable[Shift]) -> None:
        self._here = here
        self._shifts = {(one.site_id, word_of(one.name)): one for one in shifts}

    def shift_of(self, written: Written) -> Shift | None:
        """Return the shift that is written of somebody; None where its hours are not known."""
        return self._shifts.get((written.home or self._here, word_of(written.shift)))

    def own(self) -> list[Shift]:
        """Return the shifts of this site."""
        return [one for (site, _word), one in self._shifts.items() if site == self._here]

    def at(self, written: Written, begin: datetime, end: datetime) -> AtTime:
        """Return how somebody's hours lie to a stretch of local time; to a moment where it ends as it begins."""
        shift = self.shift_of(written)
        if shift is None:
            return AtTime(shift=written.shift, state=WorkState.UNKNOWN)
        calendar = shift.calendar
        now, day = calendar.hours_at(begin), calendar.hours_on(begin.date())
        if end <= begin:
            state = WorkState.AT_WORK if now else _other(day)
        elif calendar.covers(begin, end):
            state = WorkState.AT_WORK
        elif calendar.works_between(begin, end):
            state = WorkState.PARTLY
        else:
            state = _other(day)
        return AtTime(shift=shift.name, state=state, hours=now or day)

    def admits(self, who: WhoWorks, written: Written) -> bool:
        """Tell whether a list is also for somebody of whom this is written."""
        shift = self.shift_of(written)
        if who.shift == "":
            is_meant = shift is None
        else:
            is_meant = who.shift is None or word_of(who.shift) == word_of(written.shift)
        begins = who.on is None or shift is None or shift.calendar.hours_on(who.on) is not None
        return is_meant and begins


def _other(day: WorkingHours | None) -> WorkState:
    return WorkState.OFF if day is None else WorkState.OTHER_HOURS
