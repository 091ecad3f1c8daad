"""What signed attendance has come to by now: confirmed, refused, passed, or taken away by a correction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.training.models import RequirementCreditRow
from app.core.training.sessions.models import (
    SessionSigningRow,
    SessionVerdictRow,
    SessionWaitRow,
)
from app.core.training.sessions.reading import signed_of, signings_of
from app.core.training.sessions.refused import is_refused, refused_in
from app.core.training.sessions.types import Outcome, SignedAttendee
from app.core.training.sessions.withdrawn import withdrawn_from

_NOTHING = frozenset({Outcome.TOO_SHORT, Outcome.REFUSED, Outcome.WITHDRAWN})
_WAITED = frozenset({Outcome.WAITS, Outcome.QUIZ})


def as_it_stands(
    session: Session,
    session_id: UUID,
    signed: Iterable[SignedAttendee],
    gone: Mapping[UUID, Outcome],
) -> tuple[SignedAttendee, ...]:
    """Return what became of each since it was signed; `gone`: for whom it counts no more."""
    waits = _waits_for(session, session_id)
    return tuple(replace(one, outcome=_stands(one, waits, gone)) for one in signed)


def gone_from(session: Session, session_id: UUID) -> dict[UUID, Outcome]:
    """Return for whom what was signed of a session counts no more, and why."""
    refused = dict.fromkeys(refused_in(session, session_id).altogether, Outcome.REFUSED)
    withdrawn = dict.fromkeys(withdrawn_from(session, session_id), Outcome.WITHDRAWN)
    return {person_id: why for (_key, person_id), why in (refused | withdrawn).items()}


def counted_in(session: Session, session_id: UUID) -> frozenset[UUID]:
    """Return for whom a signed session counts, or may come to count."""
    signed = signed_of(session, signings_of(session, session_id))
    gone = gone_from(session, session_id) if signed else {}
    return frozenset(
        one.person_id for one in signed if one.outcome not in _NOTHING and one.person_id not in gone
    )


def _stands(
    one: SignedAttendee, waits: Mapping[UUID, Outcome], gone: Mapping[UUID, Outcome]
) -> Outcome:
    if one.person_id in gone:
        return gone[one.person_id]
    if one.outcome in _WAITED:
        return waits.get(one.person_id, Outcome.CREDITED)
    return one.outcome


def _waits_for(session: Session, session_id: UUID) -> dict[UUID, Outcome]:
    """Return for what the attendance of each still waits: first for a second person."""
    wait, verdict, credit = SessionWaitRow, SessionVerdictRow, RequirementCreditRow
    is_credited = sa.exists().where(
        credit.person_id == wait.person_id,
        credit.requirement_id == wait.requirement_id,
        credit.proof_id == wait.signing_id,
    )
    is_answered = sa.exists().where(
        verdict.signing_id == wait.signing_id,
        verdict.person_id == wait.person_id,
        verdict.requirement_id == wait.requirement_id,
    )
    rows = session.execute(
        sa.select(wait.person_id, sa.and_(wait.for_second, ~is_answered.correlate(wait)))
        .join(SessionSigningRow, SessionSigningRow.id == wait.signing_id)
        .where(
            SessionSigningRow.session_id == session_id,
            ~is_credited.correlate(wait),
            ~is_refused(wait),
        )
    ).all()
    second = {person_id for person_id, for_second in rows if for_second}
    return {
        person_id: Outcome.WAITS if person_id in second else Outcome.QUIZ for person_id, _ in rows
    }
