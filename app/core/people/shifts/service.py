"""Shifts of the site: their hours, its holidays, who is in them and who is at work."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import wall_time
from app.core.journal import Site, Unit, shown_for
from app.core.people.models import PersonRow
from app.core.people.queries import place_of
from app.core.people.rules import clean_name, today
from app.core.people.shifts.errors import NoHoursAhead, NoSuchHoliday, NoSuchShift
from app.core.people.shifts.models import HolidayRow, ShiftHoursRow, ShiftRow
from app.core.people.shifts.reading import (
    holiday_rows,
    people_written,
    shift_book,
    written_counts,
    written_of,
)
from app.core.people.shifts.types import (
    AtTime,
    Holiday,
    ListedShift,
    NewShift,
    PersonAt,
    PersonHours,
    ShiftAt,
    ShiftBook,
    WorkState,
    Written,
    word_of,
)
from app.core.people.shifts.writing import write_pattern
from app.core.storage.folding import fold

_ORDER = list(WorkState)


class Shifts:
    """Said by holders of MANAGE_PEOPLE for the whole site; seen by those who see people, in their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def now(self) -> datetime:
        """Return the present as the clock on the wall shows it."""
        return wall_time(self._site.clock.now())

    def all(self, actor: Actor, text: str = "") -> tuple[ListedShift, ...]:
        """Return this site's shifts by name, then the words on people of which no hours are known.

        With `text` only those that have it in their name.
        """
        scope, now = actor.scope_of(Capability.VIEW_PEOPLE), self.now()
        with self._site.read() as session:
            book = shift_book(session, self._site.site_id, now.date())
            counts = written_counts(session, self._site.site_id, now.date(), scope)
        found = [*_known(book, counts, now), *_unknown(book, counts)]
        return tuple(one for one in found if fold(text) in fold(one.name))

    def say(
        self, actor: Actor, new: NewShift, reason: str = "", from_on: date | None = None
    ) -> None:
        """Say the hours of a shift: from a day on, or else in place of those that it has today.

        Those of before stay what they were. Of a shift without hours they are the first. Raises
        NotAllowed, DetailRefused.
        """
        actor.require(Capability.MANAGE_PEOPLE)
        name = clean_name(new.name)
        with self._site.transaction(actor, "shift.set", reason=reason) as unit:
            unit.take_turn("shifts")
            row = self._row(unit, name)
            if row is None:
                row = ShiftRow(site_id=self._site.site_id, word=word_of(name))
                unit.add(row)
                _put(row, new)
            elif row.closed_on is not None:
                for one in self._later(unit, name):
                    one.ended_at = self._site.clock.now()
                _put(row, new)
            elif from_on is None:
                _put(self._in_force(unit, name) or row, new)
            else:
                self._put_ahead(unit, new, name, from_on)
            row.name, row.closed_on = name, None

    def take_back(self, actor: Actor, name: str, from_on: date, reason: str = "") -> None:
        """Let hours that were entered ahead not come. Raises NotAllowed, NoHoursAhead."""
        actor.require(Capability.MANAGE_PEOPLE)
        with self._site.transaction(actor, "shift.take-back", reason=reason) as unit:
            unit.take_turn("shifts")
            ahead = [one for one in self._later(unit, name) if one.from_on == from_on]
            if not ahead or from_on <= today(self._site.clock):
                raise NoHoursAhead(name, from_on)
            ahead[0].ended_at = self._site.clock.now()

    def close(self, actor: Actor, name: str, reason: str = "") -> None:
        """Let the hours of a shift be known no more from today on. Raises NotAllowed, NoSuchShift."""
        actor.require(Capability.MANAGE_PEOPLE)
        with self._site.transaction(actor, "shift.close", reason=reason) as unit:
            unit.take_turn("shifts")
            row = self._row(unit, name)
            if row is None or row.closed_on is not None:
                raise NoSuchShift(name)
            row.closed_on = today(self._site.clock)

    def holidays(self, actor: Actor) -> tuple[Holiday, ...]:
        """Return the holidays of this site, by day; those that were among them."""
        actor.scope_of(Capability.VIEW_PEOPLE)
        with self._site.read() as session:
            rows = holiday_rows(session, self._site.site_id)
            return tuple(Holiday(on=one.falls_on, name=one.name) for one in rows)

    def add_holiday(self, actor: Actor, on: date, name: str, reason: str = "") -> None:
        """Say that a day is a holiday, or what one is called. Raises NotAllowed, DetailRefused."""
        actor.require(Capability.MANAGE_PEOPLE)
        name = clean_name(name)
        with self._site.transaction(actor, "holiday.set", reason=reason) as unit:
            unit.take_turn("shifts")
            row = self._holiday(unit, on)
            if row is None:
                row = HolidayRow(site_id=self._site.site_id, falls_on=on)
                unit.add(row)
            row.name, row.ended_at = name, None

    def remove_holiday(self, actor: Actor, on: date, reason: str = "") -> None:
        """Say that a day is no holiday after all. Raises NotAllowed, NoSuchHoliday."""
        actor.require(Capability.MANAGE_PEOPLE)
        with self._site.transaction(actor, "holiday.remove", reason=reason) as unit:
            unit.take_turn("shifts")
            row = self._holiday(unit, on)
            if row is None or row.ended_at is not None:
                raise NoSuchHoliday(on)
            row.ended_at = self._site.clock.now()

    def of(self, actor: Actor, person_id: UUID) -> PersonHours:
        """Return how somebody's shift lies to the present; everybody may see their own.

        Raises NotAllowed, NotFound.
        """
        with self._site.read() as session:
            person_id = shown_for(session, PersonRow, person_id)
            if person_id != actor.person_id:
                actor.require(Capability.VIEW_PEOPLE, place_of(session, person_id))
            return self._hours(session, person_id)

    def at(
        self, actor: Actor, at: datetime | None = None, until: datetime | None = None
    ) -> tuple[ShiftAt, ...]:
        """Return by shift how many of this site's people are at work at an instant, or from it to another.

        Now without one.
        """
        scope, now = actor.scope_of(Capability.VIEW_PEOPLE), self._local(at)
        here, end = self._site.site_id, now if until is None else wall_time(until)
        with self._site.read() as session:
            book = shift_book(session, here, now.date())
            counts = written_counts(session, here, now.date(), scope)
        found: dict[AtTime, int] = defaultdict(int)
        for written, count in counts:
            found[book.at(written, now, end)] += count
        told = (ShiftAt(at=one, people=count) for one, count in found.items())
        return tuple(sorted(told, key=lambda one: (_ORDER.index(one.at.state), fold(one.at.shift))))

    def people_at(self, actor: Actor, at: datetime | None = None) -> tuple[PersonAt, ...]:
        """Return who is at work at an instant, and of whom no hours are known, by number."""
        scope, now = actor.scope_of(Capability.VIEW_PEOPLE), self._local(at)
        here, told = self._site.site_id, {WorkState.AT_WORK, WorkState.UNKNOWN}
        with self._site.read() as session:
            book = shift_book(session, here, now.date())
            found = (
                PersonAt(number=number, name=name, org_unit=unit, at=book.at(written, now, now))
                for number, name, unit, written in people_written(session, here, now.date(), scope)
            )
            return tuple(one for one in found if one.at.state in told)

    def _hours(self, session: Session, person_id: UUID) -> PersonHours:
        now = self.now()
        written = written_of(session, [person_id])[person_id]
        shift = shift_book(session, self._site.site_id, now.date()).shift_of(written)
        if shift is None:
            return PersonHours(shift=written.shift, at=now, is_known=False)
        calendar, day = shift.calendar, now.date()
        begun = calendar.hours_on(day)
        holidays = {one.falls_on: one.name for one in holiday_rows(session, shift.site_id)}
        in_force = calendar.in_force(day)
        keeps = day in in_force.holidays and in_force.pattern.planned(day) is not None
        return PersonHours(
            shift=shift.name,
            at=now,
            is_known=True,
            now=calendar.hours_at(now),
            today=begun if begun is not None and now < begun.ends else None,
            following=calendar.next_after(now),
            holiday=holidays.get(day, "") if keeps else "",
        )

    def _row(self, session: Session, name: str) -> ShiftRow | None:
        row = ShiftRow
        named = sa.select(row).where(row.site_id == self._site.site_id, row.word == word_of(name))
        return session.scalars(named).first()

    def _later(self, session: Session, name: str) -> list[ShiftHoursRow]:
        """Return the hours that take over from days on, by day."""
        row = ShiftHoursRow
        of_shift = sa.select(row).where(
            row.site_id == self._site.site_id, row.word == word_of(name), row.ended_at.is_(None)
        )
        return list(session.scalars(of_shift.order_by(row.from_on)))

    def _in_force(self, session: Session, name: str) -> ShiftHoursRow | None:
        """Return the hours that took over last; None where the first ones count still."""
        begun = [
            one for one in self._later(session, name) if one.from_on <= today(self._site.clock)
        ]
        return begun[-1] if begun else None

    def _put_ahead(self, unit: Unit, new: NewShift, name: str, from_on: date) -> None:
        here, row = self._site.site_id, ShiftHoursRow
        said = sa.select(row).where(
            row.site_id == here, row.word == word_of(name), row.from_on == from_on
        )
        known = unit.scalars(said).first()
        if known is None:
            known = ShiftHoursRow(site_id=here, word=word_of(name), from_on=from_on)
            unit.add(known)
        known.ended_at = None
        _put(known, new)

    def _holiday(self, unit: Unit, on: date) -> HolidayRow | None:
        row = HolidayRow
        found = sa.select(row).where(row.site_id == self._site.site_id, row.falls_on == on)
        return unit.scalars(found).first()

    def _local(self, at: datetime | None) -> datetime:
        return self.now() if at is None else wall_time(at)


def _put(row: ShiftRow | ShiftHoursRow, new: NewShift) -> None:
    row.anchor_on, row.pattern = new.pattern.anchor, write_pattern(new.pattern)
    row.works_on_holidays = new.works_on_holidays


def _known(
    book: ShiftBook, counts: Iterable[tuple[Written, int]], now: datetime
) -> list[ListedShift]:
    people: dict[str, int] = defaultdict(int)
    for written, count in counts:
        people[word_of(written.shift)] += count
    return [
        ListedShift(
            name=one.name,
            people=people[word_of(one.name)],
            shift=one,
            now=one.calendar.hours_at(now),
            following=one.calendar.next_after(now),
        )
        for one in book.own()
    ]


def _unknown(book: ShiftBook, counts: Iterable[tuple[Written, int]]) -> list[ListedShift]:
    """Return the words that stand on people without hours, each once; "" for those who have none."""
    people: dict[str, int] = defaultdict(int)
    called: dict[str, str] = {}
    for written, count in counts:
        if book.shift_of(written) is None:
            word = word_of(written.shift)
            people[word] += count
            called.setdefault(word, written.shift)
    return [
        ListedShift(name=called[word], people=people[word], shift=None)
        for word in sorted(people, key=lambda word: (word == "", word))
    ]
