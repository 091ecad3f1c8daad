"""Attendance that a second person refused: it counts for nothing, whoever signed it."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.training.models import RequirementCreditRow
from app.core.training.sessions.models import (
    SessionSigningRow,
    SessionVerdictRow,
    SessionWaitRow,
)


@dataclass(frozen=True, slots=True)
class Refusals:
    """What was refused, of signed sessions."""

    by_requirement: frozenset[tuple[UUID, UUID, UUID]]
    """Session, person and requirement: their attendance does not count for that."""
    altogether: frozenset[tuple[UUID, UUID]]
    """Session and person: it counts for nothing, and nothing of it waits any more."""


def refused_in(session: Session, session_id: UUID | None = None) -> Refusals:
    """Return what was refused of one session, or of all.

    What another signature of the session gave the same person stands, and what still waits is open.
    """
    signing, verdict = SessionSigningRow, SessionVerdictRow
    statement = (
        sa.select(signing.session_id, verdict.person_id, verdict.requirement_id)
        .join(verdict, verdict.signing_id == signing.id)
        .where(verdict.is_accepted.is_(False))
    )
    if session_id is not None:
        statement = statement.where(signing.session_id == session_id)
    rows = session.execute(statement).all()
    refused = {(key, person_id, requirement_id) for key, person_id, requirement_id in rows}
    if not refused:
        return Refusals(frozenset(), frozenset())
    others = _others(session, {one[0] for one in refused}, {one[1] for one in refused})
    counts_for_some = {(key, person_id) for key, person_id, _one in others}
    return Refusals(
        frozenset(refused - others),
        frozenset((key, person_id) for key, person_id, _one in refused) - counts_for_some,
    )


def is_refused(wait: type[SessionWaitRow]) -> sa.ColumnElement[bool]:
    """Return the condition that what waits was refused."""
    verdict = SessionVerdictRow
    return (
        sa.exists()
        .where(
            verdict.signing_id == wait.signing_id,
            verdict.person_id == wait.person_id,
            verdict.requirement_id == wait.requirement_id,
            verdict.is_accepted.is_(False),
        )
        .correlate_except(verdict)
    )


def _others(
    session: Session, sessions: set[UUID], people: set[UUID]
) -> set[tuple[UUID, UUID, UUID]]:
    """Return what these people were given by these sessions, and what waits without being refused."""
    found: set[tuple[UUID, UUID, UUID]] = set()
    signing, credit, wait = SessionSigningRow, RequirementCreditRow, SessionWaitRow
    for row, is_meant in (
        (credit, credit.proof_id == signing.id),
        (wait, sa.and_(wait.signing_id == signing.id, ~is_refused(wait))),
    ):
        rows = session.execute(
            sa.select(signing.session_id, row.person_id, row.requirement_id)
            .join(row, is_meant)
            .where(signing.session_id.in_(sessions), row.person_id.in_(people))
        )
        found |= {(one[0], one[1], one[2]) for one in rows}
    return found
