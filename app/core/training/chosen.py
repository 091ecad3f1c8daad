"""What people chose themselves: an assignment like any other, but nobody asked it of them.

It has no due date, opens no renewal, and counts in no figure of what is required. As soon as somebody
or something asks the same of the person, that is the next cycle, and what was chosen gives way to it.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Unit
from app.core.training.crediting import note
from app.core.training.kinds import AssignmentEvent, Outcome, Source
from app.core.training.models import AssignmentRow

_SOME = 500
Pairs = Collection[tuple[UUID, UUID]]
"""Of person and requirement."""


def was_asked(row: Any) -> sa.ColumnElement[bool]:
    """Return the condition that an assignment was asked of the person, whoever or whatever asked."""
    asked: sa.ColumnElement[bool] = row.source != Source.CHOSEN
    return asked


def give_way(unit: Unit, actor: Actor, pairs: Pairs, now: datetime) -> None:
    """Close what people had chosen of pairs of which a later cycle has just been opened."""
    wanted, people = set(pairs), sorted({person_id for person_id, _requirement in pairs})
    for start in range(0, len(people), _SOME):
        chosen = sa.select(AssignmentRow).where(
            AssignmentRow.person_id.in_(people[start : start + _SOME]),
            AssignmentRow.source == Source.CHOSEN,
            AssignmentRow.closed_at.is_(None),
        )
        for row in unit.scalars(chosen).all():
            if (row.person_id, row.requirement_id) in wanted:
                row.closed_at, row.outcome = now, Outcome.SUPERSEDED
                reason = _("Somebody asks for it now")
                note(unit, actor, row.id, AssignmentEvent.SUPERSEDED, now, reason=reason)
    unit.flush()
