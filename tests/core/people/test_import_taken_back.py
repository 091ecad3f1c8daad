"""An import is taken back: what it wrote is undone by another entry, what was changed since stays."""

from datetime import date, timedelta

import pytest

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.journal.models import EntryRow
from app.core.people import (
    AccountId,
    CredentialKind,
    Destination,
    NewPerson,
    People,
    PersonChange,
    PersonId,
    SignIn,
    WrongSignIn,
)
from app.core.people.imports import PlanOutdated, TakeBackPlan, Touched
from tests.core.people.conftest import SYSTEM, Plant, somebody
from tests.support.clock import TurnedClock

NEW = "Emp No,Name,Department\nE-7,Ravi Iyer,Stores\nE-8,Meena Rao,Press shop\n"
EDIT = "Emp No,Name,Department,Designation,Language\nE-1042,Asha K. Kulkarni,Paint shop,Fitter,mr\n"


def take(people: People, text: str) -> None:
    people.imports.apply(SYSTEM, people.imports.plan(SYSTEM, text.encode()))


def looked_at(people: People) -> TakeBackPlan:
    newest = people.imports.past(SYSTEM)[0]
    return people.imports.plan_take_back(SYSTEM, newest.deed.id)


def active(people: People) -> list[str]:
    page = people.list_people(SYSTEM, PageRequest().filtered_by([("active", "yes")]))
    return [one.number for one in page.rows]


def test_whoever_came_with_it_is_no_longer_here_and_nobody_is_deleted(
    people: People, plant: Plant
) -> None:
    take(people, NEW)
    plan = looked_at(people)
    assert [one.number for one in plan.leaving] == ["E-7", "E-8"]
    assert (plan.restored, plan.kept, plan.staying) == ((), (), ("Stores",))
    assert active(people) == ["E-7", "E-8"]

    people.imports.take_back(SYSTEM, plan)

    assert active(people) == []
    ravi = people.find(SYSTEM, "E-7")
    assert ravi.left_on == ravi.joined_on == date(2026, 11, 23)


def test_whoever_was_merged_since_stays_merged(people: People, plant: Plant) -> None:
    take(people, NEW)
    ravi, meena = (people.find(SYSTEM, number).id for number in ("E-7", "E-8"))
    people.merging.merge(SYSTEM, ravi, meena, "The same badge")

    plan = looked_at(people)
    people.imports.take_back(SYSTEM, plan)

    assert [one.number for one in plan.leaving] == ["E-7"]
    assert people.merging.merged_into(SYSTEM, ravi)


def test_the_same_file_brings_them_back(people: People, plant: Plant, clock: TurnedClock) -> None:
    take(people, NEW)
    people.imports.take_back(SYSTEM, looked_at(people))
    clock.turn(timedelta(days=1))

    again = people.imports.plan(SYSTEM, NEW.encode())
    assert again.errors == ()
    assert [change.field for one in again.changed for change in one.changes] == ["left_on"] * 2
    people.imports.apply(SYSTEM, again)
    assert active(people) == ["E-7", "E-8"]


def test_what_was_corrected_and_moved_is_as_before(
    people: People, plant: Plant, asha: PersonId, clock: TurnedClock
) -> None:
    clock.turn(timedelta(days=3))
    take(people, EDIT)
    assert people.person(SYSTEM, asha).name == "Asha K. Kulkarni"

    plan = looked_at(people)
    assert plan.restored == (Touched("E-1042", "Asha K. Kulkarni", "as before the import"),)
    people.imports.take_back(SYSTEM, plan)

    found = people.person(SYSTEM, asha)
    place = found.placement
    assert place is not None
    assert (found.name, found.language) == ("Asha Kulkarni", "en")
    assert (place.org_unit, place.job_role, place.to_on) == ("Line 1", "Operator", None)
    assert people.list_people(SYSTEM, PageRequest(text="K. Kulkarni")).total == 0
    assert people.imports.plan(SYSTEM, EDIT.encode()).changed


def test_what_somebody_changed_since_stays(
    people: People, plant: Plant, asha: PersonId, clock: TurnedClock
) -> None:
    clock.turn(timedelta(days=3))
    take(people, EDIT)
    people.edit(SYSTEM, asha, PersonChange(name="Asha Kulkarni-Rao"))
    clock.turn(timedelta(days=1))
    people.move(SYSTEM, asha, Destination(org_unit_id=plant.press))

    plan = looked_at(people)
    assert [one.number for one in plan.kept] == ["E-1042"]
    people.imports.take_back(SYSTEM, plan)

    found = people.person(SYSTEM, asha)
    assert (found.name, found.language) == ("Asha Kulkarni-Rao", "en")
    assert found.placement is not None
    assert found.placement.org_unit == "Press shop"
    assert [place.to_on for place in found.placements].count(None) == 1


def test_leavers_that_a_file_noted_are_here_again(people: People, asha: PersonId) -> None:
    take(people, "Emp No,Name,Left on\nE-1042,Asha Kulkarni,2026-11-23\n")
    assert active(people) == []

    people.imports.take_back(SYSTEM, looked_at(people))

    assert active(people) == ["E-1042"]


def test_badges_open_what_they_opened_before(
    people: People, sign_in: SignIn, ashas_account: AccountId
) -> None:
    take(people, "Emp No,Name,Badge\nE-1042,Asha Kulkarni,77-9\n")
    people.imports.take_back(SYSTEM, looked_at(people))

    assert sign_in.sign_in("00A1B2C3", "7392").actor.name == "Asha Kulkarni"
    with pytest.raises(WrongSignIn):
        sign_in.sign_in("77-9", "7392")


def test_a_badge_that_was_given_to_another_since_stays_with_them(
    people: People, sign_in: SignIn, ashas_account: AccountId
) -> None:
    take(people, "Emp No,Name,Badge\nE-1042,Asha Kulkarni,77-9\n")
    take(people, "Emp No,Name,Badge\nE-9,Ravi Iyer,00A1B2C3\n")
    first = people.imports.past(SYSTEM)[1]
    people.imports.take_back(SYSTEM, people.imports.plan_take_back(SYSTEM, first.deed.id))

    proofs = sign_in.accounts.account(SYSTEM, ashas_account).proofs
    assert CredentialKind.BADGE not in proofs


def test_a_badge_that_names_somebody_by_now_stays_away(
    people: People, sign_in: SignIn, ashas_account: AccountId
) -> None:
    take(people, "Emp No,Name,Badge\nE-1042,Asha Kulkarni,77-9\n")
    people.add(SYSTEM, NewPerson(number="00A1B2C3", name="Ravi Iyer"))

    plan = looked_at(people)
    people.imports.take_back(SYSTEM, plan)

    assert [one.number for one in plan.kept] == ["E-1042"]
    with pytest.raises(WrongSignIn):
        sign_in.sign_in("00A1B2C3", "7392")


def test_it_is_one_entry_that_names_the_one_it_takes_back(people: People, site: Site) -> None:
    take(people, NEW)
    people.imports.take_back(SYSTEM, looked_at(people))

    with site.read() as session:
        first, second = session.query(EntryRow).order_by(EntryRow.stamp)
    (past,) = people.imports.past(SYSTEM)
    assert (first.action, second.action) == ("people.import", "people.take-back")
    assert past.deed.position in second.reason
    assert past.is_taken_back


def test_a_second_time_there_is_nothing_left_to_undo(people: People) -> None:
    take(people, NEW)
    people.imports.take_back(SYSTEM, looked_at(people))

    assert looked_at(people).does_nothing


def test_a_plan_that_no_longer_holds_is_not_carried_out(people: People) -> None:
    take(people, NEW)
    plan = looked_at(people)
    people.leave(SYSTEM, people.find(SYSTEM, "E-7").id)

    with pytest.raises(PlanOutdated):
        people.imports.take_back(SYSTEM, plan)
    assert active(people) == ["E-8"]


def test_who_may_not_import_may_not_take_back(people: People) -> None:
    take(people, NEW)
    plan = looked_at(people)

    with pytest.raises(NotAllowed):
        people.imports.take_back(somebody(Capability.VIEW_PEOPLE), plan)
    with pytest.raises(NotAllowed):
        people.imports.past(somebody(Capability.VIEW_PEOPLE))
