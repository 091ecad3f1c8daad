"""Certificates whose credit a correction has put aside: they are revoked, with the correction's reason."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.certificates.models import CertificateRow, RevocationRow
from app.core.journal import Unit
from app.core.training import has_fallen, why_fallen


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
    held = CertificateRow.credit_id
    found = session.scalars(
        sa.select(held).where(held.is_not(None), ~_is_revoked(), has_fallen(held))
    ).all()
    return why_fallen(session, [one for one in found if one is not None]) if found else {}


def _is_revoked() -> sa.ColumnElement[bool]:
    return sa.exists().where(RevocationRow.certificate_id == CertificateRow.id)
