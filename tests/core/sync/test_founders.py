"""Who founded a plant by an earlier program has no site on record, and is the plant's all the same (ADR 74)."""

from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.people import AccountId, NewPerson, People, PersonChange, PersonId, RoleName
from app.core.people.account_models import AccountRow
from app.core.people.accounts import add_account
from app.core.people.imports import Coverage, ImportWish
from app.core.people.models import PersonRow, search_text
from app.core.people.ownership import FieldOwned, FieldOwner, OwnedField
from tests.core.people.test_hr_files import look
from tests.core.sync.test_accounts_of_plants import PIN, doors, down, settle, up
from tests.core.sync.test_exchange import is_sound
from tests.core.sync.test_owners import people_of
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, first_pc, know_each_other


def found(pc: Pc, number: str, name: str) -> PersonId:
    """Enter a founder as the program did that wrote no home."""
    with pc.opened.site.transaction(ACTOR, "site.first-administrator") as unit:
        person = PersonRow(number=number, name=name, search_text=search_text(number, name, ""))
        unit.add(person)
        unit.flush()
        roles = (RoleName.ADMINISTRATOR, RoleName.LEARNER)
        add_account(unit, name.casefold(), roles, person=person, now=pc.opened.site.clock.now())
    settle(pc)
    return PersonId(person.id)


@pytest.fixture
def meera(headquarters: Pc, plant: Pc, stick: Path) -> PersonId:
    """The founder of a plant, whom headquarters know."""
    person = found(plant, "P-1", "Meera")
    up(headquarters, plant, stick)
    return person


def named(pc: Pc, person: PersonId) -> str:
    return People(pc.opened.site).person(ACTOR, person).name


def account_of(pc: Pc, person: UUID) -> AccountId:
    with pc.opened.site.read() as session:
        found = session.scalars(sa.select(AccountRow.id).where(AccountRow.person_id == person))
        return AccountId(found.one())


def test_a_correction_of_a_founder_made_at_headquarters_reaches_the_plant_alone(
    headquarters: Pc, plant: Pc, meera: PersonId, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    other = first_pc(tmp_path / "other", clock, code="NAG")
    know_each_other(headquarters, other)

    people = People(headquarters.opened.site)
    people.edit(ACTOR, meera, PersonChange(name="Meera Iyer", number="P-77"))
    down(headquarters, plant, stick)
    down(headquarters, other, stick)

    assert named(plant, meera) == "Meera Iyer"
    with other.opened.site.read() as session:
        assert session.get(PersonRow, meera) is None
    assert is_sound(plant)
    assert is_sound(headquarters)


def test_what_headquarters_change_in_a_founders_account_reaches_the_plant(
    headquarters: Pc, plant: Pc, meera: PersonId, stick: Path
) -> None:
    account = account_of(headquarters, meera)
    doors(headquarters).accounts.set_pin(ACTOR, account, PIN, must_change=False)
    down(headquarters, plant, stick)

    assert doors(plant).sign_in("P-1", PIN).actor.account_id == account


def test_headquarters_own_founder_stays_their_own_affair(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    boss = found(headquarters, "1", "Boss")
    People(headquarters.opened.site).edit(ACTOR, boss, PersonChange(name="The boss"))
    down(headquarters, plant, stick)

    with plant.opened.site.read() as session:
        assert session.get(PersonRow, boss) is None


def test_fields_of_a_founder_that_the_plant_keeps_are_left_alone_at_headquarters(
    headquarters: Pc, plant: Pc, meera: PersonId, stick: Path
) -> None:
    people = people_of(headquarters)
    people.owners.say(ACTOR, {OwnedField.SHIFT: FieldOwner.PLANT}, "As agreed")
    with pytest.raises(FieldOwned):
        people.edit(ACTOR, meera, PersonChange(shift="B"))
    down(headquarters, plant, stick)

    people_of(plant).edit(ACTOR, meera, PersonChange(shift="C"))
    assert OwnedField.SHIFT not in people_of(plant).owners.closed(ACTOR, meera)


def test_a_list_of_headquarters_does_not_let_a_plants_founder_leave(
    headquarters: Pc, meera: PersonId
) -> None:
    people = people_of(headquarters)
    people.add(ACTOR, NewPerson(number="1", name="Boss"))

    wish = ImportWish(coverage=Coverage.SITE, leavers={})
    plan = look(people, "number,name\n2,Anil\n", wish=wish)

    assert [one.number for one in plan.gone] == ["1"]
