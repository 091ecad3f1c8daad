"""Letting somebody hold a requirement by a session that was signed."""

from datetime import datetime
from uuid import UUID

from app.core.base.actor import Actor
from app.core.journal import Unit
from app.core.training.crediting import Met, give_credit
from app.core.training.kinds import Basis
from app.core.training.sessions.kinds import SessionKind
from app.core.training.sessions.models import SessionSigningRow
from app.core.training.sessions.reading import session_row


def credit_attendance(
    unit: Unit,
    actor: Actor,
    signing: SessionSigningRow,
    person_id: UUID,
    requirement_id: UUID,
    now: datetime,
    *,
    at: datetime | None = None,
) -> UUID:
    """Let somebody hold a requirement by a session that was signed; return the credit's id.

    It holds from the session's end, or from `at`, when the last thing that it waited for happened.
    """
    is_drill = session_row(unit, signing.session_id).kind is SessionKind.DRILL
    met = Met(
        person_id=person_id,
        requirement_id=requirement_id,
        at=at or signing.ended_at,
        basis=Basis.DRILL if is_drill else Basis.SESSION,
        proof_id=signing.id,
        occasion_id=signing.session_id,  # two PCs may each sign what one class came to
    )
    return give_credit(unit, actor, met, now)
