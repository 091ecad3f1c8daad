"""How accounts stand at a moment, as SQL: the one definition, for the list and an account's own card."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.people.account_models import AccountRow, CredentialKind, CredentialRow
from app.core.people.guard import locked_accounts
from app.core.people.models import PersonListingRow
from app.core.people.types import SignInState
from app.core.storage.columns import Instant, Word

Condition = sa.ColumnElement[bool]


class SignInStates:
    """The states of accounts at a moment. Who is locked is read once: wrong tries are few."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._now = sa.literal(now, Instant)
        self._locked: Collection[UUID] = locked_accounts(session, now)

    def state(self) -> sa.Case[SignInState]:
        """Return the state of an account, of those selected from AccountRow."""
        return sa.case(
            (AccountRow.disabled_at.is_not(None), _word(SignInState.CLOSED)),
            (AccountRow.closes_at <= self._now, _word(SignInState.OVER)),
            (AccountRow.id.in_(self._locked), _word(SignInState.LOCKED)),
            (AccountRow.opens_at > self._now, _word(SignInState.TO_COME)),
            (~self._proves(), _word(SignInState.NO_PIN)),
            else_=_word(SignInState.OPEN),
        )

    @staticmethod
    def _proves() -> Condition:
        """Return the condition that an account has something to prove itself with."""
        return sa.exists().where(
            CredentialRow.account_id == AccountRow.id,
            CredentialRow.kind != CredentialKind.BADGE,
            CredentialRow.revoked_at.is_(None),
        )

    def of_person(self, person_id: Any) -> sa.ColumnElement[Any]:  # a mapped attribute
        """Return the state of a person's account."""
        theirs = sa.select(self.state()).where(AccountRow.person_id == person_id)
        none = _word(SignInState.NO_ACCOUNT)
        return sa.type_coerce(sa.func.coalesce(theirs.scalar_subquery(), none), Word(SignInState))

    def stands(self, value: str) -> Condition:
        """Return the condition that a listed person's account stands so. Raises ValueError."""
        state = SignInState(value)
        if state is SignInState.NO_ACCOUNT:
            return ~sa.exists().where(AccountRow.person_id == PersonListingRow.person_id)
        owners = sa.select(AccountRow.person_id).where(self.state() == _word(state))
        return PersonListingRow.person_id.in_(owners.where(AccountRow.person_id.is_not(None)))


def _word(state: SignInState) -> sa.BindParameter[SignInState]:
    return sa.literal(state, Word(SignInState))
