"""The grid of people by requirements as of a day gone by: what it showed at the end of that day."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.actor import Actor
from app.core.base.paging import Page, PageRequest
from app.core.people import People, PersonId
from app.core.reports import let_look_back
from app.core.training.assignments import EnteredEvidence
from app.core.training.matrix import Need, PersonLine, StandingMark
from tests.core.training.conftest import SYSTEM
from tests.core.training.test_matrix import TODAY, Add, Grid
from tests.support.clock import TurnedClock
from tests.support.pdfs import text_of
from tests.support.teaching import School

ALL = PageRequest(limit=100)


@pytest.fixture
def grid(school: School, people: People, meera: Actor) -> Grid:
    made = Grid(school, people, meera)
    made.matrix.people.look_back = let_look_back
    return made


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def now(grid: Grid) -> Page[PersonLine]:
    return grid.matrix.people.page(grid.actor, ALL)


def then(grid: Grid, days: int) -> Page[PersonLine]:
    return grid.matrix.people.page(grid.actor, ALL, ahead(days))


def proved(grid: Grid, person: UUID, code: str) -> None:
    shown = EnteredEvidence(issuer="RTO", obtained_on=ahead(21))
    grid.school.training.assignments.evidence.enter(SYSTEM, person, grid.ids[code], shown)


def test_every_day_is_told_afterwards_as_the_grid_showed_it_then(
    grid: Grid, add: Add, clock: TurnedClock
) -> None:
    asha, ravi = add("E-1", role="PRESS"), add("E-2", role="CLERK")
    grid.requirement("LOTO", grace_days=2)
    grid.requirement("FIRE")
    acts = grid.school.training.assignments
    shown: dict[int, Page[PersonLine]] = {}

    def day_ends(day: int) -> None:
        grid.school.training.begin_day(SYSTEM)
        shown[day] = now(grid)
        clock.turn(timedelta(days=1))

    def loto() -> UUID:
        return next(one.id for one in acts.of_person(SYSTEM, asha) if one.code == "LOTO")

    day_ends(0)
    grid.ask("PRESS", "LOTO")
    grid.ask("CLERK", "FIRE", Need.RECOMMENDED)
    day_ends(1)
    grid.move(ravi, "PRESS")
    day_ends(2)
    acts.waivers.waive(SYSTEM, loto(), until_on=ahead(5), reason="The machine is off")
    for day in (3, 4, 5, 6):
        day_ends(day)
    acts.absences.note(SYSTEM, PersonId(ravi), ahead(8), ahead(10), "Leave")
    for day in range(7, 21):  # the due date goes by, and then the grace
        day_ends(day)
    proved(grid, asha, "LOTO")
    day_ends(21)
    add("E-3", role="PRESS")
    grid.ask("PRESS", "LOTO", Need.NOTHING)
    day_ends(22)
    grid.people.leave(SYSTEM, PersonId(ravi))
    day_ends(23)

    for day, page in shown.items():
        assert then(grid, day) == page, f"day {day}"
    seen = {
        one.mark for page in shown.values() for line in page.rows for one in line.cells.values()
    }
    assert seen >= {
        StandingMark.ASSIGNED, StandingMark.WAIVED, StandingMark.OVERDUE, StandingMark.QUALIFIED,
        StandingMark.RECOMMENDED, StandingMark.AWAY, StandingMark.DUE_SOON,
    }  # fmt: skip


def test_columns_filters_and_paper_are_of_then_and_say_what_is_of_now(
    grid: Grid, add: Add, clock: TurnedClock, tmp_path: Path
) -> None:
    asha = add("E-1", role="PRESS")
    add("E-2", role="CLERK")
    grid.requirement("LOTO")
    grid.requirement("FIRE")
    grid.ask("PRESS", "LOTO")
    clock.turn(timedelta(days=5))
    grid.ask("CLERK", "FIRE")
    grid.move(asha, "CLERK")
    clock.turn(timedelta(days=5))
    people, actor = grid.matrix.people, grid.actor
    of_press = ALL.filtered_by([("role", str(grid.of("PRESS")))])

    assert [one.code for one in people.columns(actor, ALL, ahead(0))] == ["LOTO"]
    assert [one.number for one in people.page(actor, of_press, ahead(0)).rows] == ["E-1"]
    assert people.page(actor, of_press).rows == ()
    (line,) = people.page(actor, of_press, ahead(0)).rows
    assert line.job_role == "Role PRESS"
    paper = people.paper(actor, ALL, (), ahead(0))
    file = tmp_path / "grid.pdf"
    file.write_bytes(paper.content)
    told = text_of(file)
    assert "23 Nov 2026" in told
    assert "Names, shifts and the conditions of audiences are those of now." in told
