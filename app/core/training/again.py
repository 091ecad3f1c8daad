"""Asking again: the next cycle of each pair in one insert, and what was open of before superseded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.training.crediting import note
from app.core.training.kinds import AssignmentEvent, Outcome, Source
from app.core.training.models import AssignmentRow
from app.core.training.still_waived import lasting_waiver
from app.core.training.terms import Due

_FEW = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBefore:
    """A person and a requirement, with their newest cycle."""

    person_id: UUID
    requirement_id: UUID
    cycle: int
    """0 where it was never assigned."""
    open_id: UUID | None
    """The assignment of that cycle, while it is open."""
    waived_id: UUID | None = None
    """The assignment of that cycle, where the person was let off with it."""
    waived_until: date | None = None
    """The last day of that waiver; date.max for good."""

    def is_let_off(self, today: date) -> bool:
        """Tell whether the person is let off on a day: that lasts unless somebody decides otherwise."""
        return self.waived_until is not None and self.waived_until >= today


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Why it is asked for again, since when, and when it is due."""

    because: str
    """The sentence that the learner reads as the reason."""
    at: datetime
    source: Source
    dues: Mapping[UUID, Due]
    """By requirement."""
    counts_from: datetime | None = None
    """From when on evidence counts, where that is not `at`."""
    rule_id: UUID | None = None
    """The rule that asks."""


def newest_cycles(
    people: sa.Subquery, requirement_id: UUID, *columns: Any, let_off: Any = None
) -> sa.Select[*tuple[Any, ...]]:
    """Return a query for the newest cycle of a requirement that people have.

    Columns: person_id, cycle, open_id, newest_id, waived_until, `columns`.
    `people` have their ids as `id`; cycle is 0 for who was never asked. Who is let off on the day `let_off` is left out.
    """
    row = aliased(AssignmentRow)
    newest = (
        sa.select(sa.func.max(AssignmentRow.cycle))
        .where(
            AssignmentRow.person_id == people.c.id,
            AssignmentRow.requirement_id == requirement_id,
        )
        .correlate(people)
        .scalar_subquery()
    )
    mine = sa.and_(
        row.person_id == people.c.id, row.requirement_id == requirement_id, row.cycle == newest
    )
    found = sa.select(
        people.c.id.label("person_id"),
        sa.func.coalesce(row.cycle, 0).label("cycle"),
        sa.case((row.closed_at.is_(None), row.id)).label("open_id"),
        row.id.label("newest_id"),
        lasting_waiver(row).label("waived_until"),
        *columns,
    )
    joined = found.select_from(people).outerjoin(row, mine)
    if let_off is None:
        return joined
    return joined.where(sa.or_(row.waived_until.is_(None), row.waived_until < let_off))


def asked_before(requirement_id: UUID, found: Iterable[Any]) -> Iterator[AskedBefore]:
    """Yield what `newest_cycles` found."""
    for one in found:
        yield AskedBefore(
            person_id=one.person_id,
            requirement_id=requirement_id,
            cycle=one.cycle,
            open_id=one.open_id,
            waived_id=None if one.waived_until is None else one.newest_id,
            waived_until=one.waived_until,
        )


def ask_again(unit: Unit, actor: Actor, pairs: Iterable[AskedBefore], again: Again) -> None:
    """Open the next cycle of each pair; only evidence from `again.at`, or `counts_from`, on counts for it."""
    asked = list(pairs)
    for row in _rows(unit, [one.open_id for one in asked if one.open_id is not None]):
        row.closed_at, row.outcome = again.at, Outcome.SUPERSEDED
        note(unit, actor, row.id, AssignmentEvent.SUPERSEDED, again.at, reason=again.because)
    unit.flush()
    unit.insert_many(AssignmentRow, (_cycle(one, again) for one in asked))


def end_waivers(
    unit: Unit, actor: Actor, pairs: Iterable[AskedBefore], reason: str, now: datetime
) -> None:
    """End the waivers of pairs that are asked for again all the same, and why."""
    for row in _rows(unit, [one.waived_id for one in pairs if one.waived_id is not None]):
        row.waived_until = None
        note(unit, actor, row.id, AssignmentEvent.WAIVER_ENDED, now, reason=reason)
    unit.flush()


def _rows(unit: Unit, ids: list[UUID]) -> list[AssignmentRow]:
    return [
        row
        for start in range(0, len(ids), _FEW)
        for row in unit.scalars(
            sa.select(AssignmentRow).where(AssignmentRow.id.in_(ids[start : start + _FEW]))
        )
    ]


def _cycle(one: AskedBefore, again: Again) -> Mapping[str, Any]:
    due = again.dues[one.requirement_id]
    return {
        "person_id": one.person_id,
        "requirement_id": one.requirement_id,
        "cycle": one.cycle + 1,
        "assigned_at": again.at,
        "origin": again.because,
        "due_on": due.on,
        "late_after": due.late_after,
        "counts_from": again.counts_from or again.at,
        "source": again.source,
        "rule_id": again.rule_id,
    }
