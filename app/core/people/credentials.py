"""Rows of secrets and badges: a new one revokes the one before of its kind."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Unit
from app.core.people.account_models import CredentialKind, CredentialRow
from app.core.people.at_rest import in_force
from app.core.people.errors import BadgeTaken


def credential_of(session: Session, account_id: UUID, kind: CredentialKind) -> CredentialRow | None:
    """Return the credential of a kind that an account has now."""
    return next(iter(_present(session, account_id, kind)), None)


def badge_owners(session: Session, secret: str) -> frozenset[UUID]:
    """Return the accounts that a badge opens now: more than one where two PCs gave it."""
    return frozenset(one.account_id for one in _badges(session, secret))


def badge_owner(session: Session, secret: str) -> UUID | None:
    """Return the account that a badge opens now."""
    return next((one.account_id for one in _badges(session, secret)), None)


def _badges(session: Session, secret: str) -> list[CredentialRow]:
    """Return the badges that a code is on and that open something, the newest first."""
    found = session.scalars(
        sa.select(CredentialRow)
        .where(
            CredentialRow.secret == secret,
            CredentialRow.kind == CredentialKind.BADGE,
            CredentialRow.revoked_at.is_(None),
        )
        .order_by(CredentialRow.set_at.desc(), CredentialRow.id.desc())
    )
    return [one for one in found if in_force(session, one.account_id, [one])]


def set_credential(
    unit: Unit,
    account_id: UUID,
    kind: CredentialKind,
    secret: str,
    *,
    now: datetime,
    must_change: bool = False,
) -> UUID:
    """Let an account prove itself with `secret` (a hash) from now on; return the credential's id.

    Raises BadgeTaken.
    """
    if kind is CredentialKind.BADGE and badge_owner(unit, secret) not in {None, account_id}:
        raise BadgeTaken
    revoke_credential(unit, account_id, kind, now=now)
    row = CredentialRow(
        account_id=account_id, kind=kind, secret=secret, must_change=must_change, set_at=now
    )
    unit.add(row)
    unit.flush()
    return row.id


def revoke_credential(unit: Unit, account_id: UUID, kind: CredentialKind, *, now: datetime) -> None:
    """Take the credential of a kind away: all of them, where two PCs gave one each before they met."""
    for present in _present(unit, account_id, kind):
        present.revoked_at = now


def _present(session: Session, account_id: UUID, kind: CredentialKind) -> list[CredentialRow]:
    """Return the credentials of a kind that open an account, the newest first."""
    found = session.scalars(
        sa.select(CredentialRow)
        .where(
            CredentialRow.account_id == account_id,
            CredentialRow.kind == kind,
            CredentialRow.revoked_at.is_(None),
        )
        .order_by(CredentialRow.set_at.desc(), CredentialRow.id.desc())
    ).all()
    return in_force(session, account_id, found)
