"""What can change so that people read or learn it again: a revision, or a version of a course."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.storage.tables import model_of
from app.core.training.controlled import queries
from app.core.training.controlled.in_force import followers_of
from app.core.training.controlled.kinds import Ask, ChangeClass, ImpactSubject, RevisionState
from app.core.training.controlled.reach import Replaced
from app.core.training.controlled.states import Known
from app.core.training.controlled.types import PlannedImpact, RequirementPointing
from app.core.training.controlled.words import asked_because
from app.core.training.models import RequirementRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What changed, and which requirements point at it."""

    subject_id: UUID
    because: str
    """As learners read it: revision 5 of SOP-123."""
    requirements: tuple[RequirementPointing, ...]
    due_on: date | None
    proposed: Ask
    planned: PlannedImpact | None = None
    """Of a revision, what was assessed with its draft."""
    approved_by: UUID | None = None
    """Of a revision: the account."""
    state: RevisionState | None
    """Of a revision; None of a course's version, which is in use once it is published."""
    replaced: Replaced | None = None
    """Of a revision whose place another has taken."""


def changed(session: Session, subject: ImpactSubject, subject_id: UUID, today: date) -> Changed:
    """Return what changed. Raises NotFound."""
    if subject is ImpactSubject.REVISION:
        return _revision(session, subject_id, today)
    return _version(session, subject_id)


def _revision(session: Session, revision_id: UUID, today: date) -> Changed:
    row = queries.revision_row(session, revision_id)
    known = queries.known(session, row.document_id, today)
    revision = known.value(row, today)
    is_major = revision.change_class is ChangeClass.MAJOR
    return Changed(
        subject_id=revision_id,
        because=asked_because(known.document.number, revision.label),
        requirements=queries.requirements_of(session, row.document_id),
        due_on=max(today, revision.effective_from),
        proposed=Ask.ALL if is_major else Ask.NONE,
        planned=revision.impact,
        approved_by=known.approver(row.id),
        state=revision.state,
        replaced=_replaced(known, revision_id, today),
    )


def _replaced(known: Known, revision_id: UUID, today: date) -> Replaced | None:
    later = followers_of(known.issue(revision_id), known.issues, today)
    if not later:
        return None
    return Replaced(since=start_of(known.issue(revision_id).effective_from), by=later)


def _version(session: Session, version_id: UUID) -> Changed:
    # a mapped class of the feature below, for a statement only, as in `neighbours`
    version: Any = model_of("course_version")
    found = session.execute(
        sa.select(version.course_id, version.number, version.title).where(version.id == version_id)
    ).first()
    if found is None:
        raise NotFound(_("The course version"))
    course_id, number, title = found
    pointing = session.scalars(
        sa.select(RequirementRow).where(RequirementRow.course_id == course_id)
    )
    return Changed(
        subject_id=version_id,
        because=_("version {number} of {title}").format(number=number, title=title),
        requirements=tuple(
            RequirementPointing(id=row.id, code=row.code, title=row.title) for row in pointing
        ),
        due_on=None,
        proposed=Ask.ALL,
        state=None,
    )
