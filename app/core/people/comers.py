"""Who comes through the door: the actor that an account signs in as, and why one does not open."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.words import _
from app.core.people.models import AccountRow, PersonRow
from app.core.people.powers import foreign_home, grants_of, held_roles
from app.core.people.rules import is_active


def actor_of(session: Session, account: AccountRow, here: UUID | None) -> Actor:
    """Return who acts by an account, with what their roles let them do here."""
    person = session.get(PersonRow, account.person_id) if account.person_id else None
    roles = held_roles(session, account.id)
    return Actor(
        account_id=account.id,
        person_id=account.person_id,
        name=person.name if person is not None else account.name,
        number=person.number if person is not None else "",
        language=person.language if person is not None else "en",
        roles=frozenset(role.role for role in roles),
        grants=grants_of(session, roles, foreign_home(session, account, here)),
    )


def may_here(session: Session, account_id: UUID, capability: Capability, here: UUID) -> bool:
    """Tell whether an account holds a capability at this site as a whole."""
    account = session.get(AccountRow, account_id)
    if account is None:
        return False
    grants = actor_of(session, account, here).grants
    return any(one.capability is capability and one.org_units is None for one in grants)


def person_of(session: Session, account_id: UUID) -> UUID | None:
    """Return the person whose an account is; None for somebody from outside."""
    account = session.get(AccountRow, account_id)
    return account.person_id if account is not None else None


def why_closed(session: Session, account: AccountRow, now: datetime) -> str:
    """Return why an account lets nobody in at a moment; "" where it does."""
    person = session.get(PersonRow, account.person_id) if account.person_id else None
    if account.disabled_at is not None:
        return _("This account is closed.")
    if person is not None and not is_active(person.left_on, now.astimezone().date()):
        return _("This account is closed, because its owner has left.")
    if account.opens_at is not None and now < account.opens_at:
        return _("This account is not open yet.")
    if account.closes_at is not None and now >= account.closes_at:
        return _("This account was open for a time that is over.")
    return ""
