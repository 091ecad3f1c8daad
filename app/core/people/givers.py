"""Who gave an account its secrets: they could act in its owner's name until it was changed."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import entries_about
from app.core.people.account_models import CredentialKind, CredentialRow


def givers_of(session: Session, account_id: UUID) -> frozenset[UUID]:
    """Return the accounts of those who ever gave an account a PIN or a password, not its owner's.

    The index of mentions must be up to date.
    """
    secrets = session.scalars(
        sa.select(CredentialRow.id).where(
            CredentialRow.account_id == account_id, CredentialRow.kind != CredentialKind.BADGE
        )
    ).all()
    wrote = {
        min(entries.items())[1].actor for key in secrets if (entries := entries_about(session, key))
    }
    return frozenset(one for one in wrote if one is not None) - {account_id}
