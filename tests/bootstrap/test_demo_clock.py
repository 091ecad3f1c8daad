"""The clock of the demo's month."""

from datetime import timedelta

from app.bootstrap.demo_clock import PlayedClock
from app.core.base.clock import SystemClock


def test_nothing_of_the_demo_is_done_in_time_to_come() -> None:
    now = SystemClock().now()
    clock = PlayedClock(now - timedelta(days=30))

    clock.reach(now - timedelta(days=2))
    assert clock.now() == now - timedelta(days=2)

    clock.reach(now + timedelta(hours=9))  # this morning, in a demo that is set up in the night
    clock.pass_time(30 * 60)
    assert now - timedelta(hours=1) <= clock.now() < SystemClock().now()
