"""People come, are corrected, move, go and come back; nobody is ever deleted."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import (
    Audience,
    DayRefused,
    Destination,
    DetailRefused,
    GatePass,
    NewPerson,
    NumberTaken,
    PassState,
    People,
    PersonChange,
    PersonId,
    PersonKind,
    SignIn,
    audience_ids,
)
from app.core.people.models import PersonListingRow
from tests.core.people.conftest import SYSTEM, Plant, somebody
from tests.support.clock import TurnedClock

TODAY = date(2026, 11, 23)


def test_a_new_person_is_kept_as_given(people: People, plant: Plant, asha: PersonId) -> None:
    boss = people.add(SYSTEM, NewPerson(number="E-1", name="Ravi Iyer"))
    person_id = people.add(
        SYSTEM,
        NewPerson(
            number=" c-77 ",
            name="  Imran   Khan ",
            kind=PersonKind.CONTRACTOR,
            language="hi",
            email="imran@example.com",
            joined_on=date(2026, 2, 1),
            place=Destination(org_unit_id=plant.paint, manager_id=boss),
        ),
    )

    detail = people.person(SYSTEM, person_id)
    assert (detail.number, detail.name, detail.kind) == (
        "C-77",
        "Imran Khan",
        PersonKind.CONTRACTOR,
    )
    assert (detail.joined_on, detail.left_on, detail.active) == (date(2026, 2, 1), None, True)
    assert detail.placement is not None
    assert (detail.placement.org_unit, detail.placement.manager) == ("Paint shop", "Ravi Iyer")
    assert detail.placement.from_on == date(2026, 2, 1)


def test_a_number_belongs_to_one_person_whatever_its_capitals(
    people: People, asha: PersonId
) -> None:
    with pytest.raises(NumberTaken, match="E-1042"):
        people.add(SYSTEM, NewPerson(number="e-1042", name="Somebody Else"))

    other = people.add(SYSTEM, NewPerson(number="E-2", name="Somebody Else"))
    with pytest.raises(NumberTaken):
        people.edit(SYSTEM, other, PersonChange(number="E-1042"))


def test_a_number_that_is_anothers_login_is_taken(
    people: People, sign_in: SignIn, asha: PersonId
) -> None:
    sign_in.accounts.give_account(SYSTEM, asha, login="asha")

    with pytest.raises(NumberTaken):
        people.add(SYSTEM, NewPerson(number="ASHA", name="Somebody Else"))


@pytest.mark.parametrize(
    "new",
    [
        NewPerson(number=" ", name="Asha"),
        NewPerson(number="E-9", name="\u202e \u200b"),
        NewPerson(number="E-9", name="x" * 201),
        NewPerson(number="9" * 41, name="Asha"),
        NewPerson(number="E-9", name="Asha", language="tlh"),
        NewPerson(number="E-9", name="Asha", email="nobody"),
    ],
)
def test_bad_details_are_refused(people: People, new: NewPerson) -> None:
    with pytest.raises(DetailRefused):
        people.add(SYSTEM, new)


def test_a_correction_changes_what_it_names_and_the_list(people: People, asha: PersonId) -> None:
    people.edit(SYSTEM, asha, PersonChange(name="Asha Joshi", language="mr"), reason="married")

    detail = people.find(SYSTEM, "e-1042")
    assert (detail.name, detail.language, detail.name_local) == ("Asha Joshi", "mr", "आशा कुलकर्णी")


def test_a_new_number_is_also_the_new_login(
    people: People, sign_in: SignIn, ashas_account: object, asha: PersonId
) -> None:
    people.edit(SYSTEM, asha, PersonChange(number="E-2000"))

    assert sign_in.sign_in("E-2000", "7392").actor.number == "E-2000"


def test_an_old_number_goes_on_meaning_the_same_person(
    people: People, plant: Plant, sign_in: SignIn, ashas_account: object, asha: PersonId
) -> None:
    people.edit(SYSTEM, asha, PersonChange(number="E-2000"), reason="New series")
    people.edit(SYSTEM, asha, PersonChange(number="E-3000"))

    assert people.find(SYSTEM, "e-1042").number == "E-3000"
    assert people.person(SYSTEM, asha).former_numbers == ("E-2000", "E-1042")
    assert people.list_people(SYSTEM, PageRequest(text="1042")).total == 1
    assert sign_in.sign_in("E-1042", "7392").actor.number == "E-3000"
    with pytest.raises(NumberTaken):
        people.add(SYSTEM, NewPerson(number="E-1042", name="Somebody Else"))
    text = (
        b"Emp No,Name,Location,Dept,Manager\nE-1042,Asha Kulkarni,Baddi,,\nE-9,Uma,,PRESS,E-2000\n"
    )
    made = people.imports.plan(SYSTEM, text)
    assert (made.errors, made.new[0].manager) == ((), "E-3000")
    people.imports.apply(SYSTEM, made)
    detail = people.person(SYSTEM, asha)
    assert (detail.number, detail.location) == ("E-3000", "Baddi")
    assert people.list_people(SYSTEM, PageRequest(text="1042")).total == 1

    people.edit(SYSTEM, asha, PersonChange(number="E-1042"))
    assert people.person(SYSTEM, asha).former_numbers == ("E-3000", "E-2000")


def test_a_move_closes_one_placement_and_opens_another(
    people: People, plant: Plant, asha: PersonId, clock: TurnedClock
) -> None:
    clock.turn(timedelta(days=30))
    people.move(
        SYSTEM,
        asha,
        Destination(org_unit_id=plant.paint, job_role_id=plant.fitter),
        on=date(2026, 12, 1),
    )

    new, old = people.person(SYSTEM, asha).placements
    assert (new.org_unit, new.job_role, new.from_on, new.to_on) == (
        "Paint shop",
        "Fitter",
        date(2026, 12, 1),
        None,
    )
    assert (old.org_unit, old.from_on, old.to_on) == ("Line 1", TODAY, date(2026, 12, 1))


def test_a_move_on_the_first_day_is_a_correction(
    people: People, plant: Plant, asha: PersonId
) -> None:
    people.move(SYSTEM, asha, Destination(org_unit_id=plant.paint))

    (only,) = people.person(SYSTEM, asha).placements
    assert (only.org_unit, only.job_role) == ("Paint shop", "")


@pytest.mark.parametrize("days", [-1, 1])
def test_a_move_is_dated_between_the_last_one_and_today(
    people: People, plant: Plant, asha: PersonId, days: int
) -> None:
    with pytest.raises(DayRefused):
        people.move(
            SYSTEM, asha, Destination(org_unit_id=plant.paint), on=TODAY + timedelta(days=days)
        )


def test_nobody_is_their_own_manager(people: People, plant: Plant, asha: PersonId) -> None:
    with pytest.raises(DetailRefused, match="own manager"):
        people.move(SYSTEM, asha, Destination(org_unit_id=plant.paint, manager_id=asha))


def test_a_place_that_does_not_exist_is_refused(people: People, asha: PersonId) -> None:
    with pytest.raises(NotFound):
        people.move(SYSTEM, asha, Destination(org_unit_id=asha))  # type: ignore[arg-type]


def test_a_leaver_stays_on_record_and_may_come_back(
    people: People, plant: Plant, asha: PersonId, clock: TurnedClock
) -> None:
    clock.turn(timedelta(days=10))
    people.leave(SYSTEM, asha, reason="moved to Pune")
    assert people.person(SYSTEM, asha).active is False

    clock.turn(timedelta(days=60))
    people.rejoin(SYSTEM, asha)

    detail = people.person(SYSTEM, asha)
    new, old = detail.placements
    assert (detail.active, detail.left_on) == (True, None)
    assert (old.to_on, new.from_on) == (date(2026, 12, 3), date(2027, 2, 1))
    assert new.org_unit == old.org_unit == "Line 1"
    assert detail.joined_on == date(2027, 2, 1)  # anew, as an HR file says it


def test_a_leaver_may_come_back_elsewhere(people: People, plant: Plant, asha: PersonId) -> None:
    joined_on = people.person(SYSTEM, asha).joined_on
    people.leave(SYSTEM, asha)
    people.rejoin(SYSTEM, asha, Destination(org_unit_id=plant.paint))

    detail = people.person(SYSTEM, asha)
    assert detail.placement is not None
    assert detail.placement.org_unit == "Paint shop"
    assert detail.joined_on == joined_on  # no day lies between: they never left


def test_a_leaver_is_active_until_the_day_comes(
    people: People, asha: PersonId, clock: TurnedClock
) -> None:
    people.leave(SYSTEM, asha, on=TODAY + timedelta(days=5))

    assert people.person(SYSTEM, asha).active is True
    clock.turn(timedelta(days=5))
    assert people.person(SYSTEM, asha).active is False


def test_who_is_about_to_leave_is_of_an_audience_until_then(
    people: People, site: Site, asha: PersonId
) -> None:
    people.leave(SYSTEM, asha, on=TODAY + timedelta(days=2))
    audience = Audience(numbers=("E-1042",))

    with site.read() as session:
        days = [TODAY + timedelta(days=n) for n in (1, 2)]
        found = [session.scalars(audience_ids(audience, day)).all() for day in days]
    assert found == [[asha], []]


def test_whoever_was_to_leave_stays_after_all(
    people: People, asha: PersonId, clock: TurnedClock
) -> None:
    with pytest.raises(DetailRefused, match="not about to leave"):
        people.stay(SYSTEM, asha, "Withdrawn")
    people.leave(SYSTEM, asha, on=TODAY + timedelta(days=30))
    people.stay(SYSTEM, asha, "Withdrawn")

    clock.turn(timedelta(days=31))
    detail = people.person(SYSTEM, asha)
    assert (detail.active, detail.left_on, len(detail.placements)) == (True, None, 1)
    people.leave(SYSTEM, asha)
    with pytest.raises(DetailRefused, match="not about to leave"):
        people.stay(SYSTEM, asha, "Withdrawn")


def test_leaving_before_joining_and_returning_before_leaving_are_refused(
    people: People, asha: PersonId, clock: TurnedClock
) -> None:
    with pytest.raises(DayRefused):
        people.leave(SYSTEM, asha, on=TODAY - timedelta(days=1))
    with pytest.raises(DetailRefused, match="has not left"):
        people.rejoin(SYSTEM, asha)
    clock.turn(timedelta(days=5))
    people.leave(SYSTEM, asha)
    with pytest.raises(DayRefused):
        people.rejoin(SYSTEM, asha, on=TODAY)


@pytest.mark.parametrize("capability", [None, Capability.VIEW_PEOPLE])
def test_only_managers_of_people_change_them(
    people: People, plant: Plant, asha: PersonId, capability: Capability | None
) -> None:
    actor = somebody(*([capability] if capability else []))

    for act in (
        lambda: people.add(actor, NewPerson(number="E-9", name="Ravi")),
        lambda: people.edit(actor, asha, PersonChange(name="X")),
        lambda: people.move(actor, asha, Destination(org_unit_id=plant.paint)),
        lambda: people.leave(actor, asha),
        lambda: people.rejoin(actor, asha),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_scoped_manager_manages_within_the_scope_only(
    people: People, plant: Plant, asha: PersonId
) -> None:
    both = (Capability.VIEW_PEOPLE, Capability.MANAGE_PEOPLE)
    paint_only = somebody(*both, units=frozenset({plant.paint}))
    press = somebody(*both, units=frozenset({plant.press, plant.line}))

    with pytest.raises(NotAllowed):
        people.person(paint_only, asha)
    with pytest.raises(NotAllowed):
        people.edit(paint_only, asha, PersonChange(name="X"))
    with pytest.raises(NotAllowed):
        people.move(press, asha, Destination(org_unit_id=plant.paint))
    with pytest.raises(NotAllowed):
        people.add(press, NewPerson(number="E-9", name="Without a place"))
    people.move(press, asha, Destination(org_unit_id=plant.press))
    assert people.find(press, "E-1042").placement is not None


def test_everybody_may_see_themselves(people: People, asha: PersonId) -> None:
    herself = Actor(account_id=None, person_id=asha, name="Asha")

    assert people.person(herself, asha).number == "E-1042"


def test_an_unknown_number_is_not_found(people: People) -> None:
    with pytest.raises(NotFound, match="E-404"):
        people.find(SYSTEM, "E-404")


def test_the_list_tells_whose_gate_pass_is_over_and_whose_ends_within_thirty_days(
    people: People, site: Site
) -> None:
    for number, days in (("C-1", -1), ("C-2", 0), ("C-3", 30), ("C-4", 31)):
        noted = GatePass(number=f"GP-{number}", until=TODAY + timedelta(days=days))
        new = NewPerson(number=number, name="Ravi", kind=PersonKind.CONTRACTOR, gate_pass=noted)
        people.add(SYSTEM, new)
    old = people.find(SYSTEM, "C-1")
    people.add(SYSTEM, NewPerson(number="E-1", name="Asha", gate_pass=old.gate_pass))

    def found(state: PassState) -> list[str]:
        asked = PageRequest().filtered_by([("gate_pass", state.value)])
        return [one.number for one in people.list_people(SYSTEM, asked).rows]

    assert (found(PassState.OVER), found(PassState.ENDS)) == (["C-1"], ["C-2", "C-3"])
    people.edit(SYSTEM, old.id, PersonChange(gate_pass=GatePass()))
    assert people.person(SYSTEM, old.id).gate_pass == GatePass()
    assert found(PassState.OVER) == []


def test_the_list_repeats_the_records_whatever_happened(
    people: People, plant: Plant, asha: PersonId, site: Site, clock: TurnedClock
) -> None:
    from app.core.people import rebuild_listing, rebuild_reach

    people.add(SYSTEM, NewPerson(number="E-7", name="Ravi"))
    people.organisation.rename_org_unit(SYSTEM, plant.line, "Line one")
    people.organisation.rename_job_role(SYSTEM, plant.operator, "Press operator")
    clock.turn(timedelta(days=1))
    people.move(SYSTEM, asha, Destination(org_unit_id=plant.press, job_role_id=plant.operator))
    people.edit(SYSTEM, asha, PersonChange(number="E-8", name="Asha J"))
    people.leave(SYSTEM, asha)
    kept = _listing(site)

    with site.transaction(SYSTEM, "rebuild") as unit:
        rebuild_reach(unit)
        rebuild_listing(unit)

    assert _listing(site) == kept
    assert len(kept) == 2


def _listing(site: Site) -> list[tuple[object, ...]]:
    with site.read() as session:
        rows = session.execute(sa.select(PersonListingRow.__table__))
        return [tuple(row) for row in rows]
