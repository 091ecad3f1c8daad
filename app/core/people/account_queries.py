"""Reading accounts: one with everything that is shown of it, and those of auditors and others."""

from datetime import datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.journal import Site
from app.core.people.account_models import (
    AccountRow,
    CredentialKind,
    CredentialRow,
    RoleGrantRow,
    SignInEvent,
    SignInRow,
)
from app.core.people.at_rest import in_force
from app.core.people.guard import lock_of, locked_accounts
from app.core.people.models import OrgUnitRow, PersonRow
from app.core.people.powers import has_power_over, held_roles
from app.core.people.types import (
    AccountDetail,
    AccountId,
    HeldRole,
    LockedOut,
    OrgUnitId,
    PersonId,
    SignInState,
)
from app.core.storage.folding import says

OPEN, OVER = "open", "over"
"""Values of the filter `state`."""
_NAME = sa.func.lower(AccountRow.name)
_SORTS: dict[str, sa.ColumnElement[str] | sa.ColumnElement[datetime | None]] = {
    "name": _NAME,
    "opens_at": AccountRow.opens_at.expression,
    "closes_at": AccountRow.closes_at.expression,
}


def account_row(session: Session, account_id: UUID) -> AccountRow:
    """Return an account's row. Raises NotFound."""
    row = session.get(AccountRow, account_id)
    if row is None:
        raise NotFound(_("The account"))
    return row


def account_of(session: Session, person_id: UUID) -> AccountRow | None:
    """Return the account with which a person signs in; None for who has none."""
    return session.scalar(sa.select(AccountRow).where(AccountRow.person_id == person_id))


def number_of(session: Session, account: AccountRow) -> str:
    """Return the employee number of an account's owner; "" for somebody from outside."""
    person = session.get(PersonRow, account.person_id) if account.person_id else None
    return person.number if person is not None else ""


def account_detail(session: Session, row: AccountRow, actor: Actor, now: datetime) -> AccountDetail:
    """Return everything that is shown of an account."""
    given = sa.select(CredentialRow).where(
        CredentialRow.account_id == row.id, CredentialRow.revoked_at.is_(None)
    )
    credentials = in_force(session, row.id, session.scalars(given).all())
    person = session.get(PersonRow, row.person_id) if row.person_id else None
    is_locked, until = lock_of(session, row.id, now)
    can_prove = any(credential.kind is not CredentialKind.BADGE for credential in credentials)
    return AccountDetail(
        id=AccountId(row.id),
        login=row.login,
        name=person.name if person is not None else row.name,
        person_id=None if row.person_id is None else PersonId(row.person_id),
        disabled_at=row.disabled_at,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        roles=tuple(_held_role(session, held) for held in held_roles(session, row.id)),
        proofs=frozenset(credential.kind for credential in credentials),
        must_change=any(credential.must_change for credential in credentials),
        locked=is_locked,
        locked_until=until,
        last_in_at=session.scalar(
            sa.select(sa.func.max(SignInRow.at)).where(
                SignInRow.account_id == row.id, SignInRow.event == SignInEvent.IN
            )
        ),
        may_be_changed=has_power_over(actor, session, row),
        state=_state(row, now, is_locked=is_locked, can_prove=can_prove),
    )


def _state(row: AccountRow, now: datetime, *, is_locked: bool, can_prove: bool) -> SignInState:
    """Return what `SignInStates.state` returns in SQL."""
    if row.disabled_at is not None:
        return SignInState.CLOSED
    if row.closes_at is not None and row.closes_at <= now:
        return SignInState.OVER
    if is_locked:
        return SignInState.LOCKED
    if row.opens_at is not None and row.opens_at > now:
        return SignInState.TO_COME
    return SignInState.OPEN if can_prove else SignInState.NO_PIN


def locked_out(site: Site, actor: Actor) -> tuple[LockedOut, ...]:
    """Return whose accounts open to nobody on this PC until an administrator unlocks them, by name."""
    actor.require(Capability.MANAGE_ACCOUNTS)
    now = site.clock.now()
    with site.read() as session:
        found = [
            (row, session.get(PersonRow, row.person_id) if row.person_id else None)
            for row in map(partial(session.get, AccountRow), locked_accounts(session, now))
            if row is not None and row.disabled_at is None
            if lock_of(session, row.id, now) == (True, None)
        ]
        told = [
            LockedOut(
                name=row.name if person is None else person.name,
                person_id=None if person is None else PersonId(person.id),
            )
            for row, person in found
        ]
    return tuple(sorted(told, key=lambda one: one.name))


def page_of_outsiders(
    session: Session, request: PageRequest, actor: Actor, now: datetime
) -> Page[AccountDetail]:
    """Return one stretch of the accounts of those who are no people here. Filter: `state`."""
    chosen = sa.select(AccountRow).where(AccountRow.person_id.is_(None))
    if states := request.values("state"):
        over = sa.or_(AccountRow.disabled_at.is_not(None), AccountRow.closes_at <= now)
        is_over = sa.func.coalesce(over, sa.false())
        chosen = chosen.where(
            sa.or_(*(is_over if one == OVER else sa.not_(is_over) for one in states))
        )
    chosen = chosen.where(*says(request.text, AccountRow.name, AccountRow.login))
    total = session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
    order = _SORTS.get(request.sort, _NAME)
    rows = session.scalars(
        chosen.order_by(order.desc() if request.descending else order, AccountRow.login)
        .offset(request.offset)
        .limit(request.limit)
    )
    return Page(rows=tuple(account_detail(session, row, actor, now) for row in rows), total=total)


def _held_role(session: Session, held: RoleGrantRow) -> HeldRole:
    place = session.get(OrgUnitRow, held.org_unit_id) if held.org_unit_id else None
    return HeldRole(
        role=held.role,
        org_unit_id=None if place is None else OrgUnitId(place.id),
        org_unit="" if place is None else place.name,
    )
