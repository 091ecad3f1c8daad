"""Accounts that rest: of somebody who was found to be one person with another who has one (ADR 23).

The account of who stays signs in, with its own secrets and its own roles. What was given to the other
opens nothing and lets do nothing, so that a merge gives nobody a power and opens no second way in;
it is in force again when the merge is undone.
"""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.journal import named_by, rows_aside
from app.core.people.account_models import AccountRow, CredentialRow, DelegationRow, RoleGrantRow

Given = TypeVar("Given", CredentialRow, RoleGrantRow, DelegationRow)


def in_force(
    session: Session, account_id: UUID, given: Sequence[Given], column: str = "account_id"
) -> list[Given]:
    """Return of what an account has that which was not given to an account that rests.

    `column` is what names the account in the rows.
    """
    resting = _resting(session, account_id) if given else frozenset()
    if not resting:
        return list(given)
    named = named_by(session, type(given[0]), column, [one.id for one in given])
    return [one for one in given if named.get(one.id) not in resting]


def _resting(session: Session, account_id: UUID) -> frozenset[UUID]:
    """Return the accounts that an account is shown for, and that were another person's."""
    asides = rows_aside(session, AccountRow, [account_id])
    if not asides:
        return frozenset()
    account = session.get(AccountRow, account_id)
    named = named_by(session, AccountRow, "person_id", [account_id])
    own = named.get(account_id, account.person_id if account else None)
    return frozenset(one.id for one in asides if one.values["person_id"] != own)
