"""PINs for many at once: on paper in clear, in the records as hashes alone."""

import io
from itertools import count

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.base.actor import Capability
from app.core.base.errors import Cancelled, NotAllowed
from app.core.journal import Site
from app.core.journal.models import EntryRow
from app.core.people import (
    Destination,
    NewPerson,
    People,
    PersonId,
    RoleName,
    SignIn,
    Skipped,
    WrongSignIn,
    check_pin,
)
from app.core.people.pin_slips import new_pin
from tests.core.people.conftest import SYSTEM, Plant, somebody
from tests.support.clock import TurnedClock


class StoppedAfter:
    """A progress that stops at a step."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def step(self, done: int, total: int, note: str = "") -> None:
        self._left -= 1
        if self._left < 0:
            raise Cancelled


def text_of(document: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(io.BytesIO(document))
    return [page.get_textpage().get_text_range() for page in pdf]


def pin_on(page: str) -> str:
    """Return the only PIN on a page of one slip."""
    (found,) = [
        line
        for line in page.splitlines()
        if len(line.replace(" ", "")) == 6 and line.replace(" ", "").isdecimal()
    ]
    return found


def many(people: People, plant: Plant, how_many: int) -> list[PersonId]:
    place = Destination(org_unit_id=plant.line)
    return [
        people.add(SYSTEM, NewPerson(number=f"K-{n}", name=f"Person {n}", place=place))
        for n in range(how_many)
    ]


def test_the_slip_opens_the_door_once_and_asks_for_an_own_pin(
    people: People, sign_in: SignIn, asha: PersonId
) -> None:
    slips = sign_in.pin_slips.renew(SYSTEM, [asha], "Baddi plant")

    (page,) = text_of(slips.document)
    assert "Asha Kulkarni" in page
    assert "E-1042" in page
    assert "Baddi plant" in page
    signed_in = sign_in.sign_in("E-1042", pin_on(page).replace(" ", ""))
    assert signed_in.actor.name == "Asha Kulkarni"
    assert signed_in.needs_change is not None
    assert (slips.count, slips.skipped) == (1, ())


def test_pins_stand_in_no_table_no_journal_and_no_words_about_the_slips(
    people: People, sign_in: SignIn, asha: PersonId, site: Site
) -> None:
    slips = sign_in.pin_slips.renew(SYSTEM, [asha], "Baddi plant")
    pin = pin_on(text_of(slips.document)[0]).replace(" ", "")

    with site.read() as session:
        bodies = [row.body for row in session.query(EntryRow)]
    assert not any(pin.encode() in body for body in bodies)
    assert pin not in repr(slips)


def test_all_are_given_in_one_entry_ten_to_a_page(
    people: People, sign_in: SignIn, plant: Plant, site: Site
) -> None:
    chosen = many(people, plant, 11)
    slips = sign_in.pin_slips.renew(SYSTEM, chosen, "Baddi plant")

    pages = text_of(slips.document)
    assert (slips.count, len(pages)) == (11, 2)
    assert [f"Person {n}" in pages[0] for n in range(9)] == [True] * 9
    with site.read() as session:
        actions = [row.action for row in session.query(EntryRow).order_by(EntryRow.seq)]
    assert actions.count("account.pin-slips") == 1


def test_the_pin_before_no_longer_holds(
    people: People, sign_in: SignIn, ashas_account: object, asha: PersonId
) -> None:
    sign_in.pin_slips.renew(SYSTEM, [asha], "Baddi plant")

    with pytest.raises(WrongSignIn):
        sign_in.sign_in("E-1042", "7392")


def test_stopped_before_the_end_nothing_has_changed(
    people: People, sign_in: SignIn, plant: Plant
) -> None:
    chosen = many(people, plant, 3)

    with pytest.raises(Cancelled):
        sign_in.pin_slips.renew(SYSTEM, chosen, "Baddi plant", StoppedAfter(2))
    assert [people.person(SYSTEM, one).account_id for one in chosen] == [None] * 3


def test_who_left_and_who_is_not_ones_own_to_manage_is_named_with_the_reason(
    people: People, sign_in: SignIn, plant: Plant, asha: PersonId, clock: TurnedClock
) -> None:
    place = Destination(org_unit_id=plant.paint)
    ravi = people.add(SYSTEM, NewPerson(number="E-2", name="Ravi", place=place))
    meera = people.add(
        SYSTEM, NewPerson(number="E-3", name="Meera", place=Destination(org_unit_id=plant.line))
    )
    people.leave(SYSTEM, meera)
    boss = people.add(
        SYSTEM, NewPerson(number="E-4", name="Boss", place=Destination(org_unit_id=plant.line))
    )
    sign_in.accounts.give_account(SYSTEM, boss, roles=(RoleName.ADMINISTRATOR,))
    helper = somebody(Capability.MANAGE_ACCOUNTS, units=frozenset({plant.press, plant.line}))

    slips = sign_in.pin_slips.renew(helper, [asha, ravi, meera, boss], "Baddi plant")

    assert slips.count == 1
    assert slips.skipped == (
        Skipped("E-2", "Ravi", "not yours to manage"),
        Skipped("E-3", "Meera", "has left"),
        Skipped("E-4", "Boss", "not yours to manage"),
    )


def test_where_nobody_can_be_given_one_there_is_no_document(
    people: People, sign_in: SignIn, asha: PersonId
) -> None:
    people.leave(SYSTEM, asha)

    slips = sign_in.pin_slips.renew(SYSTEM, [asha], "Baddi plant")
    assert (slips.count, slips.document) == (0, b"")


def test_who_may_manage_no_accounts_gets_no_slips(sign_in: SignIn, asha: PersonId) -> None:
    with pytest.raises(NotAllowed):
        sign_in.pin_slips.renew(somebody(Capability.VIEW_PEOPLE), [asha], "Baddi plant")


def test_names_of_any_length_and_script_stay_on_their_slip(
    people: People, sign_in: SignIn, plant: Plant
) -> None:
    long = people.add(
        SYSTEM, NewPerson(number="E-" + "9" * 30, name="Venkata " * 12, name_local="வெங்கட " * 12)
    )
    (page,) = text_of(sign_in.pin_slips.renew(SYSTEM, [long], "Baddi plant").document)

    assert "Venkata" in page


@given(st.text("0123456789E-", min_size=1, max_size=12), st.integers(0, 999_999))
def test_a_pin_is_never_one_of_the_first_that_are_guessed(number: str, start: int) -> None:
    draws = count(start)
    pin = new_pin(number, lambda most: next(draws) % most)

    assert len(pin) == 6
    check_pin(pin, number)
