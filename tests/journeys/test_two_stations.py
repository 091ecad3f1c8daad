"""Two stations on one server do the same at the same moment: both end, and nothing is there twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.assessments import QuestionBanks
from app.core.assessments.models import AttemptRow
from app.core.base.actor import Actor
from app.core.base.errors import UserFacingError
from app.core.content import AssetStore
from app.core.content.models import AssetRow
from app.core.courses import (
    LESSON_SOURCES,
    CodeTaken,
    Courses,
    NewCourse,
    NothingToPublish,
    Outline,
    acknowledgement,
)
from app.core.journal import Journal, Site
from app.core.learning.models import CourseProgressRow
from app.core.people import Audience
from tests.support.clock import TurnedClock
from tests.support.postgres import postgres_database, postgres_server
from tests.support.races import race
from tests.support.sites import STATION, another_station, open_site
from tests.support.teaching import (
    ACTOR,
    HALF,
    School,
    a_learner,
    a_lesson,
    a_quiz_lesson,
    a_school,
    published,
)

pytestmark = pytest.mark.postgresql


@dataclass(frozen=True)
class Station:
    """The services of one PC; a course with a video and a quiz, a draft, and who learns there."""

    site: Site
    school: School
    courses: Courses
    banks: QuestionBanks
    assets: AssetStore
    asha: Actor
    course: UUID
    draft: UUID


Deed = Callable[[Station], object]


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """A PostgreSQL server, one for all these tests."""
    with postgres_server() as url:
        yield url


@pytest.fixture
def stations(
    request: pytest.FixtureRequest, tmp_path: Path, clock: TurnedClock
) -> Iterator[tuple[Station, Station]]:
    """Two PCs of one site; the server is started where the home is empty already."""
    with postgres_database(request.getfixturevalue("server_url")) as database:
        site = open_site(database, clock)
        lessons = (a_lesson("video", rule=HALF), a_quiz_lesson(site, [True]))
        course = published(site, Outline(title="LOTO", lessons=lessons, in_order=False))
        asha = a_learner(site)
        school = a_school(site)
        courses = _courses(site, tmp_path, school)
        draft = courses.create(ACTOR, NewCourse(title="Fire", code="FIRE"))
        closing = acknowledgement({"en": "I know where the extinguishers are."}, language="en")
        courses.save_draft(ACTOR, draft, Outline(title="Fire", lessons=(closing,)))
        here, there = (
            _station(one, tmp_path, asha, course, draft)
            for one in (site, open_site(database, clock, another_station()))
        )
        yield here, there
        assert Journal(site, STATION).verify(ACTOR).first_bad is None


def _courses(site: Site, folder: Path, school: School) -> Courses:
    courses = Courses(site, AssetStore(folder / "assets", site.clock), LESSON_SOURCES)
    courses.on_published.append(school.training.require_course)
    return courses


def _station(site: Site, folder: Path, asha: Actor, course: UUID, draft: UUID) -> Station:
    school = a_school(site)
    courses = _courses(site, folder, school)
    assets = AssetStore(folder / "assets", site.clock)
    banks = QuestionBanks(site, assets)
    return Station(site, school, courses, banks, assets, asha, course, draft)


def create_course(station: Station) -> object:
    return station.courses.create(ACTOR, NewCourse(title="Lifting", code="LIFT"))


def publish(station: Station) -> object:
    return station.courses.publish(ACTOR, station.draft)


@pytest.mark.parametrize(("deed", "why"), [(create_course, CodeTaken), (publish, NothingToPublish)])
def test_the_second_is_told_what_one_pc_tells(
    stations: tuple[Station, Station], deed: Deed, why: type[UserFacingError]
) -> None:
    here, there = stations

    _given, told = race(here.site, partial(deed, here), partial(deed, there))

    with pytest.raises(why) as refused:
        told.result()
    with pytest.raises(why) as alone:
        deed(there)
    assert refused.value.sentence == alone.value.sentence


def create_course_without_code(station: Station) -> object:
    course = station.courses.create(ACTOR, NewCourse(title="Lifting"))
    return station.courses.detail(ACTOR, course).code


def create_bank(station: Station) -> object:
    return station.banks.bank(ACTOR, station.banks.create(ACTOR, "Lifting")).code


@pytest.mark.parametrize("deed", [create_course_without_code, create_bank])
def test_codes_that_are_made_differ(stations: tuple[Station, Station], deed: Deed) -> None:
    here, there = stations

    code, other = race(here.site, partial(deed, here), partial(deed, there))

    assert code != other.result()


def test_a_course_that_is_begun_on_two_pcs_is_begun_once(stations: tuple[Station, Station]) -> None:
    here, there = stations

    begun, other = race(
        here.site,
        lambda: here.school.learning.begin(here.asha, here.course).start_id,
        lambda: there.school.learning.begin(there.asha, there.course).start_id,
    )

    assert other.result() == begun


def test_a_lesson_that_is_done_on_two_pcs_is_completed_once(
    stations: tuple[Station, Station],
) -> None:
    here, there = stations
    hand = here.school.learning.begin(here.asha, here.course)
    lesson = hand.lessons[0].lesson_id
    trace = {"watched": [[0, 60_000]], "position": 60_000, "duration": 60_000}

    def tick(station: Station) -> object:
        learning = station.school.learning
        return learning.tick(station.asha, hand.start_id, lesson, trace, 60).is_done

    done, other = race(here.site, partial(tick, here), partial(tick, there))

    assert (done, other.result()) == (True, True)
    with here.site.read() as session:
        progress = session.get_one(CourseProgressRow, hand.start_id)
    assert (progress.lessons_done, progress.active_seconds) == (1, 120)


def test_attempts_are_numbered_and_handed_in_once(stations: tuple[Station, Station]) -> None:
    here, there = stations
    here.school.learning.begin(here.asha, here.course)
    lesson = here.school.learning.begin(here.asha, here.course).lessons[1].lesson_id

    race(
        here.site,
        lambda: here.school.quizzes.start(here.asha, lesson),
        lambda: there.school.quizzes.start(there.asha, lesson),
    )
    with here.site.read() as session:
        attempts = session.execute(sa.select(AttemptRow.id, AttemptRow.number)).all()
    assert len({row.number for row in attempts}) == len(attempts)
    first = attempts[0].id
    _outcome, other = race(
        here.site,
        lambda: here.school.quizzes.submit(here.asha, first),
        lambda: there.school.quizzes.submit(there.asha, first),
    )
    with pytest.raises(UserFacingError) as refused:
        other.result()
    with pytest.raises(type(refused.value)):
        there.school.quizzes.submit(there.asha, first)


def test_what_is_assigned_on_two_pcs_is_assigned_once(stations: tuple[Station, Station]) -> None:
    here, there = stations
    here.courses.publish(ACTOR, here.draft)

    def assign(station: Station) -> object:
        return station.school.training.assign(
            ACTOR, "FIRE", Audience(), due_on=None, origin="Everybody"
        )

    count, other = race(here.site, partial(assign, here), partial(assign, there))

    assert (count, other.result()) == (0, 0) or (count, other.result()) == (1, 0)


def test_the_same_file_is_kept_once(stations: tuple[Station, Station]) -> None:
    here, there = stations

    def add(station: Station) -> object:
        with station.site.transaction(ACTOR, "asset.add") as unit:
            return station.assets.add_bytes(unit, b"the same", "text/plain", "a.txt").sha256

    kept, other = race(here.site, partial(add, here), partial(add, there))

    assert other.result() == kept
    with here.site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(AssetRow)) == 1
