"""Reading delegations: what somebody sees of them, and how each stands."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.core.base.actor import Actor, Capability
from app.core.people.account_models import AccountRow, DelegationRow
from app.core.people.delegating.types import Delegation, DelegationId
from app.core.people.lending import DelegationState, Lending
from app.core.people.models import OrgUnitRow, PersonListingRow, PersonRow
from app.core.people.naming_places import called, coded
from app.core.people.powers import holds, place_of_owner
from app.core.people.types import PersonId

LASTING = frozenset(DelegationState) - {DelegationState.ENDED, DelegationState.OVER}
"""States in which there is something to end."""
_MOST = 500


def listed(
    session: Session, actor: Actor, lending: Lending, *conditions: sa.ColumnElement[bool]
) -> tuple[Delegation, ...]:
    """Return the newest of the delegations that the actor sees, the last to begin first."""
    taker, giver = aliased(PersonRow), aliased(PersonRow)
    of_taker, of_giver = aliased(AccountRow), aliased(AccountRow)
    rows = session.execute(
        sa.select(
            DelegationRow,
            taker.id.label("person_id"),
            _name(taker, of_taker).label("name"),
            sa.func.coalesce(taker.number, of_taker.login).label("number"),
            _name(giver, of_giver).label("giver"),
            sa.func.coalesce(giver.number, of_giver.login).label("giver_number"),
            sa.func.coalesce(called(OrgUnitRow), "").label("place"),
            sa.func.coalesce(coded(OrgUnitRow), "").label("place_code"),
        )
        .join(of_taker, of_taker.id == DelegationRow.account_id)
        .join(of_giver, of_giver.id == DelegationRow.giver_id)
        .outerjoin(taker, taker.id == of_taker.person_id)
        .outerjoin(giver, giver.id == of_giver.person_id)
        .outerjoin(OrgUnitRow, OrgUnitRow.id == DelegationRow.org_unit_id)
        .where(_is_seen_by(actor), *conditions)
        .order_by(DelegationRow.from_on.desc(), DelegationRow.id)
        .limit(_MOST)
    ).all()
    return tuple(_told(session, actor, lending, row) for row in rows)


def may_end(actor: Actor, session: Session, row: DelegationRow) -> bool:
    """Tell whether the actor may end a delegation: whose it is, and who manages the account of who has it."""
    if actor.account_id == row.giver_id and actor.account_id is not None:
        return True
    taker = session.get_one(AccountRow, row.account_id)
    return holds(actor, Capability.MANAGE_ACCOUNTS, place_of_owner(session, taker))


def _is_seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Return the condition: given by the actor or to them, or to somebody whose account they manage."""
    own: list[sa.ColumnElement[bool]] = [sa.false()]
    if actor.account_id is not None:
        own += [
            DelegationRow.giver_id == actor.account_id,
            DelegationRow.account_id == actor.account_id,
        ]
    if not actor.may(Capability.MANAGE_ACCOUNTS):
        return sa.or_(*own)
    scope = actor.scope_of(Capability.MANAGE_ACCOUNTS)
    if scope is None:
        return sa.true()
    return sa.or_(*own, DelegationRow.account_id.in_(_accounts_in(scope)))


def _accounts_in(scope: Iterable[UUID]) -> sa.Select[UUID]:
    return (
        sa.select(AccountRow.id)
        .join(PersonListingRow, PersonListingRow.person_id == AccountRow.person_id)
        .where(PersonListingRow.org_unit_id.in_(tuple(scope)))
    )


def _told(session: Session, actor: Actor, lending: Lending, row: Any) -> Delegation:
    kept: DelegationRow = row.DelegationRow
    state = lending.state(kept)
    return Delegation(
        id=DelegationId(kept.id),
        person_id=None if row.person_id is None else PersonId(row.person_id),
        name=row.name,
        number=row.number,
        giver=row.giver,
        giver_number=row.giver_number,
        is_mine=kept.giver_id == actor.account_id,
        org_unit=row.place,
        org_unit_code=row.place_code,
        from_on=kept.from_on,
        until_on=kept.until_on,
        ended_at=kept.ended_at,
        state=state,
        may_be_ended=state in LASTING and may_end(actor, session, kept),
    )


def _name(person: Any, account: Any) -> sa.ColumnElement[str]:  # aliased classes
    return sa.func.coalesce(person.name, sa.func.nullif(account.name, ""), account.login)
