"""Letting somebody have what they chose, at once or when somebody else has approved it."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Unit
from app.core.training.errors import NotPublished, TrainingRefused
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow, RequirementRow
from app.core.training.opening import Grant, Opened, open_first
from app.core.training.requirements.queries import awaits_publishing, terms_of


def take_for(
    unit: Unit,
    actor: Actor,
    person_id: UUID,
    requirement: RequirementRow,
    *,
    origin: str,
    now: datetime,
) -> UUID:
    """Let somebody have a requirement of their own choice; return the assignment's id.

    Who has it, be it asked of them or chosen and not completed, has it as before. It is never due: the
    terms say by when it is due of whom it is asked. Raises TrainingRefused for one that is retired.
    """
    today = now.astimezone().date()
    refuse_retired(unit, requirement, today)
    unit.take_turn("assignments of", requirement.id)
    newest_first = _of_pair(person_id, requirement.id)
    newest = unit.scalars(newest_first).first()
    if newest is not None and _stands(newest):
        return newest.id
    given = Grant(
        requirement_id=requirement.id,
        terms=terms_of(unit, requirement.id, today),
        at=now,
        origin=origin,
        source=Source.CHOSEN,
        says_due=True,
    )
    cycle = 1 if newest is None else newest.cycle + 1
    open_first(unit, actor, given, [Opened(person_id=person_id, joined_on=None, cycle=cycle)])
    return unit.scalars(newest_first).one().id


def _of_pair(person_id: UUID, requirement_id: UUID) -> sa.Select[AssignmentRow]:
    """Return the query for somebody's newest cycle of a requirement, whatever became of it."""
    row = AssignmentRow
    of_pair = sa.select(row).where(row.person_id == person_id, row.requirement_id == requirement_id)
    return of_pair.order_by(row.cycle.desc()).limit(1)


def _stands(newest: AssignmentRow) -> bool:
    """Tell whether it need not be opened again: it was asked for, or it was chosen and is open."""
    is_open = newest.source is not Source.CHOSEN or newest.closed_at is None
    return newest.cancelled_reason == "" and is_open


def refuse_retired(session: Session, requirement: RequirementRow, today: date) -> None:
    """Raise TrainingRefused for a requirement that is assigned no more, or not yet."""
    if awaits_publishing(session, requirement):
        raise NotPublished(requirement.title)
    if requirement.retired_on is not None and requirement.retired_on <= today:
        raise TrainingRefused(
            _("{title} is assigned no more.").format(title=requirement.title),
            _("Bring the requirement back first."),
        )
