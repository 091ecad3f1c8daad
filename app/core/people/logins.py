"""What somebody's login is: looking an account up by it, and giving it another one."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.ids import parse_id
from app.core.journal import Site
from app.core.people.account_queries import account_detail, account_row, number_of
from app.core.people.errors import NameIsDouble, SeveralAccounts
from app.core.people.homes import Homes
from app.core.people.powers import place_of_owner, require_power_over
from app.core.people.rules import clean_login
from app.core.people.sign_in_names import require_free_login
from app.core.people.types import AccountDetail, AccountId
from app.core.people.whom import account_meant


class Logins:
    """Manages the logins of accounts, of the people of a site and of those who are none."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._homes = Homes(site)

    def called(self, actor: Actor, untrusted_name: str) -> AccountDetail:
        """Return the account that a name opens here, or that has an id.

        Raises NotFound, SeveralAccounts, NameOfSeveralSites.
        """
        actor.scope_of(Capability.MANAGE_ACCOUNTS)
        with self._site.read() as session:
            found = parse_id(untrusted_name) or self._opened_by(session, untrusted_name)
            row = account_row(session, found)
            actor.require(Capability.MANAGE_ACCOUNTS, place_of_owner(session, row))
            return account_detail(session, row, actor, self._site.clock.now())

    def _opened_by(self, session: Session, untrusted_name: str) -> UUID:
        try:
            found, _way = account_meant(session, untrusted_name, self._site.site_id)
        except NameIsDouble as double:
            rows = [account_row(session, one) for one in double.accounts]
            named = [f"{row.id} ({row.name or number_of(session, row)})" for row in rows]
            raise SeveralAccounts(untrusted_name, named) from double
        if found is None:
            raise NotFound(untrusted_name)
        return found

    def rename(self, actor: Actor, account_id: AccountId, login: str, reason: str = "") -> None:
        """Let an account sign in by another login; the one before opens nothing. Raises LoginTaken."""
        login = clean_login(login)
        told = self._homes.told_of_account(account_id)
        with self._site.transaction(actor, "account.rename", reason=reason, for_site=told) as unit:
            row = account_row(unit, account_id)
            require_power_over(actor, unit, row)
            if row.login != login:
                require_free_login(unit, login, row.person_id)
                row.login = login
