"""Numbers and logins that lead to somebody who was merged: they go on meaning that person.

Few people are merged, and what stands aside is read whole.
"""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import rows_aside
from app.core.people.models import AccountRow, PersonRow


def people_by_number(session: Session, number: str) -> frozenset[UUID]:
    """Return who has a number (in capitals), or had it before a merge."""
    own = session.scalars(sa.select(PersonRow.id).where(PersonRow.number == number))
    former = (shown for one, shown in former_numbers(session) if one == number)
    return frozenset((*own, *former))


def accounts_by_login(session: Session, login: str) -> frozenset[UUID]:
    """Return the accounts that a login (case-folded) means, or meant before a merge."""
    own = session.scalars(sa.select(AccountRow.id).where(AccountRow.login == login))
    former = (shown for one, shown in former_logins(session) if one == login)
    return frozenset((*own, *former))


def former_numbers(session: Session) -> Iterator[tuple[str, UUID]]:
    """Yield the numbers of people who stand aside, each with who is shown for them."""
    for one in rows_aside(session, PersonRow):
        yield str(one.values["number"]), one.shown_id


def former_logins(session: Session) -> Iterator[tuple[str, UUID]]:
    """Yield the logins of accounts that stand aside, each with the account that is shown for it."""
    for one in rows_aside(session, AccountRow):
        yield str(one.values["login"]), one.shown_id
