"""The first page: how the site stands today, how it stood, what needs somebody, is it all sound."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.journal import Site
from app.core.journal.changes import Change
from app.core.journal.models import SealRow
from app.core.people import people_within
from app.core.reports import attention, tidings
from app.core.reports.attention import Attention
from app.core.reports.columns import WHOLE
from app.core.reports.freshness import Kept, KeptOfPeople, KeptSetOfPeople, Look
from app.core.reports.history import (
    Standings,
    learners_among,
    learners_up_to,
    standings_on,
)
from app.core.reports.moments import MONTH, WEEK, back_from, month_ends, past_days
from app.core.reports.pairs import Scope
from app.core.reports.present import (
    DepartmentBar,
    department_bars,
    standings_of_units,
    sum_of_units,
)
from app.core.reports.stretches import Stretch
from app.core.reports.tidings import Touched
from app.core.storage.database import SqliteFile

_MOST_KEPT = 8
_NEEDING = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure with its past. Compliance counts tenths of a percent, the others heads."""

    value: int | None
    """None where nothing is required of anybody."""
    change: int | None
    """Against `since`; None where there is nothing to compare."""
    since: date
    series: tuple[tuple[date, int | None], ...]
    """Twelve points, the last is today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """What was required and held at the end of a day."""

    day: date
    required: int
    held: int

    @property
    def compliance(self) -> int | None:
        """Return the share held in tenths of a percent, rounded down; None of nothing."""
        return _share(self.held, self.required)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFacts:
    """Whether the records are sound and safe."""

    entries: int
    last_seal_at: datetime | None
    database_bytes: int
    last_backup_at: datetime | None = None
    """None until backups are made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything on the first page."""

    today: date
    counted_at: datetime
    compliance: Tile
    overdue: Tile
    expiring: Tile
    active_learners: Tile
    trend: tuple[TrendPoint, ...]
    departments: tuple[DepartmentBar, ...]
    """Those of whom something is required, the best first."""
    needs_attention: tuple[Attention, ...]
    """Overdue and due soon, the longest overdue first; the report `overdue` has them all."""
    system: SystemFacts | None
    """None for those who may see neither the journal nor the settings."""


class Dashboard:
    """Counts the first page, keeping what nothing has changed since."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: dict[tuple[Scope, date], _Figures] = {}

    def overview(self, actor: Actor) -> Overview:
        """Return the first page for whoever holds VIEW_REPORTS, within their org units."""
        scope = actor.scope_of(Capability.VIEW_REPORTS)
        now = self._site.clock.now()
        today = now.astimezone().date()
        figures = self._figures(scope, today)
        with self._site.read() as session:
            look = Look.at(session)
            bars = figures.bars(look)
            past = figures.past(look)
            present = _sum_of(bars)
            learners = figures.learners(look)
            return Overview(
                today=today,
                counted_at=now,
                **_tiles(today, {**past, today: present}, learners),
                trend=tuple(
                    TrendPoint(day=day, required=stood.required, held=stood.held)
                    for day in month_ends(today)
                    for stood in [present if day == today else past[day]]
                ),
                departments=bars,
                needs_attention=attention.rows(session, scope, today, _NEEDING),
                system=self._system(actor, look),
            )

    def _figures(self, scope: Scope, today: date) -> "_Figures":
        known = self._kept.get((scope, today))
        if known is None:
            while len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            known = self._kept[scope, today] = _Figures(scope, today)
        return known

    def _system(self, actor: Actor, look: Look) -> SystemFacts | None:
        if not (actor.may(Capability.VIEW_JOURNAL) or actor.may(Capability.MANAGE_SITE)):
            return None
        return SystemFacts(
            entries=look.entries,
            last_seal_at=look.session.scalar(sa.select(sa.func.max(SealRow.sealed_at))),
            database_bytes=self._database_bytes(look.session),
        )

    def _database_bytes(self, session: Session) -> int:
        location = self._site.database.location
        if isinstance(location, SqliteFile):
            return location.path.stat().st_size
        size = sa.func.pg_database_size(sa.func.current_database())
        return int(session.scalar(sa.select(size)) or 0)


class _Figures:
    """What is counted for one scope and day, in parts that change on different occasions."""

    def __init__(self, scope: Scope, today: date) -> None:
        self._scope = scope
        self._today = today
        self._units = KeptOfPeople(tidings.changes_standing, sum_of_units)
        self._past = KeptOfPeople(self._changes_past_standing, _sum_of_days)
        self._past_learners = Kept[dict[date, int]](self._changes_past_learning)
        self._learners_now = KeptSetOfPeople(tidings.changes_learning)

    def bars(self, look: Look) -> tuple[DepartmentBar, ...]:
        """Return how every org unit stands today."""

        def count(stretch: Stretch) -> dict[UUID | None, Standings]:
            return standings_of_units(look.session, self._scope, self._today, stretch)

        return department_bars(look.session, self._units.value(look, count))

    def past(self, look: Look) -> dict[date, Standings]:
        """Return how pairs stood on the days before today."""
        days = past_days(self._today)

        def count(stretch: Stretch) -> dict[date, Standings]:
            return standings_on(look.session, days, self._scope, stretch)

        return self._past.value(look, count)

    def learners(self, look: Look) -> dict[date, int]:
        """Return how many people learned in each of the last twelve stretches of thirty days."""
        days = back_from(self._today, MONTH)
        past = self._past_learners.value(
            look, lambda: learners_up_to(look.session, days[:-1], MONTH, self._scope)
        )

        def among(people: Touched) -> set[UUID]:
            return learners_among(look.session, self._today, MONTH, people)

        now = self._learners_now.value(look, among)
        if self._scope is not None:
            now = now.intersection(look.session.scalars(people_within(self._scope)))
        return {**past, self._today: len(now)}

    def _changes_past_standing(self, change: Change) -> bool:
        by_place = self._scope is not None
        return tidings.changes_past_standing(change, self._today, by_place=by_place)

    def _changes_past_learning(self, change: Change) -> bool:
        by_place = self._scope is not None
        return tidings.changes_past_learning(change, self._today, by_place=by_place)


def _sum_of_days(parts: Sequence[dict[date, Standings]]) -> dict[date, Standings]:
    return {day: sum((part[day] for part in parts), Standings()) for day in parts[0]}


def _sum_of(bars: tuple[DepartmentBar, ...]) -> Standings:
    return Standings(
        required=sum(bar.required for bar in bars),
        held=sum(bar.held for bar in bars),
        expiring=sum(bar.expiring for bar in bars),
        overdue=sum(bar.overdue for bar in bars),
    )


def _tiles(today: date, stood: dict[date, Standings], learners: dict[date, int]) -> dict[str, Tile]:
    compliance = {day: _share(one.held, one.required) for day, one in stood.items()}
    overdue: dict[date, int | None] = {day: one.overdue for day, one in stood.items()}
    expiring: dict[date, int | None] = {day: one.expiring for day, one in stood.items()}
    weeks = back_from(today, WEEK)
    return {
        "compliance": _tile(compliance, month_ends(today), today, MONTH),
        "overdue": _tile(overdue, weeks, today, WEEK),
        "expiring": _tile(expiring, weeks, today, WEEK),
        "active_learners": _tile({**learners}, back_from(today, MONTH), today, MONTH),
    }


def _tile(
    figures: dict[date, int | None], days: tuple[date, ...], today: date, back: timedelta
) -> Tile:
    now, before = figures[today], figures[today - back]
    return Tile(
        value=now,
        change=None if now is None or before is None else now - before,
        since=today - back,
        series=tuple((day, figures[day]) for day in days),
    )


def _share(part: int, whole: int) -> int | None:
    return part * WHOLE // whole if whole else None
