"""Whom to invite: those who have to meet what a session proves, and are not on its list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.clock import local_day
from app.core.journal import Site
from app.core.people import still_here
from app.core.people.shifts import AtTime, ShiftAt, WorkState, at_times, known_hours, word_of
from app.core.storage.columns import Day
from app.core.storage.folding import fold
from app.core.training.in_force import is_open, is_paused, is_waived
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.overdue import is_wanting
from app.core.training.sessions.models import ClassSessionRow
from app.core.training.sessions.reading import list_of, proves, session_row, trainers_of

_MOST = 500


NO_SHIFT = ""
"""Stands for all of whom no hours are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HasItDue:
    """Somebody with an open assignment of what a session proves."""

    person_id: UUID
    number: str
    name: str
    org_unit: str
    requirement: str
    """The title of what is due first."""
    due_on: date | None
    is_overdue: bool
    hours: AtTime
    """How their shift lies to the time of the session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """Who could be invited to a session, and how their shifts lie to its time."""

    people: tuple[HasItDue, ...]
    """Of the shift that was asked for, by due date; at most 500."""
    by_shift: tuple[ShiftAt, ...]
    """How many there are of every shift; those of whom no hours are known as one, without a name."""

    @property
    def all_hours(self) -> tuple[AtTime, ...]:
        """Return the hours of each of all that there are."""
        return tuple(one.at for one in self.by_shift for _each in range(one.people))


class Suggesting:
    """Looks through the assignments. Who may: holders of ASSIGN, for people within their scope."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def suggest(
        self,
        actor: Actor,
        session_id: UUID,
        *,
        shift: str | None = None,
        at_work: bool = False,
    ) -> Suggestions:
        """Return who could be invited, by due date, at most 500; whoever is away or let off is not.

        `shift`: only of this shift, NO_SHIFT for all of whom no hours are known. `at_work`: not those
        of whom it is known that they do not work all of its time.
        """
        scope = actor.scope_of(Capability.ASSIGN)
        today = local_day(self._site.clock)
        with self._site.read() as session:
            row = session_row(session, session_id)
            people = _open_of(session, self._site.site_id, row, scope, today)
        meant = [
            one
            for one in people
            if (shift is None or word_of(_shift_of(one.hours)) == word_of(shift))
            and not (at_work and one.hours.is_away)
        ]
        return Suggestions(people=tuple(meant[:_MOST]), by_shift=_by_shift(people))

    def hours(
        self, actor: Actor, session_id: UUID, starts_at: datetime, ends_at: datetime
    ) -> tuple[AtTime, ...]:
        """Return how the shifts of those on a session's list would lie to another time.

        Empty where no hours of anybody are known. Raises NotFound.
        """
        actor.require_anywhere(Capability.ASSIGN)
        with self._site.read() as session:
            listed = list_of(session, session_row(session, session_id))
            found = at_times(session, self._site.site_id, listed, starts_at, ends_at)
        return known_hours(found.values())


def _shift_of(hours: AtTime) -> str:
    return NO_SHIFT if hours.state is WorkState.UNKNOWN else hours.shift


def _by_shift(people: Iterable[HasItDue]) -> tuple[ShiftAt, ...]:
    counts: Counter[AtTime] = Counter()
    for one in people:
        is_unknown = one.hours.state is WorkState.UNKNOWN
        counts[replace(one.hours, shift=NO_SHIFT) if is_unknown else one.hours] += 1
    told = (ShiftAt(at=at, people=count) for at, count in counts.items())
    return tuple(sorted(told, key=lambda one: (not one.at.shift, fold(one.at.shift))))


def _open_of(
    session: Session,
    here: UUID | None,
    row: ClassSessionRow,
    scope: frozenset[UUID] | None,
    today: date,
) -> list[HasItDue]:
    """Return each person once, with what is due first."""
    known = {one.person_id for one in trainers_of(session, row.id)} | set(list_of(session, row))
    first: dict[UUID, sa.Row[*tuple[Any, ...]]] = {}
    for one in session.execute(_by_due_date(session, row, scope, today)):
        if one.person_id not in known:
            first.setdefault(one.person_id, one)
    hours = at_times(session, here, first, row.starts_at, row.ends_at)
    return [
        HasItDue(
            person_id=one.person_id,
            number=one.number,
            name=one.name,
            org_unit=one.org_unit or "",
            requirement=one.title,
            due_on=one.due_on,
            is_overdue=one.last is not None and one.last < today,
            hours=hours[one.person_id],
        )
        for one in first.values()
    ]


def _by_due_date(
    session: Session, row: ClassSessionRow, scope: frozenset[UUID] | None, today: date
) -> sa.Select[*tuple[Any, ...]]:
    listing, day = neighbours().listing, row.starts_at.astimezone().date()
    last = sa.func.coalesce(AssignmentRow.late_after, AssignmentRow.due_on)
    statement = (
        sa.select(
            listing.person_id,
            listing.number,
            listing.name,
            listing.org_unit,
            RequirementRow.title,
            AssignmentRow.due_on,
            sa.type_coerce(last, Day).label("last"),
        )
        .select_from(AssignmentRow)
        .join(listing, listing.person_id == AssignmentRow.person_id)
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .where(
            AssignmentRow.requirement_id.in_([one.id for one in proves(session, row)]),
            still_here(listing.left_on, day),
            *is_open(),
            ~is_waived(today),
            ~is_paused(today),
            is_wanting(today),
        )
        .order_by(AssignmentRow.due_on.nulls_last(), listing.name, listing.number)
    )
    return statement if scope is None else statement.where(listing.org_unit_id.in_(scope))
