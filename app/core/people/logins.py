"""What somebody's login is: looking an account up by it, and giving it another one."""

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.journal import Site
from app.core.people.account_queries import account_detail, account_row
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
        """Return the account that a name opens here. Raises NotFound, NameIsDouble, NameOfSeveralSites."""
        actor.scope_of(Capability.MANAGE_ACCOUNTS)
        with self._site.read() as session:
            found, _way = account_meant(session, untrusted_name, self._site.site_id)
            if found is None:
                raise NotFound(untrusted_name)
            row = account_row(session, found)
            actor.require(Capability.MANAGE_ACCOUNTS, place_of_owner(session, row))
            return account_detail(session, row, actor, self._site.clock.now())

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
