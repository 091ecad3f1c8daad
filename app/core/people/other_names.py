"""Numbers and logins of before: of who was merged, and of who got another number. They go on meaning that person.

Few people are merged or numbered anew, and what is kept of them is read whole.
"""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import rows_aside
from app.core.people.account_models import AccountRow
from app.core.people.models import PersonRow


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
    """Yield the numbers of people who stand aside, and those given up, each with who is meant by it now."""
    for one in rows_aside(session, PersonRow):
        yield str(one.values["number"]), one.shown_id
        for number in former_numbers_in(str(one.values["former_numbers"])):
            yield number, one.shown_id
    yield from given_up_numbers(session)


def given_up_numbers(session: Session) -> Iterator[tuple[str, UUID]]:
    """Yield the numbers that people had before they got another, as far as they are nobody's by now."""
    row = PersonRow
    renumbered = sa.select(row.former_numbers, row.id).where(row.former_numbers != "")
    found = [
        (number, person_id)
        for kept, person_id in session.execute(renumbered)
        for number in former_numbers_in(kept)
    ]
    if not found:
        return
    numbers = {number for number, _person in found}
    taken = set(session.scalars(sa.select(row.number).where(row.number.in_(numbers))))
    yield from (one for one in found if one[0] not in taken)


def former_numbers_in(kept: str) -> tuple[str, ...]:
    """Return the numbers that somebody had before, newest first."""
    return tuple(kept.splitlines())


def give_up_number(session: Session, row: PersonRow, new: str) -> None:
    """Keep the number that somebody has before they get another.

    One that they get back is none of before, and one that somebody else has, too, is theirs alone.
    """
    others = [one for one in former_numbers_in(row.former_numbers) if one not in {row.number, new}]
    shared = sa.select(PersonRow.id).where(PersonRow.number == row.number, PersonRow.id != row.id)
    is_shared = session.scalars(shared.limit(1)).first() is not None
    row.former_numbers = "\n".join(others if is_shared else [row.number, *others])


def former_logins(session: Session) -> Iterator[tuple[str, UUID]]:
    """Yield the logins of accounts that stand aside, each with the account that is shown for it."""
    for one in rows_aside(session, AccountRow):
        yield str(one.values["login"]), one.shown_id
