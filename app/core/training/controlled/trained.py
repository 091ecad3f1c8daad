"""How many of those who have to have read revisions: one statement each way, for any number of them.

Required of a revision is who acknowledged it, who was asked to read it again, and, of the one that is
in force or coming, whoever has it open.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.people import still_here
from app.core.training.chosen import was_asked
from app.core.training.controlled.kinds import ImpactSubject
from app.core.training.controlled.models import (
    AcknowledgementRow,
    DocumentRequirementRow,
    DocumentRevisionRow,
    ImpactAssessmentRow,
)
from app.core.training.controlled.types import Trained
from app.core.training.in_force import in_force, is_waived
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow
from app.core.training.neighbours import neighbours

AnySelect = sa.Select[*tuple[Any, ...]]


def trained_in(
    session: Session,
    today: date,
    revision_ids: Iterable[UUID],
    effective: dict[UUID, date] | None = None,
) -> dict[UUID, Trained]:
    """Return how many are trained, by revision. The ids are of revisions in force, or coming.

    `effective` says from when they are in force, where who was trained before matters.
    """
    ids = list(revision_ids)
    read: dict[UUID, dict[UUID, Any]] = defaultdict(dict)
    for revision_id, person_id, at in session.execute(acknowledged(ids)):
        read[revision_id][person_id] = at
    missing: dict[UUID, set[UUID]] = defaultdict(set)
    for revision_id, person_id, _due in session.execute(waiting_for(ids, today)):
        missing[revision_id].add(person_id)
    return {one: _trained(read[one], missing[one], (effective or {}).get(one)) for one in ids}


def acknowledged(revision_ids: list[UUID]) -> AnySelect:
    """Select who acknowledged revisions, and when first: revision_id, person_id, at."""
    row = AcknowledgementRow
    return (
        sa.select(row.revision_id, row.person_id, sa.func.min(row.at).label("at"))
        .where(row.revision_id.in_(revision_ids))
        .group_by(row.revision_id, row.person_id)
    )


def waiting_for(revision_ids: list[UUID], today: date) -> AnySelect:
    """Select who has revisions to read and has not: revision_id, person_id, due_on.

    Nobody who has left, is let off, or chose to read it.
    """
    person = neighbours().person
    row = AcknowledgementRow
    has_read = sa.exists().where(
        row.revision_id == DocumentRevisionRow.id, row.person_id == AssignmentRow.person_id
    )
    return (
        sa.select(
            DocumentRevisionRow.id.label("revision_id"),
            AssignmentRow.person_id,
            sa.func.min(AssignmentRow.due_on).label("due_on"),
        )
        .join(
            DocumentRequirementRow,
            DocumentRequirementRow.document_id == DocumentRevisionRow.document_id,
        )
        .join(AssignmentRow, AssignmentRow.requirement_id == DocumentRequirementRow.requirement_id)
        .join(person, person.id == AssignmentRow.person_id)
        .where(
            DocumentRevisionRow.id.in_(revision_ids),
            AssignmentRow.closed_at.is_(None),
            *in_force(),
            was_asked(AssignmentRow),
            ~is_waived(today),
            still_here(person.left_on, today),
            ~has_read,
        )
        .group_by(DocumentRevisionRow.id, AssignmentRow.person_id)
    )


def asked_in(session: Session, revision_id: UUID) -> frozenset[UUID]:
    """Return who was asked to read a revision again, whatever came of it."""
    found = session.scalars(
        sa.select(AssignmentRow.person_id)
        .join(ImpactAssessmentRow, ImpactAssessmentRow.at == AssignmentRow.assigned_at)
        .where(
            ImpactAssessmentRow.subject == ImpactSubject.REVISION,
            ImpactAssessmentRow.subject_id == revision_id,
            AssignmentRow.source == Source.REVISION,
            AssignmentRow.cancelled_reason == "",
        )
    )
    return frozenset(found)


def _trained(read: dict[UUID, Any], missing: set[UUID], effective_from: date | None) -> Trained:
    before = 0
    if effective_from is not None:
        begins = start_of(effective_from)
        before = sum(at < begins for at in read.values())
    return Trained(required=len(read.keys() | missing), trained=len(read), before_effective=before)
