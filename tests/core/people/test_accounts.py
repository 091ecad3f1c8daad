"""Accounts, roles, and that nobody rises by managing them."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import (
    ROLES,
    AccountId,
    BadgeTaken,
    CredentialKind,
    DetailRefused,
    HasAccount,
    LastAdministrator,
    LoginTaken,
    NewPerson,
    OrgUnitId,
    People,
    PersonId,
    RoleName,
    SignIn,
    WeakSecret,
    WindowRefused,
    WrongSignIn,
    create_first_administrator,
)
from app.core.people.powers import held_roles
from app.core.people.roles import ADMINISTRATOR, AUDITOR, capabilities_of
from tests.core.people.conftest import LIGHT, SYSTEM, Plant, somebody
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc

PASSWORD = "tall mango trees"


@pytest.fixture
def chief(site: Site, people: People, sign_in: SignIn) -> Actor:
    """The first administrator."""
    create_first_administrator(
        site, login="Chief", name="Meena Rao", password=PASSWORD, number="E-1", cost=LIGHT
    )
    return sign_in.with_password("chief", PASSWORD)


def test_the_first_administrator_manages_the_site_and_learns(chief: Actor) -> None:
    assert chief.roles == {"administrator", "learner"}
    assert all(chief.may(capability) for capability in Capability)
    assert chief.number == "E-1"


def test_there_is_one_first_administrator(site: Site, chief: Actor) -> None:
    with pytest.raises(LoginTaken):
        create_first_administrator(
            site, login="other", name="X", password="quiet river stones", cost=LIGHT
        )


def test_an_administrator_need_not_be_a_person(site: Site, sign_in: SignIn) -> None:
    create_first_administrator(site, login="it", name="IT desk", password=PASSWORD, cost=LIGHT)

    actor = sign_in.with_password("it", PASSWORD)
    assert (actor.person_id, actor.name, actor.roles) == (None, "IT desk", {"administrator"})


def test_a_weak_first_password_founds_nothing(site: Site, people: People) -> None:
    with pytest.raises(WeakSecret):
        create_first_administrator(site, login="it", name="IT", password="password123")


def test_the_auditor_changes_nothing() -> None:
    changing = {
        Capability.MANAGE_PEOPLE,
        Capability.MANAGE_ACCOUNTS,
        Capability.AUTHOR_COURSES,
        Capability.PUBLISH_COURSES,
        Capability.ASSIGN,
        Capability.REVOKE_CERTIFICATES,
        Capability.MANAGE_SITE,
        Capability.LEARN,
    }
    assert not AUDITOR.capabilities & changing


def test_roles_are_named_once_and_an_unknown_one_gives_nothing() -> None:
    assert [role.name for role in ROLES] == list(RoleName)
    assert capabilities_of("astronaut") == frozenset()
    assert ADMINISTRATOR.capabilities > AUDITOR.capabilities


def test_an_account_is_described(
    sign_in: SignIn, plant: Plant, ashas_account: AccountId, clock: TurnedClock
) -> None:
    sign_in.accounts.grant_role(SYSTEM, ashas_account, RoleName.TRAINER, plant.press)
    sign_in.accounts.grant_role(SYSTEM, ashas_account, RoleName.TRAINER, plant.press)
    sign_in.sign_in("E-1042", "7392")

    detail = sign_in.accounts.account(SYSTEM, ashas_account)
    assert (detail.login, detail.name) == ("e-1042", "Asha Kulkarni")
    assert [(role.role, role.org_unit) for role in detail.roles] == [
        ("learner", ""),
        ("trainer", "Press shop"),
    ]
    assert detail.proofs == {CredentialKind.PIN, CredentialKind.BADGE}
    assert (detail.locked, detail.must_change, detail.last_in_at) == (False, False, clock.now())


def test_a_person_has_one_account(sign_in: SignIn, asha: PersonId) -> None:
    sign_in.accounts.give_account(SYSTEM, asha)

    with pytest.raises(HasAccount, match="Asha"):
        sign_in.accounts.give_account(SYSTEM, asha)


def test_p11_25_a_login_is_not_anothers_login_or_number(
    sign_in: SignIn, people: People, ashas_account: AccountId
) -> None:
    ravi = people.add(SYSTEM, NewPerson(number="E-2", name="Ravi"))

    for login in ("E-1042", "e-1042 "):
        with pytest.raises(LoginTaken):
            sign_in.accounts.give_account(SYSTEM, ravi, login=login)
    with pytest.raises(DetailRefused):
        sign_in.accounts.give_account(SYSTEM, ravi, login="x" * 50)
    sign_in.accounts.give_account(SYSTEM, ravi, login="Ravi")


def test_a_badge_opens_one_account(
    sign_in: SignIn, people: People, ashas_account: AccountId
) -> None:
    accounts = sign_in.accounts
    other = accounts.give_account(SYSTEM, people.add(SYSTEM, NewPerson(number="E-2", name="Ravi")))

    with pytest.raises(BadgeTaken):
        accounts.set_badge(SYSTEM, other, "00a1b2c3")
    with pytest.raises(DetailRefused):
        accounts.set_badge(SYSTEM, other, " ")
    accounts.set_badge(SYSTEM, ashas_account, "new badge")
    accounts.set_badge(SYSTEM, other, "00a1b2c3")
    accounts.set_pin(SYSTEM, other, "8461", must_change=False)
    assert sign_in.sign_in("00a1b2c3", "8461").actor.name == "Ravi"


def test_what_is_taken_away_opens_nothing(sign_in: SignIn, ashas_account: AccountId) -> None:
    sign_in.accounts.take_away(SYSTEM, ashas_account, CredentialKind.PIN)

    with pytest.raises(WrongSignIn):
        sign_in.sign_in("E-1042", "7392")


@pytest.mark.parametrize("pin", ["123", "1234", "9999", "4321", "1212", "1042", "042", "123456789"])
def test_a_weak_pin_is_refused(sign_in: SignIn, ashas_account: AccountId, pin: str) -> None:
    with pytest.raises(WeakSecret):
        sign_in.accounts.set_pin(SYSTEM, ashas_account, pin)


@pytest.mark.parametrize(
    "password", ["short", "e-1042-e-1042", "Password123!", "1234567890", "aaaaaaaaaaaa"]
)
def test_a_weak_password_is_refused(
    sign_in: SignIn, ashas_account: AccountId, password: str
) -> None:
    with pytest.raises(WeakSecret):
        sign_in.accounts.set_password(SYSTEM, ashas_account, password)


def test_an_auditors_window_is_one_that_opens(sign_in: SignIn, clock: TurnedClock) -> None:
    now = clock.now()
    for opens, closes in ((now, now), (now - timedelta(days=2), now - timedelta(days=1))):
        with pytest.raises(WindowRefused):
            sign_in.accounts.give_auditor_account(
                SYSTEM, login="a", name="A", opens_at=opens, closes_at=closes
            )


def test_outsiders_are_listed(
    sign_in: SignIn, ashas_account: AccountId, clock: TurnedClock
) -> None:
    sign_in.accounts.give_auditor_account(
        SYSTEM,
        login="auditor-1",
        name="N. Verma",
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(days=3),
    )

    (only,) = sign_in.visits.list(SYSTEM, PageRequest()).rows
    assert (only.login, only.closes_at) == ("auditor-1", clock.now() + timedelta(days=3))


def test_the_last_administrator_stays(sign_in: SignIn, chief: Actor, asha: PersonId) -> None:
    accounts = sign_in.accounts
    own = AccountId(chief.account_id)  # type: ignore[arg-type]
    with pytest.raises(LastAdministrator):
        accounts.disable(chief, own)
    with pytest.raises(LastAdministrator):
        accounts.revoke_role(chief, own, RoleName.ADMINISTRATOR)

    second = accounts.give_account(chief, asha, roles=(RoleName.ADMINISTRATOR,))
    accounts.set_pin(chief, second, "5836")
    accounts.revoke_role(chief, own, RoleName.ADMINISTRATOR)
    assert [role.role for role in accounts.account(SYSTEM, second).roles] == ["administrator"]


def test_a_disabled_or_departed_administrator_does_not_count(
    sign_in: SignIn, people: People, chief: Actor, asha: PersonId
) -> None:
    accounts = sign_in.accounts
    second = accounts.give_account(chief, asha, roles=(RoleName.ADMINISTRATOR,))
    people.leave(chief, asha)

    with pytest.raises(LastAdministrator):
        accounts.disable(chief, AccountId(chief.account_id))  # type: ignore[arg-type]
    accounts.disable(chief, second)


def test_an_administrator_who_cannot_sign_in_for_good_does_not_count(
    sign_in: SignIn, chief: Actor, asha: PersonId, clock: TurnedClock
) -> None:
    accounts = sign_in.accounts
    own = AccountId(chief.account_id)  # type: ignore[arg-type]
    accounts.give_account(chief, asha, roles=(RoleName.ADMINISTRATOR,))
    now = clock.now()
    visit = accounts.give_auditor_account(
        chief, login="visitor", name="A. Mehta", opens_at=now, closes_at=now + timedelta(days=1)
    )
    accounts.set_password(chief, visit, "quiet river stones")
    accounts.grant_role(chief, visit, RoleName.ADMINISTRATOR)

    for act in (
        lambda: accounts.disable(chief, own),
        lambda: accounts.take_away(chief, own, CredentialKind.PASSWORD),
        lambda: accounts.revoke_role(chief, own, RoleName.ADMINISTRATOR),
    ):
        with pytest.raises(LastAdministrator):
            act()
    assert sign_in.with_password("chief", PASSWORD).may(Capability.MANAGE_SITE)


def test_the_last_administrator_does_not_leave(
    sign_in: SignIn, people: People, chief: Actor, asha: PersonId, clock: TurnedClock
) -> None:
    own = PersonId(chief.person_id)  # type: ignore[arg-type]
    with pytest.raises(LastAdministrator):
        people.leave(chief, own)

    second = sign_in.accounts.give_account(chief, asha, roles=(RoleName.ADMINISTRATOR,))
    sign_in.accounts.set_pin(chief, second, "5836")
    day = clock.now().astimezone().date()
    people.leave(chief, asha, day + timedelta(days=30))
    for later in (20, 40):
        with pytest.raises(LastAdministrator):
            people.leave(chief, own, day + timedelta(days=later))
    people.stay(chief, asha)
    people.leave(chief, own, day + timedelta(days=20))


def test_nobody_without_the_capability_manages_accounts(
    sign_in: SignIn, asha: PersonId, ashas_account: AccountId
) -> None:
    actor = somebody(Capability.MANAGE_PEOPLE, Capability.VIEW_PEOPLE)
    accounts = sign_in.accounts
    for act in (
        lambda: accounts.account(actor, ashas_account),
        lambda: accounts.give_account(actor, asha),
        lambda: accounts.set_pin(actor, ashas_account, "8461"),
        lambda: accounts.set_password(actor, ashas_account, PASSWORD),
        lambda: accounts.set_badge(actor, ashas_account, "x"),
        lambda: accounts.take_away(actor, ashas_account, CredentialKind.PIN),
        lambda: accounts.disable(actor, ashas_account),
        lambda: accounts.enable(actor, ashas_account),
        lambda: accounts.unlock(actor, ashas_account, "mistyped"),
        lambda: accounts.grant_role(actor, ashas_account, RoleName.TRAINER),
        lambda: accounts.revoke_role(actor, ashas_account, RoleName.LEARNER),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert sign_in.sign_in("E-1042", "7392").actor.roles == {"learner"}


def test_nobody_gives_or_takes_over_what_they_lack(
    sign_in: SignIn, chief: Actor, plant: Plant, ashas_account: AccountId
) -> None:
    units = frozenset({plant.press, plant.line})
    local = somebody(*ADMINISTRATOR.capabilities, units=units)
    accounts = sign_in.accounts
    accounts.set_pin(local, ashas_account, "8461")
    accounts.grant_role(local, ashas_account, RoleName.TRAINER, plant.line)

    for act in (
        lambda: accounts.grant_role(local, ashas_account, RoleName.TRAINER),
        lambda: accounts.grant_role(local, ashas_account, RoleName.TRAINER, plant.paint),
        lambda: accounts.set_password(local, AccountId(chief.account_id), PASSWORD),  # type: ignore[arg-type]
    ):
        with pytest.raises(NotAllowed):
            act()

    accounts.grant_role(chief, ashas_account, RoleName.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        accounts.set_pin(local, ashas_account, "5836")


def test_only_roles_that_may_be_given_are_offered_and_none_twice(
    sign_in: SignIn, chief: Actor, plant: Plant, ashas_account: AccountId
) -> None:
    accounts = sign_in.accounts
    units = frozenset({plant.press, plant.line})
    local = somebody(*ADMINISTRATOR.capabilities, units=units)
    accounts.grant_role(local, ashas_account, RoleName.TRAINER, plant.line)

    offered = {
        offer.role: (offer.for_site, [unit.code for unit in offer.org_units])
        for offer in accounts.role_offers(local, ashas_account)
    }
    assert offered == {
        RoleName.SUPERVISOR: (False, ["PRESS", "LINE1"]),
        RoleName.ASSESSOR: (False, ["PRESS", "LINE1"]),
        RoleName.TRAINER: (False, ["PRESS"]),
        RoleName.ADMINISTRATOR: (False, ["PRESS", "LINE1"]),
        RoleName.AUDITOR: (False, ["PRESS", "LINE1"]),
    }
    everything = {offer.role: offer for offer in accounts.role_offers(chief, ashas_account)}
    assert set(everything) == set(RoleName) - {RoleName.LEARNER}
    assert everything[RoleName.AUTHOR].for_site
    assert not everything[RoleName.AUTHOR].org_units


def test_whoever_lacks_a_role_of_an_account_is_offered_nothing_for_it(
    sign_in: SignIn, chief: Actor, plant: Plant, ashas_account: AccountId
) -> None:
    units = frozenset({plant.press, plant.line})
    local = somebody(*ADMINISTRATOR.capabilities, units=units)
    accounts = sign_in.accounts
    assert accounts.account(local, ashas_account).may_be_changed
    accounts.grant_role(chief, ashas_account, RoleName.AUDITOR)

    assert not accounts.account(local, ashas_account).may_be_changed
    assert accounts.role_offers(local, ashas_account) == ()
    assert accounts.account(chief, ashas_account).may_be_changed


def test_several_roles_of_one_kind_are_taken_one_by_one(
    sign_in: SignIn, plant: Plant, ashas_account: AccountId
) -> None:
    accounts = sign_in.accounts
    for place in (plant.press, plant.paint, None):
        accounts.grant_role(SYSTEM, ashas_account, RoleName.TRAINER, place)
    accounts.revoke_role(SYSTEM, ashas_account, RoleName.TRAINER, plant.press)

    held = [(one.role, one.org_unit) for one in accounts.account(SYSTEM, ashas_account).roles]
    assert held == [("learner", ""), ("trainer", "Paint shop"), ("trainer", "")]


def test_a_role_is_not_given_in_a_unit_that_is_not_there(
    sign_in: SignIn, ashas_account: AccountId
) -> None:
    with pytest.raises(NotFound):
        sign_in.accounts.grant_role(
            SYSTEM, ashas_account, RoleName.TRAINER, OrgUnitId(ashas_account)
        )


def test_the_last_administrator_keeps_a_way_in(
    sign_in: SignIn, chief: Actor, asha: PersonId
) -> None:
    accounts = sign_in.accounts
    own = AccountId(chief.account_id)  # type: ignore[arg-type]
    with pytest.raises(LastAdministrator):
        accounts.take_away(chief, own, CredentialKind.PASSWORD)
    assert sign_in.with_password("chief", PASSWORD).name == "Meena Rao"

    accounts.set_pin(chief, own, "7392")
    accounts.take_away(chief, own, CredentialKind.PASSWORD)
    with pytest.raises(LastAdministrator):
        accounts.take_away(chief, own, CredentialKind.PIN)
    second = accounts.give_account(chief, asha, roles=(RoleName.ADMINISTRATOR,))
    accounts.set_pin(chief, second, "5836")
    accounts.take_away(chief, own, CredentialKind.PIN)


def test_an_unknown_account_is_not_found(sign_in: SignIn, asha: PersonId) -> None:
    with pytest.raises(NotFound):
        sign_in.accounts.set_pin(SYSTEM, AccountId(asha), "8461")
    with pytest.raises(NotFound):
        sign_in.accounts.give_account(SYSTEM, PersonId(AccountId(asha).__class__(int=1)))


def test_a_supervisor_answers_for_a_team_and_an_assessor_watches_practicals_there(
    sign_in: SignIn, chief: Actor, plant: Plant, ashas_account: AccountId
) -> None:
    """Features C7: eight fixed roles, in scopes."""
    assert len(ROLES) == len(RoleName) == 8
    accounts = sign_in.accounts
    accounts.grant_role(chief, ashas_account, RoleName.SUPERVISOR, plant.press)
    accounts.grant_role(chief, ashas_account, RoleName.ASSESSOR, plant.line)

    actor = sign_in.sign_in("E-1042", "7392").actor
    press, line = frozenset({plant.press, plant.line}), frozenset({plant.line})
    assert {one: actor.scope_of(one) for one in (Capability.VIEW_RECORDS, Capability.ASSESS)} == {
        Capability.VIEW_RECORDS: press,
        Capability.ASSESS: line,
    }
    assert actor.scope_of(Capability.SUPERVISE_QUIZZES) == press
    changes = {Capability.ASSIGN, Capability.MANAGE_PEOPLE, Capability.AUTHOR_COURSES}
    assert not any(actor.may(one) for one in (*changes, Capability.VIEW_JOURNAL))
    accounts.revoke_role(chief, ashas_account, RoleName.SUPERVISOR, plant.press)
    assert not sign_in.sign_in("E-1042", "7392").actor.may(Capability.VIEW_RECORDS)


def test_a_role_that_one_pc_took_away_is_not_given_back_by_another_that_did_not_know(
    tmp_path: Path, clock: TurnedClock
) -> None:
    one = first_pc(tmp_path / "one", clock)
    person = People(one.opened.site).add(SYSTEM, NewPerson(number="E-1", name="Asha"))
    two = another_pc(one, tmp_path / "two", clock)
    here, there = (SignIn(pc.opened.site, LIGHT).accounts for pc in (one, two))
    account = here.give_account(SYSTEM, person, roles=(RoleName.SUPERVISOR,))
    _carry(tmp_path, one, two)
    here.revoke_role(SYSTEM, account, RoleName.SUPERVISOR)
    there.grant_role(SYSTEM, account, RoleName.SUPERVISOR)
    for giver, taker in ((one, two), (two, one)):
        _carry(tmp_path, giver, taker)

    for pc in (one, two):
        with pc.opened.site.read() as session:
            assert not held_roles(session, account)


def _carry(folder: Path, giver: Pc, taker: Pc) -> None:
    stick = folder / new_id().hex
    stick.mkdir()
    taker.take(giver.send(stick, taker))
