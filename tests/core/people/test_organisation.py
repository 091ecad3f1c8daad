"""The tree of org units and the job roles."""

import pytest
import sqlalchemy as sa

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed, NotFound
from app.core.journal import Site
from app.core.people import (
    CodeTaken,
    Destination,
    DetailRefused,
    NameTaken,
    NewPerson,
    OrgUnitId,
    People,
    PersonId,
    UnitWithinItself,
)
from app.core.people.derived import rebuild_reach
from app.core.people.models import OrgUnitReachRow, OrgUnitRow
from tests.core.people.conftest import SYSTEM, Plant, somebody


def below(site: Site, unit: OrgUnitId) -> set[object]:
    with site.read() as session:
        return set(
            session.scalars(
                sa.select(OrgUnitReachRow.below_id).where(OrgUnitReachRow.above_id == unit)
            )
        )


def test_the_tree_comes_each_under_its_parent_with_heads(
    people: People, plant: Plant, asha: PersonId
) -> None:
    tree = people.organisation.org_units(SYSTEM)

    assert [(unit.name, unit.depth, unit.people) for unit in tree] == [
        ("Baddi plant", 0, 0),
        ("Paint shop", 1, 0),
        ("Press shop", 1, 0),
        ("Line 1", 2, 1),
    ]


def test_heads_are_those_of_today_here_and_with_all_below(
    people: People, plant: Plant, asha: PersonId
) -> None:
    def add(number: str, unit: OrgUnitId) -> PersonId:
        return people.add(
            SYSTEM, NewPerson(number=number, name=number, place=Destination(org_unit_id=unit))
        )

    add("E-1", plant.press)
    people.leave(SYSTEM, add("E-2", plant.line))
    people.move(SYSTEM, add("E-3", plant.line), Destination(org_unit_id=plant.paint))

    heads = {
        unit.name: (unit.people, unit.people_within)
        for unit in people.organisation.org_units(SYSTEM)
    }
    assert heads == {
        "Baddi plant": (0, 3),
        "Paint shop": (1, 1),
        "Press shop": (1, 2),
        "Line 1": (1, 1),
    }


def test_units_and_roles_are_found_by_words_of_code_or_name(people: People, plant: Plant) -> None:
    organisation = people.organisation

    found = organisation.org_units(SYSTEM, "SHOP")
    assert [(unit.name, unit.parent) for unit in found] == [
        ("Paint shop", "Baddi plant"),
        ("Press shop", "Baddi plant"),
    ]
    assert [unit.name for unit in organisation.org_units(SYSTEM, "line1")] == ["Line 1"]
    assert organisation.org_units(SYSTEM, "100%") == ()
    assert [role.title for role in organisation.job_roles(SYSTEM, "fit")] == ["Fitter"]


def test_a_unit_reaches_all_below_it(people: People, plant: Plant, site: Site) -> None:
    assert below(site, plant.plant) == {plant.plant, plant.press, plant.line, plant.paint}
    assert below(site, plant.press) == {plant.press, plant.line}


def test_a_moved_unit_takes_along_what_is_below(people: People, plant: Plant, site: Site) -> None:
    people.organisation.move_org_unit(SYSTEM, plant.press, plant.paint)

    assert below(site, plant.paint) == {plant.paint, plant.press, plant.line}
    people.organisation.move_org_unit(SYSTEM, plant.press, None)
    assert below(site, plant.paint) == {plant.paint}
    assert below(site, plant.plant) == {plant.plant, plant.paint}


def test_a_unit_is_not_moved_into_itself(people: People, plant: Plant) -> None:
    for target in (plant.press, plant.line):
        with pytest.raises(UnitWithinItself):
            people.organisation.move_org_unit(SYSTEM, plant.press, target)


def test_a_loop_that_two_sites_made_together_can_be_seen_and_mended(
    people: People, plant: Plant, site: Site
) -> None:
    with site.transaction(SYSTEM, "sync") as unit:
        unit.get_one(OrgUnitRow, plant.press).parent_id = plant.line
        rebuild_reach(unit)

    names = [unit.name for unit in people.organisation.org_units(SYSTEM)]
    assert sorted(names) == ["Baddi plant", "Line 1", "Paint shop", "Press shop"]
    people.organisation.move_org_unit(SYSTEM, plant.press, None)
    assert below(site, plant.press) == {plant.press, plant.line}


def test_codes_belong_to_one(people: People, plant: Plant) -> None:
    with pytest.raises(CodeTaken):
        people.organisation.add_org_unit(SYSTEM, "press", "Another")
    with pytest.raises(CodeTaken):
        people.organisation.add_job_role(SYSTEM, "OPR", "Another")
    with pytest.raises(DetailRefused):
        people.organisation.add_job_role(SYSTEM, "", "Without a code")


def test_units_of_one_place_have_names_of_their_own(people: People, plant: Plant) -> None:
    organisation = people.organisation
    namesake = organisation.add_org_unit(SYSTEM, "LINE1B", "LINE 1", plant.paint)

    for act in (
        lambda: organisation.add_org_unit(SYSTEM, "X", "press SHOP", plant.plant),
        lambda: organisation.rename_org_unit(SYSTEM, plant.paint, "Press shop"),
        lambda: organisation.move_org_unit(SYSTEM, namesake, plant.press),
    ):
        with pytest.raises(NameTaken):
            act()
    organisation.rename_org_unit(SYSTEM, plant.press, "PRESS SHOP")
    organisation.move_org_unit(SYSTEM, namesake, plant.paint)
    organisation.move_org_unit(SYSTEM, namesake, None)
    with pytest.raises(NameTaken):
        organisation.add_org_unit(SYSTEM, "LINE1C", "Line 1")


def test_job_roles_have_titles_of_their_own(people: People, plant: Plant) -> None:
    organisation = people.organisation

    with pytest.raises(NameTaken):
        organisation.add_job_role(SYSTEM, "OPR2", "operator")
    with pytest.raises(NameTaken):
        organisation.rename_job_role(SYSTEM, plant.fitter, "Operator")
    organisation.rename_job_role(SYSTEM, plant.operator, "OPERATOR")
    assert [role.title for role in organisation.job_roles(SYSTEM)] == ["Fitter", "OPERATOR"]


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 300])
def test_a_name_that_cannot_be_kept_is_refused(people: People, plant: Plant, name: str) -> None:
    organisation = people.organisation

    for act in (
        lambda: organisation.add_org_unit(SYSTEM, "X", name),
        lambda: organisation.rename_org_unit(SYSTEM, plant.press, name),
        lambda: organisation.add_job_role(SYSTEM, "X", name),
        lambda: organisation.rename_job_role(SYSTEM, plant.fitter, name),
    ):
        with pytest.raises(DetailRefused):
            act()
    with pytest.raises(DetailRefused):
        organisation.add_org_unit(SYSTEM, "X" * 300, "Another")


def test_what_does_not_exist_is_not_found(people: People, asha: PersonId) -> None:
    stranger = OrgUnitId(asha)
    with pytest.raises(NotFound):
        people.organisation.rename_org_unit(SYSTEM, stranger, "X")
    with pytest.raises(NotFound):
        people.organisation.add_org_unit(SYSTEM, "X", "X", stranger)
    with pytest.raises(NotFound):
        people.organisation.move_org_unit(SYSTEM, stranger, None)


def test_job_roles_come_by_title_with_heads(people: People, plant: Plant, asha: PersonId) -> None:
    roles = people.organisation.job_roles(SYSTEM)

    assert [(role.title, role.people) for role in roles] == [("Fitter", 0), ("Operator", 1)]


def test_a_scoped_manager_shapes_only_what_is_below(people: People, plant: Plant) -> None:
    units = frozenset({plant.press, plant.line})
    actor = somebody(Capability.MANAGE_PEOPLE, Capability.VIEW_PEOPLE, units=units)
    organisation = people.organisation

    organisation.add_org_unit(actor, "LINE2", "Line 2", plant.press)
    organisation.rename_org_unit(actor, plant.line, "Line one")
    for act in (
        lambda: organisation.add_org_unit(actor, "X", "X"),
        lambda: organisation.rename_org_unit(actor, plant.paint, "X"),
        lambda: organisation.move_org_unit(actor, plant.line, plant.paint),
        lambda: organisation.move_org_unit(actor, plant.line, None),
        lambda: organisation.add_job_role(actor, "X", "X"),
        lambda: organisation.rename_job_role(actor, plant.fitter, "X"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert {unit.name for unit in organisation.org_units(actor)} == {"Press shop", "Line one"}
