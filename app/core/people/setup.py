"""The first administrator of a new site."""

import sqlalchemy as sa

from app.core.base.actor import system_actor
from app.core.journal import Site, Unit
from app.core.keys import SlotCost
from app.core.people.account_models import AccountRow, CredentialKind
from app.core.people.accounts import add_account
from app.core.people.credentials import set_credential
from app.core.people.derived import refresh_listing
from app.core.people.errors import LoginTaken
from app.core.people.models import PersonRow, search_text
from app.core.people.own_passwords import ChosenPassword, Keepers, prepare_all
from app.core.people.roles import RoleName
from app.core.people.rules import check_password, clean_name, clean_number, today
from app.core.people.secrets import SIGN_IN_COST, SecretHasher
from app.core.people.sign_in_names import take_naming_turn
from app.core.people.types import AccountId


def create_first_administrator(
    site: Site,
    *,
    login: str,
    name: str,
    password: str,
    number: str = "",
    cost: SlotCost = SIGN_IN_COST,
    keepers: Keepers | None = None,
) -> AccountId:
    """Give a site without accounts its administrator; with a number they are also a person there.

    `keepers` lock what is theirs under the password.

    Raises LoginTaken when there are accounts, WeakSecret, DetailRefused.
    """
    check_password(password, (login, number))
    secret = SecretHasher(cost).hashed(password)
    keep = prepare_all(keepers or [], ChosenPassword(account_id=None, name=name, new=password))
    now = site.clock.now()
    with site.transaction(system_actor(), "site.first-administrator") as unit:
        take_naming_turn(unit)
        if unit.scalar(sa.select(sa.func.count()).select_from(AccountRow)):
            raise LoginTaken(login)
        name = clean_name(name)
        person = _person(unit, number, name, site) if number else None
        roles = (RoleName.ADMINISTRATOR, *((RoleName.LEARNER,) if person else ()))
        account_id = add_account(
            unit, login, roles, person=person, name=name, now=now, home=site.site_id
        )
        password_id = set_credential(unit, account_id, CredentialKind.PASSWORD, secret, now=now)
        keep(unit, account_id, password_id)
    return account_id


def _person(unit: Unit, number: str, name: str, site: Site) -> PersonRow:
    row = PersonRow(
        home_site_id=site.site_id,
        number=clean_number(number),
        name=name,
        joined_on=today(site.clock),
        search_text="",
    )
    row.search_text = search_text(row.number, row.name, "")
    unit.add(row)
    unit.flush()
    refresh_listing(unit, [row.id])
    return row
