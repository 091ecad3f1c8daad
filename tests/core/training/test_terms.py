"""Terms: which are in force, until when evidence holds, when something is due."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.core.base.ids import new_id
from app.core.training.kinds import DueRule, Validity
from app.core.training.terms import (
    Terms,
    first_due,
    holds_until,
    loop_of,
    renewal_due,
    renews_again,
    terms_on,
    window_of,
)

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(met_on=days, months=st.integers(1, 120))
def test_months_end_on_the_same_calendar_day_or_the_last_of_a_shorter_month(
    met_on: date, months: int
) -> None:
    terms = Terms(validity=Validity.MONTHS, valid_count=months)
    until = holds_until(terms, met_on, course_months=None)

    assert until is not None
    assert (until.year - met_on.year) * 12 + until.month - met_on.month == months
    assert until.day == met_on.day or (until + timedelta(days=1)).day == 1


def test_a_year_from_29_february_ends_on_28_february() -> None:
    terms = Terms(validity=Validity.MONTHS, valid_count=12)

    assert holds_until(terms, date(2028, 2, 29), course_months=None) == date(2029, 2, 28)
    assert holds_until(terms, date(2027, 2, 28), course_months=None) == date(2028, 2, 28)


def test_who_renews_within_the_window_keeps_the_day_of_the_year() -> None:
    terms = Terms(validity=Validity.MONTHS, valid_count=12, keeps_anniversary=True, window_days=30)
    held = date(2026, 12, 31)

    def until(met_on: date) -> date | None:
        return holds_until(terms, met_on, course_months=None, held_until=held)

    assert until(date(2026, 12, 10)) == date(2027, 12, 31)
    assert until(date(2026, 12, 1)) == date(2027, 12, 31)
    assert until(date(2026, 11, 30)) == date(2027, 11, 30)  # too early to keep it
    assert until(date(2027, 1, 1)) == date(2028, 1, 1)  # too late


def test_the_day_is_kept_only_within_the_days_at_which_the_renewal_opens() -> None:
    monthly = Terms(validity=Validity.MONTHS, valid_count=1, keeps_anniversary=True)
    ten_days = Terms(validity=Validity.DAYS, valid_count=10, keeps_anniversary=True)
    course = Terms(keeps_anniversary=True)

    def until(terms: Terms, met_on: date, held: date) -> date | None:
        return holds_until(terms, met_on, course_months=1, held_until=held)

    for terms in (monthly, course):
        assert until(terms, date(2026, 1, 2), date(2026, 2, 1)) == date(2026, 2, 2)
        assert until(terms, date(2026, 1, 18), date(2026, 2, 1)) == date(2026, 3, 1)
    assert until(ten_days, date(2026, 1, 5), date(2026, 1, 11)) == date(2026, 1, 15)
    assert until(ten_days, date(2026, 1, 6), date(2026, 1, 11)) == date(2026, 1, 21)


def test_validity_may_be_in_days_for_good_as_the_course_says_or_up_to_a_day() -> None:
    on = date(2026, 11, 23)

    def until(terms: Terms, months: int | None = 6) -> date | None:
        return holds_until(terms, on, course_months=months)

    assert until(Terms(validity=Validity.DAYS, valid_count=10)) == date(2026, 12, 3)
    assert until(Terms(validity=Validity.FOR_GOOD)) is None
    assert until(Terms()) == date(2027, 5, 23)
    assert until(Terms(), None) is None
    fixed = Terms(validity=Validity.UNTIL_DAY, valid_until_on=date(2027, 3, 31))
    assert until(fixed) == date(2027, 3, 31)


@given(all_from=st.sets(days, max_size=6), day=days)
def test_the_terms_in_force_are_the_last_that_had_begun(all_from: set[date], day: date) -> None:
    found = terms_on(day, [Terms(from_on=one, window_days=7) for one in all_from])

    begun = [one for one in all_from if one <= day]
    assert found.from_on == max(begun, default=date.min)


@given(
    rule=st.sampled_from(list(DueRule)),
    count=st.integers(0, 400),
    assigned_on=days,
    joined_on=st.none() | days,
    day=days,
    grace=st.integers(0, 60),
)
def test_nothing_is_due_before_it_was_assigned_and_grace_comes_after(
    rule: DueRule, count: int, assigned_on: date, joined_on: date | None, day: date, grace: int
) -> None:
    terms = Terms(due_rule=rule, due_days=count, due_day=day, grace_days=grace)
    due = first_due(terms, assigned_on=assigned_on, joined_on=joined_on)

    if rule is DueRule.NONE:
        assert (due.on, due.late_after) == (None, None)
        return
    assert due.on is not None
    assert due.on >= assigned_on
    assert (due.late_after or due.on) == due.on + timedelta(days=grace)


def test_a_renewal_is_due_when_what_is_held_expires_unless_days_are_said() -> None:
    opened, until = date(2026, 12, 1), date(2026, 12, 31)

    assert renewal_due(Terms(), opened_on=opened, held_until=until).on == until
    assert renewal_due(Terms(), opened_on=opened, held_until=date(2026, 1, 1)).on == opened
    after = Terms(renewal_due_days=10, grace_days=5)
    due = renewal_due(after, opened_on=opened, held_until=until)
    assert (due.on, due.late_after) == (date(2026, 12, 11), date(2026, 12, 16))


def test_a_window_is_at_most_half_of_the_validity() -> None:
    assert window_of(Terms(window_days=30), 12) == 30
    assert window_of(Terms(window_days=30), 1) == 14
    assert window_of(Terms(validity=Validity.DAYS, valid_count=10), None) == 5


def test_what_ends_on_a_fixed_day_is_not_renewed_up_to_the_same_day() -> None:
    fixed = Terms(validity=Validity.UNTIL_DAY, valid_until_on=date(2026, 12, 31), window_days=30)

    assert renews_again(fixed, date(2026, 11, 1))
    assert not renews_again(fixed, date(2026, 12, 15))
    assert not renews_again(fixed, date(2026, 12, 31))
    assert renews_again(fixed, date(2027, 1, 1))  # nobody holds it any more
    assert renews_again(Terms(validity=Validity.FOR_GOOD), date(2026, 1, 1))  # it may end otherwise


def test_a_kept_anniversary_comes_back_to_its_day_after_months_that_are_too_short() -> None:
    """29 February, and the 31st, however often they were cut short, and though each renewal came early."""

    def renewed(first: date, months: int, times: int) -> list[date]:
        terms = Terms(validity=Validity.MONTHS, valid_count=months, keeps_anniversary=True)
        until = holds_until(terms, first, course_months=None)
        assert until is not None
        found = [(first, until)]
        for _time in range(times):
            before, met_on = found[-1][1], found[-1][1] - timedelta(days=5)
            until = holds_until(terms, met_on, course_months=None, held_until=before, earlier=found)
            assert until is not None
            found.append((met_on, until))
        return [until for _met, until in found]

    leap = renewed(date(2028, 2, 29), 12, 4)
    assert leap == [date(2029, 2, 28), date(2030, 2, 28), date(2031, 2, 28), *leap[3:]]
    assert leap[3:] == [date(2032, 2, 29), date(2033, 2, 28)]
    assert renewed(date(2026, 8, 31), 6, 3) == [
        date(2027, 2, 28),
        date(2027, 8, 31),
        date(2028, 2, 29),
        date(2028, 8, 31),
    ]
    assert renewed(date(2027, 2, 28), 6, 2)[1:] == [date(2028, 2, 28), date(2028, 8, 28)]


ids = [new_id() for _number in range(6)]


@given(st.dictionaries(st.sampled_from(ids), st.frozensets(st.sampled_from(ids))))
def test_a_loop_is_told_as_the_way_round(edges: dict[UUID, frozenset[UUID]]) -> None:
    for start in ids:
        way = loop_of(edges, start)
        reached: set[UUID] = set()
        at_hand = [start]
        while at_hand:
            for there in edges.get(at_hand.pop(), frozenset()):
                if there not in reached:
                    reached.add(there)
                    at_hand.append(there)
        assert bool(way) == (start in reached)
        if way:
            assert way[0] == way[-1] == start
            assert all(b in edges[a] for a, b in pairwise(way))
