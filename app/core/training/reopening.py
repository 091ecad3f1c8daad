"""Opening again what ended today by itself: who goes away and comes back on one day has what they had.

Only what the program ended counts, not what somebody cancelled: that stays as they said.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.batches import batches
from app.core.base.clock import start_of
from app.core.base.words import _
from app.core.journal import Unit
from app.core.storage.columns import Id, Instant
from app.core.training.crediting import note
from app.core.training.in_force import has_later_cycle
from app.core.training.kinds import AssignmentEvent
from app.core.training.models import AssignmentEventRow, AssignmentRow

Pairs = Collection[tuple[UUID, UUID]]
"""Of person and requirement."""


def reopen(unit: Unit, actor: Actor, row: AssignmentRow, now: datetime, reason: str) -> None:
    """Open a cancelled cycle again, with its due date and all that was done in it."""
    row.closed_at, row.outcome, row.cancelled_reason = None, None, ""
    note(unit, actor, row.id, AssignmentEvent.REOPENED, now, reason=reason)


def reopen_of_today(
    unit: Unit, actor: Actor, pairs: Pairs, now: datetime
) -> set[tuple[UUID, UUID]]:
    """Open again what of some pairs a rule or the matrix ended today; return of which."""
    wanted, found = set(pairs), set[tuple[UUID, UUID]]()
    midnight = start_of(now.astimezone().date())
    for people in batches(sorted({person_id for person_id, _requirement in wanted})):
        for row in unit.scalars(_ended(), {"people": people, "since": midnight}).all():
            pair = row.person_id, row.requirement_id
            if pair in wanted:
                reopen(unit, actor, row, now, _("Asked for again on the same day"))
                found.add(pair)
    unit.flush()
    return found


@cache
def _ended() -> sa.Select[AssignmentRow]:
    """Select the newest cycles of `people` that the program cancelled from `since` on. Put together once."""
    ended = sa.exists().where(
        AssignmentEventRow.assignment_id == AssignmentRow.id,
        AssignmentEventRow.event == AssignmentEvent.CANCELLED,
        AssignmentEventRow.at == AssignmentRow.closed_at,
        AssignmentEventRow.by.is_(None),
    )
    return sa.select(AssignmentRow).where(
        AssignmentRow.person_id.in_(sa.bindparam("people", type_=Id(), expanding=True)),
        AssignmentRow.cancelled_reason != "",
        AssignmentRow.closed_at >= sa.bindparam("since", type_=Instant()),
        ~has_later_cycle(),
        ended,
    )
