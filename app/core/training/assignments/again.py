"""Asking for something again: the next cycle of a pair, for which only evidence from now on counts."""

from datetime import date, datetime

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.training.crediting import note
from app.core.training.errors import StillWaived
from app.core.training.kinds import AssignmentEvent, Outcome, Source
from app.core.training.models import AssignmentRow
from app.core.training.requirements.queries import terms_of
from app.core.training.still_waived import let_off_still
from app.core.training.terms import first_due


def open_again(
    unit: Unit,
    actor: Actor,
    row: AssignmentRow,
    now: datetime,
    *,
    reason: str,
    due_on: date | None = None,
    source: Source = Source.MANUAL,
) -> AssignmentRow:
    """Open the cycle after the newest of a pair; one that is open is superseded.

    Raises StillWaived for an open one from which the person is let off. Where one that was met is
    waived, so is the cycle that follows.
    """
    unit.take_turn("assignments of", row.requirement_id)
    today = now.astimezone().date()
    if row.closed_at is None:
        if row.waived_until is not None and row.waived_until >= today:
            raise StillWaived(row.waived_until)
        row.closed_at, row.outcome = now, Outcome.SUPERSEDED
        note(unit, actor, row.id, AssignmentEvent.SUPERSEDED, now, reason=reason)
    terms = terms_of(unit, row.requirement_id, today)
    due = first_due(terms, assigned_on=today, joined_on=None)
    again = AssignmentRow(
        person_id=row.person_id,
        requirement_id=row.requirement_id,
        cycle=row.cycle + 1,
        assigned_at=now,
        origin=reason,
        due_on=due_on or due.on,
        late_after=None if due_on else due.late_after,
        counts_from=now,
        source=source,
    )
    unit.add(again)
    unit.flush()
    let_off_still(unit, actor, [(row.person_id, row.requirement_id)], now)
    return again
