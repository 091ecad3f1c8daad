"""Accounts as others than people name them: whose, open or not, and whether by a password."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor
from app.core.journal import shown_for
from app.core.people.account_models import AccountRow, CredentialKind
from app.core.people.credentials import credential_of
from app.core.people.models import PersonRow
from app.core.people.rules import is_active


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountName:
    """Whose an account is."""

    id: UUID
    name: str
    number: str
    """Employee number; for somebody from outside the login."""
    login: str
    is_enabled: bool
    left_on: date | None
    """The first day without its owner; None for who stays, or is nobody's."""

    def is_open(self, on: date) -> bool:
        """Tell whether its owner can sign in on a day."""
        return self.is_enabled and is_active(self.left_on, on)


def account_names(session: Session) -> tuple[AccountName, ...]:
    """Return whose the accounts are, by name."""
    rows = session.execute(
        sa.select(
            AccountRow.id,
            sa.func.coalesce(PersonRow.name, AccountRow.name).label("name"),
            sa.func.coalesce(PersonRow.number, AccountRow.login).label("number"),
            AccountRow.login,
            AccountRow.disabled_at.is_(None).label("is_enabled"),
            PersonRow.left_on,
        )
        .outerjoin(PersonRow, PersonRow.id == AccountRow.person_id)
        .order_by("name", AccountRow.id)
    )
    return tuple(
        AccountName(
            id=row.id,
            name=row.name,
            number=row.number,
            login=row.login,
            is_enabled=bool(row.is_enabled),
            left_on=row.left_on,
        )
        for row in rows
    )


def name_of_account(session: Session, account_id: UUID) -> str:
    """Return whose an account is, by name; "" where nobody here knows."""
    row = session.execute(
        sa.select(PersonRow.name, AccountRow.name, AccountRow.login)
        .select_from(AccountRow)
        .outerjoin(PersonRow, PersonRow.id == AccountRow.person_id)
        .where(AccountRow.id == account_id)
    ).first()
    return next(filter(None, row), "") if row is not None else ""


def password_of(session: Session, account_id: UUID) -> UUID | None:
    """Return the credential that is the password of an account now; None where it has none."""
    found = credential_of(session, account_id, CredentialKind.PASSWORD)
    return None if found is None else found.id


def shown_accounts(session: Session, account_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return accounts as they are shown: those of people who were found to be one are one (ADR 23)."""
    return frozenset(shown_for(session, AccountRow, one) for one in account_ids)


def is_own(session: Session, actor: Actor, accounts: Iterable[UUID | None]) -> bool:
    """Tell whether one of some accounts is the actor's, by whichever account was theirs.

    What asks for a second person asks this: two accounts of one human are no two people.
    """
    if actor.account_id is None:
        return False
    others = shown_accounts(session, (one for one in accounts if one is not None))
    return shown_for(session, AccountRow, actor.account_id) in others
