"""Evidence that is entered by hand: read, and what is checked of it."""

from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import start_of
from app.core.base.words import _
from app.core.training.assignments.types import EnteredEvidence, Evidence
from app.core.training.errors import TrainingRefused
from app.core.training.models import (
    EvidenceRow,
    EvidenceVerdictRow,
    RequirementCreditRow,
    RequirementRow,
)
from app.core.training.neighbours import neighbours
from app.core.training.requirements.checks import clean_text

_MOMENT = timedelta(microseconds=1)


def evidence_of(session: Session, person_id: UUID, requirement_id: UUID) -> tuple[Evidence, ...]:
    """Return what was ever entered for a pair, the newest first."""
    return _found(
        session,
        EvidenceRow.person_id == person_id,
        EvidenceRow.requirement_id == requirement_id,
    )


def waiting(session: Session, scope: frozenset[UUID] | None) -> tuple[Evidence, ...]:
    """Return the evidence that waits for somebody to confirm it, the oldest last."""
    listing = neighbours().listing
    credited = sa.exists().where(
        RequirementCreditRow.person_id == EvidenceRow.person_id,
        RequirementCreditRow.requirement_id == EvidenceRow.requirement_id,
        RequirementCreditRow.proof_id == EvidenceRow.id,
    )
    conditions = [EvidenceVerdictRow.id.is_(None), ~credited]
    if scope is not None:
        conditions.append(listing.org_unit_id.in_(scope))
    return _found(session, *conditions)


def checked(entered: EnteredEvidence, today: date) -> EnteredEvidence:
    """Return evidence with clean texts. Raises TrainingRefused for days that cannot be."""
    if entered.obtained_on > today:
        raise TrainingRefused(
            _("It would have been obtained on a day that has not come yet."),
            _("Give the day that stands on the certificate."),
        )
    if entered.valid_until is not None and entered.valid_until < entered.obtained_on:
        raise TrainingRefused(
            _("It would have expired before it was obtained."), _("Check both days.")
        )
    return EnteredEvidence(
        issuer=clean_text(entered.issuer, what=_("The issuer")),
        number=clean_text(entered.number, what=_("The number"), required=False),
        obtained_on=entered.obtained_on,
        valid_until=entered.valid_until,
        note=clean_text(entered.note, what=_("The note"), required=False),
    )


def instant_of(obtained_on: date, now: datetime) -> datetime:
    """Return the instant that stands for a day of the past: its last, or now."""
    return min(now, start_of(obtained_on + timedelta(days=1)) - _MOMENT)


def _found(session: Session, *conditions: sa.ColumnElement[bool]) -> tuple[Evidence, ...]:
    listing = neighbours().listing
    statement = (
        sa.select(
            EvidenceRow,
            EvidenceVerdictRow,
            listing.number,
            listing.name,
            RequirementRow.code,
            RequirementRow.title,
        )
        .join(RequirementRow, RequirementRow.id == EvidenceRow.requirement_id)
        .join(listing, listing.person_id == EvidenceRow.person_id)
        .outerjoin(EvidenceVerdictRow, EvidenceVerdictRow.evidence_id == EvidenceRow.id)
        .where(*conditions)
        .order_by(EvidenceRow.at.desc(), EvidenceRow.id.desc())
    )
    return tuple(
        Evidence(
            id=row.id,
            person_id=row.person_id,
            number=number,
            name=name,
            code=code,
            title=title,
            issuer=row.issuer,
            certificate=row.number,
            obtained_on=row.obtained_on,
            valid_until=row.valid_until,
            note=row.note,
            at=row.at,
            by_name=row.by_name,
            is_accepted=None if verdict is None else verdict.is_accepted,
            verdict="" if verdict is None else _said(verdict),
        )
        for row, verdict, number, name, code, title in session.execute(statement)
    )


def _said(verdict: EvidenceVerdictRow) -> str:
    return f"{verdict.by_name}: {verdict.reason}" if verdict.reason else verdict.by_name
