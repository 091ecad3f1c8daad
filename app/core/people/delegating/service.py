"""Letting somebody else give training for oneself, for a while, and ending it (ADR 72)."""

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.reasons import explained
from app.core.base.words import _
from app.core.journal import Site, Unit, shown_for
from app.core.people.account_models import AccountRow, DelegationRow
from app.core.people.account_queries import account_of
from app.core.people.closed import why_closed
from app.core.people.delegating.errors import DelegationRefused
from app.core.people.delegating.reading import LASTING, listed, may_end
from app.core.people.delegating.types import Delegation, DelegationId, DelegationTerms
from app.core.people.homes import Homes
from app.core.people.lending import MOST_DAYS, Lending, is_auditor
from app.core.people.models import PersonRow
from app.core.people.organisation import org_unit
from app.core.people.rules import today
from app.core.people.types import PersonId


class Delegations:
    """Keeps them. Who may: whoever assigns by a role of their own, for themselves alone.

    Who manages the account of somebody to whom one was given sees it, and may end it.
    """

    def __init__(self, site: Site, homes: Homes) -> None:
        self._site = site
        self._homes = homes

    def listed(self, actor: Actor, *, with_past: bool = False) -> tuple[Delegation, ...]:
        """Return what the actor lets others do, what others let them, and what they oversee.

        The last to begin first; those that are over or ended only `with_past`.
        """
        with self._site.read() as session:
            lasting = DelegationRow.ended_at.is_(None), DelegationRow.until_on >= self._today()
            return listed(session, actor, self._lending(session), *(() if with_past else lasting))

    def of_person(self, actor: Actor, person_id: PersonId) -> tuple[Delegation, ...]:
        """Return those of the delegations given to somebody that the actor sees and that last."""
        with self._site.read() as session:
            account = account_of(session, shown_for(session, PersonRow, person_id))
            if account is None:
                return ()
            given = DelegationRow.account_id == account.id
            found = listed(session, actor, self._lending(session), given)
            return tuple(one for one in found if one.state in LASTING)

    def give(self, actor: Actor, person_id: PersonId, terms: DelegationTerms) -> DelegationId:
        """Let somebody give training for the actor. Raises DelegationRefused, NotFound, ReasonMissing."""
        giver_id = _require_giver(actor, terms.org_unit_id)
        begins, reason = terms.from_on or self._today(), explained(terms.reason)
        _require_days(begins, terms.until_on, self._today())
        with self._site.read() as session:
            taker_id = _taker(session, person_id).id
        told = self._told(giver_id, taker_id)
        with self._site.transaction(actor, "delegation.give", reason=reason, for_site=told) as unit:
            unit.take_turn("delegations of", giver_id)
            self._require_taker(unit, giver_id, taker_id)
            if terms.org_unit_id is not None:
                org_unit(unit, terms.org_unit_id)
                self._homes.require_unit_of(unit, told, terms.org_unit_id)
            row = DelegationRow(
                account_id=taker_id,
                giver_id=giver_id,
                org_unit_id=terms.org_unit_id,
                from_on=begins,
                until_on=terms.until_on,
            )
            _refuse_overlap(unit, row)
            unit.add(row)
            unit.flush()
            return DelegationId(row.id)

    def end(self, actor: Actor, delegation_id: DelegationId, reason: str) -> None:
        """Let a delegation hold no longer, from now on. Raises DelegationRefused, NotAllowed, NotFound."""
        reason = explained(reason)
        with self._site.read() as session:
            row = _row(session, delegation_id)
            giver_id, taker_id = row.giver_id, row.account_id
        told = self._told(giver_id, taker_id)
        with self._site.transaction(actor, "delegation.end", reason=reason, for_site=told) as unit:
            row = _row(unit, delegation_id)
            if not may_end(actor, unit, row):
                raise NotAllowed(Capability.MANAGE_ACCOUNTS.named)
            if self._lending(unit).state(row) not in LASTING:
                raise DelegationRefused(
                    _("This is over already."), _("Look at the list: it says when.")
                )
            row.ended_at = self._site.clock.now()

    def _require_taker(self, unit: Unit, giver_id: UUID, taker_id: UUID) -> None:
        """Raise DelegationRefused for somebody who may not give training for the giver."""
        taker = unit.get_one(AccountRow, taker_id)
        if taker_id == giver_id:
            raise DelegationRefused(
                _("You cannot let yourself give training for you."), _("Choose somebody else.")
            )
        if closed := why_closed(unit, taker, self._site.clock.now()):
            raise DelegationRefused(closed, _("Choose somebody who can sign in."))
        if is_auditor(unit, taker_id):
            raise DelegationRefused(
                _("They are an auditor here, and auditors change nothing."),
                _("Choose somebody else."),
            )

    def _told(self, giver_id: UUID, taker_id: UUID) -> UUID | None:
        """Return the site that gets to know of it. Raises DelegationRefused for people of two sites."""
        told = {self._homes.told_of_account(one) for one in (giver_id, taker_id)}
        if len(told) > 1:
            raise DelegationRefused(
                _("They are of another site than you."), _("Choose somebody of your own site.")
            )
        return told.pop()

    def _lending(self, session: Session) -> Lending:
        return Lending(session, self._site.site_id, self._site.clock.now())

    def _today(self) -> date:
        return today(self._site.clock)


def _require_giver(actor: Actor, org_unit_id: UUID | None) -> UUID:
    """Return the account of somebody who assigns there themselves. Raises NotAllowed, DelegationRefused."""
    actor.scope_of(Capability.ASSIGN)
    if org_unit_id is not None:
        actor.require(Capability.ASSIGN, org_unit_id)
    if actor.account_id is None:
        raise DelegationRefused(
            _("Only somebody who is signed in lets others give training for them."),
            _("Sign in; on the command line, give --as."),
        )
    return actor.account_id


def _require_days(begins: date, until_on: date, day: date) -> None:
    if begins < day:
        raise DelegationRefused(_("The first day is past."), _("Begin today or later."))
    if until_on < begins:
        raise DelegationRefused(
            _("The last day is before the first."), _("Give a last day that comes after it.")
        )
    if until_on >= begins + timedelta(days=MOST_DAYS):
        raise DelegationRefused(
            _("It would last more than {count} days.").format(count=MOST_DAYS),
            _("Give an earlier last day; it can be given again then."),
        )


def _taker(session: Session, person_id: PersonId) -> AccountRow:
    """Return the account of somebody. Raises DelegationRefused, NotFound."""
    person = session.get(PersonRow, shown_for(session, PersonRow, person_id))
    if person is None:
        raise NotFound(_("The person"))
    account = account_of(session, person.id)
    if account is None:
        raise DelegationRefused(
            _("{name} has no account.").format(name=person.name),
            _("Let an administrator give them one first."),
        )
    return account


def _refuse_overlap(unit: Unit, new: DelegationRow) -> None:
    """Raise DelegationRefused where the same is given to the same person on one of the days already."""
    same_place = (
        DelegationRow.org_unit_id.is_(None)
        if new.org_unit_id is None
        else DelegationRow.org_unit_id == new.org_unit_id
    )
    before = sa.select(DelegationRow.id).where(
        DelegationRow.giver_id == new.giver_id,
        DelegationRow.account_id == new.account_id,
        same_place,
        DelegationRow.ended_at.is_(None),
        DelegationRow.from_on <= new.until_on,
        DelegationRow.until_on >= new.from_on,
    )
    if unit.scalars(before.limit(1)).first() is not None:
        raise DelegationRefused(
            _("They give training for you there on one of these days already."),
            _("End that first, or give other days."),
        )


def _row(session: Session, delegation_id: UUID) -> DelegationRow:
    row = session.get(DelegationRow, delegation_id)
    if row is None:
        raise NotFound(_("The delegation"))
    return row
