"""Who has no more what a session gave them: a correction took it away, or gave it to somebody else."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import standing_for
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.corrections import COUNTS, PERSON
from app.core.training.models import RequirementCreditRow


def withdrawn_from(session: Session, signings: Collection[UUID]) -> frozenset[UUID]:
    """Return of whom a correction that stands took away what was signed."""
    credit, correction, verdict = RequirementCreditRow, CorrectionRow, CorrectionVerdictRow
    is_about_it = sa.or_(
        correction.record_id == credit.id, correction.record_id.in_(standing_for(credit.id))
    )
    found = session.scalars(
        sa.select(credit.person_id)
        .join(correction, is_about_it)
        .join(verdict, verdict.correction_id == correction.id)
        .where(
            credit.proof_id.in_(tuple(signings)),
            correction.field.in_((COUNTS, PERSON)),
            verdict.is_accepted.is_(True),
        )
    )
    return frozenset(found)
