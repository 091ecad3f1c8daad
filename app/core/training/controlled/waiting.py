"""Changes about which nobody has decided yet: revisions, and newer versions of courses people have."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.storage.columns import Instant
from app.core.storage.tables import model_of
from app.core.training.controlled import queries
from app.core.training.controlled.hashing import impact_of
from app.core.training.controlled.kinds import ImpactSubject, RevisionState
from app.core.training.controlled.models import DocumentRevisionRow, ImpactAssessmentRow
from app.core.training.controlled.states import Known, known_of
from app.core.training.controlled.types import WaitingChange
from app.core.training.in_force import in_force
from app.core.training.models import AssignmentRow, RequirementRow

_RECENT = timedelta(days=90)
"""How long a course's version is offered; a revision is as long as it is in force or coming."""
_LIVE = {RevisionState.APPROVED, RevisionState.EFFECTIVE}


def waiting_changes(
    session: Session, site_id: UUID | None, today: date
) -> tuple[WaitingChange, ...]:
    """Return the changes that wait for a decision, the newest first.

    A revision whose approval says who reads it again does not wait.
    """
    found = [*_revisions(session, site_id, today), *_versions(session, today)]
    return tuple(sorted(found, key=lambda one: (one.since, one.code), reverse=True))


def _revisions(session: Session, site_id: UUID | None, today: date) -> list[WaitingChange]:
    pointing = queries.pointing(session)
    known = known_of(session, today, pointing)
    decided = _decided(session)
    return [
        change
        for one in known.values()
        for change in _of_document(one, site_id, today)
        if change.subject_id not in decided
    ]


def _of_document(known: Known, site_id: UUID | None, today: date) -> list[WaitingChange]:
    return [
        WaitingChange(
            subject=ImpactSubject.REVISION,
            subject_id=row.id,
            code=known.document.number,
            title=known.document.title,
            label=row.label,
            since=known.issue(row.id).effective_from,
        )
        for row in known.rows
        if row.supersedes and known.state(row, today) in _LIVE and not _is_planned(row, site_id)
    ]


def _is_planned(row: DocumentRevisionRow, site_id: UUID | None) -> bool:
    plan = impact_of(row)
    return plan is not None and plan.holds_at(site_id)


def _versions(session: Session, today: date) -> list[WaitingChange]:
    # mapped classes of the feature below, for a statement only, as in `neighbours`
    version: Any = model_of("course_version")
    course: Any = model_of("course")
    somebody_has_it = sa.exists().where(
        AssignmentRow.requirement_id == RequirementRow.id,
        AssignmentRow.assigned_at < version.published_at,
        *in_force(),
    )
    rows = session.execute(
        sa.select(version.id, course.code, version.title, version.number, version.published_at)
        .join(course, course.current_version_id == version.id)
        .join(RequirementRow, RequirementRow.course_id == course.id)
        .where(
            version.number > 1,
            version.published_at >= sa.literal(start_of(today - _RECENT), Instant),
            course.retired_at.is_(None),
            somebody_has_it,
        )
    )
    decided = _decided(session)
    return [
        WaitingChange(
            subject=ImpactSubject.COURSE_VERSION,
            subject_id=version_id,
            code=code,
            title=title,
            label=str(number),
            since=published_at.astimezone().date(),
        )
        for version_id, code, title, number, published_at in rows
        if version_id not in decided
    ]


def _decided(session: Session) -> frozenset[UUID]:
    return frozenset(session.scalars(sa.select(ImpactAssessmentRow.subject_id)))
