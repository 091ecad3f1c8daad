"""Auditors' visits: the accounts of those who are no people here, until when, and ending one early."""

from contextlib import AbstractContextManager
from datetime import datetime

from app.core.base.actor import Actor, Capability
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _
from app.core.journal import Site, Unit
from app.core.people.account_models import AccountRow
from app.core.people.account_queries import account_row, page_of_outsiders
from app.core.people.errors import DetailRefused, WindowRefused
from app.core.people.homes import Homes
from app.core.people.powers import require_power_over
from app.core.people.types import AccountDetail, AccountId


class Visits:
    """Shows who from outside has an account. Who may: holders of MANAGE_ACCOUNTS for the site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._homes = Homes(site)

    def list(self, actor: Actor, request: PageRequest) -> Page[AccountDetail]:
        """Return one stretch of the accounts of auditors and others who are no people here.

        Filter `state`: `open` (now, or to come) or `over` (or closed).
        """
        actor.require(Capability.MANAGE_ACCOUNTS)
        with self._site.read() as session:
            return page_of_outsiders(session, request, actor, self._site.clock.now())

    def end(self, actor: Actor, account_id: AccountId) -> None:
        """End a visit now; one that is over stays as it is. Raises DetailRefused."""
        now = self._site.clock.now()
        with self._telling(actor, "account.end-visit", account_id) as unit:
            row, closes_at = _visit(actor, unit, account_id)
            row.closes_at = min(closes_at, now)
            if row.opens_at is not None:  # one that was still to come never opened
                row.opens_at = min(row.opens_at, row.closes_at)

    def change_end(self, actor: Actor, account_id: AccountId, closes_at: datetime) -> None:
        """Let a visit last longer or less long, or open one again that is over.

        Raises WindowRefused, DetailRefused.
        """
        now = self._site.clock.now()
        with self._telling(actor, "account.change-visit", account_id) as unit:
            row, _closes_at = _visit(actor, unit, account_id)
            if closes_at <= max(row.opens_at or now, now):
                raise WindowRefused
            row.closes_at = closes_at

    def _telling(
        self, actor: Actor, action: str, account_id: AccountId
    ) -> AbstractContextManager[Unit]:
        """Give a unit of work whose changes reach the site that the account is of."""
        told = self._homes.told_of_account(account_id)
        return self._site.transaction(actor, action, for_site=told)


def _visit(actor: Actor, unit: Unit, account_id: AccountId) -> tuple[AccountRow, datetime]:
    """Return the account of a visit and when it closes."""
    row = account_row(unit, account_id)
    require_power_over(actor, unit, row)
    if row.closes_at is None:
        raise DetailRefused(_("This account is not one of a visit."))
    return row, row.closes_at
