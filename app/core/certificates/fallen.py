"""Certificates whose credit or completion a correction has put aside: they are revoked, with its reason.

Where a later decision keeps what was put aside, the credit counts again. What is revoked stays revoked;
another certificate is issued for the credit.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.words import _
from app.core.certificates.models import CertificateDueRow, CertificateRow, RevocationRow
from app.core.journal import Unit, rows_aside
from app.core.learning import is_withdrawn
from app.core.people.erasing import is_erased
from app.core.training import has_fallen, why_fallen


def revoke_fallen(unit: Unit, proof_id: UUID, now: datetime, reason: str) -> None:
    """Revoke the certificates of a credit or completion that counts no more, unless they are revoked already."""
    row = CertificateRow
    of_it = sa.or_(row.credit_id == proof_id, row.completion_id == proof_id)
    for certificate_id in unit.scalars(sa.select(row.id).where(of_it, ~_is_revoked())).all():
        unit.add(
            RevocationRow(
                certificate_id=certificate_id,
                reason=_("The record was corrected: {reason}").format(reason=reason),
                at=now,
                by=None,
            )
        )
    unit.flush()


def fallen_proofs(session: Session) -> dict[UUID, str]:
    """Return what counts no more and whose certificate still holds, credits and completions, with the reason."""
    credit, completion = CertificateRow.credit_id, CertificateRow.completion_id
    found = session.scalars(
        sa.union_all(
            sa.select(credit).where(credit.is_not(None), ~_is_revoked(), has_fallen(credit)),
            sa.select(completion).where(is_withdrawn(completion), ~_is_revoked()),
        )
    ).all()
    return why_fallen(session, [one for one in found if one is not None]) if found else {}


def standing_again(session: Session) -> list[CertificateRow]:
    """Return the last certificates of credits that count again, and have none that holds or is due.

    One that somebody revoked for a reason of theirs is not issued anew.
    """
    row, newer, due = CertificateRow, aliased(CertificateRow), CertificateDueRow
    is_followed = sa.or_(
        sa.exists().where(newer.credit_id == row.credit_id, newer.turn > row.turn),
        sa.exists().where(due.credit_id == row.credit_id, due.turn > row.turn),
    )
    found = session.execute(
        sa.select(row, RevocationRow.id)
        .join(RevocationRow, RevocationRow.certificate_id == row.id)
        .where(
            RevocationRow.by.is_(None),
            row.credit_id.is_not(None),
            ~is_followed,
            ~has_fallen(row.credit_id),
        )
        .order_by(row.year, row.serial)
    ).all()
    return [
        certificate
        for certificate, revocation_id in found
        if not is_erased(session, certificate.person_id)
        and not any(one.values["by"] for one in rows_aside(session, RevocationRow, [revocation_id]))
    ]


def _is_revoked() -> sa.ColumnElement[bool]:
    return sa.exists().where(RevocationRow.certificate_id == CertificateRow.id)
