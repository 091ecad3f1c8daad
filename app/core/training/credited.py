"""What is set off when somebody holds a requirement: told to whatever lies above training.

Lists of before this program (`give_credits`) and what another requirement stands in for set off
nothing: the paper for those is there already.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.journal import Unit
from app.core.learning import withdrawals
from app.core.training.correction_models import CorrectionRow, CorrectionVerdictRow
from app.core.training.held import credit_stands
from app.core.training.kinds import Basis, RequirementType
from app.core.training.models import RequirementCreditRow
from app.core.training.requirements.queries import by_id, terms_of
from app.core.training.rivals import rivals
from app.core.training.terms import gives_certificate

_SHOWN_HERE = frozenset(
    {Basis.SESSION, Basis.PRACTICAL, Basis.DRILL, Basis.ACKNOWLEDGED, Basis.DECLARED}
)
"""What somebody did before the eyes of this site."""
_TAKEN_ON_PAPER = frozenset({Basis.ENTERED, Basis.CONFIRMED})
_PROVED_BY_PAPER = frozenset({RequirementType.EXTERNAL, RequirementType.DECLARATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """Somebody holds a requirement from now on."""

    credit_id: UUID
    person_id: UUID
    requirement_id: UUID
    title: str
    """Of the requirement."""
    titles: Mapping[str, str]
    """In other languages, by their codes."""
    at: datetime
    valid_until: date | None
    """Last valid day, the whole of it; None: for good."""
    basis: Basis
    proof_id: UUID
    gives_certificate: bool
    """As the requirement asks for it on that day; never for the paper of another issuer."""
    template: str | None
    """Key of the look of the certificate; None: the first there is."""
    instead_of: UUID | None = None
    """The credit that this one corrects."""


CreditHook = Callable[[Unit, Credited], None]
"""Called within the unit of work that gives the credit."""


def tell_credited(
    hooks: Iterable[CreditHook], unit: Unit, credit_id: UUID, *, instead_of: UUID | None = None
) -> None:
    """Tell of a credit that was given in this unit of work."""
    wanted = list(hooks)
    if not wanted:
        return
    found = credit_told(unit, credit_id, instead_of=instead_of)
    for hook in wanted:
        hook(unit, found)


def credit_told(session: Session, credit_id: UUID, *, instead_of: UUID | None = None) -> Credited:
    """Return a credit as those who are told of it see it."""
    row = session.get_one(RequirementCreditRow, credit_id)
    requirement = by_id(session, row.requirement_id)
    terms = terms_of(session, requirement.id, row.at.astimezone().date())
    return Credited(
        credit_id=row.id,
        person_id=row.person_id,
        requirement_id=requirement.id,
        title=requirement.title,
        titles=requirement.titles or {},
        at=row.at,
        valid_until=row.valid_until,
        basis=row.basis,
        proof_id=row.proof_id,
        gives_certificate=gives_certificate(terms, requirement.type)
        and _may_be_certified(row.basis, requirement.type),
        template=terms.template,
        instead_of=instead_of,
    )


def _may_be_certified(basis: Basis, kind: RequirementType) -> bool:
    """Tell whether evidence of a basis is the site's own to certify."""
    if basis is Basis.CORRECTED:
        return True
    return basis in _SHOWN_HERE or (basis in _TAKEN_ON_PAPER and kind in _PROVED_BY_PAPER)


def proofs_of(session: Session, credit_id: UUID) -> tuple[UUID, ...]:
    """Return the facts that prove a credit: of one that was corrected what was corrected, too."""
    proof_id = session.get_one(RequirementCreditRow, credit_id).proof_id
    correction = session.get(CorrectionRow, proof_id)
    if correction is None:
        return (proof_id,)
    before = session.get(RequirementCreditRow, correction.record_id)
    more = (correction.record_id,) if before is None else proofs_of(session, before.id)
    return (proof_id, *more)


def credits_of(proofs: Collection[UUID]) -> sa.Select[UUID]:
    """Return a query for the ids of the credits that some facts prove, those corrected among them."""
    first = aliased(RequirementCreditRow)
    proved = sa.select(first.id).where(first.proof_id.in_(proofs))
    corrections = sa.select(CorrectionRow.id).where(CorrectionRow.record_id.in_(proved))
    return sa.select(RequirementCreditRow.id).where(
        sa.or_(
            RequirementCreditRow.proof_id.in_(proofs),
            RequirementCreditRow.proof_id.in_(corrections),
        )
    )


def has_fallen(credit_id: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a correction has put aside the credit that a column names."""
    row = RequirementCreditRow
    return sa.exists().where(row.id == credit_id, ~credit_stands(row))


def why_fallen(session: Session, credit_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the reasons for which corrections put some credits, or completions, aside, by their ids.

    What a correction gave that another one of the same record wins over falls for the reason of that one.
    """
    verdict = CorrectionVerdictRow
    giving = session.execute(
        sa.select(verdict.credit_id, verdict.replaces_id).where(verdict.credit_id.in_(credit_ids))
    )
    won = {
        credit_id: session.get_one(CorrectionRow, beside[0].correction_id).reason
        for credit_id, replaces_id in giving
        if credit_id is not None and replaces_id is not None
        if (beside := rivals(session, replaces_id))
    }
    rows = session.execute(
        sa.select(verdict.replaces_id, CorrectionRow.reason)
        .join(CorrectionRow, CorrectionRow.id == verdict.correction_id)
        .where(verdict.replaces_id.in_(credit_ids))
        .order_by(verdict.at.desc(), verdict.id.desc())
    )
    said = {credit_id: reason for credit_id, reason in rows if credit_id is not None}
    gone = {one: each.reason for one, each in withdrawals(session, credit_ids).items()}
    return {**won, **said, **gone}
