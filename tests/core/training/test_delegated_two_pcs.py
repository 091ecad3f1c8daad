"""A delegation holds on every PC of the site, and what was given under it says so on each."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.keys import SlotCost
from app.core.people import Audience, NewPerson, People, PersonId, RoleName, SignIn
from app.core.people.delegating import DelegationState, DelegationTerms
from tests.core.training.conftest import SYSTEM, verified
from tests.core.training.test_two_pcs import MEERA, Pair
from tests.support.clock import TurnedClock
from tests.support.in_touch import another_pc, first_pc
from tests.support.teaching import School

TODAY = date(2026, 11, 23)
LIGHT = SlotCost(memory=32, passes=1, lanes=1)
PIN = "8256"


@pytest.fixture
def pair(tmp_path: Path, clock: TurnedClock) -> Pair:
    one = first_pc(tmp_path / "one", clock)
    made = Pair(one, another_pc(one, tmp_path / "two", clock), tmp_path)
    people, accounts = People(one.opened.site), SignIn(one.opened.site, LIGHT).accounts
    for person, role in (
        (PersonId(made.asha), RoleName.LEARNER),
        (people.add(SYSTEM, NewPerson(number="RAVI", name="Ravi")), RoleName.TRAINER),
    ):
        account = accounts.give_account(SYSTEM, person, roles=(role,))
        accounts.set_pin(SYSTEM, account, PIN, must_change=False)
    return made


def come(school: School, number: str) -> Actor:
    return SignIn(school.site, LIGHT).sign_in(number, PIN).actor


def test_it_is_given_on_one_pc_used_on_the_other_and_ended_there(pair: Pair) -> None:
    given = People(pair.one.site).delegations.give(
        come(pair.one, "RAVI"),
        PersonId(pair.asha),
        DelegationTerms(until_on=TODAY + timedelta(days=3), reason="leave"),
    )
    pair.carry(0)
    asha = come(pair.two, "E-1")
    assert pair.two.training.assign(asha, "FORK", Audience(), due_on=None, origin="Drives") == 2
    People(pair.two.site).delegations.end(come(pair.two, "RAVI"), given, "back")

    pair.meet()

    for school in (pair.one, pair.two):
        acts = school.training.assignments
        (one,) = acts.of_person(MEERA, pair.asha)
        assert acts.detail(MEERA, one.id).why.given == "Given by Asha for Ravi"
        (kept,) = People(school.site).delegations.listed(SYSTEM, with_past=True)
        assert kept.state is DelegationState.ENDED
        assert not come(school, "E-1").may(Capability.GIVE_TRAINING)
        assert verified(school.site)
    with pytest.raises(NotAllowed):
        pair.two.training.assign(asha, "FORK", Audience(), due_on=None, origin="Again")
