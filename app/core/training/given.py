"""Why somebody has an assignment, as they read it: its reason, and for whom it was given."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.people import given_for
from app.core.training.models import AssignmentRow


def origins_of(session: Session, rows: Collection[AssignmentRow]) -> dict[UUID, str]:
    """Return for each assignment the reason, and where somebody gave it for another, who for whom."""
    lent = {row.delegation_id for row in rows if row.delegation_id is not None}
    said = {key: one.words for key, one in given_for(session, lent).items()}
    found = {}
    for row in rows:
        words = said.get(row.delegation_id, "") if row.delegation_id is not None else ""
        found[row.id] = " · ".join(filter(None, (row.origin, words)))
    return found
