"""Notes that somebody proved who they are for an act that leaves no other row; the lost password."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, system_actor
from app.core.base.errors import NotFound
from app.core.journal import Site, Unit
from app.core.keys import KeptTries, SlotCost
from app.core.people.account_models import (
    AccountRow,
    CredentialKind,
    SignInEvent,
    SignInRow,
)
from app.core.people.credentials import set_credential
from app.core.people.guard import Guard
from app.core.people.powers import administrators_of_site, foreign_home
from app.core.people.rules import check_password, today
from app.core.people.secrets import SIGN_IN_COST, SecretHasher
from app.core.spreadsheets import clean


def note_confirmed(unit: Unit, actor: Actor, method: str, now: datetime) -> None:
    """Note in a unit of work that whoever acts has proved who they are, and how."""
    unit.add(
        SignInRow(account_id=actor.account_id, event=SignInEvent.CONFIRMED, method=method, at=now)
    )


def administrator_called(site: Site, untrusted_login: str) -> UUID:
    """Return the account of an administrator of the site. Raises NotFound."""
    with site.read() as session:
        return administrator_in(session, untrusted_login, site.site_id, today(site.clock))


def administrator_in(session: Session, untrusted_login: str, here: UUID | None, on: date) -> UUID:
    """Return the account of somebody who administers a site on a day, by its records. Raises NotFound.

    Those of other sites, whatever they are called, administer nothing here.
    """
    login = clean(untrusted_login)
    accounts = session.scalars(sa.select(AccountRow).where(AccountRow.login == login.casefold()))
    administrators = administrators_of_site(session, on)
    found = [
        one.id
        for one in accounts
        if one.id in administrators and foreign_home(session, one, here) is None
    ]
    if len(found) != 1:
        raise NotFound(login)
    return found[0]


def give_new_password(
    site: Site,
    untrusted_login: str,
    password: str,
    *,
    reason: str,
    kept: KeptTries,
    cost: SlotCost = SIGN_IN_COST,
) -> None:
    """Give an administrator who lost theirs a password; wrong tries are forgotten, those that a PC remembers too.

    Raises NotFound for who is no administrator, WeakSecret.
    """
    check_password(password, (untrusted_login,))
    account_id = administrator_called(site, untrusted_login)
    secret, now = SecretHasher(cost).hashed(password), site.clock.now()
    with site.transaction(system_actor(), "data-key.recovered-password", reason=reason) as unit:
        set_credential(unit, account_id, CredentialKind.PASSWORD, secret, now=now)
        Guard(site, kept).clear(unit, account_id)
