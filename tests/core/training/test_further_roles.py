"""Further job roles: what they ask for beside the main one, from day to day, here and on two PCs."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.core.base.paging import PageRequest
from app.core.journal import Site
from app.core.people import (
    Audience,
    DayRefused,
    DetailRefused,
    JobRoleId,
    NewPerson,
    People,
    PersonId,
)
from app.core.training import Source
from app.core.training.assignments import State
from app.core.training.enrolment import OneOf, RuleWords
from app.core.training.matrix import Need
from tests.core.training.conftest import SYSTEM, verified
from tests.core.training.test_matrix import ASSIGNED, TODAY, Add, Grid, grid
from tests.support.clock import TurnedClock
from tests.support.in_touch import another_pc, first_pc

__all__ = ["grid"]
DAY = timedelta(days=1)


@pytest.fixture
def give(grid: Grid, add: Add) -> Callable[..., None]:
    """Return a way to give somebody the job role CRANE, whatever its days."""
    add("E-9", role="CRANE")

    def given(person: UUID, **days: object) -> None:
        grid.people.further_roles.give(
            SYSTEM, PersonId(person), JobRoleId(grid.of("CRANE")), reason="Stands in", **days
        )  # type: ignore[arg-type]  # days of a test

    return given


def test_a_further_role_asks_for_its_own_beside_the_main_one_until_it_ends(
    grid: Grid, add: Add, give: Callable[..., None], site: Site, clock: TurnedClock
) -> None:
    asha = add("E-1", role="PRESS")
    for code, role in (("LOTO", "PRESS"), ("SLING", "CRANE"), ("RULED", "")):
        grid.requirement(code)
        if role:
            grid.ask(role, code)
    rules = grid.school.training.enrolment
    words = RuleWords(
        title="Cranes", requirement_id=grid.of("RULED"), condition=OneOf("role", ("CRANE",))
    )
    rule = rules.add(grid.actor, "CR", words)
    rules.switch_on(grid.actor, rule)
    assert grid.stands(asha) == [("LOTO", *ASSIGNED)]

    give(asha)
    everything = [
        ("LOTO", *ASSIGNED),
        ("RULED", Source.RULE, State.ASSIGNED),
        ("SLING", *ASSIGNED),
    ]
    assert grid.stands(asha) == everything
    only = Audience(role_codes=("CRANE",))
    assert grid.school.training.preview(grid.actor, "LOTO", only).audience == 2
    crane = PageRequest().filtered_by([("job_role", str(grid.of("CRANE")))])
    assert {one.number for one in grid.people.list_people(SYSTEM, crane).rows} == {"E-1", "E-9"}
    gap = grid.matrix.gap(grid.actor, asha, [grid.of("PRESS")])
    assert (gap.roles, gap.to_do, gap.loses) == (("Role PRESS",), (), ())
    roles = {one.code: one.people for one in grid.people.organisation.job_roles(SYSTEM)}
    assert roles == {"PRESS": 1, "CRANE": 2}
    with pytest.raises(DetailRefused, match="already"):
        give(asha, from_on=TODAY + DAY)

    grid.people.further_roles.end(
        SYSTEM, PersonId(asha), JobRoleId(grid.of("CRANE")), TODAY + DAY, "Back to the press"
    )
    grid.school.training.begin_day(grid.actor)
    assert grid.stands(asha) == everything
    clock.turn(DAY)
    grid.school.training.begin_day(grid.actor)
    assert ("SLING", Source.MATRIX, State.CANCELLED) in grid.stands(asha)
    assert ("LOTO", *ASSIGNED) in grid.stands(asha)
    assert verified(site)


def test_a_further_role_that_is_to_come_asks_from_its_day(
    grid: Grid, add: Add, give: Callable[..., None], clock: TurnedClock
) -> None:
    asha = add("E-1", role="PRESS")
    grid.requirement("SLING")
    grid.ask("CRANE", "SLING")
    give(asha, from_on=TODAY + DAY, to_on=TODAY + 3 * DAY)
    grid.school.training.begin_day(grid.actor)
    assert grid.stands(asha) == []
    clock.turn(DAY)
    grid.school.training.begin_day(grid.actor)
    assert grid.stands(asha) == [("SLING", *ASSIGNED)]
    with pytest.raises(DayRefused):
        give(asha, from_on=TODAY + 5 * DAY, to_on=TODAY + 5 * DAY)
    with pytest.raises(DetailRefused, match="already"):
        give(add("E-3", role="CRANE"))


def test_who_comes_back_has_their_further_roles_again_and_the_days_between_not(
    grid: Grid, add: Add, give: Callable[..., None], clock: TurnedClock
) -> None:
    asha = PersonId(add("E-1", role="PRESS"))
    give(asha)
    clock.turn(10 * DAY)
    grid.people.leave(SYSTEM, asha, TODAY + 5 * DAY, "Went home")
    with pytest.raises(DetailRefused, match="left"):
        give(asha, from_on=TODAY + 6 * DAY)
    grid.people.rejoin(SYSTEM, asha, on=TODAY + 8 * DAY, reason="Is back")
    held = grid.people.person(SYSTEM, asha).further_roles
    assert [(one.from_on, one.to_on) for one in held] == [
        (TODAY + 8 * DAY, None),
        (TODAY, TODAY + 5 * DAY),
    ]


def test_a_role_that_two_pcs_gave_is_one_and_ends_as_one(
    tmp_path: Path, clock: TurnedClock
) -> None:
    pcs = [first_pc(tmp_path / "one", clock)]
    first = People(pcs[0].opened.site)
    asha = first.add(SYSTEM, NewPerson(number="E-1", name="Asha"))
    crane = first.organisation.add_job_role(SYSTEM, "CRANE", "Crane driver")
    pcs.append(another_pc(pcs[0], tmp_path / "two", clock))
    people = [People(pc.opened.site) for pc in pcs]

    def carry(sender: int, name: str) -> None:
        stick = tmp_path / name
        stick.mkdir()
        pcs[1 - sender].take(pcs[sender].send(stick, pcs[1 - sender]))

    carry(0, "first")
    for one in people:
        one.further_roles.give(SYSTEM, asha, crane, reason="Stands in")
    carry(0, "there")
    carry(1, "back")
    for one in people:
        assert [held.job_role for held in one.person(SYSTEM, asha).further_roles] == [
            "Crane driver"
        ]
    people[1].further_roles.end(SYSTEM, asha, crane, TODAY + DAY, "Enough")
    carry(1, "ended")
    for one in people:
        (held,) = one.person(SYSTEM, asha).further_roles
        assert held.to_on == TODAY + DAY


def test_the_matrix_is_narrowed_to_who_has_a_role_beside_theirs(
    grid: Grid, add: Add, give: Callable[..., None]
) -> None:
    give(add("E-1", role="PRESS"))
    grid.requirement("SLING")
    grid.ask("CRANE", "SLING", Need.MANDATORY)
    narrowed = PageRequest().filtered_by([("role", str(grid.of("CRANE")))])
    people = grid.school.training.matrix.people
    assert {one.number for one in people.page(grid.actor, narrowed).rows} == {"E-1", "E-9"}
