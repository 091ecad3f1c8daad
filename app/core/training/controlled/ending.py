"""What goes out of force, or comes back: somebody else than its author signs it, knowing what follows (ADR 44)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.approvals import is_own_work, steps_of
from app.core.base.actor import Actor
from app.core.base.reasons import explained
from app.core.training.controlled import queries
from app.core.training.controlled.access import managed
from app.core.training.controlled.errors import OwnRevision
from app.core.training.controlled.in_force import coming_after, in_force_on
from app.core.training.controlled.kinds import ImpactSubject
from app.core.training.controlled.models import DocumentRevisionRow, ImpactAssessmentRow
from app.core.training.controlled.states import Known, subject_of
from app.core.training.controlled.words import called, withdrawal_text
from app.core.training.in_force import is_open
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow


def withdrawal(session: Session, actor: Actor, revision_id: UUID, reason: str, today: date) -> str:
    """Return the words that are signed with a withdrawal; "" for a revision that nobody approved.

    Raises NotFound, NotAllowed, ReasonMissing, OwnRevision.
    """
    row = queries.revision_row(session, revision_id)
    document = managed(actor, session, row.document_id)
    why, known = explained(reason), queries.known(session, row.document_id, today)
    issue = known.issue(row.id)
    if issue.approved_at is None:
        return ""
    require_another(session, actor, known, row)
    others = [one for one in known.issues if one.id != row.id]
    then = max(today, issue.effective_from)
    return withdrawal_text(
        document.number,
        document.title,
        known.value(row, today),
        after=known.label(in_force_on(then, others, retired_on=document.retired_on)),
        asked=_asked_because(session, row),
        reason=why,
    )


def require_another(
    session: Session, actor: Actor, known: Known, row: DocumentRevisionRow | None
) -> None:
    """Raise OwnRevision for whoever wrote or submitted a revision, by whichever account."""
    if row is not None and is_own_work(session, actor, steps_of(session, subject_of(row.id))):
        raise OwnRevision(called(known.document.number, row.label))


def stands(known: Known, today: date) -> DocumentRevisionRow | None:
    """Return the revision that is in force, else the one that is coming, were the document not retired."""
    return known.row(in_force_on(today, known.issues) or coming_after(today, known.issues))


def has_to_read(session: Session, requirement_ids: Iterable[UUID]) -> int:
    """Return how many people have something open of some requirements."""
    return _people(session, AssignmentRow.requirement_id.in_(list(requirement_ids)))


def _asked_because(session: Session, row: DocumentRevisionRow) -> int:
    """Return of how many people a revision is asked and not read yet."""
    names = sa.select(ImpactAssessmentRow.called).where(
        ImpactAssessmentRow.subject == ImpactSubject.REVISION,
        ImpactAssessmentRow.subject_id == row.id,
    )
    ids = [one.id for one in queries.requirements_of(session, row.document_id)]
    return _people(
        session,
        AssignmentRow.requirement_id.in_(ids),
        AssignmentRow.source == Source.REVISION,
        AssignmentRow.origin.in_(names),
    )


def _people(session: Session, *conditions: sa.ColumnElement[bool]) -> int:
    people = sa.func.count(AssignmentRow.person_id.distinct())
    return session.scalar(sa.select(people).where(*conditions, *is_open())) or 0
