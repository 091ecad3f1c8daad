"""What headquarters write about a requirement or a course that one plant has alone goes to that plant (ADR 22)."""

from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.clock import local_day
from app.core.courses import NewCourse
from app.core.courses.models import CourseRow
from app.core.journal.models import EntryRow
from app.core.people import People
from app.core.training.kinds import RequirementType, Validity
from app.core.training.matrix import Need
from app.core.training.matrix.models import MatrixChangeRow, MatrixEntryRow
from app.core.training.models import RequirementRow, RequirementTermsRow
from app.core.training.requirements import (
    LegalReference,
    NewRequirement,
    RequirementChange,
    Requirements,
)
from app.core.training.terms import Terms
from tests.core.sync.test_accounts_of_plants import down, up
from tests.core.sync.test_exchange import is_sound, tables
from tests.core.sync.test_sites_in_touch import courses
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, Pc, another_pc, first_pc, know_each_other

SECRET = "Furnace seven"


@pytest.fixture
def other(headquarters: Pc, tmp_path: Path, clock: TurnedClock) -> Pc:
    made = first_pc(tmp_path / "other", clock, code="NAG")
    know_each_other(headquarters, made)
    return made


def requirement(pc: Pc, code: str, title: str = SECRET) -> UUID:
    new = NewRequirement(
        code=code, title=title, type=RequirementType.EXTERNAL, terms=terms(pc, Validity.FOR_GOOD)
    )
    return Requirements(pc.opened.site).add(ACTOR, new)


def terms(pc: Pc, validity: Validity, count: int | None = None) -> Terms:
    today = local_day(pc.opened.site.clock)
    return Terms(from_on=today, validity=validity, valid_count=count)


def titles(pc: Pc) -> set[str]:
    with pc.opened.site.read() as session:
        return set(session.scalars(sa.select(RequirementRow.title)))


def holds(pc: Pc, word: str) -> bool:
    """Tell whether a word stands in any entry that a PC has."""
    with pc.opened.site.read() as session:
        entries = session.execute(sa.select(EntryRow.body, EntryRow.reason)).all()
    return any(word.encode() in bytes(body) or word in reason for body, reason in entries)


@pytest.fixture
def own(headquarters: Pc, plant: Pc, stick: Path) -> UUID:
    """A requirement of the plant's own, which headquarters have."""
    made = requirement(plant, "FURNACE")
    up(headquarters, plant, stick)
    return made


def test_an_edit_of_a_plants_requirement_reaches_that_plant_and_no_other(
    headquarters: Pc, plant: Pc, other: Pc, own: UUID, stick: Path
) -> None:
    there = Requirements(headquarters.opened.site)
    change = RequirementChange(
        title=SECRET + " and eight",
        description="Where " + SECRET + " stands",
        terms=terms(headquarters, Validity.MONTHS, 6),
        laws=(LegalReference(act=SECRET + " Act"),),
    )
    there.change(ACTOR, own, change, "About " + SECRET)
    there.retire(ACTOR, own, local_day(headquarters.opened.site.clock))
    headquarters.courses.create(ACTOR, NewCourse(title="Safety", code="SAFETY"))

    down(headquarters, other, stick)
    down(headquarters, plant, stick)

    assert courses(other) == courses(plant) == {"SAFETY"}
    assert titles(plant) == {SECRET + " and eight"}
    with plant.opened.site.read() as session:
        (valid,) = session.scalars(sa.select(RequirementTermsRow.valid_count))
        assert session.get_one(RequirementRow, own).retired_on is not None
    assert valid == 6
    assert not holds(other, SECRET)
    assert all(map(is_sound, (headquarters, plant, other)))


def test_another_pc_of_headquarters_gives_it_on(
    headquarters: Pc, plant: Pc, own: UUID, stick: Path, tmp_path: Path, clock: TurnedClock
) -> None:
    second = another_pc(headquarters, tmp_path / "second", clock)
    Requirements(headquarters.opened.site).change(ACTOR, own, RequirementChange(title="Kiln"))
    second.take(headquarters.send(stick, second))
    Requirements(second.opened.site).change(ACTOR, own, RequirementChange(title="Kiln nine"))

    down(second, plant, stick)

    assert titles(plant) == {"Kiln nine"}
    assert is_sound(second)


def test_headquarters_own_goes_to_all_and_what_binds_it_to_a_plants_only_there(
    headquarters: Pc, plant: Pc, other: Pc, own: UUID, stick: Path
) -> None:
    ours = requirement(headquarters, "FIRST-AID", "First aid")
    change = RequirementChange(prerequisites=(own,))
    Requirements(headquarters.opened.site).change(ACTOR, ours, change)
    Requirements(headquarters.opened.site).change(ACTOR, ours, RequirementChange(title="Aid"))

    down(headquarters, other, stick)
    down(headquarters, plant, stick)

    assert titles(other) == {"Aid"}
    assert titles(plant) == {"Aid", SECRET}
    assert tables(plant)["requirement_link"] == tables(headquarters)["requirement_link"]
    assert tables(other)["requirement_link"] == []


def test_what_binds_things_of_two_plants_goes_to_neither(
    headquarters: Pc, plant: Pc, other: Pc, own: UUID, stick: Path
) -> None:
    theirs = requirement(other, "CRANE", "Crane three")
    up(headquarters, other, stick)
    change = RequirementChange(prerequisites=(own,))
    Requirements(headquarters.opened.site).change(ACTOR, theirs, change)
    headquarters.courses.create(ACTOR, NewCourse(title="Safety", code="SAFETY"))

    for pc in (plant, other):
        down(headquarters, pc, stick)
        assert courses(pc) == {"SAFETY"}
        assert tables(pc)["requirement_link"] == []
    assert len(tables(headquarters)["requirement_link"]) == 1


def test_what_headquarters_matrix_asks_of_their_own_job_roles_holds_up_no_plant(
    headquarters: Pc, plant: Pc, stick: Path
) -> None:
    """Plants have no job roles of headquarters: they would wait for them, with all that comes after."""
    ours = requirement(headquarters, "FIRST-AID", "First aid")
    role = People(headquarters.opened.site).organisation.add_job_role(ACTOR, "FIT", "Fitter")
    today = local_day(headquarters.opened.site.clock)
    with headquarters.opened.site.transaction(ACTOR, "matrix.apply") as unit:
        now = headquarters.opened.site.clock.now()
        asked = MatrixChangeRow(
            at=now, effective_on=today, reason="As the law asks", people=0, is_confirmed=False, by_name="",
        )  # fmt: skip
        unit.add(asked)
        unit.flush()
        entry = MatrixEntryRow(
            site_id=headquarters.opened.site_id, cell=f"{role}:{ours}", job_role_id=role,
            requirement_id=ours, need=Need.MANDATORY, from_on=today, change_id=asked.id,
        )  # fmt: skip
        unit.add(entry)
    with headquarters.opened.site.transaction(ACTOR, "matrix.apply") as unit:
        unit.get_one(MatrixEntryRow, entry.id).to_on = today
    headquarters.courses.create(ACTOR, NewCourse(title="Safety", code="SAFETY"))

    down(headquarters, plant, stick)

    assert courses(plant) == {"SAFETY"}
    assert tables(plant)["matrix_entry"] == []
    assert is_sound(plant)


def test_a_draft_that_headquarters_write_in_a_plants_course_stays_with_the_two(
    headquarters: Pc, plant: Pc, other: Pc, stick: Path
) -> None:
    course = plant.courses.create(ACTOR, NewCourse(title=SECRET, code="FURNACE"))
    up(headquarters, plant, stick)
    with headquarters.opened.site.transaction(ACTOR, "course.edit") as unit:
        unit.get_one(CourseRow, course).title = SECRET + " again"

    down(headquarters, other, stick)
    down(headquarters, plant, stick)

    assert not holds(other, SECRET)
    with plant.opened.site.read() as session:
        assert session.get_one(CourseRow, course).title == SECRET + " again"
