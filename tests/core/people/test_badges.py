"""Badges: what names an account at the reader, and what is refused before it could name another."""

import pytest

from app.core.base.actor import Capability
from app.core.people import (
    AccountId,
    BadgeIsName,
    BadgeTaken,
    CredentialKind,
    Destination,
    DetailRefused,
    LoginTaken,
    NewPerson,
    NumberTaken,
    People,
    PersonChange,
    SignIn,
    WrongSignIn,
)
from tests.core.people.conftest import SYSTEM, Plant, somebody


@pytest.fixture
def ravis_account(sign_in: SignIn, people: People, plant: Plant) -> AccountId:
    """Ravi of the paint shop, with PIN 8461."""
    place = Destination(org_unit_id=plant.paint)
    ravi = people.add(SYSTEM, NewPerson(number="E-2", name="Ravi Iyer", place=place))
    account_id = sign_in.accounts.give_account(SYSTEM, ravi, login="ravi")
    sign_in.accounts.set_pin(SYSTEM, account_id, "8461", must_change=False)
    return account_id


def test_a_taken_badge_says_whose_it_is(
    sign_in: SignIn, ashas_account: AccountId, ravis_account: AccountId
) -> None:
    with pytest.raises(BadgeTaken) as refused:
        sign_in.accounts.set_badge(SYSTEM, ravis_account, "00a1b2c3")

    assert refused.value.sentence == (
        "This badge already belongs to Asha Kulkarni (E-1042). Nothing was changed. "
        "Take it away from them first, or use another badge."
    )


def test_whose_it_is_stays_untold_to_who_may_not_see_them(
    sign_in: SignIn, plant: Plant, ashas_account: AccountId, ravis_account: AccountId
) -> None:
    painter = somebody(
        Capability.MANAGE_ACCOUNTS, Capability.VIEW_PEOPLE, units=frozenset({plant.paint})
    )
    with pytest.raises(BadgeTaken) as refused:
        sign_in.accounts.set_badge(painter, ravis_account, "00a1b2c3")

    assert "Asha" not in refused.value.sentence
    assert refused.value.happened == "This badge already belongs to somebody else."


def test_who_has_the_badge_already_may_be_given_it_again(
    sign_in: SignIn, ashas_account: AccountId
) -> None:
    sign_in.accounts.set_badge(SYSTEM, ashas_account, "00A1B2C3")

    assert sign_in.sign_in("00a1b2c3", "7392").actor.name == "Asha Kulkarni"


@pytest.mark.parametrize("code", ["e-2", "E-2", " RAVI "])
def test_a_code_that_names_somebody_else_is_no_badge(
    sign_in: SignIn, ashas_account: AccountId, ravis_account: AccountId, code: str
) -> None:
    with pytest.raises(BadgeIsName):
        sign_in.accounts.set_badge(SYSTEM, ashas_account, code)

    assert sign_in.sign_in("00A1B2C3", "7392").actor.name == "Asha Kulkarni"
    sign_in.accounts.set_badge(SYSTEM, ravis_account, code)


@pytest.mark.parametrize("code", ["\u200bE-2", "E -2", "r a v i"])
def test_what_a_reader_may_send_for_such_a_name_is_no_badge_either(
    sign_in: SignIn, ashas_account: AccountId, ravis_account: AccountId, code: str
) -> None:
    with pytest.raises(BadgeIsName):
        sign_in.accounts.set_badge(SYSTEM, ashas_account, code)


def test_what_is_on_a_badge_becomes_nobody_elses_number_or_login(
    sign_in: SignIn, people: People, ashas_account: AccountId, ravis_account: AccountId
) -> None:
    with pytest.raises(NumberTaken):
        people.add(SYSTEM, NewPerson(number="00a1b2c3", name="Somebody"))
    ravi = people.find(SYSTEM, "E-2").id
    with pytest.raises(NumberTaken):
        people.edit(SYSTEM, ravi, PersonChange(number="00A1 B2C3"))
    bob = people.add(SYSTEM, NewPerson(number="E-3", name="Bob"))
    with pytest.raises(LoginTaken):
        sign_in.accounts.give_account(SYSTEM, bob, login="00a1b2c3")

    people.edit(SYSTEM, people.find(SYSTEM, "E-1042").id, PersonChange(number="00A1B2C3"))
    assert sign_in.sign_in("00A1B2C3", "7392").actor.name == "Asha Kulkarni"


@pytest.mark.parametrize(
    ("code", "happened"),
    [
        ("", "The badge was not read."),
        (" \t\u200b", "The badge was not read."),
        ("7" * 300, "A badge's code has at most 100 characters."),
    ],
)
def test_what_no_reader_reads_is_refused_in_one_clear_sentence(
    sign_in: SignIn, ashas_account: AccountId, code: str, happened: str
) -> None:
    with pytest.raises(DetailRefused) as refused:
        sign_in.accounts.set_badge(SYSTEM, ashas_account, code)

    assert refused.value.happened == happened
    assert refused.value.safe == "Nothing was changed."
    assert refused.value.remedy


def test_a_badge_taken_away_names_nobody_and_can_go_to_another(
    sign_in: SignIn, ashas_account: AccountId, ravis_account: AccountId
) -> None:
    sign_in.accounts.take_away(SYSTEM, ashas_account, CredentialKind.BADGE)

    with pytest.raises(WrongSignIn):
        sign_in.sign_in("00A1 B2C3", "7392")
    sign_in.accounts.set_badge(SYSTEM, ravis_account, "00A1 B2C3")
    assert sign_in.sign_in("00a1b2c3", "8461").actor.name == "Ravi Iyer"
