"""The first page: how the site stands today, how it stood, what needs somebody, is it all sound."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.progress import Progress
from app.core.journal import Site
from app.core.journal.models import SealRow
from app.core.reports import attention
from app.core.reports.attention import Attention
from app.core.reports.columns import WHOLE
from app.core.reports.freshness import Heads, Look
from app.core.reports.kept_figures import Standings, bring_up, standings_of_units, standings_on
from app.core.reports.moments import MONTH, WEEK, back_from, month_ends, past_days
from app.core.reports.pairs import Scope
from app.core.reports.present import DepartmentBar, department_bars
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
    """Reads the first page from figures that are kept, and keeps it while nothing is written."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._read: dict[Scope, _Figures] = {}
        self._turn = Lock()
        """Held by whoever brings the figures up; who comes meanwhile finds it done."""

    def overview(self, actor: Actor, progress: Progress | None = None) -> Overview:
        """Return the first page for whoever holds VIEW_REPORTS, within their org units.

        `progress` counts people where many of their figures have to be worked out first.
        """
        scope = actor.scope_of(Capability.VIEW_REPORTS)
        with self._turn:
            bring_up(self._site, progress)
        now = self._site.clock.now()
        today = now.astimezone().date()
        with self._site.read() as session:
            look = Look.at(session)
            with self._turn:
                figures = self._figures(look, scope, today)
            return Overview(
                today=today,
                counted_at=now,
                **_tiles(today, figures.stood),
                trend=tuple(
                    TrendPoint(
                        day=day,
                        required=figures.stood[day].required,
                        held=figures.stood[day].held,
                    )
                    for day in month_ends(today)
                ),
                departments=department_bars(session, figures.units),
                needs_attention=attention.rows(session, scope, today, _NEEDING),
                system=self._system(actor, look),
            )

    def _figures(self, look: Look, scope: Scope, today: date) -> "_Figures":
        known = self._read.get(scope)
        if known is None or (known.heads, known.today) != (look.heads, today):
            self._read.pop(scope, None)
            while len(self._read) >= _MOST_KEPT:
                del self._read[next(iter(self._read))]
            known = self._read[scope] = _Figures(
                heads=look.heads,
                today=today,
                units=standings_of_units(look.session, scope, today),
                stood=standings_on(look.session, scope, (*past_days(today), today)),
            )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """What is read for one scope; it holds while the journal goes no further, and for the day."""

    heads: Heads
    today: date
    units: dict[UUID | None, Standings]
    stood: dict[date, Standings]


def _tiles(today: date, stood: dict[date, Standings]) -> dict[str, Tile]:
    compliance = {day: _share(one.held, one.required) for day, one in stood.items()}
    overdue: dict[date, int | None] = {day: one.overdue for day, one in stood.items()}
    expiring: dict[date, int | None] = {day: one.expiring for day, one in stood.items()}
    learners: dict[date, int | None] = {day: one.learners for day, one in stood.items()}
    weeks = back_from(today, WEEK)
    return {
        "compliance": _tile(compliance, month_ends(today), today, MONTH),
        "overdue": _tile(overdue, weeks, today, WEEK),
        "expiring": _tile(expiring, weeks, today, WEEK),
        "active_learners": _tile(learners, back_from(today, MONTH), today, MONTH),
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
