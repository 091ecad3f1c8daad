"""Two PCs of a site: who was told by one is not told by the other, and both answer "May I?" alike."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.people import Audience, People, PersonChange, PersonId
from app.core.training.assignments import EnteredEvidence
from app.core.training.permits import TaskWords, Verdict
from app.core.training.permits.models import TaskRequirementRow
from app.core.training.reminders.models import ReminderRow
from tests.core.training.conftest import SYSTEM, verified
from tests.core.training.test_two_pcs import MEERA, Pair
from tests.support.clock import TurnedClock
from tests.support.in_touch import another_pc, first_pc
from tests.support.teaching import School

TODAY = date(2026, 11, 23)


@pytest.fixture
def pair(tmp_path: Path, clock: TurnedClock) -> Pair:
    one = first_pc(tmp_path / "one", clock)
    made = Pair(one, another_pc(one, tmp_path / "two", clock), tmp_path)
    people = People(one.opened.site)
    people.edit(SYSTEM, PersonId(made.asha), PersonChange(email="asha@plant.example"))
    made.one.training.assign(MEERA, "FORK", Audience(), due_on=TODAY, origin="Drives")
    made.carry(0)
    return made


def take(school: School) -> int:
    fresh = school.training.reminders.fresh()
    with school.site.transaction(SYSTEM, "mail.compose") as unit:
        return len(school.training.reminders.take(unit, fresh))


def told(school: School) -> int:
    with school.site.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(ReminderRow)) or 0


def test_the_pc_that_takes_over_tells_nobody_twice(pair: Pair) -> None:
    assert take(pair.one) == 1
    pair.carry(0)
    assert take(pair.two) == 0
    assert told(pair.two) == 1


def test_what_two_pcs_told_apart_is_one_thing_once_they_met(pair: Pair) -> None:
    assert (take(pair.one), take(pair.two)) == (1, 1)
    pair.meet()
    assert [told(school) for school in (pair.one, pair.two)] == [1, 1]
    assert all(verified(school.site) for school in (pair.one, pair.two))


def test_what_a_task_asks_for_and_what_is_held_meet_on_both(pair: Pair) -> None:
    press = TaskWords(code="PRESS", title="Press", needs=("FORK",))
    pair.one.training.permits.tasks.add(MEERA, press)
    shown = EnteredEvidence(issuer="RTO", obtained_on=TODAY)
    pair.two.training.assignments.evidence.enter(MEERA, pair.asha, pair.fork, shown)
    pair.meet()
    for school in (pair.one, pair.two):
        said = school.training.permits.may(SYSTEM, "E-1", "PRESS")
        assert said.answer.verdict is Verdict.ALLOWED
        with school.site.read() as session:
            assert len(session.scalars(sa.select(TaskRequirementRow)).all()) == 1
