"""What paper says of a person: evidence entered or migrated, corrections, and who signed what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.words import _
from app.core.reports.audit_words import table_in_words
from app.core.reports.dossier_met import met_here
from app.core.reports.dossier_types import CorrectionRecord, EvidenceRecord
from app.core.signatures import SecondNamed, seconds_named
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.corrections import (
    CORRECTED_FIELDS,
    COUNTS,
    VOID,
    RecordKind,
    readable,
    value_in_words,
)
from app.core.training.legacy.models import LegacyBatchRow, LegacyRecordRow, LegacyVerdictRow
from app.core.training.models import (
    EvidenceRow,
    EvidenceVerdictRow,
    RequirementCreditRow,
    RequirementRow,
)

MARK = "Δ"
"""Of what was corrected since it was entered (Annex 11, 8.2)."""

Corrected = Mapping[UUID, Mapping[str, CorrectionRecord]]
"""The newest correction that stands of each field, by record."""


def corrections_of(session: Session, person_id: UUID) -> tuple[CorrectionRecord, ...]:
    """Return the corrections of somebody's record that stand, numbered, the earliest first."""
    rows = session.execute(
        sa.select(CorrectionRow, CorrectionVerdictRow)
        .join(CorrectionVerdictRow, CorrectionVerdictRow.correction_id == CorrectionRow.id)
        .where(CorrectionRow.person_id == person_id, CorrectionVerdictRow.is_accepted.is_(True))
        .order_by(CorrectionVerdictRow.at, CorrectionVerdictRow.id)
    ).all()
    named = seconds_named(session)
    return tuple(
        _correction(session, place, row, verdict, named)
        for place, (row, verdict) in enumerate(rows, start=1)
    )


def by_record(corrections: Iterable[CorrectionRecord]) -> Corrected:
    """Return the newest correction of each field by record."""
    found: dict[UUID, dict[str, CorrectionRecord]] = defaultdict(dict)
    for one in corrections:
        found[one.record_id][one.key] = one
    return found


def marks_of(corrected: Mapping[str, CorrectionRecord]) -> str:
    """Return the marks of a record's corrections, as they stand beside it."""
    return " ".join(one.mark for one in sorted(corrected.values(), key=lambda one: one.place))


def evidence_of(
    session: Session, person_id: UUID, corrected: Corrected
) -> tuple[EvidenceRecord, ...]:
    """Return what was met here, what was entered by hand and what was migrated, by day."""
    found = [
        *met_here(session, person_id, corrected),
        *_entered(session, person_id, corrected),
        *_migrated(session, person_id, corrected),
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.code)))


def _correction(
    session: Session,
    place: int,
    row: CorrectionRow,
    verdict: CorrectionVerdictRow,
    named: SecondNamed,
) -> CorrectionRecord:
    kind = RecordKind(row.record_kind)
    old, new = (readable(session, kind, row.field, value) for value in (row.old, row.new))
    return CorrectionRecord(
        id=row.id,
        place=place,
        mark=f"{MARK}{place}",
        record_id=row.record_id,
        key=row.field,
        value=row.new,
        what=table_in_words(row.record_kind),
        field=_(CORRECTED_FIELDS[kind][row.field].title),
        old=value_in_words(kind, row.field, old),
        new=value_in_words(kind, row.field, new),
        reason=row.reason,
        at=row.at,
        by=row.by_name,
        second=named(verdict.by, verdict.by_name, verdict.id) if row.is_critical else "",
    )


def _entered(session: Session, person_id: UUID, corrected: Corrected) -> Iterable[EvidenceRecord]:
    is_credited = sa.exists().where(RequirementCreditRow.proof_id == EvidenceRow.id)
    rows = session.execute(
        sa.select(
            EvidenceRow, EvidenceVerdictRow, RequirementRow.code, RequirementRow.title, is_credited
        )
        .join(RequirementRow, RequirementRow.id == EvidenceRow.requirement_id)
        .outerjoin(EvidenceVerdictRow, EvidenceVerdictRow.evidence_id == EvidenceRow.id)
        .where(EvidenceRow.person_id == person_id)
    )
    named = seconds_named(session)
    for row, verdict, code, title, counts in rows:
        fixed = corrected.get(row.id, {})
        state = "counts" if counts else "waits"
        if verdict is not None and not verdict.is_accepted:
            state = "refused"
        yield EvidenceRecord(
            id=row.id,
            kind="entered",
            code=code,
            course=title,
            on=_day(fixed, "obtained_on", row.obtained_on) or row.obtained_on,
            valid_until=_day(fixed, "valid_until", row.valid_until),
            score="",
            issuer=_said(fixed, "issuer", row.issuer),
            number=_said(fixed, "number", row.number),
            state="void" if _said(fixed, COUNTS, "") == VOID else state,
            by=row.by_name,
            second="" if verdict is None else named(verdict.by, verdict.by_name, verdict.id),
            marks=marks_of(fixed),
        )


def _migrated(session: Session, person_id: UUID, corrected: Corrected) -> Iterable[EvidenceRecord]:
    signed = sa.exists().where(
        LegacyVerdictRow.batch_id == LegacyRecordRow.batch_id,
        LegacyVerdictRow.is_accepted.is_(True),
    )
    taken_back = sa.exists().where(
        LegacyVerdictRow.batch_id == LegacyRecordRow.batch_id,
        LegacyVerdictRow.is_accepted.is_(False),
    )
    rows = session.execute(
        sa.select(
            LegacyRecordRow, LegacyBatchRow, RequirementRow.code, RequirementRow.title, signed
        )
        .join(LegacyBatchRow, LegacyBatchRow.id == LegacyRecordRow.batch_id)
        .join(RequirementRow, RequirementRow.id == LegacyRecordRow.requirement_id)
        .where(LegacyRecordRow.person_id == person_id, sa.or_(signed, ~taken_back))
    )
    for row, batch, code, title, counts in rows:
        fixed = corrected.get(row.id, {})
        state = "counts" if counts else "waits"
        source = _said(fixed, "source", row.source)
        yield EvidenceRecord(
            id=row.id,
            kind="migrated",
            code=code,
            course=title,
            on=_day(fixed, "trained_on", row.trained_on) or row.trained_on,
            valid_until=_day(fixed, "valid_until", row.valid_until),
            score=_said(fixed, "score", row.score),
            issuer=_said(fixed, "trainer", row.trainer),
            number=source or batch.title,
            state="void" if _said(fixed, COUNTS, "") == VOID else state,
            by=batch.by_name,
            second="",
            marks=marks_of(fixed),
        )


def _said(corrected: Mapping[str, CorrectionRecord], key: str, otherwise: str) -> str:
    return corrected[key].value if key in corrected else otherwise


def _day(
    corrected: Mapping[str, CorrectionRecord], key: str, otherwise: date | None
) -> date | None:
    if key not in corrected:
        return otherwise
    value = corrected[key].value
    return date.fromisoformat(value) if value else None
