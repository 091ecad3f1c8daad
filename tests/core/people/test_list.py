"""The list of people: searched, filtered, sorted, counted and cut."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import (
    Destination,
    NewPerson,
    People,
    PersonKind,
    SignIn,
    SignInState,
    WrongSignIn,
)
from app.core.people.account_models import AccountRow
from app.core.people.rules import LOCKING_TRY
from tests.core.people.conftest import SYSTEM, Plant, somebody
from tests.support.clock import TurnedClock


@pytest.fixture
def staffed(people: People, plant: Plant, sign_in: SignIn) -> Plant:
    """Five people: two on Line 1, one in the press shop, one in paint (left), one nowhere."""
    line = Destination(org_unit_id=plant.line, job_role_id=plant.operator)
    press = Destination(org_unit_id=plant.press, job_role_id=plant.fitter)
    paint = Destination(org_unit_id=plant.paint, job_role_id=plant.operator)
    asha = people.add(
        SYSTEM, NewPerson(number="E-3", name="Asha Kulkarni", name_local="आशा", place=line)
    )
    people.add(
        SYSTEM,
        NewPerson(number="C-1", name="Zubin Asha", kind=PersonKind.CONTRACTOR, place=line),
    )
    people.add(SYSTEM, NewPerson(number="E-2", name="Ravi 100% Iyer", place=press))
    gone = people.add(SYSTEM, NewPerson(number="E-1", name="Meena Rao", place=paint))
    people.add(SYSTEM, NewPerson(number="V-1", name="Bob Guest", kind=PersonKind.VISITOR))
    people.leave(SYSTEM, gone)
    sign_in.accounts.give_account(SYSTEM, asha)
    return plant


def numbers(people: People, request: PageRequest) -> list[str]:
    page = people.list_people(SYSTEM, request)
    assert page.total == len(page.rows)
    return [row.number for row in page.rows]


def test_a_row_says_what_the_list_shows(people: People, staffed: Plant) -> None:
    (row,) = people.list_people(SYSTEM, PageRequest(text="E-3")).rows

    assert (row.number, row.name, row.name_local) == ("E-3", "Asha Kulkarni", "आशा")
    assert (row.org_unit, row.job_role, row.active, row.has_account) == (
        "Line 1",
        "Operator",
        True,
        True,
    )


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("", ["C-1", "E-1", "E-2"]),
        ("number", ["C-1", "E-1", "E-2"]),
        ("name", ["E-3", "V-1", "E-1"]),
        ("org_unit", ["V-1", "E-3", "C-1"]),
        ("job_role", ["V-1", "E-2", "E-3"]),
    ],
)
def test_the_list_is_sorted_both_ways(
    people: People, staffed: Plant, sort: str, first: list[str]
) -> None:
    upward = numbers(people, PageRequest(sort=sort))

    assert upward[:3] == first
    assert numbers(people, PageRequest(sort=sort, descending=True)) == upward[::-1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("asha", ["C-1", "E-3"]),
        ("KULK ash", ["E-3"]),
        ("आशा", ["E-3"]),
        ("e-", ["E-1", "E-2", "E-3"]),
        ("100%", ["E-2"]),
        ("%", ["E-2"]),
        ("_", []),
        ("  ", ["C-1", "E-1", "E-2", "E-3", "V-1"]),
        ("nobody", []),
    ],
)
def test_every_word_is_looked_for_in_number_and_names(
    people: People, staffed: Plant, text: str, found: list[str]
) -> None:
    assert numbers(people, PageRequest(text=text)) == found


def test_filters_hold_together_and_their_values_are_alternatives(
    people: People, staffed: Plant
) -> None:
    def found(*filters: tuple[str, object]) -> list[str]:
        return numbers(people, PageRequest(filters=tuple((k, str(v)) for k, v in filters)))

    assert found(("org_unit", staffed.press)) == ["C-1", "E-2", "E-3"]
    assert found(("org_unit", staffed.line), ("org_unit", staffed.paint)) == ["C-1", "E-1", "E-3"]
    assert found(("job_role", staffed.operator), ("active", "yes")) == ["C-1", "E-3"]
    assert found(("active", "no")) == ["E-1"]
    assert found(("active", "no"), ("active", "yes")) == ["C-1", "E-1", "E-2", "E-3", "V-1"]
    assert found(("kind", "visitor"), ("kind", "contractor")) == ["C-1", "V-1"]
    assert found(("kind", "martian")) == []
    assert found(("org_unit", "not an id")) == []


def test_a_stretch_is_cut_and_the_whole_is_counted(people: People, staffed: Plant) -> None:
    page = people.list_people(SYSTEM, PageRequest(offset=1, limit=2))

    assert [row.number for row in page.rows] == ["E-1", "E-2"]
    assert page.total == 5


def test_an_actor_lists_only_people_within_the_scope(people: People, staffed: Plant) -> None:
    scoped = somebody(Capability.VIEW_PEOPLE, units=frozenset({staffed.press, staffed.line}))

    page = people.list_people(scoped, PageRequest())
    assert ([row.number for row in page.rows], page.total) == (["C-1", "E-2", "E-3"], 3)
    outside = PageRequest(filters=(("org_unit", str(staffed.paint)),))
    assert people.list_people(scoped, outside).total == 0
    with pytest.raises(NotAllowed):
        people.list_people(somebody(), PageRequest())


def test_an_unknown_sort_is_a_mistake_of_ours(people: People, staffed: Plant) -> None:
    with pytest.raises(ValueError, match="salary"):
        people.list_people(SYSTEM, PageRequest(sort="salary"))


def test_a_row_says_whether_its_account_opens_now(
    people: People, staffed: Plant, sign_in: SignIn, clock: TurnedClock
) -> None:
    accounts = sign_in.accounts
    account_id = people.person(SYSTEM, people.find(SYSTEM, "E-3").id).account_id
    assert account_id is not None

    def state() -> SignInState:
        (row,) = people.list_people(SYSTEM, PageRequest(text="E-3")).rows
        card = accounts.account(SYSTEM, account_id)
        assert row.sign_in is card.state
        assert numbers(people, PageRequest(filters=(("sign_in", row.sign_in.value),))) == ["E-3"]
        return row.sign_in

    accounts.set_badge(SYSTEM, account_id, "0A1B")
    assert state() is SignInState.NO_PIN
    accounts.set_pin(SYSTEM, account_id, "7392", must_change=False)
    assert state() is SignInState.OPEN
    for _try in range(LOCKING_TRY):
        assert state() is SignInState.OPEN
        with pytest.raises(WrongSignIn):
            sign_in.sign_in("E-3", "4711")
    clock.turn(timedelta(days=300))
    assert state() is SignInState.LOCKED
    accounts.unlock(SYSTEM, account_id, "mistyped")
    assert state() is SignInState.OPEN
    accounts.disable(SYSTEM, account_id)
    assert state() is SignInState.CLOSED


@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [(None, 0, SignInState.OVER), (1, None, SignInState.TO_COME), (-1, 1, SignInState.NO_PIN)],
)
def test_an_account_has_its_time(
    people: People,
    staffed: Plant,
    site: Site,
    clock: TurnedClock,
    opens: int | None,
    closes: int | None,
    state: SignInState,
) -> None:
    def at(days: int | None) -> datetime | None:
        return None if days is None else clock.now() + timedelta(days=days)

    with site.transaction(SYSTEM, "account.time") as unit:
        row = unit.scalars(sa.select(AccountRow)).one()
        row.opens_at, row.closes_at = at(opens), at(closes)

    (shown,) = people.list_people(SYSTEM, PageRequest(text="E-3")).rows
    assert shown.sign_in is state


def test_several_states_are_chosen_together(people: People, staffed: Plant) -> None:
    chosen = (("sign_in", "no-account"), ("sign_in", "no-pin"), ("active", "yes"))

    assert numbers(people, PageRequest(filters=chosen)) == ["C-1", "E-2", "E-3", "V-1"]
    assert numbers(people, PageRequest(filters=chosen[:1])) == ["C-1", "E-1", "E-2", "V-1"]
