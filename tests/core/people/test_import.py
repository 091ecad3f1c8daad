"""A file of people is looked at, then applied: all of it or nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.core.base.actor import Capability
from app.core.base.errors import Cancelled, NotAllowed
from app.core.base.paging import PageRequest
from app.core.base.resources import resource
from app.core.journal import Site
from app.core.journal.models import EntryRow
from app.core.people import (
    AccountId,
    Destination,
    NewPerson,
    People,
    PersonId,
    PersonKind,
    SignIn,
)
from app.core.people.imports import (
    FieldChange,
    FileHasErrors,
    MissingColumns,
    PeoplePlan,
    PlanOutdated,
)
from tests.core.people.conftest import SYSTEM, Plant, somebody
from tests.support.clock import TurnedClock
from tests.support.conformance import case
from tests.support.corpora import rows_of

FILE = """employee_no,name,name_local,department,job_role,joined,language,kind,manager,badge
E-1,Meena Rao,,Baddi plant,Manager,21/04/2019,en,employee,,
E-2,Ravi Iyer,ரவி,PRESS,Operator,05/01/2021,ta,employee,E-1,77-1
C-9,Imran Khan,,Tool room,,01-Feb-2026,hi,contractor,E-1,
"""


def plan(people: People, text: str) -> PeoplePlan:
    return people.imports.plan(SYSTEM, text.encode())


def take(people: People, text: str, *, skip_errors: bool = False) -> PeoplePlan:
    made = plan(people, text)
    people.imports.apply(SYSTEM, made, skip_errors=skip_errors)
    return made


def changes(made: PeoplePlan) -> dict[str, tuple[str, str]]:
    (only,) = made.changed
    return {change.field: (change.old, change.new) for change in only.changes}


def reasons(made: PeoplePlan) -> list[tuple[int, str, str]]:
    return [(error.line, error.number, error.reason) for error in made.errors]


def test_looking_changes_nothing(people: People, plant: Plant) -> None:
    made = plan(people, FILE)

    assert [person.number for person in made.new] == ["E-1", "E-2", "C-9"]
    assert (made.changed, made.unchanged, made.errors) == ((), 0, ())
    assert (made.new_org_units, made.new_job_roles) == (("Tool room",), ("Manager",))
    assert people.list_people(SYSTEM, PageRequest()).total == 0


def test_new_people_arrive_with_place_manager_and_badge(
    people: People, plant: Plant, sign_in: SignIn
) -> None:
    take(people, FILE)

    ravi = people.find(SYSTEM, "E-2")
    place = ravi.placement
    assert place is not None
    assert (ravi.name_local, ravi.language, ravi.joined_on) == ("ரவி", "ta", date(2021, 1, 5))
    assert (place.org_unit_id, place.job_role_id) == (plant.press, plant.operator)
    assert (place.manager, place.from_on) == ("Meena Rao", date(2021, 1, 5))
    imran = people.find(SYSTEM, "C-9")
    assert imran.kind is PersonKind.CONTRACTOR
    assert imran.placement is not None
    assert imran.placement.org_unit == "Tool room"
    assert imran.account_id is None
    assert ravi.account_id is not None
    sign_in.accounts.set_pin(SYSTEM, ravi.account_id, "7392", must_change=False)
    assert sign_in.sign_in("77-1", "7392").actor.name == "Ravi Iyer"


def test_an_import_is_one_entry_of_the_journal(people: People, site: Site) -> None:
    take(people, FILE)

    with site.read() as session:
        (entry,) = session.query(EntryRow).all()
    assert entry.action == "people.import"


def test_a_file_applied_twice_changes_nothing_the_second_time(people: People) -> None:
    take(people, FILE)

    again = plan(people, FILE)
    assert again.does_nothing
    assert again.unchanged == 3
    assert (again.new_org_units, again.new_job_roles) == ((), ())


def test_what_changed_is_named_and_moves_are_dated(
    people: People, plant: Plant, clock: TurnedClock
) -> None:
    take(people, FILE)
    clock.turn(timedelta(days=30))
    made = take(
        people,
        "Emp No,Name,Department,Designation,Manager,Email,Badge\n"
        "E-2,Ravi R. Iyer,Paint shop,Fitter,C-9,ravi@example.com,88\n",
    )

    found = changes(made)
    assert found["name"] == ("Ravi Iyer", "Ravi R. Iyer")
    assert found["org_unit"] == ("Press shop", "Paint shop")
    assert found["job_role"] == ("Operator", "Fitter")
    assert found["manager"] == ("E-1", "C-9")
    assert set(found) == {"name", "org_unit", "job_role", "manager", "email", "badge"}
    new, old = people.find(SYSTEM, "E-2").placements
    assert (old.to_on, new.from_on) == (date(2026, 12, 23), date(2026, 12, 23))
    assert (new.org_unit, new.job_role, new.manager) == ("Paint shop", "Fitter", "Imran Khan")
    assert people.list_people(SYSTEM, PageRequest(text="R. Iyer")).total == 1


def test_what_the_file_leaves_empty_stays(people: People, plant: Plant, asha: PersonId) -> None:
    made = plan(people, "Emp No,Name,Department,Language,DOJ\nE-1042,Asha Kulkarni,,,\n")

    assert (made.unchanged, made.does_nothing) == (1, True)


def test_a_job_role_alone_keeps_the_place(
    people: People, plant: Plant, asha: PersonId, clock: TurnedClock
) -> None:
    clock.turn(timedelta(days=1))
    take(people, "Emp No,Name,Designation\nE-1042,Asha Kulkarni,FIT\n")

    place = people.person(SYSTEM, asha).placement
    assert place is not None
    assert (place.org_unit, place.job_role) == ("Line 1", "Fitter")


def test_leavers_are_noted_and_not_taken_back_by_a_file(people: People) -> None:
    take(people, FILE)
    take(people, "Emp No,Name,Date of exit\nE-2,Ravi Iyer,2026-11-01\n")
    assert people.find(SYSTEM, "E-2").active is False

    looked = plan(people, FILE)
    assert [(one.person.number, one.back_on) for one in looked.returning] == [("E-2", None)]
    assert looked.does_nothing
    same = plan(people, "Emp No,Name,Date of exit\nE-2,Ravi Iyer,2026-11-01\n")
    assert same.does_nothing


def test_who_is_absent_from_the_file_stays(people: People, asha: PersonId) -> None:
    take(people, FILE)

    assert people.person(SYSTEM, asha).active


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("E-1,A,,,,\nE-1,B,,,,\n", [(3, "E-1", "The number is on line 2 already.")]),
        ("E-1,A,,,,77\nE-2,B,,,,77\n", [(3, "E-2", "The badge is on line 2 already.")]),
        ("E-1,A,PRESS,,E-404,\n", [(2, "E-1", "The manager E-404 is not known.")]),
        (
            "E-1,A,PRESS,,E-2,\nE-2,B,PRESS,,E-404,\n",
            [
                (2, "E-1", "The row of their manager, E-2, is not taken: mend that one."),
                (3, "E-2", "The manager E-404 is not known."),
            ],
        ),
        ("E-1,A,PRESS,,E-1,\n", [(2, "E-1", "Nobody is their own manager.")]),
        ("E-1,A,,OPR,,\n", [(2, "E-1", "A job role or a manager needs a department.")]),
    ],
)
def test_rows_that_contradict_are_named(
    people: People, plant: Plant, rows: str, why: list[tuple[int, str, str]]
) -> None:
    made = plan(people, "Emp No,Name,Department,Job role,Manager,Badge\n" + rows)

    assert reasons(made) == why


def test_what_belongs_to_somebody_else_is_not_taken_over(
    people: People, sign_in: SignIn, ashas_account: AccountId
) -> None:
    ravi = people.add(SYSTEM, NewPerson(number="E-2", name="Ravi"))
    sign_in.accounts.give_account(SYSTEM, ravi, login="ravi")

    made = plan(people, "Emp No,Name,Badge\nRAVI,Somebody,\nE-7,Somebody,00a1b2c3\n")
    assert [reason for *_, reason in reasons(made)] == [
        "Somebody else signs in with this number.",
        "The badge belongs to somebody else.",
    ]


def test_a_badge_that_reads_as_somebody_elses_name_is_refused_in_its_row(
    people: People, sign_in: SignIn, ashas_account: AccountId
) -> None:
    ravi = people.add(SYSTEM, NewPerson(number="E-2", name="Ravi"))
    sign_in.accounts.give_account(SYSTEM, ravi, login="ravi")

    made = plan(
        people,
        "Emp No,Name,Badge\nE-5,Meena,e-1042\nE-6,Bob, RAVI \nE-7,Uma,E-8\nE-8,Anu,\nE-9,Isha,E - 9\n",
    )

    why = "The badge's code is the number or login of somebody else."
    assert reasons(made) == [(2, "E-5", why), (3, "E-6", why), (4, "E-7", why)]
    people.imports.apply(SYSTEM, made, skip_errors=True)
    assert [person.number for person in made.new] == ["E-8", "E-9"]


def test_a_number_that_is_on_somebody_elses_badge_is_refused_in_its_row(
    people: People, ashas_account: AccountId
) -> None:
    made = plan(people, "Emp No,Name\n00a1b2c3,Somebody\n")

    assert reasons(made) == [(2, "00A1B2C3", "Somebody else signs in with this number.")]


def test_a_name_that_means_two_places_needs_a_code(people: People, plant: Plant) -> None:
    people.organisation.add_org_unit(SYSTEM, "P2", "press Shop", plant.paint)

    made = plan(people, "Emp No,Name,Department\nE-1,A,Press shop\nE-2,B,P2\n")
    assert [line for line, *_ in reasons(made)] == [2]
    assert [person.number for person in made.new] == ["E-2"]


def test_managers_may_be_named_as_some_systems_do(people: People, plant: Plant) -> None:
    take(
        people,
        "Emp No,Name,Department,Reporting To\n"
        "E-1,Meena Rao,PRESS,\nE-2,Ravi,PRESS,Meena Rao E-1\nE-3,Bob,PRESS,meena rao\n",
    )

    for number in ("E-2", "E-3"):
        place = people.find(SYSTEM, number).placement
        assert place is not None
        assert place.manager == "Meena Rao"


def test_errors_stop_an_import_until_somebody_says_otherwise(people: People) -> None:
    text = "Emp No,Name,DOJ\nE-1,Meena,\nE-2,Ravi,31/02/26\n"

    with pytest.raises(FileHasErrors) as refused:
        take(people, text)
    assert refused.value.count == 1
    assert people.list_people(SYSTEM, PageRequest()).total == 0
    take(people, text, skip_errors=True)
    assert [row.number for row in people.list_people(SYSTEM, PageRequest()).rows] == ["E-1"]


def test_a_plan_that_the_site_has_outrun_is_refused(people: People) -> None:
    made = plan(people, FILE)
    people.add(SYSTEM, NewPerson(number="E-2", name="Somebody quicker"))

    with pytest.raises(PlanOutdated):
        people.imports.apply(SYSTEM, made)
    assert people.list_people(SYSTEM, PageRequest()).total == 1


def test_an_import_that_is_stopped_leaves_nothing(people: People) -> None:
    class Stopped:
        def step(self, done: int, total: int, note: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        people.imports.apply(SYSTEM, plan(people, FILE), progress=Stopped())
    assert people.list_people(SYSTEM, PageRequest()).total == 0
    assert people.organisation.org_units(SYSTEM) == ()


def test_only_managers_of_the_whole_site_import(people: People, plant: Plant) -> None:
    local = somebody(Capability.MANAGE_PEOPLE, units=frozenset({plant.plant}))
    whole = somebody(Capability.MANAGE_PEOPLE)

    for actor in (somebody(), local):
        with pytest.raises(NotAllowed):
            people.imports.plan(actor, FILE.encode())
    with pytest.raises(NotAllowed):
        people.imports.apply(local, plan(people, FILE))
    made = people.imports.plan(whole, FILE.encode())
    with pytest.raises(NotAllowed, match="accounts"):
        people.imports.apply(whole, made)


def test_a_correction_and_an_import_agree_on_the_list(
    people: People, plant: Plant, asha: PersonId
) -> None:
    people.move(SYSTEM, asha, Destination(org_unit_id=plant.paint))
    made = plan(people, "Emp No,Name,Department\nE-1042,Asha Kulkarni,LINE1\n")

    assert made.changed[0].changes == (FieldChange("org_unit", "Paint shop", "LINE1"),)
    people.imports.apply(SYSTEM, made)
    assert [row.org_unit for row in people.list_people(SYSTEM, PageRequest()).rows] == ["Line 1"]


def test_the_demo_plants_file_is_taken_whole(people: People) -> None:
    made = people.imports.plan(SYSTEM, resource("demo", "people.csv").read_bytes())

    assert made.errors == ()
    people.imports.apply(SYSTEM, made)
    assert people.list_people(SYSTEM, PageRequest()).total == len(made.new) > 30


PEOPLE_IN = {
    "kolibri-users_example.csv": 14,
    "moodle-upload_users.csv": 2,
    "moodle-upload_users_category.csv": 8,
    "moodle-upload_users_cohorts.csv": 4,
    "moodle-upload_users_email_matching.csv": 2,
    "moodle-upload_users_emailstop.csv": 2,
    "moodle-upload_users_themes.csv": 4,
}
"""How many people each list of another system holds; the other lists hold something else."""


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("path", "new"),
    [
        case("users", row.name, row.path, PEOPLE_IN[row.name], expected=row.expected)
        for row in rows_of("users")
        if row.name in PEOPLE_IN
    ],
)
def test_user_lists_of_other_systems_are_taken(
    people: People, path: Path, new: int, happened: Callable[[str], None]
) -> None:
    made = people.imports.plan(SYSTEM, path.read_bytes())
    unknown = ", ".join(made.ignored_columns) or "none"
    happened(f"{len(made.new)} people; columns nobody asked for: {unknown}")

    assert (len(made.new), made.errors) == (new, ())
    assert any("assword" in column for column in made.private_columns)
    people.imports.apply(SYSTEM, made)


@pytest.mark.corpus
@pytest.mark.parametrize(
    "path",
    [
        case("users", row.name, row.path, expected=row.expected)
        for row in rows_of("users")
        if row.name not in PEOPLE_IN
    ],
)
def test_lists_of_other_things_are_refused(
    people: People, path: Path, happened: Callable[[str], None]
) -> None:
    with pytest.raises(MissingColumns, match="employee number") as caught:
        people.imports.plan(SYSTEM, path.read_bytes())
    happened(f"refused: {caught.value}")


def test_a_heading_with_brackets_may_name_the_name_in_own_script(people: People) -> None:
    plan = people.imports.plan(
        SYSTEM, "Emp No,Name,Name (local),Joined (date)\nE-1,Asha,आशा,2020-01-01\n".encode()
    )

    assert [(one.name, one.name_local) for one in plan.new] == [("Asha", "आशा")]
    assert plan.ignored_columns == ()


def test_a_file_that_only_spells_a_shift_a_location_or_an_agency_otherwise_changes_nothing(
    people: People, plant: Plant
) -> None:
    head = "employee_no,name,department,shift,location,agency\n"
    take(people, head + "E-1,Meena Rao,PRESS,Shift A,Chakan,Sai Labour\n")
    made = plan(people, head + "E-1,Meena Rao,PRESS,SHIFT  a, chakan ,SAI LABOUR\n")
    assert (made.changed, made.unchanged) == ((), 1)
    made = plan(people, head + "E-1,Meena Rao,PRESS,Shift B,chakan,Sai Labour\n")
    assert changes(made) == {"shift": ("Shift A", "Shift B")}


def test_the_list_is_narrowed_to_a_shift_however_it_is_spelt(people: People, plant: Plant) -> None:
    head = "employee_no,name,department,shift\n"
    take(
        people, head + "E-1,Meena Rao,PRESS,Shift A\nE-2,Ravi Iyer,PRESS,shift a\nE-3,Om,PRESS,B\n"
    )
    for spelt in ("SHIFT A", "shift  a "):
        found = people.list_people(SYSTEM, PageRequest().filtered_by([("shift", spelt)]))
        assert [one.number for one in found.rows] == ["E-1", "E-2"]
