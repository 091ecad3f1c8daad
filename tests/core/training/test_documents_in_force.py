"""Which revision is in force on a day, for any dates and approvals (property tests)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.core.training.controlled.in_force import Issue, coming_after, follower_of, in_force_on

START = date(2026, 1, 1)
days = st.integers(0, 20).map(lambda count: START + timedelta(days=count))
moments = st.integers(0, 500).map(
    lambda count: datetime(2025, 12, 1, tzinfo=UTC) + timedelta(count)
)
issues = st.lists(
    st.builds(
        Issue,
        id=st.uuids(version=4),
        effective_from=days,
        approved_at=st.none() | moments,
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


def approved_of(some: list[Issue]) -> list[Issue]:
    return [one for one in some if one.approved_at is not None]


@given(issues, days, st.randoms())
def test_it_is_an_approved_one_that_has_begun_and_the_order_does_not_matter(
    some: list[Issue], day: date, chance: object
) -> None:
    found = in_force_on(day, some)
    begun = [one for one in approved_of(some) if one.effective_from <= day]
    assert (found is None) == (not begun)
    if found is not None:
        chosen = next(one for one in some if one.id == found)
        assert chosen in begun
        assert all(one.effective_from <= chosen.effective_from for one in begun)
    chance.shuffle(some)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert in_force_on(day, some) == found


@given(issues, days)
def test_each_day_has_one_and_it_changes_only_on_a_first_day(some: list[Issue], day: date) -> None:
    before, after = in_force_on(day, some), in_force_on(day + timedelta(days=1), some)
    if before != after:
        begins = {one.id: one.effective_from for one in some}
        assert after is not None
        assert begins[after] == day + timedelta(days=1)


@given(issues, days, days)
def test_a_retired_document_has_none_from_its_day_on(
    some: list[Issue], day: date, retired_on: date
) -> None:
    found = in_force_on(day, some, retired_on=retired_on)
    assert found == (None if retired_on <= day else in_force_on(day, some))


@given(issues, days)
def test_what_comes_next_is_in_force_on_its_day(some: list[Issue], day: date) -> None:
    following = coming_after(day, some)
    if following is None:
        assert all(one.effective_from <= day for one in approved_of(some))
        return
    begins = next(one.effective_from for one in some if one.id == following)
    assert begins > day
    assert in_force_on(begins, some) == following


@given(issues, days)
def test_what_is_in_force_has_no_follower_and_all_that_has_begun_besides_has_one(
    some: list[Issue], day: date
) -> None:
    found: UUID | None = in_force_on(day, some)
    for one in approved_of(some):
        if one.effective_from <= day:
            assert (follower_of(one, some, day) is None) == (one.id == found)
