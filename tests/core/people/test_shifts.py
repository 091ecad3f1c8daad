"""Shifts of a site: their hours, its holidays, who is in them, who is at work."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.journal import Site
from app.core.people import NewPerson, People, PersonChange, PersonId
from app.core.people.models import PersonRow
from app.core.people.shifts import (
    NewShift,
    NoSuchShift,
    ShiftRefused,
    WhoWorks,
    WorkState,
    hours_now,
    hours_to_come,
    is_written,
    read_pattern,
    spellings,
)
from tests.core.people.conftest import SYSTEM, somebody
from tests.support.clock import TurnedClock
from tests.support.in_touch import another_pc, first_pc

MONDAY = date(2026, 11, 23)
MORNING = datetime.combine(MONDAY, time(10, 42))
"""What the clock on the wall shows."""


def say(people: People, name: str, text: str, *, on_holidays: bool = False) -> None:
    """Say the hours of a shift, begun on the Monday."""
    pattern = read_pattern(text, MONDAY)
    people.shifts.say(SYSTEM, NewShift(name=name, pattern=pattern, works_on_holidays=on_holidays))


@pytest.fixture
def crew(people: People, asha: PersonId) -> dict[str, PersonId]:
    """Asha and Ravi in A, however it is written, Meena on nights, Devika in G, Om in none."""
    people.edit(SYSTEM, asha, PersonChange(shift="A"))
    made = {"Asha": asha}
    for number, name, shift in (
        ("E-2", "Ravi", "a"), ("E-3", "Meena", "Night"), ("E-4", "Devika", "G"), ("E-5", "Om", ""),
    ):  # fmt: skip
        made[name] = people.add(SYSTEM, NewPerson(number=number, name=name, shift=shift))
    say(people, "A", "6x06:00-14:00, 1xoff")
    say(people, "night", "6x22:00-06:00, 1xoff")
    return made


def test_shifts_are_listed_with_their_people_and_the_words_without_hours(
    people: People, crew: dict[str, PersonId]
) -> None:
    found = people.shifts.all(SYSTEM)
    assert [(one.name, one.people, one.shift is not None) for one in found] == [
        ("A", 2, True), ("night", 1, True), ("G", 1, False), ("", 1, False),
    ]  # fmt: skip
    first = found[0]
    assert first.now is not None
    assert hours_to_come(first.following, MORNING) == "Tue 06:00–14:00"
    assert [one.name for one in people.shifts.all(SYSTEM, "nig")] == ["night"]


def test_hours_that_are_said_again_take_the_place_of_those_before(
    people: People, crew: dict[str, PersonId]
) -> None:
    say(people, " A ", "6x14:00-22:00, 1xoff")
    hours = people.shifts.of(SYSTEM, crew["Asha"])
    assert hours.now is None
    assert hours_now(hours) == "works today 14:00–22:00"
    people.shifts.close(SYSTEM, "a")
    assert hours_now(people.shifts.of(SYSTEM, crew["Ravi"])) == "hours not known"
    with pytest.raises(NoSuchShift):
        people.shifts.close(SYSTEM, "A")
    say(people, "A", "6x06:00-14:00, 1xoff")
    assert people.shifts.of(SYSTEM, crew["Asha"]).is_known


def test_nobody_works_on_a_holiday_unless_their_shift_does(
    people: People, crew: dict[str, PersonId]
) -> None:
    shifts = people.shifts
    shifts.add_holiday(SYSTEM, MONDAY, "Guru Nanak Jayanti")
    say(people, "Night", "6x22:00-06:00, 1xoff", on_holidays=True)
    told = {name: hours_now(shifts.of(SYSTEM, key)) for name, key in crew.items()}
    assert told["Asha"] == "Guru Nanak Jayanti, off until Tue 06:00"
    assert told["Meena"] == "works today 22:00–06:00"
    assert [one.name for one in shifts.holidays(SYSTEM)] == ["Guru Nanak Jayanti"]
    shifts.remove_holiday(SYSTEM, MONDAY)
    assert hours_now(shifts.of(SYSTEM, crew["Asha"])) == "works today 06:00–14:00"
    with pytest.raises(ShiftRefused, match="is no holiday"):
        shifts.remove_holiday(SYSTEM, MONDAY)
    shifts.add_holiday(SYSTEM, MONDAY, "Jayanti")
    assert [one.name for one in shifts.holidays(SYSTEM)] == ["Jayanti"]


def test_who_is_at_work_is_counted_by_shift_and_named(
    people: People, crew: dict[str, PersonId], clock: TurnedClock
) -> None:
    at = (MORNING + timedelta(hours=13)).astimezone()  # shortly before midnight
    found = people.shifts.at(SYSTEM, at)
    assert [(one.at.shift, one.at.state, one.people) for one in found] == [
        ("night", WorkState.AT_WORK, 1),
        ("A", WorkState.OTHER_HOURS, 2),
        ("", WorkState.UNKNOWN, 1),
        ("G", WorkState.UNKNOWN, 1),
    ]
    named = people.shifts.people_at(SYSTEM, at)
    assert [(one.name, one.at.state) for one in named] == [
        ("Meena", WorkState.AT_WORK),
        ("Devika", WorkState.UNKNOWN),
        ("Om", WorkState.UNKNOWN),
    ]
    clock.turn(timedelta(days=6))  # a Sunday
    assert {one.at.state for one in people.shifts.at(SYSTEM)} == {WorkState.OFF, WorkState.UNKNOWN}


def test_a_list_for_a_day_or_a_shift_leaves_out_nobody_whose_hours_are_not_known(
    people: People, crew: dict[str, PersonId], site: Site
) -> None:
    def meant(who: WhoWorks) -> list[str]:
        with site.read() as session:
            some = spellings(session, site.site_id, who, MONDAY)
            assert some is not None
            found = sa.select(PersonRow.name).where(is_written(PersonRow, some))
            return sorted(one.split()[0] for one in session.scalars(found))

    people.shifts.add_holiday(SYSTEM, MONDAY, "Jayanti")
    say(people, "Night", "6x22:00-06:00, 1xoff", on_holidays=True)
    assert meant(WhoWorks(on=MONDAY)) == ["Devika", "Meena", "Om"]
    assert meant(WhoWorks(shift="A")) == ["Asha", "Ravi"]
    assert meant(WhoWorks(shift="")) == ["Devika", "Om"]
    assert meant(WhoWorks(shift="A", on=MONDAY)) == []


def test_only_who_manages_the_people_of_the_site_says_hours(
    people: People, crew: dict[str, PersonId]
) -> None:
    viewer = somebody(Capability.VIEW_PEOPLE)
    assert len(people.shifts.all(viewer)) == 4
    with pytest.raises(NotAllowed):
        people.shifts.close(viewer, "A")
    with pytest.raises(NotAllowed):
        people.shifts.add_holiday(viewer, MONDAY, "Jayanti")
    nobody = somebody()
    with pytest.raises(NotAllowed):
        people.shifts.at(nobody)


def test_what_two_pcs_say_of_one_shift_is_one_shift(tmp_path: Path, clock: TurnedClock) -> None:
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    here, there = (People(pc.opened.site) for pc in (one, two))
    say(here, "Night", "6x22:00-06:00, 1xoff")
    say(there, "NIGHT", "5x22:00-06:00, 2xoff")
    here.shifts.add_holiday(SYSTEM, MONDAY, "Jayanti")
    for sender, taker in ((one, two), (two, one), (one, two)):
        stick = tmp_path / f"stick {new_id().hex}"
        stick.mkdir()
        taker.take(sender.send(stick, taker))
    told = [
        [(known.name, known.shift and known.shift.pattern) for known in people.shifts.all(SYSTEM)]
        for people in (here, there)
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 1
    assert there.shifts.holidays(SYSTEM) == here.shifts.holidays(SYSTEM) != ()
