"""Rules that ask whoever was moved: some days after a change of department or job role, once for each."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.journal import Site
from app.core.people import Destination, NewPerson, People, rebuild_listing
from app.core.people.models import PlacementRow
from app.core.training import Move, Source, TrainingRefused
from app.core.training.assignments import AssignmentSummary, State
from app.core.training.enrolment import All, OneOf, RuleWords
from tests.core.training.conftest import SYSTEM, verified
from tests.core.training.test_coming_back import TODAY, a_requirement, cycles, trained
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc
from tests.support.teaching import School, a_school

DAY = timedelta(days=1)
Add = Callable[..., UUID]


@pytest.fixture
def induction(school: School, people: People, meera: Actor) -> UUID:
    people.on_changed.append(school.training.people_changed)
    return a_requirement(school, meera)


def words(requirement: UUID, **said: Any) -> RuleWords:
    return RuleWords(
        title="New to the line",
        requirement_id=requirement,
        condition=said.pop("condition", All()),
        **({"moved": Move.EITHER, "due_days": 14} | said),
    )


def switched_on(school: School, meera: Actor, requirement: UUID, **said: Any) -> UUID:
    rules = school.training.enrolment
    rule = rules.add(meera, said.pop("code", "MOVED"), words(requirement, **said))
    rules.switch_on(meera, rule)
    return rule


def place(people: People, unit: str, role: str = "") -> Destination:
    found = {one.code: one.id for one in people.organisation.org_units(SYSTEM)}
    roles = {one.code: one.id for one in people.organisation.job_roles(SYSTEM)}
    return Destination(org_unit_id=found[unit], job_role_id=roles.get(role))  # type: ignore[arg-type]  # ids of a test


def asked(school: School, meera: Actor, person: UUID) -> list[AssignmentSummary]:
    return [one for one in cycles(school, meera, person) if one.source is Source.MOVE]


def test_who_is_moved_is_asked_some_days_after_it_with_the_reason(
    school: School,
    people: People,
    meera: Actor,
    add: Add,
    induction: UUID,
    clock: TurnedClock,
    site: Site,
) -> None:
    asha, ravi = add("E-1", "FIN", "FITTER"), add("E-2", "FIN", "FITTER")
    add("E-3", "PAINT", "WELDER")
    trained(school, meera, asha, induction)  # for good: it is asked anew all the same
    switched_on(school, meera, induction, after_days=7)
    clock.turn(DAY)
    people.move(SYSTEM, asha, place(people, "PAINT", "FITTER"))
    moved_on = TODAY + DAY
    later = words(induction, from_on=moved_on + DAY)
    assert school.training.enrolment.try_out(meera, later).assigned == 0

    clock.turn(6 * DAY)
    assert school.training.begin_day(meera).assigned == 0
    clock.turn(DAY)
    (told,) = school.training.enrolment.try_out(
        meera, words(induction, after_days=7, from_on=TODAY)
    ).first
    assert (told.number, told.moved_on, told.moved_from) == (
        "E-1", moved_on, "Department FIN · Role FITTER",
    )  # fmt: skip
    assert told.due_on == moved_on + 14 * DAY
    assert school.training.begin_day(meera).assigned == 1
    assert school.training.begin_day(meera).assigned == 0

    (one,) = asked(school, meera, asha)
    assert (one.due_on, one.stands.state) == (moved_on + 14 * DAY, State.ASSIGNED)
    why = school.training.assignments.detail(meera, one.id).why
    assert why.origin == "New to the line: in another department or job role since 24 Nov 2026"
    assert why.rule == "New to the line"
    assert asked(school, meera, ravi) == []
    assert verified(site)


@pytest.mark.parametrize(
    ("kind", "which"),
    [(Move.UNIT, {"unit"}), (Move.ROLE, {"role"}), (Move.EITHER, {"unit", "role"})],
)
def test_which_change_it_is_decides(
    school: School,
    people: People,
    meera: Actor,
    add: Add,
    induction: UUID,
    kind: Move,
    which: set[str],
    clock: TurnedClock,
) -> None:
    to = {
        "unit": ("PAINT", "FITTER"), "role": ("FIN", "WELDER"), "manager": ("FIN", "FITTER"),
        "gains": ("FIN", "WELDER"), "loses": ("FIN", ""),
    }  # fmt: skip
    ids = {name: add(f"E-{name}", "FIN", "" if name == "gains" else "FITTER") for name in to}
    boss = add("E-BOSS", "PAINT", "WELDER")
    clock.turn(DAY)
    switched_on(school, meera, induction, moved=kind)
    for name, where in to.items():
        there = place(people, *where)
        if name == "manager":
            there = Destination(
                org_unit_id=there.org_unit_id, job_role_id=there.job_role_id, manager_id=boss
            )
        people.move(SYSTEM, ids[name], there)

    found = {name for name, person in ids.items() if asked(school, meera, person)}

    assert found == which


def test_each_move_is_asked_once_and_a_wrong_day_asks_nobody_twice(
    school: School,
    people: People,
    meera: Actor,
    add: Add,
    induction: UUID,
    clock: TurnedClock,
    site: Site,
) -> None:
    asha = add("E-1", "FIN", "FITTER")
    for unit in ("PAINT", "PRESS"):
        add(f"E-{unit}", unit)
    only = OneOf("unit", ("PAINT", "PRESS"))
    switched_on(school, meera, induction, condition=only)
    for unit in ("PAINT", "FIN", "PRESS"):
        clock.turn(30 * DAY)
        people.move(SYSTEM, asha, place(people, unit, "FITTER"))
        assert school.training.begin_day(meera).assigned == 0  # it was asked at once

    assert len(asked(school, meera, asha)) == 2
    days = [one.due_on for one in asked(school, meera, asha)]
    assert days == [TODAY + 44 * DAY, TODAY + 104 * DAY]
    with site.transaction(SYSTEM, "person.move") as unit:  # the day of the last move was another
        mine = sa.select(PlacementRow).where(PlacementRow.person_id == asha)
        *_others, before, now = unit.scalars(mine.order_by(PlacementRow.from_on))
        before.to_on = now.from_on = TODAY + 95 * DAY
    clock.turn(6 * DAY)
    assert school.training.begin_day(meera).assigned == 0


def test_what_a_rule_says_has_to_hold_together(
    school: School, meera: Actor, induction: UUID
) -> None:
    rules = school.training.enrolment
    with pytest.raises(TrainingRefused, match="two rules"):
        rules.add(meera, "X", words(induction, away_days=90))
    with pytest.raises(TrainingRefused, match="change of place"):
        rules.add(meera, "X", words(induction, moved=None))
    rule = rules.add(meera, "X", words(induction, after_days=3, moved=Move.ROLE))
    (found,) = rules.rules(meera)
    assert (found.id, found.words.moved) == (rule, Move.ROLE)
    assert found.words.when() == "3 days after a change of job role"
    assert words(induction).when() == "on a change of department or job role"


def test_two_pcs_that_hear_of_a_move_ask_once(tmp_path: Path, clock: TurnedClock) -> None:
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    schools = [a_school(each.opened.site) for each in (one, two)]
    people = People(one.opened.site)
    for code in ("FIN", "PAINT"):
        people.organisation.add_org_unit(SYSTEM, code, code)
    asha = people.add(SYSTEM, NewPerson(number="E-1", name="Asha", place=place(people, "FIN")))
    rule = switched_on(schools[0], SYSTEM, a_requirement(schools[0], SYSTEM))
    clock.turn(DAY)
    people.move(SYSTEM, asha, place(people, "PAINT"))
    carry(tmp_path, one, two)

    for each in schools:
        each.training.begin_day(SYSTEM)
    carry(tmp_path, two, one)
    carry(tmp_path, one, two)

    for each in schools:
        assert each.training.begin_day(SYSTEM).assigned == 0
        (only,) = cycles(each, SYSTEM, asha)
        assert (only.cycle, only.source, only.due_on) == (1, Source.MOVE, date(2026, 12, 8))
        assert verified(each.site)
    assert rule


def carry(tmp_path: Path, giver: Pc, taker: Pc) -> None:
    stick = tmp_path / f"stick {len(list(tmp_path.iterdir()))}"
    stick.mkdir()
    taker.take(giver.send(stick, taker))
    with taker.opened.site.transaction(SYSTEM, "derived.settle") as unit:
        rebuild_listing(unit)
