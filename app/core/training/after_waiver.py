"""When something is due from which somebody was let off: its days count anew from the end of the waiver.

It is said as soon as the end is known, so that nothing is overdue on the morning after.
"""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Unit
from app.core.training.crediting import note
from app.core.training.held import held_until
from app.core.training.kinds import AssignmentEvent, Source
from app.core.training.models import AssignmentRow
from app.core.training.requirements.queries import by_id, terms_of
from app.core.training.terms import Due, anew, renewal_due

_DAY = timedelta(days=1)


def count_anew(unit: Unit, actor: Actor, row: AssignmentRow, on: date, now: datetime) -> None:
    """Let an assignment be due as if it was asked for on `on`, the first day after a waiver of it.

    What is due later anyway stays, unless the waiver there is had put it off. It is called before the
    row is told of the new end.
    """
    due = _due_from(unit, row, on)
    if due.on is None or row.due_on is None or due.on == row.due_on:
        return
    after = _after(row)
    was_put_off = after is not None and row.due_on == _due_from(unit, row, after).on
    if due.on < row.due_on and not was_put_off:
        return
    before = row.due_on
    row.due_on, row.late_after = due.on, due.late_after
    reason = _("Its days count anew when the waiver ends")
    event = AssignmentEvent.DUE_MOVED
    act = note(unit, actor, row.id, event, now, reason=reason, until_on=due.on)
    act.due_before = before


def _due_from(session: Session, row: AssignmentRow, on: date) -> Due:
    terms = terms_of(session, row.requirement_id, on)
    if row.source is Source.RENEWAL:
        held = held_until(session, row.person_id, by_id(session, row.requirement_id))
        return renewal_due(terms, opened_on=on, held_until=held or on)
    return anew(terms, row.due_on, _counted_from(row), on, joined_on=on)


def _counted_from(row: AssignmentRow) -> date:
    """Return the day from which the days of a due date count that somebody said."""
    after = _after(row)
    if after is not None and row.due_on is not None and row.due_on >= after:
        return after
    return row.assigned_at.astimezone().date()


def _after(row: AssignmentRow) -> date | None:
    """Return the first day after the waiver there is; None where there is none, or it is for good."""
    until = row.waived_until
    return None if until is None or until == date.max else until + _DAY
