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
    NoHoursAhead,
    NoSuchShift,
    ShiftRefused,
    WhoWorks,
    WorkState,
    hours_now,
    hours_to_come,
    is_written,
    planned_in_words,
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


def test_new_hours_are_entered_ahead_and_those_of_before_stay_what_they_were(
    people: People, crew: dict[str, PersonId], clock: TurnedClock
) -> None:
    shifts, first = people.shifts, MONDAY + timedelta(days=7)
    late = NewShift(name="A", pattern=read_pattern("6x14:00-22:00, 1xoff", MONDAY))
    shifts.say(SYSTEM, late, "Trucks come in the evening", from_on=first)
    before, after = (
        datetime.combine(first + timedelta(days=days), time(10), tzinfo=clock.now().tzinfo)
        for days in (-6, 1)
    )

    def at_ten(at: datetime) -> set[str]:
        wall = at.replace(tzinfo=None).astimezone()  # ten o'clock here
        return {one.name for one in shifts.people_at(SYSTEM, wall) if one.at.shift.lower() == "a"}

    assert at_ten(before) == {"Asha Kulkarni", "Ravi"}
    assert at_ten(after) == set()
    listed = next(one.shift for one in shifts.all(SYSTEM) if one.name == "A")
    assert listed is not None
    assert [planned_in_words(one) for one in listed.planned] == [
        "From 30 Nov 2026: Mon–Sat 14:00–22:00"
    ]
    # what is said without a day is of the hours of today, and leaves what is planned
    say(people, "A", "6x07:00-15:00, 1xoff")
    assert at_ten(after) == set()

    shifts.take_back(SYSTEM, "A", first, "They do not")
    assert at_ten(after) == {"Asha Kulkarni", "Ravi"}
    with pytest.raises(NoHoursAhead, match="no hours are planned from 30 Nov 2026"):
        shifts.take_back(SYSTEM, "A", first)
    shifts.say(SYSTEM, late, from_on=first)
    clock.turn(timedelta(days=8))
    (now,) = (one for one in shifts.all(SYSTEM) if one.name == "A")
    assert now.shift is not None
    assert (now.shift.pattern.planned(first), now.shift.planned) == (
        late.pattern.planned(first), (),
    )  # fmt: skip
    assert at_ten(before) == {"Asha Kulkarni", "Ravi"}
    say(people, "A", "6x15:00-23:00, 1xoff")
    assert at_ten(before) == {"Asha Kulkarni", "Ravi"}


def test_hours_that_two_pcs_enter_ahead_for_one_day_are_one(
    tmp_path: Path, clock: TurnedClock
) -> None:
    one = first_pc(tmp_path / "one", clock)
    two = another_pc(one, tmp_path / "two", clock)
    first = MONDAY + timedelta(days=7)
    say(People(one.opened.site), "A", "6x06:00-14:00, 1xoff")
    stick = tmp_path / "stick"
    stick.mkdir()
    two.take(one.send(stick, two))
    for pc in (one, two):
        new = NewShift(name="A", pattern=read_pattern("7x08:00-16:00", MONDAY))
        People(pc.opened.site).shifts.say(SYSTEM, new, from_on=first)
    for number, (giver, taker) in enumerate(((one, two), (two, one), (one, two))):
        stick = tmp_path / f"stick {number}"
        stick.mkdir()
        taker.take(giver.send(stick, taker))

    for pc in (one, two):
        (listed,) = People(pc.opened.site).shifts.all(SYSTEM)
        assert listed.shift is not None
        assert len(listed.shift.planned) == 1
