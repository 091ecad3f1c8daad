"""The overview's figures as they are kept: brought up to the journal, made anew, and read."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any, Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import system_actor
from app.core.base.batches import batches
from app.core.base.progress import NoProgress, Progress
from app.core.journal import Site, Unit
from app.core.people import is_last_open
from app.core.people.models import PersonRow, PlacementRow
from app.core.reports.folding import fold
from app.core.reports.freshness import MOST_BYTES, Heads, Look
from app.core.reports.models import (
    EVERY_UNIT,
    NO_UNIT,
    FiguresHeadRow,
    PersonFiguresRow,
    UnitFiguresRow,
)
from app.core.reports.pairs import AnySelect, Scope
from app.core.reports.tidings import Touched, touched_by
from app.core.storage.tables import table_of

_AT_ONCE = 500
"""People in one transaction: others write in between."""
_RULE = "2"
"""Another where what counts as overdue, held or the like has changed: all figures are made anew then."""
_FAR_BEHIND = 1000
"""Entries that touch nobody's figures; beyond so many it is noted how far they were read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """How many pairs were required, held, expiring and overdue at the end of a day, and who learned."""

    required: int = 0
    held: int = 0
    expiring: int = 0
    overdue: int = 0
    learners: int = 0
    """People who learned in the thirty days that end with it."""


@dataclass(frozen=True, slots=True)
class _Behind:
    """What has to be done before the figures are those of now."""

    heads: Heads
    today: date
    touched: Touched
    is_to_note: bool


def bring_up(site: Site, progress: Progress | None = None) -> None:
    """Take over what has changed since the last look: here, so that writing stays quick.

    A day that begins changes nothing; a clock or a time zone that was set otherwise changes all.
    """
    progress = progress or NoProgress()
    with site.read() as session:
        behind = _behind(session, site.clock.now().astimezone().date())
        people = _in_order(session, behind.touched.everybody())
    for done, some in enumerate(batches(people, _AT_ONCE)):
        progress.step(done * _AT_ONCE, len(people))
        with site.transaction(system_actor(), "derived.settle") as unit:
            unit.take_turn("figures")
            fold(unit, some, behind.touched, behind.today)
    if behind.is_to_note:
        with site.transaction(system_actor(), "derived.settle") as unit:
            unit.take_turn("figures")
            _note(unit, behind.heads, behind.today)
    progress.step(len(people), len(people))


def rebuild_figures(unit: Unit) -> None:
    """Work out everybody's figures anew, as of the day on which they were brought up last."""
    unit.take_turn("figures")
    today = unit.scalar(sa.select(sa.func.max(FiguresHeadRow.day)))
    for model in (PersonFiguresRow, UnitFiguresRow):
        unit.execute(sa.delete(table_of(model)))
    if today is None:
        return
    everybody = set(unit.scalars(sa.select(PersonRow.id)))
    touched = Touched()
    touched.anew(everybody)
    for some in batches(_in_order(unit, everybody), _AT_ONCE):
        fold(unit, some, touched, today)


def standings_of_units(session: Session, scope: Scope, today: date) -> dict[UUID | None, Standings]:
    """Return how the people of every org unit stand at the end of a day."""
    row = UnitFiguresRow
    within = row.org_unit_id != EVERY_UNIT if scope is None else row.org_unit_id.in_(scope)
    statement = _sums(row.org_unit_id, today).where(within).group_by(row.org_unit_id)
    return {
        None if key == NO_UNIT else key: _standings(sums)
        for key, *sums in session.execute(statement)
    }


def standings_on(session: Session, scope: Scope, days: Sequence[date]) -> dict[date, Standings]:
    """Return how people stood at the end of each of some days, as is known now."""
    row = UnitFiguresRow
    within = row.org_unit_id == EVERY_UNIT if scope is None else row.org_unit_id.in_(scope)
    changes = _sums(row.day, max(days)).where(within).group_by(row.day).order_by(row.day)
    changed: list[date] = []
    rows: list[tuple[int, ...]] = [(0, 0, 0, 0, 0)]
    for day, *sums in session.execute(changes):
        changed.append(day)
        rows.append(tuple(map(int, sums)))
    stood = list(accumulate(rows, lambda one, other: tuple(map(sum, zip(one, other, strict=True)))))
    return {day: _standings(stood[bisect_right(changed, day)]) for day in days}


def _sums(key: Any, until: date) -> AnySelect:  # one of the two columns
    row = UnitFiguresRow
    measures = (row.required, row.held, row.expiring, row.overdue, row.learners)
    return sa.select(key, *map(sa.func.sum, measures)).where(row.day <= until)


def _standings(sums: Sequence[int]) -> Standings:
    required, held, expiring, overdue, learners = map(int, sums)
    return Standings(
        required=required, held=held, expiring=expiring, overdue=overdue, learners=learners
    )


def changed_since(session: Session, today: date, most: int) -> Touched | None:
    """Return whose figures have changed since they were brought up; None where too much has.

    `most` is how many bytes of entries are read.
    """
    return _Noted.at(session).touched(Look.at(session), today, most)


@dataclass(frozen=True, slots=True)
class _Noted:
    """Up to where, and when, the figures were brought up last."""

    heads: Heads
    day: date | None
    zones: frozenset[str]

    @classmethod
    def at(cls, session: Session) -> Self:
        noted = session.scalars(sa.select(FiguresHeadRow)).all()
        return cls(
            heads={row.log_id: row.seq for row in noted},
            day=max((row.day for row in noted), default=None),
            zones=frozenset(row.zone for row in noted),
        )

    def touched(self, look: Look, today: date, most: int = MOST_BYTES) -> Touched | None:
        """Return whose figures have changed since; None where all may have, or too much has."""
        is_same = self.day is not None and self.day <= today and self.zones == {_zone()}
        changes = look.changes(self.heads, most) if is_same else None
        if changes is None:
            return None
        touched = touched_by(look.session, changes)
        if self.day != today:
            ahead = sa.select(PersonFiguresRow.person_id).where(PersonFiguresRow.is_ahead)
            touched.anew(look.session.scalars(ahead))
        return touched


def _behind(session: Session, today: date) -> _Behind:
    look, noted = Look.at(session), _Noted.at(session)
    touched = noted.touched(look, today)
    if touched is None:
        touched = Touched()
        touched.anew(session.scalars(sa.select(PersonRow.id)))
        touched.anew(session.scalars(sa.select(PersonFiguresRow.person_id)))
    is_to_note = (
        bool(touched) or noted.day != today or look.entries_since(noted.heads) > _FAR_BEHIND
    )
    return _Behind(look.heads, today, touched, is_to_note)


def _in_order(session: Session, people: set[UUID]) -> list[UUID]:
    """Return people by org unit, so that each sum is changed once or twice."""
    if len(people) <= _AT_ONCE:
        return sorted(people)
    placed = sa.select(PlacementRow.person_id, PlacementRow.org_unit_id)
    open_ones = session.execute(placed.where(is_last_open(PlacementRow)))
    units = dict(open_ones.all())
    return sorted(people, key=lambda one: (units.get(one, NO_UNIT), one))


def _note(unit: Unit, heads: Heads, today: date) -> None:
    table = table_of(FiguresHeadRow)
    unit.execute(sa.delete(table))
    rows = [
        {"log_id": log, "seq": seq, "day": today, "zone": _zone()} for log, seq in heads.items()
    ]
    if rows:
        unit.execute(sa.insert(table), rows)


def _zone() -> str:
    """Return what tells by which rule days were counted: its number, and how far the PC is from UTC.

    The latter in winter and in summer: that tells its time zone from others.
    """
    offsets: Iterable[datetime] = (datetime(2026, month, 1).astimezone() for month in (1, 7))
    return " ".join((_RULE, *(one.strftime("%z") for one in offsets)))
