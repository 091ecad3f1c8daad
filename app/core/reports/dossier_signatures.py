"""Who signed what of somebody's record, proved: under every fact about them that can be signed."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.documents import SignatureBlock
from app.core.keys import KnownKeys
from app.core.people import who_is
from app.core.reports.audit_words import table_in_words
from app.core.reports.dossier_types import SignedRecord
from app.core.signatures import as_read, meaning_in_words, state_in_words
from app.core.signatures.models import SignatureRow
from app.core.signatures.queries import line_of
from app.core.signatures.verification import prove
from app.core.training.controlled.models import AcknowledgementRow
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.declaring.models import DeclarationRow
from app.core.training.effectiveness.models import EffectivenessCheckRow
from app.core.training.legacy.models import LegacyRecordRow
from app.core.training.models import (
    AssignmentEventRow,
    AssignmentRow,
    EvidenceRow,
    EvidenceVerdictRow,
)
from app.core.training.practicals.models import (
    PracticalResultRow,
    PracticalRoundRow,
    PracticalRunRow,
    PracticalSigningRow,
)
from app.core.training.sessions.models import AttendanceRow, SessionSigningRow


def signatures_of(
    session: Session, keys: KnownKeys | None, person_id: UUID
) -> tuple[SignedRecord, ...]:
    """Return the signatures under everything that is somebody's, proved, the earliest first.

    Where no keys are known nothing can be proved, and nothing is told.
    """
    if keys is None:
        return ()
    wanted = sa.union_all(*_signed(session, person_id)).subquery()
    rows = session.scalars(
        sa.select(SignatureRow)
        .where(SignatureRow.record_id.in_(sa.select(wanted.c.id)))
        .order_by(SignatureRow.signed_at, SignatureRow.id)
    ).all()
    ring = keys.ring()
    return tuple(_signature(session, row, ring) for row in rows)


def _signed(session: Session, person_id: UUID) -> tuple[sa.Select[Any], ...]:
    """Select the ids of the facts about somebody that may be signed; a new kind is one line."""
    of_evidence = EvidenceVerdictRow.evidence_id == EvidenceRow.id
    of_correction = CorrectionVerdictRow.correction_id == CorrectionRow.id
    rolls = tuple(_signed_rolls(session, person_id))
    return (
        sa.select(AssignmentEventRow.id.label("id"))
        .join(AssignmentRow, AssignmentRow.id == AssignmentEventRow.assignment_id)
        .where(AssignmentRow.person_id == person_id),
        sa.select(EvidenceVerdictRow.id)
        .join(EvidenceRow, of_evidence)
        .where(EvidenceRow.person_id == person_id),
        sa.select(LegacyRecordRow.batch_id).where(LegacyRecordRow.person_id == person_id),
        sa.select(CorrectionRow.id).where(CorrectionRow.person_id == person_id),
        sa.select(CorrectionVerdictRow.id)
        .join(CorrectionRow, of_correction)
        .where(CorrectionRow.person_id == person_id),
        sa.select(AcknowledgementRow.id).where(AcknowledgementRow.person_id == person_id),
        sa.select(DeclarationRow.id).where(DeclarationRow.person_id == person_id),
        sa.select(PracticalSigningRow.id)
        .join(PracticalResultRow, PracticalResultRow.id == PracticalSigningRow.result_id)
        .join(PracticalRoundRow, PracticalRoundRow.id == PracticalResultRow.round_id)
        .join(PracticalRunRow, PracticalRunRow.id == PracticalRoundRow.run_id)
        .where(PracticalRunRow.person_id == person_id),
        sa.select(EffectivenessCheckRow.id).where(EffectivenessCheckRow.person_id == person_id),
        sa.select(SessionSigningRow.id).where(SessionSigningRow.id.in_(rolls)),
    )


def _signed_rolls(session: Session, person_id: UUID) -> list[UUID]:
    """Return the signed attendance in which somebody is; whom a roll names, it names in one column."""
    there = sa.select(AttendanceRow.session_id).where(AttendanceRow.person_id == person_id)
    signed = sa.select(SessionSigningRow).where(SessionSigningRow.session_id.in_(there))
    return [
        one.id
        for one in session.scalars(signed)
        if any(who_is(session, UUID(each["person"])) == person_id for each in one.people)
    ]


def _signature(session: Session, row: SignatureRow, ring: Any) -> SignedRecord:
    line, found = line_of(row), prove(session, row, ring)
    who = f"{line.name} ({line.number})" if line.number else line.name
    state = state_in_words(found.state)
    station = found.certified.station_label if found.certified else ""
    return SignedRecord(
        id=row.id,
        record_id=row.record_id,
        what=table_in_words(row.record_kind),
        signer=who,
        meaning=meaning_in_words(line.meaning),
        signed_at=as_read(line),
        reason=line.reason,
        state=state,
        line=line,
        block=SignatureBlock(
            heading=table_in_words(row.record_kind),
            name=who,
            meaning=meaning_in_words(line.meaning),
            signed_at=as_read(line),
            reason=line.reason,
            proof=_("{state}. Signature {id}, key certified by {station}.").format(
                state=state, id=line.id, station=station or "–"
            ),
        ),
    )
