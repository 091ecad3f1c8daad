"""Access as it was given and taken away: to whom, by whom, when, and when it was last used."""

from datetime import timedelta

from app.core.base.actor import Actor, system_actor
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import NewPerson, People, RoleName, SignIn, create_first_administrator
from app.core.reports import Reports
from tests.core.reports.conftest import SYSTEM
from tests.support.clock import TurnedClock
from tests.support.signers import LIGHT, LOGIN, PASSWORD

Row = dict[str, object]


def access(site: Site, **filters: str) -> list[Row]:
    request = PageRequest(sort="granted_at").filtered_by(list(filters.items()))
    table = Reports(site).table(SYSTEM, "access", request.searching("asha"))
    return [
        dict(zip((column.key for column in table.columns), row, strict=True)) for row in table.rows
    ]


def administrator(site: Site, sign_in: SignIn) -> Actor:
    create_first_administrator(
        site, login=LOGIN, name="Meera Joshi", password=PASSWORD, number="E-1", cost=LIGHT
    )
    return sign_in.sign_in(LOGIN, PASSWORD).actor


def test_a11_12_access_is_listed_with_who_gave_it_and_who_took_it_away(
    site: Site, clock: TurnedClock
) -> None:
    sign_in, people = SignIn(site, LIGHT), People(site)
    meera = administrator(site, sign_in)
    press = people.organisation.add_org_unit(SYSTEM, "PRESS", "Press shop")
    asha = people.add(SYSTEM, NewPerson(number="E-2", name="Asha Kulkarni"))
    accounts = sign_in.accounts
    account = accounts.give_account(SYSTEM, asha)
    accounts.set_pin(SYSTEM, account, "739201", must_change=False)
    clock.turn(timedelta(hours=1))
    given = clock.now()
    accounts.grant_role(meera, account, RoleName.TRAINER, press)
    clock.turn(timedelta(days=30))
    sign_in.sign_in("E-2", "739201")
    used, taken = clock.now(), clock.now() + timedelta(days=1)
    clock.turn(timedelta(days=1))
    accounts.revoke_role(meera, account, RoleName.TRAINER, press)

    learner, trainer = access(site)
    assert (learner["role"], learner["granted_by"]) == ("learner", system_actor().name)
    assert (learner["state"], learner["revoked_by"]) == ("held", "")
    assert (trainer["role"], trainer["place"]) == ("trainer", "Press shop")
    assert (trainer["granted_at"], trainer["granted_by"]) == (given, "Meera Joshi")
    assert (trainer["revoked_at"], trainer["revoked_by"]) == (taken, "Meera Joshi")
    assert (trainer["state"], trainer["last_used"]) == ("taken", used)

    accounts.disable(meera, account)
    assert [one["role"] for one in access(site, state="closed")] == ["learner"]
    assert [one["role"] for one in access(site, state="taken")] == ["trainer"]
    assert access(site, role="administrator") == []
