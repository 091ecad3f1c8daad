"""Badges that open nothing any more: whose they were, and since when. Sync tells where that is not known yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people.account_models import AccountRow, CredentialKind, CredentialRow
from app.core.people.models import PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBadge:
    """A badge that was lost, taken away, or replaced by another."""

    credential_id: UUID
    name: str
    at: datetime


def badges_taken(session: Session, since: datetime) -> tuple[TakenBadge, ...]:
    """Return the badges that were taken away since a moment, the newest first."""
    found = session.execute(
        sa.select(CredentialRow.id, PersonRow.name, AccountRow.name, CredentialRow.revoked_at)
        .join(AccountRow, AccountRow.id == CredentialRow.account_id)
        .outerjoin(PersonRow, PersonRow.id == AccountRow.person_id)
        .where(CredentialRow.kind == CredentialKind.BADGE, CredentialRow.revoked_at >= since)
        .order_by(CredentialRow.revoked_at.desc(), CredentialRow.id)
    )
    return tuple(
        TakenBadge(credential_id=credential_id, name=person or account, at=at)
        for credential_id, person, account, at in found
        if at is not None
    )
