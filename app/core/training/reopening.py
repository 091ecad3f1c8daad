"""Opening again what ended by itself because of a move that was none: who is where they were has what they had.

That is who goes away and comes back on one day, and who was moved by a file that somebody took back. Only
what the program ended counts, not what somebody cancelled: that stays as they said.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.base.actor import Actor
from app.core.base.batches import batches
from app.core.base.clock import start_of
from app.core.base.words import _
from app.core.journal import Unit
from app.core.storage.columns import Id, Instant
from app.core.storage.days import days_later, midnight_of
from app.core.training.crediting import note
from app.core.training.in_force import has_later_cycle
from app.core.training.kinds import AssignmentEvent
from app.core.training.models import AssignmentEventRow, AssignmentRow
from app.core.training.neighbours import neighbours

Pairs = Collection[tuple[UUID, UUID]]
"""Of person and requirement."""
_SOON = 31
"""Days that a file may come late with a move."""


def reopen(unit: Unit, actor: Actor, row: AssignmentRow, now: datetime, reason: str) -> None:
    """Open a cancelled cycle again, with its due date and all that was done in it."""
    row.closed_at, row.outcome, row.cancelled_reason = None, None, ""
    note(unit, actor, row.id, AssignmentEvent.REOPENED, now, reason=reason)


def reopen_of_today(
    unit: Unit, actor: Actor, pairs: Pairs, now: datetime
) -> set[tuple[UUID, UUID]]:
    """Open again what of some pairs a rule or the matrix ended today, or for a move that was undone; return of which."""
    wanted, found = set(pairs), set[tuple[UUID, UUID]]()
    midnight = start_of(now.astimezone().date())
    for people in batches(sorted({person_id for person_id, _requirement in wanted})):
        for row in unit.scalars(_ended(), {"people": people, "since": midnight}).all():
            pair = row.person_id, row.requirement_id
            if pair in wanted:
                reopen(unit, actor, row, now, _reason(row, midnight))
                found.add(pair)
    unit.flush()
    return found


@cache
def _ended() -> sa.Select[AssignmentRow]:
    """Select the newest cycles of `people` that the program cancelled from `since` on, or wrongly. Put together once."""
    ended = sa.exists().where(
        AssignmentEventRow.assignment_id == AssignmentRow.id,
        AssignmentEventRow.event == AssignmentEvent.CANCELLED,
        AssignmentEventRow.at == AssignmentRow.closed_at,
        AssignmentEventRow.by.is_(None),
    )
    return sa.select(AssignmentRow).where(
        AssignmentRow.person_id.in_(sa.bindparam("people", type_=Id(), expanding=True)),
        AssignmentRow.cancelled_reason != "",
        sa.or_(
            AssignmentRow.closed_at >= sa.bindparam("since", type_=Instant()), _is_of_undone_move()
        ),
        ~has_later_cycle(),
        ended,
    )


def _reason(row: AssignmentRow, midnight: datetime) -> str:
    is_of_today = row.closed_at is not None and row.closed_at >= midnight
    if is_of_today:
        return _("Asked for again on the same day")
    return _("The move for which it ended was taken back")


def _is_of_undone_move() -> sa.ColumnElement[bool]:
    """Return the condition that a cycle ended within days of a move that was undone: a placement of no days.

    The person is where they were before it. What a file says of a move may be some days old; what ended
    long after had another cause.
    """
    undone, stayed = aliased(neighbours().placement), aliased(neighbours().placement)
    ended = AssignmentRow.closed_at
    return (
        sa.exists()
        .where(
            undone.person_id == AssignmentRow.person_id,
            undone.to_on <= undone.from_on,
            stayed.person_id == undone.person_id,
            stayed.from_on <= undone.from_on,
            stayed.to_on.is_(None),
            ended >= midnight_of(days_later(undone.from_on, -1)),
            ended < midnight_of(days_later(undone.from_on, _SOON)),
        )
        .correlate_except(undone, stayed)
    )
