"""Auditors' visits: which are open, until when, and one that is ended early."""

from datetime import timedelta

import pytest

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed
from app.core.base.paging import PageRequest, Sort
from app.core.people import AccountClosed, AccountId, DetailRefused, SignIn, WindowRefused
from tests.core.people.conftest import SYSTEM, somebody
from tests.support.clock import TurnedClock

PASSWORD = "seven green bottles"
OPEN = PageRequest(filters=(("state", "open"),))
OVER = PageRequest(filters=(("state", "over"),))


@pytest.fixture
def visits(sign_in: SignIn, clock: TurnedClock) -> dict[str, AccountId]:
    """One that is open for two days, one that begins tomorrow."""
    made = {}
    for login, name, begin in (("verma", "N. Verma, TÜV", 0), ("rangan", "S. Rangan", 1)):
        opens = clock.now() + timedelta(days=begin)
        made[login] = sign_in.accounts.give_auditor_account(
            SYSTEM, login=login, name=name, opens_at=opens, closes_at=opens + timedelta(days=2)
        )
        sign_in.accounts.set_password(SYSTEM, made[login], PASSWORD, must_change=False)
    return made


def logins(sign_in: SignIn, request: PageRequest) -> list[str]:
    page = sign_in.visits.list(SYSTEM, request)
    assert page.total == len(page.rows)
    return [one.login for one in page.rows]


def test_what_is_open_and_what_is_over_is_told_apart_by_the_clock(
    sign_in: SignIn, visits: dict[str, AccountId], ashas_account: AccountId, clock: TurnedClock
) -> None:
    assert logins(sign_in, OPEN) == ["verma", "rangan"]
    assert logins(sign_in, OVER) == []
    clock.turn(timedelta(days=2))
    assert logins(sign_in, OPEN) == ["rangan"]
    assert logins(sign_in, OVER) == ["verma"]
    assert logins(sign_in, PageRequest()) == ["verma", "rangan"]


def test_the_list_is_searched_sorted_and_cut(sign_in: SignIn, visits: dict[str, AccountId]) -> None:
    assert logins(sign_in, PageRequest(text="n. ver")) == ["verma"]
    assert logins(sign_in, PageRequest(text="%")) == []
    latest = PageRequest(limit=1).sorted_by(Sort("closes_at", descending=True))
    page = sign_in.visits.list(SYSTEM, latest)
    assert ([one.login for one in page.rows], page.total) == (["rangan"], 2)


@pytest.mark.parametrize("text", ["ÉMILE", "e\u0301mile", "öz", "शर्मा", "SHARMA öZ"])
def test_a_name_is_found_in_every_script_whatever_its_capitals(
    sign_in: SignIn, clock: TurnedClock, text: str
) -> None:
    opens, closes = clock.now(), clock.now() + timedelta(days=1)
    name = "Émile ÖZ Sharma शर्मा"
    sign_in.accounts.give_auditor_account(
        SYSTEM, login="emile", name=name, opens_at=opens, closes_at=closes
    )
    assert logins(sign_in, PageRequest(text=text)) == ["emile"]
    assert logins(sign_in, PageRequest(text=text + "x")) == []


def test_a_visit_ended_now_lets_nobody_in_and_says_when_it_ended(
    sign_in: SignIn, visits: dict[str, AccountId], clock: TurnedClock
) -> None:
    auditor = sign_in.sign_in("verma", PASSWORD).actor
    assert auditor.roles == {"auditor"}
    clock.turn(timedelta(hours=3))
    ended = clock.now()
    sign_in.visits.end(SYSTEM, visits["verma"])
    clock.turn(timedelta(hours=1))
    sign_in.visits.end(SYSTEM, visits["verma"])

    with pytest.raises(AccountClosed, match="a time that is over"):
        sign_in.sign_in("verma", PASSWORD)
    with pytest.raises(AccountClosed):  # nor is a screen unlocked that was left open
        sign_in.verify_again(auditor, PASSWORD)
    (over,) = sign_in.visits.list(SYSTEM, OVER).rows
    assert (over.login, over.closes_at) == ("verma", ended)
    assert over.last_in_at == ended - timedelta(hours=3)


def test_a_visit_that_never_began_does_not_end_before_its_beginning(
    sign_in: SignIn, visits: dict[str, AccountId], clock: TurnedClock
) -> None:
    sign_in.visits.end(SYSTEM, visits["rangan"])

    (over,) = sign_in.visits.list(SYSTEM, OVER).rows
    assert (over.opens_at, over.closes_at) == (clock.now(), clock.now())


def test_a_visit_that_is_over_opens_again_with_another_end(
    sign_in: SignIn, visits: dict[str, AccountId], clock: TurnedClock
) -> None:
    clock.turn(timedelta(days=30))
    with pytest.raises(AccountClosed):
        sign_in.sign_in("verma", PASSWORD)
    sign_in.visits.change_end(SYSTEM, visits["verma"], clock.now() + timedelta(days=1))
    assert sign_in.sign_in("verma", PASSWORD).actor.name == "N. Verma, TÜV"


def test_a_visit_does_not_end_before_it_begins_or_in_the_past(
    sign_in: SignIn, visits: dict[str, AccountId], clock: TurnedClock
) -> None:
    for login, end in (
        ("rangan", clock.now() + timedelta(hours=1)),
        ("verma", clock.now() - timedelta(hours=1)),
    ):
        with pytest.raises(WindowRefused):
            sign_in.visits.change_end(SYSTEM, visits[login], end)
    assert logins(sign_in, OPEN) == ["verma", "rangan"]


def test_only_a_visit_is_ended(
    sign_in: SignIn, ashas_account: AccountId, clock: TurnedClock
) -> None:
    with pytest.raises(DetailRefused, match="not one of a visit"):
        sign_in.visits.end(SYSTEM, ashas_account)
    with pytest.raises(DetailRefused, match="not one of a visit"):
        sign_in.visits.change_end(SYSTEM, ashas_account, clock.now() + timedelta(days=1))


def test_who_manages_no_accounts_sees_and_ends_none(
    sign_in: SignIn, visits: dict[str, AccountId], clock: TurnedClock
) -> None:
    onlooker = somebody(Capability.VIEW_PEOPLE, Capability.VIEW_JOURNAL)
    with pytest.raises(NotAllowed):
        sign_in.visits.list(onlooker, PageRequest())
    with pytest.raises(NotAllowed):
        sign_in.visits.end(onlooker, visits["verma"])
    with pytest.raises(NotAllowed):
        sign_in.visits.change_end(onlooker, visits["verma"], clock.now() + timedelta(days=9))
