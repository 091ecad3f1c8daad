"""Whether a badge may name an account: it must mean one account only, wherever it is read."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.people.account_queries import account_row
from app.core.people.credentials import badge_owner
from app.core.people.errors import BadgeIsName, BadgeTaken
from app.core.people.models import AccountRow, PersonRow
from app.core.people.powers import holds, place_of_owner
from app.core.people.rules import clean
from app.core.people.secrets import badge_hash


def require_free_badge(
    actor: Actor, session: Session, account_id: UUID, untrusted_code: str
) -> None:
    """Raise BadgeTaken, or BadgeIsName, unless a code means nobody else when it is read."""
    owner = badge_owner(session, badge_hash(untrusted_code))
    if owner is not None and owner != account_id:
        raise BadgeTaken(_name_for(actor, session, account_row(session, owner)))
    name = clean(untrusted_code)
    own = session.get_one(AccountRow, account_id).person_id
    number = session.scalar(sa.select(PersonRow.id).where(PersonRow.number == name.upper()))
    login = session.scalar(sa.select(AccountRow.id).where(AccountRow.login == name.casefold()))
    if number not in {None, own} or login not in {None, account_id}:
        raise BadgeIsName


def _name_for(actor: Actor, session: Session, owner: AccountRow) -> str:
    """Return whose an account is, or "" where the actor may not see them."""
    if owner.person_id is None:
        return owner.name if holds(actor, Capability.MANAGE_ACCOUNTS, None) else ""
    if not holds(actor, Capability.VIEW_PEOPLE, place_of_owner(session, owner)):
        return ""
    person = session.get_one(PersonRow, owner.person_id)
    return f"{person.name} ({person.number})"
