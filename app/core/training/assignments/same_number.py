"""One number of a certificate that stands on record for two people: a slip of the pen, or a lent paper.

It is told and never refused: issuers count anew each year, and two of them count alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.models import EvidenceRow, EvidenceVerdictRow, RequirementRow
from app.core.training.neighbours import neighbours

_SIGNS = " -/."
"""Signs that are written in a number or left out of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameNumber:
    """Evidence of somebody else that bears the number."""

    person: str
    """Name and number; "" for somebody whose records the asker does not keep."""
    title: str
    issuer: str
    certificate: str
    """The number, as it was asked about."""
    obtained_on: date


def same_numbers(
    session: Session,
    person_id: UUID,
    requirement_id: UUID,
    *,
    issuer: str,
    number: str,
    scope: frozenset[UUID] | None,
) -> tuple[SameNumber, ...]:
    """Return what bears a number too: of other people, of the requirement or the issuer, and not refused."""
    wanted = _folded(number)
    if not wanted:
        return ()
    rows = session.execute(_bearing(wanted).where(EvidenceRow.person_id != person_id))
    return tuple(
        SameNumber(
            person=f"{name} ({of})" if scope is None or unit in scope else "",
            title=title,
            issuer=row.issuer,
            certificate=number,
            obtained_on=row.obtained_on,
        )
        for row, title, name, of, unit in rows
        if row.requirement_id == requirement_id or row.issuer.casefold() == issuer.casefold()
    )


def _bearing(wanted: str) -> sa.Select[*tuple[Any, ...]]:
    """Select the evidence that bears a folded number, as it was corrected, and was not refused."""
    listing = neighbours().listing
    return (
        sa.select(
            EvidenceRow, RequirementRow.title, listing.name, listing.number, listing.org_unit_id
        )
        .join(RequirementRow, RequirementRow.id == EvidenceRow.requirement_id)
        .join(listing, listing.person_id == EvidenceRow.person_id)
        .outerjoin(EvidenceVerdictRow, EvidenceVerdictRow.evidence_id == EvidenceRow.id)
        .where(
            sa.or_(
                _corrected(_folded_in_sql(CorrectionRow.new) == wanted),
                sa.and_(~_corrected(), _folded_in_sql(EvidenceRow.number) == wanted),
            ),
            ~_counts_no_more(),
            EvidenceVerdictRow.is_accepted.is_not(False),
        )
        .order_by(EvidenceRow.at, EvidenceRow.id)
    )


def same_numbers_in_words(found: Iterable[SameNumber]) -> str:
    """Return who else has a number on record, and what to do about it; "" where nobody has."""
    lines = [
        _("{number} is on record for {person} too: {title}, by {issuer}, of {day}.").format(
            number=one.certificate,
            person=one.person or _("somebody of another department"),
            title=one.title,
            issuer=one.issuer,
            day=day(one.obtained_on),
        )
        for one in found
    ]
    if not lines:
        return ""
    advice = _(
        "Look at both papers: whose name stands on which? Correct the number, or keep it where two "
        "issuers count alike; what is wrong with the other is corrected on that record."
    )
    return "\n".join([*lines, advice])


def _corrected(*conditions: sa.ColumnElement[bool], field: str = "number") -> sa.Exists:
    """Tell whether a field of evidence was corrected, as some conditions say."""
    return sa.exists().where(
        CorrectionRow.record_kind == EvidenceRow.__tablename__,
        CorrectionRow.record_id == EvidenceRow.id,
        CorrectionRow.field == field,
        CorrectionVerdictRow.correction_id == CorrectionRow.id,
        CorrectionVerdictRow.is_accepted,
        *conditions,
    )


def _counts_no_more() -> sa.Exists:
    return _corrected(field="counts")


def _folded(number: str) -> str:
    return "".join(one for one in number.lower() if one not in _SIGNS)


def _folded_in_sql(column: Any) -> sa.ColumnElement[str]:
    folded: sa.ColumnElement[str] = sa.func.lower(column)
    for sign in _SIGNS:
        folded = sa.func.replace(folded, sign, "")
    return folded
