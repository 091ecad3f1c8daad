"""The facts that can be corrected: whose they are, what stands in them, what they proved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import shown_for, standing_for
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.corrections.kinds import CORRECTED_FIELDS, COUNTS, PERSON, VOID, RecordKind
from app.core.training.corrections.values import percent_of
from app.core.training.held import credit_stands
from app.core.training.kinds import Basis
from app.core.training.legacy.models import LegacyRecordRow
from app.core.training.models import EvidenceRow, RequirementCreditRow, RequirementRow
from app.core.training.neighbours import neighbours
from app.core.training.rivals import holds

_DAY = {
    RecordKind.EVIDENCE: "obtained_on",
    RecordKind.OLD: "trained_on",
    RecordKind.CREDIT: "met_on",
}
MET_HERE = frozenset(
    {Basis.SESSION, Basis.PRACTICAL, Basis.DRILL, Basis.ACKNOWLEDGED, Basis.DECLARED}
)
"""Credits that are records of their own; others are the evidence's, or the old list's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A fact as it was written."""

    kind: RecordKind
    id: UUID
    person_id: UUID
    requirement_id: UUID | None
    at: datetime | None
    title: str
    values: dict[str, str]
    ids: tuple[UUID, ...]
    """Its own, and those of what stands aside for it: another PC may have corrected that."""

    @property
    def done_on(self) -> date | None:
        """Return the day of a completion."""
        return None if self.at is None else self.at.astimezone().date()

    def counts_with(self, values: Mapping[str, str]) -> bool:
        """Tell whether it counts for who it was written down for, with these values."""
        return values.get(COUNTS) != VOID and values.get(PERSON) == self.values.get(PERSON)


def find(session: Session, kind: RecordKind, record_id: UUID) -> Found:
    """Return a fact by its id. Raises NotFound."""
    # Any: a mapped class of one of these tables
    models: dict[RecordKind, Any] = {
        RecordKind.EVIDENCE: EvidenceRow,
        RecordKind.OLD: LegacyRecordRow,
        RecordKind.COMPLETION: neighbours().completion,
        RecordKind.CREDIT: RequirementCreditRow,
    }
    row = session.get(models[kind], shown_for(session, models[kind], record_id))
    if row is None:
        raise NotFound(_("The record"))
    return _found(session, kind, row)


def of_person(session: Session, person_id: UUID) -> list[Found]:
    """Return every fact of somebody that can be corrected, the newest of each kind first."""
    completion = neighbours().completion
    found: list[Found] = []
    for kind, row in (
        (RecordKind.COMPLETION, completion),
        (RecordKind.EVIDENCE, EvidenceRow),
        (RecordKind.OLD, LegacyRecordRow),
    ):
        rows = session.scalars(
            sa.select(row).where(row.person_id == person_id).order_by(row.id.desc())
        )
        found += [_found(session, kind, one) for one in rows]
    met = sa.select(RequirementCreditRow).where(
        RequirementCreditRow.person_id == person_id, is_record(RequirementCreditRow)
    )
    rows = session.scalars(met.order_by(RequirementCreditRow.id.desc()))
    return found + [_found(session, RecordKind.CREDIT, one) for one in rows]


def is_record(credit: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a credit is a record of its own: met here, or given to who earned it."""
    was_given = sa.exists().where(
        CorrectionRow.id == credit.proof_id, CorrectionRow.field == PERSON
    )
    return sa.or_(credit.basis.in_(MET_HERE), sa.and_(credit.basis == Basis.CORRECTED, was_given))


def credit_of(session: Session, found: Found, corrected_by: Iterable[UUID]) -> UUID | None:
    """Return the credit that a fact gives now: that of the fact, or of its last correction."""
    corrections = tuple(corrected_by)
    if found.kind is RecordKind.CREDIT:
        is_given = sa.or_(
            RequirementCreditRow.id == found.id, RequirementCreditRow.proof_id.in_(corrections)
        )
    else:
        is_given = RequirementCreditRow.proof_id.in_((found.id, *corrections))
    return session.scalars(
        sa.select(RequirementCreditRow.id)
        .where(
            RequirementCreditRow.person_id == found.person_id,
            RequirementCreditRow.requirement_id == found.requirement_id,
            is_given,
            credit_stands(RequirementCreditRow),
        )
        .order_by(RequirementCreditRow.id.desc())
    ).first()


def standing(session: Session, found: Found) -> dict[str, str]:
    """Return what stands in a fact's fields now: as it was written, then as it was corrected."""
    values = dict(found.values)
    for row in accepted(session, found.ids):
        values[row.field] = row.new
    return values


def accepted(session: Session, record_ids: Iterable[UUID]) -> list[CorrectionRow]:
    """Return the corrections of some facts that stand, the earliest first."""
    ids = list(record_ids)
    return list(
        session.scalars(
            sa.select(CorrectionRow)
            .join(CorrectionVerdictRow, CorrectionVerdictRow.correction_id == CorrectionRow.id)
            .where(
                CorrectionRow.record_id.in_(ids),
                CorrectionVerdictRow.is_accepted.is_(True),
                holds(CorrectionVerdictRow),
            )
            .order_by(CorrectionVerdictRow.at, CorrectionVerdictRow.id)
        )
    )


def day_of(kind: RecordKind, values: dict[str, str]) -> date:
    """Return the day on which somebody met something, as a fact's values say it."""
    return date.fromisoformat(values[_DAY[kind]])


def _found(session: Session, kind: RecordKind, row: Any) -> Found:
    if kind is RecordKind.COMPLETION:
        of_course = sa.select(RequirementRow).where(RequirementRow.course_id == row.course_id)
        requirement = session.scalars(of_course).first()
    else:
        requirement = session.get(RequirementRow, row.requirement_id)
    return Found(
        kind=kind,
        id=row.id,
        person_id=row.person_id,
        requirement_id=None if requirement is None else requirement.id,
        at=row.at if kind is RecordKind.COMPLETION else None,
        title="" if requirement is None else f"{requirement.title} ({requirement.code})",
        values=_values(kind, row),
        ids=(row.id, *session.scalars(standing_for(row.id))),
    )


def _values(kind: RecordKind, row: Any) -> dict[str, str]:
    """Return what stands in the fields of a fact as it was written."""
    if kind is RecordKind.COMPLETION:
        return {"score": percent_of(row.score), COUNTS: ""}
    if kind is RecordKind.CREDIT:
        met_on = row.at.astimezone().date()
        return {"met_on": _text(met_on), PERSON: str(row.person_id), COUNTS: ""}
    values = {name: _text(getattr(row, name)) for name in CORRECTED_FIELDS[kind] if name != COUNTS}
    return {**values, COUNTS: ""}


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
