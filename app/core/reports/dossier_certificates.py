"""Certificates that a person got for meeting requirements; those of courses stand beside the courses."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.certificates.models import CertificateRow, RevocationRow
from app.core.reports.dossier_types import CertificateRecord
from app.core.training.models import RequirementCreditRow, RequirementRow


def certificates_of(session: Session, person_id: UUID) -> tuple[CertificateRecord, ...]:
    """Return them, the earliest first."""
    row, credit = CertificateRow, RequirementCreditRow
    statement = (
        sa.select(row, RequirementRow.code, RevocationRow.id)
        .join(credit, credit.id == row.credit_id)
        .join(RequirementRow, RequirementRow.id == credit.requirement_id)
        .outerjoin(RevocationRow, RevocationRow.certificate_id == row.id)
        .where(row.person_id == person_id)
        .order_by(row.completed_on, row.number)
    )
    return tuple(
        CertificateRecord(
            code=code,
            title=found.printed_title,
            basis=found.basis.value,
            on=found.completed_on,
            valid_until=found.valid_until,
            number=found.number,
            is_revoked=revoked is not None,
        )
        for found, code, revoked in session.execute(statement)
    )
