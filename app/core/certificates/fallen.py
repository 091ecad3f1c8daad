"""Certificates whose credit a correction has put aside: they are revoked, with the correction's reason."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.certificates.models import CertificateRow, RevocationRow
from app.core.journal import Unit
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow


def revoke_fallen(unit: Unit, credit_id: UUID, now: datetime, reason: str) -> None:
    """Revoke the certificates of a credit that counts no more, unless they are revoked already."""
    for certificate_id in unit.scalars(
        sa.select(CertificateRow.id).where(CertificateRow.credit_id == credit_id, ~_is_revoked())
    ).all():
        unit.add(
            RevocationRow(
                certificate_id=certificate_id,
                reason=_("The record was corrected: {reason}").format(reason=reason),
                at=now,
                by=None,
            )
        )
    unit.flush()


def fallen_credits(session: Session) -> dict[UUID, str]:
    """Return the credits that count no more and whose certificate still holds, with the reason."""
    verdict = CorrectionVerdictRow
    rows = session.execute(
        sa.select(CertificateRow.credit_id, CorrectionRow.reason)
        .join(verdict, verdict.replaces_id == CertificateRow.credit_id)
        .join(CorrectionRow, CorrectionRow.id == verdict.correction_id)
        .where(verdict.is_accepted.is_(True), ~_is_revoked())
        .order_by(verdict.at.desc())
    )
    return {credit_id: reason for credit_id, reason in rows if credit_id is not None}


def _is_revoked() -> sa.ColumnElement[bool]:
    return sa.exists().where(RevocationRow.certificate_id == CertificateRow.id)
