"""Who has no more what a session gave them: corrections took it away, or gave it to who earned it."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import shown_in_sql
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.corrections import COUNTS, PERSON, RecordKind
from app.core.training.models import RequirementCreditRow
from app.core.training.sessions.models import SessionSigningRow

Withdrawn = Mapping[tuple[UUID, UUID], UUID | None]
"""By session and person: who was there instead; None for nobody."""


def withdrawn_from(session: Session, session_id: UUID | None = None) -> Withdrawn:
    """Return of whom nothing that a session gave them stands any more: of one session, or of all."""
    credit, correction, verdict = RequirementCreditRow, CorrectionRow, CorrectionVerdictRow
    signing = SessionSigningRow
    conditions = [
        correction.record_kind == RecordKind.CREDIT.value,
        correction.field.in_((COUNTS, PERSON)),
        verdict.is_accepted.is_(True),
    ]
    if session_id is not None:
        conditions.append(signing.session_id == session_id)
    rows = session.execute(
        sa.select(signing.session_id, credit.person_id, credit.id, correction.field, correction.new)
        .join(verdict, verdict.correction_id == correction.id)
        .join(credit, credit.id == shown_in_sql(credit, correction.record_id))
        .join(signing, signing.id == credit.proof_id)
        .where(*conditions)
        .order_by(verdict.at, verdict.id)
    ).all()
    found = {(row[0], row[1]): UUID(row.new) if row.field == PERSON else None for row in rows}
    standing = _others(session, found, frozenset(row[2] for row in rows)) if rows else set()
    return {key: instead for key, instead in found.items() if key not in standing}


def _others(
    session: Session, found: Withdrawn, withdrawn: frozenset[UUID]
) -> set[tuple[UUID, UUID]]:
    """Return those to whom the same session gave more than what was taken away."""
    credit, signing = RequirementCreditRow, SessionSigningRow
    rows = session.execute(
        sa.select(signing.session_id, credit.person_id)
        .join(credit, credit.proof_id == signing.id)
        .where(
            signing.session_id.in_({key for key, _person in found}),
            credit.person_id.in_({person for _key, person in found}),
            credit.id.not_in(withdrawn),
        )
    )
    return {(key, person_id) for key, person_id in rows}
