"""Who comes through the door: the actor that an account signs in as."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.people.account_models import AccountRow
from app.core.people.lending import lent_grants
from app.core.people.models import PersonRow
from app.core.people.powers import foreign_home, grants_of, held_roles


def actor_of(session: Session, account: AccountRow, here: UUID | None, now: datetime) -> Actor:
    """Return who acts by an account, with what their roles, and those whom they act for, let them do here."""
    person = session.get(PersonRow, account.person_id) if account.person_id else None
    roles = held_roles(session, account.id)
    own = grants_of(session, roles, foreign_home(session, account, here))
    return Actor(
        account_id=account.id,
        person_id=account.person_id,
        name=person.name if person is not None else account.name,
        number=person.number if person is not None else "",
        language=person.language if person is not None else "en",
        roles=frozenset(role.role for role in roles),
        grants=own | lent_grants(session, account, here, now),
    )


def has_lost(before: Actor, now: Actor) -> bool:
    """Tell whether somebody may do less now than when they signed in, anywhere."""
    return not all(
        _reaches(now, one, before.scope_of(one)) for one in Capability if before.may(one)
    )


def may_here(session: Session, account_id: UUID, capability: Capability, here: UUID) -> bool:
    """Tell whether an account holds a capability at this site as a whole, by a role of its own."""
    account = session.get(AccountRow, account_id)
    if account is None:
        return False
    roles = held_roles(session, account_id)
    grants = grants_of(session, roles, foreign_home(session, account, here))
    return any(one.capability is capability and one.org_units is None for one in grants)


def person_of(session: Session, account_id: UUID) -> UUID | None:
    """Return the person whose an account is; None for somebody from outside."""
    account = session.get(AccountRow, account_id)
    return account.person_id if account is not None else None


def _reaches(actor: Actor, capability: Capability, places: frozenset[UUID] | None) -> bool:
    """Tell whether an actor holds a capability in all of some places; None: everywhere."""
    if not actor.may(capability):
        return False
    scope = actor.scope_of(capability)
    return scope is None or (places is not None and places <= scope)
