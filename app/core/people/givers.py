"""Who gave an account its secrets and roles: whoever gave a secret could act in its owner's name."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import entries_about
from app.core.people.account_models import CredentialKind, CredentialRow, RoleGrantRow


@dataclass(frozen=True, slots=True)
class Gift:
    """Something that another gave an account."""

    giver: UUID
    version: bytes
    """Of the entry that gave it: what is smaller was before."""


def secrets_given(session: Session, account_id: UUID) -> tuple[Gift, ...]:
    """Return by whom an account was ever given a PIN or a password, but for its owner.

    The index of mentions must be up to date.
    """
    secrets = sa.select(CredentialRow.id).where(
        CredentialRow.account_id == account_id, CredentialRow.kind != CredentialKind.BADGE
    )
    return _gifts(session, secrets, account_id)


def roles_given(session: Session, account_id: UUID) -> tuple[Gift, ...]:
    """Return by whom an account was ever given a role. The index of mentions must be up to date."""
    roles = sa.select(RoleGrantRow.id).where(RoleGrantRow.account_id == account_id)
    return _gifts(session, roles, account_id)


def _gifts(session: Session, rows: sa.Select[UUID], to: UUID) -> tuple[Gift, ...]:
    first = [
        min(entries.items())
        for key in session.scalars(rows).all()
        if (entries := entries_about(session, key))
    ]
    return tuple(
        Gift(wrote.actor, version)
        for version, wrote in first
        if wrote.actor is not None and wrote.actor != to
    )
