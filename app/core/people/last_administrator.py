"""That somebody is left who can sign in and manage the site: else only a backup of before would help."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Unit
from app.core.people.account_models import AccountRow, CredentialKind
from app.core.people.credentials import credential_of
from app.core.people.errors import LastAdministrator
from app.core.people.models import PersonRow
from app.core.people.powers import administrators_of_site, foreign_home

PROOFS = (CredentialKind.PASSWORD, CredentialKind.PIN)
"""What proves who somebody is; a badge only names them."""


@contextmanager
def administrators_kept(unit: Unit, here: UUID | None, today: date) -> Iterator[None]:
    """Let something be done that leaves an administrator, where there was one.

    On each day on which one of them is to leave somebody else has to be there. Raises LastAdministrator.
    """
    before = _lasting(unit, here, today)
    yield
    unit.flush()
    if before and not all(_lasting(unit, here, on) for on in _days(unit, before, today)):
        raise LastAdministrator


def _lasting(session: Session, here: UUID | None, on: date) -> frozenset[UUID]:
    """Return the accounts of this site that administer it on a day, and open: no visit's, none without a proof."""
    return frozenset(
        one
        for one in administrators_of_site(session, on)
        if _opens(session, session.get_one(AccountRow, one), here)
    )


def _opens(session: Session, account: AccountRow, here: UUID | None) -> bool:
    return (
        account.closes_at is None
        and foreign_home(session, account, here) is None
        and any(credential_of(session, account.id, kind) for kind in PROOFS)
    )


def _days(session: Session, accounts: frozenset[UUID], today: date) -> set[date]:
    """Return today, and the days to come on which one of some accounts' owners is no longer here."""
    leaving = session.scalars(
        sa.select(PersonRow.left_on)
        .join(AccountRow, AccountRow.person_id == PersonRow.id)
        .where(AccountRow.id.in_(accounts), PersonRow.left_on > today)
    )
    return {today, *(one for one in leaving if one is not None)}
