"""What everybody signs before their first signature: that it binds them (21 CFR 11.10(j), 11.100(c))."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.signatures.models import AccountabilityRow, SignatureRow


def statement_text(name: str) -> str:
    """Return what somebody accepts, in the language in use."""
    return _(
        "I, {name}, understand that my electronic signature in this system is the legally binding "
        "equivalent of my handwritten signature. I keep my password to myself, sign only what I have "
        "read and mean, and answer for everything that is signed with my password. If I believe that "
        "somebody else knows it, I change it at once and tell an administrator."
    ).format(name=name)


def has_accepted(session: Session, account_id: UUID) -> bool:
    """Tell whether an account's owner has signed the statement."""
    accepted = sa.select(AccountabilityRow.id).where(AccountabilityRow.account_id == account_id)
    return session.scalars(accepted.limit(1)).first() is not None


def statement_signature(session: Session, account_id: UUID) -> UUID:
    """Return the id of the signature under somebody's statement. Raises NotFound."""
    found = session.scalars(
        sa.select(SignatureRow.id)
        .join(AccountabilityRow, AccountabilityRow.id == SignatureRow.record_id)
        .where(AccountabilityRow.account_id == account_id)
        .order_by(SignatureRow.signed_at)
    ).first()
    if found is None:
        raise NotFound(_("The statement"))
    return found
