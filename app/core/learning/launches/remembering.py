"""What was said in a registration before."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.core.learning.statements import StatementQuery
from app.core.learning.statements.exact_json import Json, read_json
from app.core.learning.statements.queries import matching

_MOST = 20_000
"""Statements of one registration that are remembered: enough for years of sessions."""


def said_before(session: Session, registration: UUID, category: str) -> list[Json]:
    """Return the statements of a registration with a category activity, the oldest first."""
    query = StatementQuery(
        registration=registration,
        activity=category,
        related_activities=True,
        ascending=True,
        limit=_MOST,
    )
    return [read_json(row.document) for row in session.scalars(matching(query))]
