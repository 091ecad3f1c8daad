"""What somebody has to read: their requirements that point at documents, and the revision each means.

Who was asked because of a revision reads that one, also before it is in force; everybody else reads
the one in force today.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.storage.columns import Day, Instant
from app.core.training.asked import AskedOf
from app.core.training.begun import is_being_read
from app.core.training.controlled.kinds import ImpactSubject, RevisionState
from app.core.training.controlled.models import (
    AcknowledgementRow,
    DocumentRequirementRow,
    DocumentRevisionRow,
    ImpactAssessmentRow,
)
from app.core.training.controlled.states import Known, known_of
from app.core.training.controlled.types import MyDocument
from app.core.training.given import origins_of
from app.core.training.held import Pair, held_until_of, newest_evidence
from app.core.training.hindrances import missing_by_requirement
from app.core.training.in_force import in_force, is_waived
from app.core.training.kinds import Source
from app.core.training.models import AssignmentRow, RequirementRow

_READABLE = {RevisionState.APPROVED, RevisionState.EFFECTIVE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed(AskedOf):
    """A requirement of somebody's that points at a document."""

    requirement_id: UUID
    known: Known
    asked_revision_id: UUID | None
    """The revision because of which it was asked again."""

    def target(self, day: date) -> DocumentRevisionRow | None:
        """Return the revision to read; None where there is none."""
        asked = self.known.row(self.asked_revision_id)
        if asked is not None and self.known.state(asked, day) in _READABLE:
            return asked
        return self.known.in_force(day)


def my_documents(session: Session, person_id: UUID, today: date) -> tuple[MyDocument, ...]:
    """Return what somebody has to read or has read: what is asked first, by due date."""
    found = _pointed(session, person_id, today)
    read = _read_labels(session, person_id)
    origins = origins_of(session, [one.assignment for one in found])
    first = _missing_first(session, person_id, found, today)
    made = [
        replace(
            _mine(one, read.get(one.requirement_id, ""), today, origins[one.assignment.id]),
            comes_first=first.get(one.requirement_id, ()),
        )
        for one in found
    ]
    shown = [one for one in made if one.label or one.is_done]
    return tuple(sorted(shown, key=lambda one: (one.is_done, one.due_on or date.max, one.number)))


def being_read(one: Pointed) -> sa.ColumnElement[bool]:
    """Return the condition that somebody opened what they are to read since it is asked."""
    asked = one.assignment
    return is_being_read(
        Pair(
            person_id=asked.person_id,
            requirement_id=asked.requirement_id,
            course_id=None,
            counts_from=sa.literal(asked.counts_from, Instant),
        )
    )


def _missing_first(
    session: Session, person_id: UUID, found: Iterable[Pointed], today: date
) -> dict[UUID, tuple[str, ...]]:
    """Return by requirement what comes before a document that nobody began to read."""
    asked = {one.requirement_id: one for one in found if one.is_asked}
    missing = missing_by_requirement(session, person_id, asked, today) if asked else {}
    return {
        key: titles
        for key, titles in missing.items()
        if not session.scalar(sa.select(being_read(asked[key])))
    }


def pointed(session: Session, person_id: UUID, requirement_id: UUID, today: date) -> Pointed:
    """Return what a requirement of somebody's points at. Raises NotFound where it is not theirs."""
    found = _pointed(session, person_id, today, requirement_id)
    for one in found:
        return one
    raise NotFound(_("The document"))


def _pointed(
    session: Session, person_id: UUID, today: date, requirement_id: UUID | None = None
) -> list[Pointed]:
    conditions = [] if requirement_id is None else [AssignmentRow.requirement_id == requirement_id]
    # Any: rows of an assignment, a document's id, a revision's id and what is held
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            AssignmentRow,
            DocumentRequirementRow.document_id,
            _asked_revision(),
            sa.type_coerce(newest_evidence(held_until_of), Day),
            sa.type_coerce(newest_evidence(lambda met: met.at), Instant),
        )
        .join(RequirementRow, RequirementRow.id == AssignmentRow.requirement_id)
        .join(
            DocumentRequirementRow,
            DocumentRequirementRow.requirement_id == AssignmentRow.requirement_id,
        )
        .where(
            AssignmentRow.person_id == person_id,
            DocumentRequirementRow.document_id.is_not(None),
            *in_force(),
            ~is_waived(today),
            *conditions,
        )
    )
    rows = session.execute(statement).all()
    known = known_of(session, today, {row[1] for row in rows})
    return [
        Pointed(
            requirement_id=assignment.requirement_id,
            assignment=assignment,
            known=known[document_id],
            asked_revision_id=asked,
            held_until=held,
            met_at=met_at,
            today=today,
        )
        for assignment, document_id, asked, held, met_at in rows
    ]


def _asked_revision() -> sa.ScalarSelect[UUID]:
    """Return the revision because of which an assignment was opened."""
    row = ImpactAssessmentRow
    return (
        sa.select(row.subject_id)
        .where(
            row.called == AssignmentRow.origin,
            row.at <= AssignmentRow.assigned_at,
            row.subject == ImpactSubject.REVISION,
            AssignmentRow.source == Source.REVISION,
        )
        .order_by(row.at.desc(), row.id)
        .limit(1)
        .correlate(AssignmentRow)
        .scalar_subquery()
    )


def _read_labels(session: Session, person_id: UUID) -> dict[UUID, str]:
    """Return the label of the revision that somebody acknowledged last, by requirement."""
    statement = (
        sa.select(AcknowledgementRow.requirement_id, DocumentRevisionRow.label)
        .join(DocumentRevisionRow, DocumentRevisionRow.id == AcknowledgementRow.revision_id)
        .where(AcknowledgementRow.person_id == person_id)
        .order_by(AcknowledgementRow.at, AcknowledgementRow.id)
    )
    return {requirement_id: label for requirement_id, label in session.execute(statement)}  # noqa: C416  rows, not tuples


def _mine(one: Pointed, read_label: str, today: date, origin: str) -> MyDocument:
    document, row = one.known.document, one.target(today)
    return MyDocument(
        requirement_id=one.requirement_id,
        number=document.number,
        title=document.title,
        label="" if row is None else row.label,
        summary="" if row is None else row.summary,
        change_class=None if row is None else row.change_class,
        languages=() if row is None else tuple(_languages(row.files)),
        origin=origin,
        due_on=one.assignment.due_on,
        late_after=one.assignment.late_after,
        is_done=not one.is_asked,
        done_at=one.met_at,
        read_label=read_label,
        valid_until=one.valid_until,
    )


def _languages(files: Iterable[dict[str, Any]]) -> Iterable[str]:
    return (str(one["language"]) for one in files)
