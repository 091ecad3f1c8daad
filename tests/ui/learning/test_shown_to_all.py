"""A class is shown a course: the player plays for all, keeps the pace once, and nobody's own progress."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, system_actor
from app.core.base.ids import new_id
from app.core.courses import CompletionRule, Outline
from app.core.journal import Site
from app.core.learning.models import CourseStartRow
from app.core.training.models import RequirementRow
from app.core.training.sessions import SessionPlan
from app.ui.kit.jobs import JobRunner
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.teaching import a_lesson, published
from tests.ui.learning.conftest import Opened, Services, Shelf

READ = CompletionRule(active_seconds=5)
TRAINER = Actor(account_id=new_id(), person_id=None, name="Ravi Das", grants=system_actor().grants)


@pytest.fixture
def session_id(site: Site, shelf: Shelf, desk: WrittenDesk[Services], clock: TurnedClock) -> UUID:
    """A session under way that shows two pages; the statement between them is each one's own."""
    statement = a_lesson("acknowledgement", body={"statements": {"en": "I know."}})
    outline = Outline(title="LOTO", lessons=(shelf.page("First"), statement, shelf.page("Second")))
    course_id = published(site, outline)
    with site.transaction(TRAINER, "course.require") as unit:
        unit.add(RequirementRow(code="LOTO", title="LOTO", course_id=course_id))
    now = clock.now()
    sessions = desk.services.sessions
    plan = SessionPlan(
        title="LOTO class", starts_at=now, ends_at=now + timedelta(hours=1), course="LOTO"
    )
    key = sessions.planning.plan(TRAINER, plan)
    sessions.rolling.open(TRAINER, key)
    desk.actor = TRAINER
    return key


def test_every_lesson_that_is_read_together_is_open_and_the_pace_is_kept_once(
    opened: Opened,
    session_id: UUID,
    desk: WrittenDesk[Services],
    site: Site,
    clock: TurnedClock,
    jobs: JobRunner,
) -> None:
    screen = opened(session_id=session_id)
    assert screen.stage.place.text() == "Lesson 1 of 2"
    assert screen.stage.next_button.isEnabled()
    assert screen.attention.is_attentive()
    began = clock.now()
    for _tick in range(15):
        clock.turn(timedelta(seconds=3))
        screen.sitting.keep({}, 3)
        assert jobs.wait_idle()
    screen.stage.next_button.click()
    assert jobs.wait_idle()

    assert screen.stage.title.text() == "Second"
    detail = desk.services.sessions.detail(TRAINER, session_id)
    assert [one.title for one in detail.shown] == ["First", "First"]
    assert detail.shown[0].from_at == began
    assert detail.shown[-1].to_at == began + timedelta(seconds=45)
    assert sum((o.to_at - o.from_at for o in detail.shown), timedelta()) == timedelta(seconds=45)
    with site.read() as session:
        assert session.scalar(sa.select(sa.func.count(CourseStartRow.id))) == 0


def test_the_way_back_leads_to_the_roll(
    opened: Opened, session_id: UUID, desk: WrittenDesk[Services]
) -> None:
    screen = opened(session_id=session_id)
    screen.bar.back_button.click()
    assert desk.opened[-1] == ("session", {"session_id": session_id})


def test_what_is_shown_after_the_session_is_over_is_refused_once(
    opened: Opened,
    session_id: UUID,
    desk: WrittenDesk[Services],
    clock: TurnedClock,
    jobs: JobRunner,
) -> None:
    screen = opened(session_id=session_id)
    clock.turn(timedelta(minutes=10))
    desk.services.sessions.rolling.end(TRAINER, session_id)
    screen.sitting.keep({}, 40)
    assert jobs.wait_idle()
    assert [str(error.happened) for error in desk.errors] == ["The session is over already."]
    assert screen.sitting.saving.unsaved() == 0
