"""Getting at an assignment for an act on it: whether the actor may, whether it is open."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.people import place_of
from app.core.training.errors import NotOpen, ReasonNeeded
from app.core.training.models import AssignmentRow


def open_of(actor: Actor, session: Session, assignment_id: UUID) -> AssignmentRow:
    """Return an assignment that nothing has closed. Raises NotFound, NotOpen."""
    row = newest_of(actor, session, assignment_id)
    if row.closed_at is not None:
        raise NotOpen
    return row


def newest_of(actor: Actor, session: Session, assignment_id: UUID) -> AssignmentRow:
    """Return an assignment that no later cycle of its pair follows. Raises NotFound, NotOpen."""
    row = session.get(AssignmentRow, assignment_id)
    if row is None:
        raise NotFound(_("The assignment"))
    require_keeper(actor, session, row.person_id)
    newest = sa.select(sa.func.max(AssignmentRow.cycle)).where(
        AssignmentRow.person_id == row.person_id,
        AssignmentRow.requirement_id == row.requirement_id,
    )
    if session.scalar(newest) != row.cycle:
        raise NotOpen
    return row


def require_keeper(
    actor: Actor, session: Session, person_id: UUID, *, or_own: bool = False
) -> None:
    """Raise NotAllowed unless the actor keeps somebody's training, or with `or_own` it is theirs."""
    if or_own and actor.person_id == person_id:
        return
    actor.scope_of(Capability.ASSIGN)
    actor.require(Capability.ASSIGN, place_of(session, person_id))


def a_reason(untrusted: str) -> str:
    """Return a reason with single spaces. Raises ReasonNeeded."""
    reason = " ".join(untrusted.split())
    if not reason:
        raise ReasonNeeded
    return reason
