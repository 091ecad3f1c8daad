"""Properties of rolls: no order matters, nobody is there twice, nothing counts beyond the session."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.core.training.drills.due import Interval as DrillInterval
from app.core.training.drills.due import next_due, was_late
from app.core.training.sessions.kinds import Method, Place, RollMark, SessionEvent, SessionState
from app.core.training.sessions.presence import (
    Asked,
    Happened,
    Line,
    both,
    is_there,
    places,
    presence,
    seconds_of,
    standing_lines,
    state_of,
    was_long_enough,
)

BEGAN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENDED = BEGAN + timedelta(hours=1)

moments = st.integers(-30, 90).map(lambda minute: BEGAN + timedelta(minutes=minute))


@st.composite
def rolls(draw: st.DrawFn) -> list[Line]:
    """Draw the lines about one person, some of which correct earlier ones."""
    lines: list[Line] = []
    for number in range(draw(st.integers(0, 8))):
        corrects = draw(st.sampled_from([None, *(one.id for one in lines)])) if lines else None
        marks = list(RollMark) if corrects else [RollMark.IN, RollMark.OUT]
        lines.append(
            Line(
                id=UUID(int=number + 1),
                mark=draw(st.sampled_from(marks)),
                at=draw(moments),
                method=draw(st.sampled_from(list(Method))),
                noted_at=BEGAN + timedelta(seconds=number),
                corrects_id=corrects,
            )
        )
    return lines


@given(rolls(), st.randoms())
def test_the_order_in_which_lines_came_does_not_matter(lines: list[Line], random: object) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert presence(shuffled, BEGAN, ENDED) == presence(lines, BEGAN, ENDED)
    assert standing_lines(shuffled) == standing_lines(lines)
    assert is_there(shuffled) == is_there(lines)


@given(rolls())
def test_somebody_is_there_once_at_a_time_and_within_the_session(lines: list[Line]) -> None:
    found = presence(lines, BEGAN, ENDED)
    assert all(BEGAN <= begin < end <= ENDED for begin, end in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert 0 <= seconds_of(found) <= 3600


@given(rolls())
def test_a_tap_that_two_pcs_noted_counts_once(lines: list[Line]) -> None:
    twin = [
        Line(
            id=UUID(int=one.id.int + 1000),
            mark=one.mark,
            at=one.at,
            method=one.method,
            noted_at=one.noted_at,
        )
        for one in standing_lines(lines)
    ]
    assert presence([*lines, *twin], BEGAN, ENDED) == presence(lines, BEGAN, ENDED)


@given(rolls(), moments)
def test_coming_earlier_never_takes_time_away(lines: list[Line], at: datetime) -> None:
    more = Line(id=UUID(int=999), mark=RollMark.IN, at=at, method=Method.TICK, noted_at=ENDED)
    before, after = presence(lines, BEGAN, ENDED), presence([*lines, more], BEGAN, ENDED)
    assert both(before, after) == before


@given(rolls(), st.integers(0, 100))
def test_the_threshold_is_exact(lines: list[Line], per_cent: int) -> None:
    found = presence(lines, BEGAN, ENDED)
    there = sum((end - begin for begin, end in found), timedelta())
    assert was_long_enough(found, BEGAN, ENDED, per_cent) == (
        there > timedelta() and there * 100 >= (ENDED - BEGAN) * per_cent
    )


def test_just_at_the_threshold_is_enough_and_a_moment_less_is_not() -> None:
    of_sixty = BEGAN + timedelta(minutes=48)
    assert was_long_enough([(BEGAN, of_sixty)], BEGAN, ENDED, 80)
    assert not was_long_enough([(BEGAN, of_sixty - timedelta(microseconds=1))], BEGAN, ENDED, 80)


people = st.integers(1, 5).map(lambda number: UUID(int=number))


@given(
    st.lists(st.tuples(people, st.booleans(), st.integers(0, 60)), max_size=12),
    st.none() | st.integers(1, 4),
    st.randoms(),
)
def test_seats_go_to_who_was_first_whatever_order_is_told(
    said: list[tuple[UUID, bool, int]], seats: int | None, random: object
) -> None:
    asked = [
        Asked(id=UUID(int=100 + n), person_id=person, is_on=on, at=BEGAN + timedelta(minutes=at))
        for n, (person, on, at) in enumerate(said)
    ]
    found = places(asked, seats)
    shuffled = list(asked)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert list(places(shuffled, seats).items()) == list(found.items())
    seated = [one for one, place in found.items() if place is Place.SEATED]
    assert len(seated) == (len(found) if seats is None else min(seats, len(found)))
    assert list(found)[: len(seated)] == seated  # nobody who waits stands before who sits


SIX = DrillInterval(from_on=date(2025, 1, 1), months=6)
QUARTERLY = DrillInterval(from_on=date(2026, 7, 1), months=3)


def test_fa_07_a_stricter_interval_makes_nothing_late_that_was_before_it() -> None:
    last = date(2026, 2, 10)
    assert next_due(last, [SIX], date(2026, 6, 1)) == date(2026, 8, 10)
    for today in (date(2026, 6, 1), date(2026, 7, 1)):
        assert next_due(last, [SIX, QUARTERLY], today) == date(2026, 7, 1)
    assert next_due(date(2026, 6, 20), [SIX, QUARTERLY], date(2026, 6, 21)) == date(2026, 9, 20)
    assert not was_late(date(2025, 12, 1), date(2026, 5, 20), [SIX, QUARTERLY])
    assert was_late(date(2026, 6, 20), date(2026, 10, 1), [SIX, QUARTERLY])


def test_fa_07_a_milder_interval_counts_from_its_first_day_and_forgives_nothing_before() -> None:
    strict, mild = (
        DrillInterval(from_on=date(2025, 1, 1), months=3),
        DrillInterval(from_on=date(2026, 7, 1), months=6),
    )
    assert next_due(date(2026, 5, 10), [strict, mild], date(2026, 5, 11)) == date(2026, 11, 10)
    assert next_due(date(2026, 2, 10), [strict, mild], date(2026, 5, 11)) == date(2026, 5, 10)
    assert was_late(date(2026, 2, 10), date(2026, 6, 1), [strict, mild])


days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(
    st.lists(
        st.builds(DrillInterval, from_on=days, months=st.integers(0, 12)), min_size=1, max_size=4,
        unique_by=lambda one: one.from_on,
    ),
    days,
)  # fmt: skip
def test_a_drill_is_never_due_before_the_rule_that_makes_it_due(
    rules: list[DrillInterval], last: date
) -> None:
    due = next_due(last, rules, last)
    in_force = [one for one in rules if due is not None and one.from_on <= due]
    assert due is None or in_force
    assert due is None or due >= min(one.from_on for one in rules)


def test_who_called_off_a_class_without_knowing_that_it_was_held_called_off_nothing() -> None:
    opened = Happened(event=SessionEvent.OPENED)
    held = Happened(event=SessionEvent.HELD, began_at=BEGAN, ended_at=ENDED)
    unopened = Happened(event=SessionEvent.CANCELLED)
    open_yet = Happened(event=SessionEvent.CANCELLED, began_at=BEGAN)
    over = Happened(event=SessionEvent.CANCELLED, began_at=BEGAN, ended_at=ENDED)
    stands = {
        (opened, unopened): SessionState.OPEN,
        (opened, open_yet): SessionState.CANCELLED,
        (opened, held, open_yet): SessionState.HELD,  # it went on at another PC
        (opened, held, over): SessionState.CANCELLED,
    }
    for events, state in stands.items():
        assert state_of(events, is_signed=False) is state_of(events[::-1], is_signed=False) is state
        assert state_of(events, is_signed=True) is SessionState.SIGNED
