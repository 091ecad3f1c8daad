"""Whom a tapped badge or a typed number means, for those who take a roll: nobody signs in by it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.people.account_models import AccountRow
from app.core.people.credentials import badge_owners
from app.core.people.models import PersonRow
from app.core.people.secrets import badge_hash
from app.core.people.whom import only_one, people_meant
from app.core.spreadsheets import clean


class NobodyMeant(UserFacingError):
    """A badge or a number is nobody's."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody here has this badge or number."),
            safe=_("Nothing was noted."),
            remedy=_("Tap again, or search for the name."),
        )


class MeantBy(StrEnum):
    """How somebody was meant."""

    BADGE = "badge"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ProvedPresent:
    """Somebody proved by their own PIN or password that they are here (`SignIn.prove_present`)."""

    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AtReader:
    """Somebody who was found by badge or number."""

    person_id: UUID
    number: str
    name: str
    left_on: date | None
    """First day on which they no longer belong here."""
    how: MeantBy


def person_at_reader(session: Session, untrusted: str) -> AtReader:
    """Return whom a badge or a number means. Raises NobodyMeant, NotOne.

    A number that several sites gave needs the code of one before it (`HQ/1042`): nobody proves here that
    they are meant, so that not even the site's own is taken for it.
    """
    by_number = people_meant(session, untrusted)
    by_badge = _owners(session, badge_owners(session, badge_hash(untrusted)))
    meant = by_number | by_badge
    if not meant or not untrusted.strip():
        raise NobodyMeant
    what = _("The badge or number {name}").format(name=clean(untrusted))
    person_id = only_one(session, meant, what)
    row = session.get_one(PersonRow, person_id)
    return AtReader(
        person_id=person_id,
        number=row.number,
        name=row.name,
        left_on=row.left_on,
        how=MeantBy.NUMBER if person_id in by_number else MeantBy.BADGE,
    )


def _owners(session: Session, accounts: frozenset[UUID]) -> frozenset[UUID]:
    found = session.scalars(
        sa.select(AccountRow.person_id).where(
            AccountRow.id.in_(accounts), AccountRow.person_id.is_not(None)
        )
    )
    return frozenset(one for one in found if one is not None)
