"""Reading what is signed, and whether somebody may sign at all."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.signatures import Undersigned
from app.core.training.held import held_until
from app.core.training.models import RequirementRow
from app.core.training.requirements.queries import by_id
from app.core.training.signing.errors import SignatureMissing
from app.core.training.signing.kinds import SigningRule
from app.core.training.signing.models import SigningTermsRow
from app.core.training.signing.types import SigningTerms


def all_signing_terms(session: Session, site_id: UUID | None) -> tuple[SigningTerms, ...]:
    """Return every terms of a site, the earliest first."""
    row = SigningTermsRow
    is_own = row.site_id.is_(None) if site_id is None else row.site_id == site_id
    found = session.execute(
        sa.select(row, RequirementRow.code)
        .outerjoin(RequirementRow, RequirementRow.id == row.first_requirement_id)
        .where(is_own)
        .order_by(row.from_on)
    )
    return tuple(
        SigningTerms(
            from_on=one.from_on,
            waivers=one.waivers,
            corrections=one.corrections,
            evidence=one.evidence,
            first=code or "",
            first_id=one.first_requirement_id,
            reason=one.reason,
        )
        for one, code in found
    )


def signing_terms_on(session: Session, site_id: UUID | None, day: date) -> SigningTerms:
    """Return what a site lets be signed on a day; one that never said anything asks for nothing."""
    begun = [one for one in all_signing_terms(session, site_id) if one.from_on <= day]
    return begun[-1] if begun else SigningTerms()


def require_signed(rule: SigningRule, signed: Undersigned | None) -> None:
    """Raise SignatureMissing where a rule asks for a signature and there is none."""
    if rule is not SigningRule.PLAIN and signed is None:
        raise SignatureMissing


def lacking_to_sign(
    session: Session, site_id: UUID | None, person_id: UUID | None, day: date
) -> str:
    """Return the title of what somebody must hold before they sign, and does not; "" for nothing."""
    wanted = signing_terms_on(session, site_id, day).first_id
    if wanted is None:
        return ""
    row = by_id(session, wanted)
    until = None if person_id is None else held_until(session, person_id, row)
    return "" if until is not None and until >= day else row.title
