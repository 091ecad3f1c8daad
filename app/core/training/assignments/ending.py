"""Ending an assignment that is no longer asked for, whoever or whatever ends it."""

from datetime import date, datetime

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.training.crediting import note
from app.core.training.kinds import AssignmentEvent, Outcome
from app.core.training.models import AssignmentRow


def cancel(
    unit: Unit,
    actor: Actor,
    row: AssignmentRow,
    now: datetime,
    reason: str,
    *,
    left_on: date | None = None,
    retired_on: date | None = None,
) -> None:
    """End an assignment that is no longer asked for; what was done in it stays.

    `left_on` is the day since which the person is not here, `retired_on` that since which the requirement
    is asked for no more, where it ends for that.
    """
    row.closed_at = now
    row.outcome = Outcome.CANCELLED
    row.cancelled_reason = reason
    event = AssignmentEvent.CANCELLED
    note(unit, actor, row.id, event, now, reason=reason, until_on=left_on, retired_on=retired_on)
