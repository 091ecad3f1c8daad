"""From which day on work counts as overdue in the figures is what the rule of states says of each day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.reports.steps import LATE, NEVER, OPEN, Assigned, Done, Steps, add_work
from app.core.training.assignments.states import Known, stands

TODAY = date(2026, 11, 23)
_DAYS = st.integers(-5, 5).map(lambda days: TODAY + timedelta(days=days))
_MAYBE = st.none() | _DAYS


def _ordinal(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()


@settings(max_examples=400)
@given(
    due_on=_MAYBE,
    grace=st.integers(0, 3),
    waived_until=_MAYBE,
    held=st.none() | st.just(date.max) | _DAYS,
    is_old=st.booleans(),
    is_renewal=st.booleans(),
    closed=st.sampled_from(("", "", "", "closed", "cancelled", "superseded")),
    away=_MAYBE,
    left=_MAYBE,
)
def test_open_work_is_overdue_on_the_days_on_which_its_state_says_so(
    due_on: date | None,
    grace: int,
    waived_until: date | None,
    held: date | None,
    is_old: bool,
    is_renewal: bool,
    closed: str,
    away: date | None,
    left: date | None,
) -> None:
    late = None if due_on is None else due_on + timedelta(days=grace)
    cycle = Assigned(
        begin=TODAY.toordinal() - 30,
        cancelled=TODAY.toordinal() if closed == "cancelled" else NEVER,
        late=_ordinal(late),
        counts_from=100 if is_old else 0,
        waived_until=_ordinal(waived_until),
        is_open=closed != "closed",
        is_renewal=is_renewal,
    )
    cycles = [cycle, Assigned(cycle.begin, NEVER, NEVER)] if closed == "superseded" else [cycle]
    until = NEVER if held == date.max else _ordinal(held)
    done = [] if held is None else [Done(cycle.begin, until, 50)]
    steps = Steps()

    add_work(steps, cycles, done, _ordinal(left), _ordinal(away))

    for day in (TODAY + timedelta(days=days) for days in range(-4, 9, 2)):
        known = Known(
            is_closed=closed == "closed",
            is_cancelled=closed == "cancelled",
            has_later_cycle=closed == "superseded",
            due_on=due_on,
            late_after=late,
            waived_until=waived_until,
            is_away=away is not None and away <= day,
            held_until=None if is_old else held,
            is_renewal=is_renewal,
        )
        is_here = left is None or left > day
        assert _on(steps, LATE, day) == (is_here and stands(known, day).is_overdue), day
        assert _on(steps, OPEN, day) == (is_here and closed != "closed"), day


def _on(steps: Steps, measure: int, day: date) -> int:
    return sum(by for at, by in steps.changes[measure].items() if at <= day.toordinal())
