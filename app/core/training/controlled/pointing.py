"""Which requirements want which document read."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.base.words import _
from app.core.journal import Unit
from app.core.training.controlled.access import managed
from app.core.training.controlled.models import (
    AcknowledgementRow,
    ControlledDocumentRow,
    DocumentRequirementRow,
    DocumentRevisionRow,
)
from app.core.training.errors import TrainingRefused
from app.core.training.kinds import RequirementType
from app.core.training.models import RequirementRow
from app.core.training.requirements.queries import by_id


def point(actor: Actor, unit: Unit, document_id: UUID, wanted: tuple[UUID, ...]) -> None:
    """Let just these requirements want a document read that the actor may shape. Raises as `check_pointing`."""
    check_pointing(actor, unit, document_id, wanted)
    rows = _rows(unit, document_id, wanted)
    for requirement_id, row in rows.items():
        row.document_id = document_id if requirement_id in wanted else None
    for requirement_id in wanted:
        if requirement_id not in rows:
            unit.add(DocumentRequirementRow(requirement_id=requirement_id, document_id=document_id))
    unit.flush()


def check_pointing(
    actor: Actor, session: Session, document_id: UUID, wanted: Collection[UUID]
) -> None:
    """Raise where some requirements cannot want a document read.

    NotFound; NotAllowed for one of a document of another department; TrainingRefused for one that is met
    otherwise, and for one under which people read another document: they would be shown as having read
    this one.
    """
    for requirement_id in wanted:
        _require_readable(by_id(session, requirement_id))
    for row in _rows(session, document_id, wanted).values():
        if row.document_id not in {None, document_id}:
            managed(actor, session, row.document_id)
    _require_unread(session, document_id, wanted)


def _rows(
    session: Session, document_id: UUID, wanted: Collection[UUID]
) -> dict[UUID, DocumentRequirementRow]:
    """Return what wants a document read, and what is to, by requirement."""
    row = DocumentRequirementRow
    found = session.scalars(
        sa.select(row).where(
            sa.or_(row.document_id == document_id, row.requirement_id.in_(tuple(wanted)))
        )
    )
    return {one.requirement_id: one for one in found}


def _require_readable(requirement: RequirementRow) -> None:
    if requirement.type is not RequirementType.READ_ACK:
        raise TrainingRefused(
            _("{title} is not met by reading a document.").format(title=requirement.title),
            _("Give a requirement of the type read and acknowledge."),
        )


def _require_unread(session: Session, document_id: UUID, wanted: Collection[UUID]) -> None:
    """Raise TrainingRefused where people acknowledged another document under one of the requirements."""
    read = session.execute(
        sa.select(RequirementRow.title, ControlledDocumentRow.number)
        .select_from(AcknowledgementRow)
        .join(DocumentRevisionRow, DocumentRevisionRow.id == AcknowledgementRow.revision_id)
        .join(ControlledDocumentRow, ControlledDocumentRow.id == DocumentRevisionRow.document_id)
        .join(RequirementRow, RequirementRow.id == AcknowledgementRow.requirement_id)
        .where(
            AcknowledgementRow.requirement_id.in_(tuple(wanted)),
            DocumentRevisionRow.document_id != document_id,
        )
        .limit(1)
    ).first()
    if read is not None:
        raise TrainingRefused(
            _(
                "People have read {number} under {title}; they would stand as having read this."
            ).format(number=read.number, title=read.title),
            _("Add a requirement of its own for this document."),
        )
