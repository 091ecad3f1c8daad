"""Who may do what: the grants of an account, and who may manage it. Nobody gives what they lack."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotAllowed
from app.core.journal import site_of_beginning
from app.core.people.account_models import AccountRow, RoleGrantRow
from app.core.people.at_rest import in_force
from app.core.people.models import OrgUnitReachRow, OrgUnitRow, PersonListingRow, PersonRow
from app.core.people.roles import RoleName, capabilities_of
from app.core.people.rules import still_here

_PLACELESS = frozenset({Capability.LEARN, Capability.VIEW_COURSES})
_ANYBODYS = frozenset({Capability.LEARN})
"""Given to all who have an account: no power over others."""


def held_roles(session: Session, account_id: UUID) -> list[RoleGrantRow]:
    """Return the roles an account holds now."""
    held = session.scalars(
        sa.select(RoleGrantRow)
        .where(RoleGrantRow.account_id == account_id, RoleGrantRow.revoked_at.is_(None))
        .order_by(RoleGrantRow.granted_at, RoleGrantRow.id)
    ).all()
    return in_force(session, account_id, held)


def grants_of(
    session: Session, roles: Iterable[RoleGrantRow], only_in: UUID | None = None
) -> frozenset[Grant]:
    """Return the grants of roles, each spread over the org units below the one it is for.

    `only_in` names another site that the account is of: here its roles hold in that site's departments
    alone, and nothing of what belongs to no department may be changed by them (ADR 22).
    """
    there = None if only_in is None else _units_of(session, only_in)
    return frozenset(
        Grant(capability=capability, org_units=_within(capability, places, there))
        for role in roles
        for places in [None if role.org_unit_id is None else reach_of(session, role.org_unit_id)]
        for capability in capabilities_of(role.role)
        if there is None or capability is not Capability.AUTHOR_COURSES
    )


def foreign_home(session: Session, account: AccountRow, here: UUID | None) -> UUID | None:
    """Return the other site that an account is of; None where it is of this one."""
    home = _home(session, account)
    return home if home is not None and here is not None and home != here else None


def home_of_account(session: Session, account_id: UUID) -> UUID | None:
    """Return the site that an account is of; None for an account that is not here."""
    account = session.get(AccountRow, account_id)
    return None if account is None else _home(session, account)


def _home(session: Session, account: AccountRow) -> UUID | None:
    """Return the site that an account is of: where nothing says so, that of the PC which wrote it (ADR 74)."""
    person = session.get(PersonRow, account.person_id) if account.person_id else None
    home = account.home_site_id or (person.home_site_id if person is not None else None)
    return home or site_of_beginning(session, account)


def _units_of(session: Session, site_id: UUID) -> frozenset[UUID]:
    return frozenset(session.scalars(sa.select(OrgUnitRow.id).where(OrgUnitRow.site_id == site_id)))


def _within(
    capability: Capability, places: frozenset[UUID] | None, there: frozenset[UUID] | None
) -> frozenset[UUID] | None:
    """Return where a capability holds, within another site's departments where it is of that one."""
    if there is None or capability in _PLACELESS:
        return places
    return there if places is None else places & there


def reach_of(session: Session, org_unit_id: UUID) -> frozenset[UUID]:
    """Return a unit and all below it."""
    return frozenset(
        session.scalars(
            sa.select(OrgUnitReachRow.below_id).where(OrgUnitReachRow.above_id == org_unit_id)
        )
    )


def require_power_over(actor: Actor, session: Session, account: AccountRow) -> None:
    """Raise NotAllowed unless the actor may manage accounts there and holds all this one holds."""
    actor.require(Capability.MANAGE_ACCOUNTS, place_of_owner(session, account))
    for role in held_roles(session, account.id):
        require_power_to_give(actor, role.role, role.org_unit_id)


def has_power_over(actor: Actor, session: Session, account: AccountRow) -> bool:
    """Tell whether `require_power_over` lets the actor pass."""
    return holds(actor, Capability.MANAGE_ACCOUNTS, place_of_owner(session, account)) and all(
        may_give(actor, role.role, role.org_unit_id) for role in held_roles(session, account.id)
    )


def require_power_to_give(actor: Actor, role: str, org_unit_id: UUID | None) -> None:
    """Raise NotAllowed unless the actor holds everything that a role lets do, there."""
    for capability in capabilities_of(role) - _ANYBODYS:
        actor.require(capability, org_unit_id)


def may_give(actor: Actor, role: str, org_unit_id: UUID | None) -> bool:
    """Tell whether `require_power_to_give` lets the actor pass."""
    return all(holds(actor, one, org_unit_id) for one in capabilities_of(role) - _ANYBODYS)


def holds(actor: Actor, capability: Capability, org_unit_id: UUID | None) -> bool:
    """Tell whether the actor holds a capability for an org unit (None: for the site)."""
    try:
        actor.require(capability, org_unit_id)
    except NotAllowed:
        return False
    return True


def place_of_owner(session: Session, account: AccountRow) -> UUID | None:
    """Return the org unit that an account's owner belongs to; None for the site."""
    owner = PersonListingRow.person_id == account.person_id
    return session.scalar(sa.select(PersonListingRow.org_unit_id).where(owner))


def administers_site(session: Session, account_id: UUID, on: date) -> bool:
    """Tell whether an account administers the whole site on a day."""
    return account_id in administrators_of_site(session, on)


def was_administrator(session: Session, account_id: UUID, at: datetime) -> bool:
    """Tell whether an account held the role of administering the whole site at an instant."""
    held = sa.select(RoleGrantRow.id).where(
        RoleGrantRow.account_id == account_id,
        RoleGrantRow.role == RoleName.ADMINISTRATOR.value,
        RoleGrantRow.org_unit_id.is_(None),
        RoleGrantRow.granted_at <= at,
        sa.or_(RoleGrantRow.revoked_at.is_(None), RoleGrantRow.revoked_at > at),
    )
    return session.scalar(held.limit(1)) is not None


def administrators_of_site(session: Session, on: date) -> frozenset[UUID]:
    """Return the open accounts that administer the whole site on a day; who is to leave later does, too."""
    granted = (
        sa.select(RoleGrantRow)
        .join(AccountRow, AccountRow.id == RoleGrantRow.account_id)
        .outerjoin(PersonRow, PersonRow.id == AccountRow.person_id)
        .where(
            RoleGrantRow.role == RoleName.ADMINISTRATOR.value,
            RoleGrantRow.org_unit_id.is_(None),
            RoleGrantRow.revoked_at.is_(None),
            AccountRow.disabled_at.is_(None),
            still_here(PersonRow.left_on, on),
        )
    )
    return frozenset(
        one.account_id
        for one in session.scalars(granted)
        if in_force(session, one.account_id, [one])
    )
