"""Stamps rise, keep to the clock, and differ between copies that know nothing of each other."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.core.journal.stamps import stamp_after, stamp_milliseconds
from tests.support.clock import SOME_MORNING

HALF_A_MILLISECOND = 1 << 15
offsets = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=365 * 20))


@given(offsets, offsets)
def test_a_stamp_is_later_than_the_one_before_and_no_more_than_half_a_millisecond_ahead(
    before: timedelta, later: timedelta
) -> None:
    last = stamp_after(0, SOME_MORNING + before)
    now = SOME_MORNING + later

    stamp = stamp_after(last, now)

    earliest = max(last + 1, round(now.timestamp() * 1000) << 16)
    assert last < stamp
    assert stamp - earliest < HALF_A_MILLISECOND + (1 << 16)
    assert stamp_milliseconds(stamp_after(0, now)) in {
        round(now.timestamp() * 1000) - 1,
        round(now.timestamp() * 1000),
    }


def test_two_copies_of_a_pc_draw_different_stamps_at_one_moment_and_with_the_clock_behind() -> None:
    last = stamp_after(0, SOME_MORNING)
    for now in (SOME_MORNING, SOME_MORNING - timedelta(days=3650)):
        assert len({stamp_after(last, now) for _copy in range(100)}) > 90
