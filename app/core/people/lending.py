"""What others let an account do for them: giving training, while they may do so themselves (ADR 72).

Nothing of it is stored but the wish. Each time somebody signs in, and each time they give training for
another, it is asked anew whether the day has come, whether it was ended, and what the giver's own roles
reach: so nobody passes on what was lent to them, nor keeps what its owner lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, ActsFor, Capability, Grant
from app.core.people.account_models import AccountRow, DelegationRow
from app.core.people.at_rest import in_force
from app.core.people.closed import why_closed
from app.core.people.errors import LendingOver
from app.core.people.naming_accounts import name_of_account
from app.core.people.powers import foreign_home, grants_of, held_roles, reach_of
from app.core.people.roles import RoleName

LENT = (Capability.GIVE_TRAINING, Capability.VIEW_PEOPLE)
"""What a delegation lets do, where it holds: give training, and see whom one gives it."""
MOST_DAYS = 366


class DelegationState(StrEnum):
    """How a delegation stands on a day; the first that is true."""

    ENDED = "ended"
    """Somebody ended it."""
    OVER = "over"
    """Its last day is gone."""
    GIVER_MAY_NOT = "giver_may_not"
    """Who gave it may not assign there themselves now."""
    TAKER_MAY_NOT = "taker_may_not"
    """Who has it may not act by it: their account is closed or rests, or an auditor's."""
    TO_COME = "to_come"
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """Where somebody gives training for another now."""

    acts_for: ActsFor
    org_units: frozenset[UUID] | None
    """None: everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """Where somebody may give training now, and for whom."""

    org_units: frozenset[UUID] | None
    """None: everywhere."""
    delegation_id: UUID | None = None
    """None where they do it for themselves."""


def ways_to_give(
    session: Session, actor: Actor, here: UUID | None, now: datetime
) -> tuple[Giving, ...]:
    """Return where an actor may give training now: by their own role first, then for others.

    What was lent when they signed in, and holds no longer, is left out. Raises NotAllowed where nothing
    is left.
    """
    actor.require_anywhere(Capability.GIVE_TRAINING)
    ways = (*_own_way(actor), *_lent_ways(session, actor, here, now))
    if not ways:
        raise LendingOver(", ".join(dict.fromkeys(one.name for one in actor.lenders())))
    return ways


def _own_way(actor: Actor) -> Iterator[Giving]:
    own = actor.by_own_roles()
    if own.may(Capability.GIVE_TRAINING):
        yield Giving(org_units=own.scope_of(Capability.GIVE_TRAINING))


def _lent_ways(
    session: Session, actor: Actor, here: UUID | None, now: datetime
) -> Iterator[Giving]:
    """Yield the ways that were lent when the actor signed in, and hold still."""
    lenders = {one.delegation_id for one in actor.lenders()}
    account = session.get(AccountRow, actor.account_id) if lenders else None
    if account is None:
        return
    for one in lent_to(session, account, here, now):
        if one.acts_for.delegation_id in lenders:
            yield Giving(org_units=one.org_units, delegation_id=one.acts_for.delegation_id)


def scope_of_ways(ways: Iterable[Giving]) -> frozenset[UUID] | None:
    """Return everything that some ways reach; None: everywhere."""
    return _together([one.org_units for one in ways])


def _together(places: Iterable[frozenset[UUID] | None]) -> frozenset[UUID] | None:
    several = list(places)
    if None in several:
        return None
    return frozenset().union(*(one for one in several if one is not None))


def lent_grants(
    session: Session, account: AccountRow, here: UUID | None, now: datetime
) -> frozenset[Grant]:
    """Return the grants that an account has of others at a moment."""
    return frozenset(
        Grant(capability=one, org_units=lent.org_units, acts_for=lent.acts_for)
        for lent in lent_to(session, account, here, now)
        for one in LENT
    )


def lent_to(
    session: Session, account: AccountRow, here: UUID | None, now: datetime
) -> tuple[Lent, ...]:
    """Return for whom an account gives training at a moment, and where; the oldest delegation first."""
    today = now.astimezone().date()
    days = DelegationRow.from_on <= today, DelegationRow.until_on >= today
    rows = session.scalars(
        sa.select(DelegationRow)
        .where(DelegationRow.account_id == account.id, DelegationRow.ended_at.is_(None), *days)
        .order_by(DelegationRow.from_on, DelegationRow.id)
    ).all()
    return tuple(_lent(session, rows, Lending(session, here, now)))


def _lent(session: Session, rows: Iterable[DelegationRow], lending: "Lending") -> Iterator[Lent]:
    for row in rows:
        reach = lending.reach(row)
        if reach is None or reach:
            name = name_of_account(session, row.giver_id)
            acts_for = ActsFor(delegation_id=row.id, name=name, until_on=row.until_on)
            yield Lent(acts_for=acts_for, org_units=reach)


class Lending:
    """Tells what delegations are worth at a moment; it looks at each giver once."""

    def __init__(self, session: Session, here: UUID | None, now: datetime) -> None:
        self._session = session
        self._here = here
        self._now = now
        self._today = now.astimezone().date()
        self._own: dict[UUID, frozenset[UUID] | None] = {}

    def reach(self, row: DelegationRow) -> frozenset[UUID] | None:
        """Return where a delegation lets give training, whatever its days; None: everywhere.

        Nowhere, where one of both may not, or where it is longer than any that this program writes.
        """
        if not self._is_sound(row) or not self._takes(row):
            return frozenset()
        own = self._reach_of_own(row.giver_id)
        if row.org_unit_id is None or (own is not None and not own):
            return own
        asked = reach_of(self._session, row.org_unit_id)
        return asked if own is None else asked & own

    def state(self, row: DelegationRow) -> DelegationState:
        """Return how a delegation stands."""
        today = self._today
        if row.ended_at is not None:
            return DelegationState.ENDED
        if row.until_on < today:
            return DelegationState.OVER
        if not self._is_sound(row) or not self._takes(row):
            return DelegationState.TAKER_MAY_NOT
        reach = self.reach(row)
        if reach is not None and not reach:
            return DelegationState.GIVER_MAY_NOT
        return DelegationState.TO_COME if row.from_on > today else DelegationState.IN_FORCE

    def _is_sound(self, row: DelegationRow) -> bool:
        """Tell whether it is one of two people's, of a length that may be, and neither account rests."""
        days = (row.until_on - row.from_on).days
        return (
            0 <= days < MOST_DAYS
            and row.giver_id != row.account_id
            and bool(in_force(self._session, row.account_id, [row]))
            and bool(in_force(self._session, row.giver_id, [row], "giver_id"))
        )

    def _takes(self, row: DelegationRow) -> bool:
        """Tell whether who gives training by it may: an account that opens, of the giver's site, no auditor's."""
        account = self._session.get(AccountRow, row.account_id)
        giver = self._session.get(AccountRow, row.giver_id)
        if account is None or giver is None or why_closed(self._session, account, self._now):
            return False
        homes = {foreign_home(self._session, one, self._here) for one in (account, giver)}
        return len(homes) == 1 and not is_auditor(self._session, account.id)

    def _reach_of_own(self, giver_id: UUID) -> frozenset[UUID] | None:
        if giver_id not in self._own:
            self._own[giver_id] = self._reach_by_roles(giver_id)
        return self._own[giver_id]

    def _reach_by_roles(self, giver_id: UUID) -> frozenset[UUID] | None:
        giver = self._session.get_one(AccountRow, giver_id)
        if why_closed(self._session, giver, self._now):
            return frozenset()
        home = foreign_home(self._session, giver, self._here)
        grants = grants_of(self._session, held_roles(self._session, giver_id), home)
        return _together(one.org_units for one in grants if one.capability is Capability.ASSIGN)


def is_auditor(session: Session, account_id: UUID) -> bool:
    """Tell whether an account is an auditor's: they see everything and change nothing."""
    return any(one.role == RoleName.AUDITOR.value for one in held_roles(session, account_id))
