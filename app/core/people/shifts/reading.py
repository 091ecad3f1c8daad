"""Reading shifts: the hours that are known, and what is written of people. A plant has few spellings of
its shifts, however many people: they are read, compared here, and named in statements again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import wall_time
from app.core.people.models import PersonListingRow, PersonRow
from app.core.people.rules import still_here
from app.core.people.shifts.calendar import HoursFrom, ShiftCalendar
from app.core.people.shifts.errors import PatternRefused
from app.core.people.shifts.models import HolidayRow, ShiftHoursRow, ShiftRow
from app.core.people.shifts.types import (
    AtTime,
    PlannedHours,
    Shift,
    ShiftBook,
    WhoWorks,
    Written,
)
from app.core.people.shifts.writing import read_pattern
from app.core.storage.columns import Day

Scope = frozenset[UUID] | None
_SOME = 500
"""So many ids are asked for at once."""


def shift_book(session: Session, here: UUID | None, on: date) -> ShiftBook:
    """Return the hours that are known on a day, of this site and of the others on record."""
    holidays = _holidays_by_site(session)
    row = ShiftRow
    open_rows = session.scalars(
        sa.select(row)
        .where(sa.or_(row.closed_on.is_(None), row.closed_on > sa.literal(on, Day)))
        .order_by(row.word)
    )
    later = _hours_by_shift(session)
    shifts = (
        _shift(
            one,
            later.get((one.site_id, one.word), []),
            holidays.get(one.site_id, frozenset()),
            on,
        )
        for one in open_rows
    )
    return ShiftBook(here, (one for one in shifts if one is not None))


def holiday_rows(session: Session, site_id: UUID | None) -> list[HolidayRow]:
    """Return the holidays of a site, by day."""
    row = HolidayRow
    of_site = sa.select(row).where(row.site_id == site_id, row.ended_at.is_(None))
    return list(session.scalars(of_site.order_by(row.falls_on)))


def at_times(
    session: Session, here: UUID | None, people: Iterable[UUID], begin: datetime, end: datetime
) -> dict[UUID, AtTime]:
    """Return by person how the hours of some people lie to the time between two instants."""
    first, last = wall_time(begin), wall_time(end)
    book = shift_book(session, here, first.date())
    written = written_of(session, people)
    told = {one: book.at(one, first, last) for one in set(written.values())}
    return {key: told[one] for key, one in written.items()}


def written_of(session: Session, people: Iterable[UUID]) -> dict[UUID, Written]:
    """Return what is written of some people's shifts."""
    wanted, row = sorted(set(people)), PersonRow
    found: dict[UUID, Written] = {}
    for start in range(0, len(wanted), _SOME):
        some = row.id.in_(wanted[start : start + _SOME])
        rows = session.execute(sa.select(row.id, row.home_site_id, row.shift).where(some))
        found.update((key, Written(home, shift)) for key, home, shift in rows)
    return found


def written_counts(
    session: Session, here: UUID | None, today: date, scope: Scope
) -> list[tuple[Written, int]]:
    """Return what is written of this site's people who are here, and of how many each."""
    person = PersonRow
    columns = (person.home_site_id, person.shift)
    counted = _here(sa.select(*columns, sa.func.count()), here, today, scope).group_by(*columns)
    return [(Written(home, shift), count) for home, shift, count in session.execute(counted)]


def people_written(
    session: Session, here: UUID | None, today: date, scope: Scope
) -> Iterator[tuple[str, str, str, Written]]:
    """Yield number, name, department and what is written of each of this site's people who are here."""
    listing, person = PersonListingRow, PersonRow
    columns = (listing.number, listing.name, listing.org_unit, person.home_site_id, person.shift)
    rows = session.execute(_here(sa.select(*columns), here, today, scope).order_by(listing.number))
    for number, name, org_unit, home, shift in rows:
        yield number, name, org_unit, Written(home, shift)


def spellings(
    session: Session, here: UUID | None, who: WhoWorks, on: date
) -> frozenset[Written] | None:
    """Return what is written of those whom a list is for, as hours are known on a day; None: everybody."""
    if who.is_everybody:
        return None
    book = shift_book(session, here, who.on or on)
    rows = session.execute(sa.select(PersonRow.home_site_id, PersonRow.shift).distinct())
    found = (Written(home, shift) for home, shift in rows)
    return frozenset(one for one in found if book.admits(who, one))


def is_written(person: Any, some: Iterable[Written]) -> sa.ColumnElement[bool]:
    """Return the condition that one of some spellings is what is written of a person's shift."""
    by_home: dict[UUID | None, list[str]] = defaultdict(list)
    for one in some:
        by_home[one.home].append(one.shift)
    return sa.or_(
        sa.false(),
        *(
            sa.and_(person.home_site_id.is_not_distinct_from(home), person.shift.in_(sorted(texts)))
            for home, texts in by_home.items()
        ),
    )


def _here(
    columns: "sa.Select[*tuple[Any, ...]]", here: UUID | None, today: date, scope: Scope
) -> "sa.Select[*tuple[Any, ...]]":
    listing, person = PersonListingRow, PersonRow
    found = columns.join_from(listing, person, person.id == listing.person_id).where(
        still_here(listing.left_on, today),
        sa.or_(person.home_site_id.is_(None), person.home_site_id == here),
    )
    return found if scope is None else found.where(listing.org_unit_id.in_(scope))


def _holidays_by_site(session: Session) -> dict[UUID | None, frozenset[date]]:
    row = HolidayRow
    found: dict[UUID | None, set[date]] = defaultdict(set)
    for site, day in session.execute(
        sa.select(row.site_id, row.falls_on).where(row.ended_at.is_(None))
    ):
        found[site].add(day)
    return {site: frozenset(days) for site, days in found.items()}


def _hours_by_shift(session: Session) -> dict[tuple[UUID | None, str], list[ShiftHoursRow]]:
    """Return by site and word the hours that take over from days on, by day."""
    row = ShiftHoursRow
    found: dict[tuple[UUID | None, str], list[ShiftHoursRow]] = defaultdict(list)
    for one in session.scalars(
        sa.select(row).where(row.ended_at.is_(None)).order_by(row.from_on, row.id)
    ):
        found[one.site_id, one.word].append(one)
    return found


def _shift(
    row: ShiftRow, later: list[ShiftHoursRow], holidays: frozenset[date], on: date
) -> Shift | None:
    """Return a shift; None where a newer program wrote hours that this one cannot read."""
    said = [_Said(date.min, row), *(_Said(one.from_on, one) for one in later)]
    try:
        patterns = [read_pattern(one.row.pattern, one.row.anchor_on) for one in said]
    except PatternRefused:
        return None
    made = [
        HoursFrom(one.from_on, pattern, frozenset() if one.row.works_on_holidays else holidays)
        for one, pattern in zip(said, patterns, strict=True)
    ]
    now = max(place for place, one in enumerate(said) if one.from_on <= on)
    return Shift(
        site_id=row.site_id,
        name=row.name,
        calendar=ShiftCalendar(patterns[0], made[0].holidays, tuple(made[1:])),
        pattern=patterns[now],
        works_on_holidays=said[now].row.works_on_holidays,
        planned=tuple(
            PlannedHours(
                from_on=one.from_on,
                pattern=pattern,
                works_on_holidays=one.row.works_on_holidays,
            )
            for one, pattern in zip(said[now + 1 :], patterns[now + 1 :], strict=True)
        ),
    )


class _Said(NamedTuple):
    """Hours as they are kept, and from when on they count."""

    from_on: date
    row: ShiftRow | ShiftHoursRow
