"""SQL derives standing exactly as training's rule does."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.journal import Site
from app.core.learning.models import CourseCompletionRow
from app.core.reports.standing_words import FOREVER, STANDINGS, standing_in_sql, urgency_in_sql
from app.core.storage.columns import Day
from app.core.training import URGENCY, Standing, held_until_of, standing
from app.core.training.assignments.states import Known, stands

TODAY = date(2026, 11, 23)
near = st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))
days = st.none() | near | st.dates(date(2000, 1, 1), date(2100, 1, 1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(
    due_on=days,
    grace=st.integers(0, 20),
    valid_until=days,
    is_started=st.booleans(),
    is_completed=st.booleans(),
    is_open=st.booleans(),
    is_renewal=st.booleans(),
)
def test_standing_is_the_rule(
    site: Site,
    due_on: date | None,
    grace: int,
    valid_until: date | None,
    is_started: bool,
    is_completed: bool,
    is_open: bool,
    is_renewal: bool,
) -> None:
    late_after = None if due_on is None else due_on + timedelta(days=grace)
    held_until = (valid_until or FOREVER) if is_completed else None
    derived = standing_in_sql(
        today=TODAY,
        due_on=sa.literal(due_on, Day),
        late_after=sa.literal(late_after, Day),
        is_started=sa.literal(is_started),
        held_until=sa.literal(held_until, Day),
        is_open=sa.literal(is_open),
        is_renewal=sa.literal(is_renewal),
    )

    with site.read() as session:
        found, urgency = session.execute(sa.select(derived, urgency_in_sql(derived))).one()

    expected = standing(
        today=TODAY,
        due_on=due_on,
        late_after=late_after,
        is_started=is_started,
        is_completed=is_completed,
        valid_until=valid_until,
        is_open=is_open,
        is_renewal=is_renewal,
    )
    work = Known(due_on=due_on, late_after=late_after, held_until=held_until, is_renewal=is_renewal)
    if is_open:  # the list of assignments says the same
        assert stands(work, TODAY).is_overdue == (expected is Standing.OVERDUE)
    assert (found, urgency) == (expected.value, URGENCY.index(expected))


@pytest.mark.parametrize("one", Standing)
def test_every_standing_has_words(one: Standing) -> None:
    assert STANDINGS[one.value]


def test_no_expiry_is_later_than_every_other() -> None:
    assert date.max == FOREVER
    assert "coalesce" in str(held_until_of(CourseCompletionRow))
