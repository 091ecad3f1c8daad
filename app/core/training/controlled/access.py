"""Who may do what with documents, and what keeps a revision from being added or approved."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.base.words import _
from app.core.training.controlled import checks, queries
from app.core.training.controlled.models import ControlledDocumentRow
from app.core.training.controlled.states import Known
from app.core.training.errors import TrainingRefused


def require_look(actor: Actor) -> None:
    """Raise NotAllowed for who neither assigns, nor approves, nor looks at records."""
    needed = (Capability.ASSIGN, Capability.VIEW_RECORDS, Capability.APPROVE)
    if not any(actor.may(one) for one in needed):
        raise NotAllowed(Capability.ASSIGN.named)


def managed(actor: Actor, session: Session, document_id: UUID) -> ControlledDocumentRow:
    """Return a document that the actor may shape. Raises NotFound, NotAllowed."""
    row = queries.document_row(session, document_id)
    actor.scope_of(Capability.ASSIGN)
    actor.require(Capability.ASSIGN, row.org_unit_id)
    return row


def refuse_retired(document: ControlledDocumentRow, today: date) -> None:
    """Raise TrainingRefused for a document that is retired."""
    if document.retired_on is not None and document.retired_on <= today:
        raise TrainingRefused(
            _("{number} is retired.").format(number=document.number),
            _("Add the document that took its place."),
        )


def require_later(known: Known, effective_from: date) -> None:
    """Raise TrainingRefused unless a day comes after those of all approved revisions."""
    newest = known.newest()
    if newest is not None:
        label = known.label(newest.id)
        checks.require_later(effective_from, newest.effective_from, label)
