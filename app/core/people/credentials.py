"""Rows of secrets and badges: a new one revokes the one before of its kind."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Unit
from app.core.people.errors import BadgeTaken
from app.core.people.models import CredentialKind, CredentialRow


def credential_of(session: Session, account_id: UUID, kind: CredentialKind) -> CredentialRow | None:
    """Return the credential of a kind that an account has now."""
    return session.scalars(
        sa.select(CredentialRow)
        .where(
            CredentialRow.account_id == account_id,
            CredentialRow.kind == kind,
            CredentialRow.revoked_at.is_(None),
        )
        .order_by(CredentialRow.set_at.desc(), CredentialRow.id.desc())
        .limit(1)
    ).one_or_none()


def badge_owners(session: Session, secret: str) -> frozenset[UUID]:
    """Return the accounts that a badge opens now: more than one where two PCs gave it."""
    return frozenset(
        session.scalars(
            sa.select(CredentialRow.account_id).where(
                CredentialRow.secret == secret,
                CredentialRow.kind == CredentialKind.BADGE,
                CredentialRow.revoked_at.is_(None),
            )
        )
    )


def badge_owner(session: Session, secret: str) -> UUID | None:
    """Return the account that a badge opens now."""
    return session.scalars(
        sa.select(CredentialRow.account_id)
        .where(
            CredentialRow.secret == secret,
            CredentialRow.kind == CredentialKind.BADGE,
            CredentialRow.revoked_at.is_(None),
        )
        .order_by(CredentialRow.set_at.desc(), CredentialRow.id.desc())
        .limit(1)
    ).one_or_none()


def set_credential(
    unit: Unit,
    account_id: UUID,
    kind: CredentialKind,
    secret: str,
    *,
    now: datetime,
    must_change: bool = False,
) -> None:
    """Let an account prove itself with `secret` (a hash) from now on. Raises BadgeTaken."""
    if kind is CredentialKind.BADGE and badge_owner(unit, secret) not in {None, account_id}:
        raise BadgeTaken
    revoke_credential(unit, account_id, kind, now=now)
    unit.add(
        CredentialRow(
            account_id=account_id, kind=kind, secret=secret, must_change=must_change, set_at=now
        )
    )


def revoke_credential(unit: Unit, account_id: UUID, kind: CredentialKind, *, now: datetime) -> None:
    """Take the credential of a kind away."""
    present = credential_of(unit, account_id, kind)
    if present is not None:
        present.revoked_at = now
