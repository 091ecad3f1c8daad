"""Properties of shift calendars: every answer agrees with the hours laid out minute by minute."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.people.shifts import (
    Hours,
    PatternRefused,
    ShiftCalendar,
    ShiftPattern,
    Stretch,
    pattern_in_words,
    read_pattern,
    weekly,
    write_pattern,
)

DAY = timedelta(days=1)
FIRST = date(2026, 11, 23)
"""A Monday."""
LAID = 24
"""So many days are laid out, the first of them two before FIRST."""

quarters = st.integers(0, 95).map(lambda one: time(one // 4, one % 4 * 15))
hours = st.builds(Hours, quarters, quarters)
stretches = st.builds(Stretch, st.integers(1, 4), st.none() | hours)
days_near = st.integers(-20, 20).map(lambda one: FIRST + one * DAY)
moments = st.integers(0, (LAID - 4) * 96).map(
    lambda one: datetime.combine(FIRST, time.min) + one * timedelta(minutes=15)
)


@st.composite
def patterns(draw: st.DrawFn) -> ShiftPattern:
    """Draw a cycle that can be."""
    try:
        return ShiftPattern(
            draw(days_near), tuple(draw(st.lists(stretches, min_size=1, max_size=5)))
        )
    except PatternRefused:
        assume(False)
        raise


calendars = st.builds(
    ShiftCalendar, patterns(), st.frozensets(st.integers(0, 18).map(lambda one: FIRST + one * DAY))
)


def laid_out(calendar: ShiftCalendar) -> list[datetime]:
    """Return every quarter of an hour at work, told from the stretches alone."""
    found: list[datetime] = []
    pattern = calendar.pattern
    line = [one.hours for one in pattern.stretches for _day in range(one.days)]
    for place in range(-2, LAID):
        day = FIRST + place * DAY
        worked = line[(day - pattern.anchor).days % len(line)]
        if worked is None or day in calendar.holidays:
            continue
        at, end = datetime.combine(day, worked.begins), datetime.combine(day, worked.ends)
        end += DAY if end <= at else timedelta(0)
        while at < end:
            found.append(at)
            at += timedelta(minutes=15)
    return found


@given(calendars, moments, st.integers(1, 200))
def test_a_time_and_a_stretch_of_time_lie_as_the_hours_do(
    calendar: ShiftCalendar, at: datetime, quarters_long: int
) -> None:
    laid = laid_out(calendar)
    assert len(laid) == len(set(laid))  # nobody is at work twice at once
    worked = set(laid)
    wanted = [at + one * timedelta(minutes=15) for one in range(quarters_long)]
    assert calendar.is_at_work(at) is (at in worked)
    assert calendar.works_between(at, wanted[-1] + timedelta(minutes=15)) is any(
        one in worked for one in wanted
    )
    assert calendar.covers(at, wanted[-1] + timedelta(minutes=15)) is all(
        one in worked for one in wanted
    )


@given(calendars, moments)
def test_the_next_hours_are_the_first_that_begin_after_a_time(
    calendar: ShiftCalendar, at: datetime
) -> None:
    found = calendar.next_after(at)
    days = [at.date() + place * DAY for place in range(60)]
    begun = [one for day in days if (one := calendar.hours_on(day)) and one.begins > at]
    assert found == min(begun)
    assert calendar.is_at_work(found.begins)


@given(patterns(), st.integers(-3, 3))
def test_a_cycle_comes_round_and_is_written_as_it_is_read(
    pattern: ShiftPattern, rounds: int
) -> None:
    day = pattern.anchor + rounds * pattern.days * DAY
    assert pattern.planned(day) == pattern.stretches[0].hours
    assert read_pattern(write_pattern(pattern), pattern.anchor) == pattern


@given(hours, st.frozensets(st.integers(0, 6), max_size=6))
def test_a_week_has_its_days_off_wherever_one_looks(worked: Hours, off: frozenset[int]) -> None:
    pattern = weekly(FIRST, worked, off)
    for place in range(-14, 14):
        day = FIRST + place * DAY
        assert (pattern.planned(day) is None) is (day.weekday() in off)
    assert pattern.week is not None


def test_the_night_after_midnight_counts_to_the_day_before() -> None:
    calendar = ShiftCalendar(
        read_pattern("6x06:00-14:00, 2xoff, 6x14:00-22:00, 2xoff, 6x22:00-06:00, 2xoff", FIRST)
    )
    last_night = FIRST + 21 * DAY
    assert calendar.hours_on(last_night + DAY) is None
    assert calendar.is_at_work(datetime.combine(last_night + DAY, time(5, 59)))
    assert not calendar.is_at_work(datetime.combine(last_night + DAY, time(6)))
    following = calendar.next_after(datetime.combine(last_night + DAY, time(6)))
    assert following is not None
    assert following.begins == datetime.combine(FIRST + 24 * DAY, time(6))


def test_hours_are_told_as_people_say_them() -> None:
    general = read_pattern("6 x 9:00–17.30; OFF", FIRST)
    assert pattern_in_words(general) == "Mon–Sat 09:00–17:30"
    assert pattern_in_words(read_pattern("4x07:00-19:00,4xoff", FIRST)) == (
        "4 days 07:00–19:00, 4 days off"
    )
    assert write_pattern(read_pattern("16:00-24:00, off", FIRST)) == "1x16:00-00:00, 1xoff"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Without days"),
        ("0x06:00-14:00", "Without days"),
        ("2xoff", "Nobody would ever"),
        ("360x06:00-14:00, 7xoff", "after 367 days"),
        ("99999999x06:00-14:00", "days only"),
        ("6x06:00-25:00", "No clock shows 25:00"),
        ("6x06:60-14:00", "No clock shows 06:60"),
        ("six mornings", "tells no hours"),
        ("1x20:00-08:00, 1x06:00-14:00", "go on until 08:00"),
        ("1x06:00-14:00, 1x20:00-08:00", "begin at 06:00"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(PatternRefused, match=told):
        read_pattern(text, FIRST)
