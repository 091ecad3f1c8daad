"""What somebody met before the eyes of this site, other than courses; as it was corrected."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.journal import standing_for
from app.core.people.models import PersonRow
from app.core.reports.dossier_types import CorrectionRecord, EvidenceRecord
from app.core.signatures import seconds_named
from app.core.training.controlled.models import ReadingWitnessRow
from app.core.training.corrections import COUNTS, PERSON, is_record
from app.core.training.declaring.models import DeclarationRow
from app.core.training.models import RequirementCreditRow, RequirementRow
from app.core.training.practicals.models import PracticalResultRow
from app.core.training.sessions.models import SessionSigningRow, SessionVerdictRow

Fixed = Mapping[str, CorrectionRecord]


def met_here(
    session: Session, person_id: UUID, corrected: Mapping[UUID, Fixed]
) -> Iterable[EvidenceRecord]:
    """Yield classes, practicals, drills and documents, and what was somebody else's by mistake."""
    row, trainer, assessor = RequirementCreditRow, SessionSigningRow, PracticalResultRow
    named, verdict = seconds_named(session), SessionVerdictRow
    found = session.execute(
        sa.select(
            row,
            RequirementRow.code,
            RequirementRow.title,
            sa.func.coalesce(trainer.by_name, assessor.by_name, ""),
            _read_by(row),
            verdict,
        )
        .join(RequirementRow, RequirementRow.id == row.requirement_id)
        .outerjoin(trainer, trainer.id == row.proof_id)
        .outerjoin(assessor, assessor.id == row.proof_id)
        .outerjoin(verdict, verdict.id == _confirmed_by(row))
        .where(row.person_id == person_id, is_record(row))
    )
    for one, code, title, by, heard, second in found:
        confirmed = "" if second is None else named(second.by, second.by_name, second.id)
        fixed = fixed_of(session, one.id, corrected)
        moved = fixed.get("met_on")
        yield EvidenceRecord(
            id=one.id,
            kind=one.basis.value,
            code=code,
            course=title,
            on=date.fromisoformat(moved.value) if moved else one.at.astimezone().date(),
            valid_until=_until(session, moved) if moved else one.valid_until,
            score="",
            issuer=by,
            number="",
            state="void" if {COUNTS, PERSON} & fixed.keys() else "counts",
            by=by,
            second=heard or confirmed,
            marks=" ".join(sorted(fix.mark for fix in fixed.values())),
        )


def _confirmed_by(credit: type[RequirementCreditRow]) -> sa.ScalarSelect[UUID]:
    """Return the first verdict of a second person that let attendance count on which a credit stands."""
    verdict = aliased(SessionVerdictRow)
    return (
        sa.select(verdict.id)
        .where(
            verdict.signing_id == credit.proof_id,
            verdict.person_id == credit.person_id,
            verdict.requirement_id == credit.requirement_id,
            verdict.is_accepted.is_(True),
        )
        .order_by(verdict.at, verdict.id)
        .limit(1)
        .correlate(credit)
        .scalar_subquery()
    )


def _read_by(credit: type[RequirementCreditRow]) -> sa.ScalarSelect[str]:
    """Return the name of who read to them what they acknowledged or declared, where they needed that."""
    read, said = ReadingWitnessRow, DeclarationRow
    witnesses = (
        sa.select(read.witness_id).where(read.acknowledgement_id == credit.proof_id),
        sa.select(said.witness_id).where(said.id == credit.proof_id),
    )
    found = sa.select(PersonRow.name).where(
        sa.or_(*(PersonRow.id.in_(one.correlate(credit)) for one in witnesses))
    )
    return found.limit(1).correlate(credit).scalar_subquery()


def fixed_of(session: Session, fact_id: UUID, corrected: Mapping[UUID, Fixed]) -> Fixed:
    """Return the corrections of a fact, also of what another PC wrote of the same occasion."""
    ids = (*session.scalars(standing_for(fact_id)), fact_id)
    return {field: fix for one in ids for field, fix in corrected.get(one, {}).items()}


def _until(session: Session, moved: CorrectionRecord) -> date | None:
    """Return until when it holds from the day on that was put right."""
    row = RequirementCreditRow
    return session.scalar(sa.select(row.valid_until).where(row.proof_id == moved.id))
