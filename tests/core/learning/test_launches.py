"""Packages as people go through them: what a page was told is kept, and what it claims counts once."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor
from app.core.base.errors import NotAllowed
from app.core.content import AssetStore
from app.core.courses import Outline, PackageSettings, with_package_settings
from app.core.journal import Journal, Site
from app.core.learning import (
    CourseInHand,
    EntryState,
    Launch,
    Launches,
    LessonLocked,
    Situation,
    Way,
    Wish,
)
from app.core.learning.launches.models import PackageReportRow, PackageStateRow
from app.core.storage.faults import DiskFull
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.package_lessons import a_package_lesson, scos
from tests.support.sites import STATION, open_site
from tests.support.teaching import ACTOR, School, a_learner, a_lesson, a_school, published


class Plant:
    """A site with a learner in a course of one package, and a page lesson after it."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.folder = folder
        self.assets = AssetStore(folder / "assets", site.clock)
        self.school: School = a_school(site)
        self.launches = Launches(site, self.school.learning, self.assets)
        self.asha: Actor = a_learner(site)

    def begin(self, *titles: str) -> CourseInHand:
        """Publish a course whose package has these parts, and begin it."""
        archive = zip_at(self.folder / "package.zip", scos(*titles))
        lessons = (a_package_lesson(self.site, self.assets, archive), a_lesson("page"))
        return self.school.learning.begin(
            self.asha, published(self.site, Outline(title="Golf", lessons=lessons))
        )

    def enter(self, hand: CourseInHand) -> tuple[Launch, Situation]:
        """Open the package and come in."""
        launch = self.launches.open(self.asha, hand.start_id, hand.lessons[0].lesson_id, "en")
        return launch, self.launches.begin(self.asha, launch)

    def call(self, launch: Launch, method: str, *values: str) -> str:
        """Call the API as a page does."""
        return self.launches.call(self.asha, launch, method, values or ("",)).value

    def say(self, launch: Launch, **values: str) -> None:
        """Set values of the data model, dots written as two underscores."""
        for name, value in values.items():
            assert self.call(launch, "SetValue", name.replace("__", "."), value) == "true"

    def reports(self) -> list[PackageReportRow]:
        """Return the facts, oldest first."""
        with self.site.read() as session:
            return list(session.scalars(sa.select(PackageReportRow).order_by(PackageReportRow.id)))

    def after_a_crash(self) -> "Plant":
        """Return the same plant as a program that starts anew finds it."""
        again = Plant.__new__(Plant)
        again.site = open_site(self.site.database, self.site.clock)
        again.folder, again.assets, again.asha = self.folder, self.assets, self.asha
        again.school = a_school(again.site)
        again.launches = Launches(again.site, again.school.learning, again.assets)
        return again


@pytest.fixture
def plant(site: Site, tmp_path: Path) -> Plant:
    return Plant(site, tmp_path)


def test_a_package_opens_on_its_first_part(plant: Plant) -> None:
    launch, situation = plant.enter(plant.begin("One", "Two"))

    assert launch.api == "API"
    assert situation.opening is not None
    assert situation.opening.address == "sco0.html"
    assert [(one.title, one.state) for one in situation.contents if one.opens] == [
        ("One", EntryState.BEGUN),
        ("Two", EntryState.NOT_BEGUN),
    ]


def test_what_was_foreseen_is_at_hand_and_leaves_no_record(plant: Plant) -> None:
    hand = plant.begin("Playing")
    lesson = hand.lessons[0]
    plant.launches.foresee(lesson.plan, "en")
    with plant.site.read() as session:
        assert session.query(PackageStateRow).all() == []
    plant.assets.path(lesson.plan.variants[0].asset).unlink()

    launch, situation = plant.enter(hand)

    assert launch.registration
    assert situation.current


def test_what_a_page_held_back_is_set_before_its_next_call(plant: Plant) -> None:
    hand = plant.begin("One")
    launch, _situation = plant.enter(hand)
    plant.call(launch, "Initialize")
    held = (("cmi.core.lesson_location", "page 7"), ("cmi.suspend_data", "अ=1"))

    answer = plant.launches.call(plant.asha, launch, "Commit", ("",), held)

    reopened = plant.after_a_crash()
    again, _situation = reopened.enter(hand)
    reopened.call(again, "Initialize")
    assert answer.value == "true"
    assert reopened.call(again, "GetValue", "cmi.core.lesson_location") == "page 7"
    assert reopened.call(again, "GetValue", "cmi.suspend_data") == "अ=1"


def test_only_what_takes_any_text_may_be_held_back(plant: Plant) -> None:
    launch, _situation = plant.enter(plant.begin("One"))
    plant.call(launch, "Initialize")

    def room(element: str, value: str) -> int:
        return plant.launches.call(plant.asha, launch, "SetValue", (element, value)).room

    assert room("cmi.suspend_data", "a") > room("cmi.core.lesson_location", "a") > 0
    assert room("cmi.core.lesson_status", "passed") == 0
    assert room("cmi.core.lesson_status", "nonsense") == 0
    assert room("cmi.core.student_name", "somebody") == 0
    assert room("cmi.interactions.0.id", "q1") == 0


@pytest.mark.parametrize(
    ("method", "values"),
    [("Commit", ("",)), ("Terminate", ("",)), ("GetValue", ("adl.nav.request_valid.continue",))],
)
def test_what_asks_for_the_disk_or_takes_long_is_not_answered_in_memory(
    plant: Plant, method: str, values: tuple[str, ...]
) -> None:
    launch, _situation = plant.enter(plant.begin("One"))

    assert plant.launches.call_in_memory(launch, method, values) is None


def test_what_is_answered_in_memory_is_kept_like_everything_else(plant: Plant) -> None:
    hand = plant.begin("One")
    launch, _situation = plant.enter(hand)
    values = ("cmi.core.lesson_location", "page 7")

    assert plant.launches.call_in_memory(launch, "Initialize", ("",)) is not None
    assert plant.launches.call_in_memory(launch, "SetValue", values) is not None
    plant.launches.keep(plant.asha, launch)

    reopened = plant.after_a_crash()
    again, _situation = reopened.enter(hand)
    reopened.call(again, "Initialize")
    assert reopened.call(again, "GetValue", "cmi.core.lesson_location") == "page 7"


def test_what_was_committed_is_there_after_a_crash(plant: Plant) -> None:
    hand = plant.begin("One")
    launch, _situation = plant.enter(hand)
    plant.call(launch, "Initialize")
    plant.say(launch, cmi__core__lesson_location="page 7", cmi__suspend_data="अ=1")

    assert plant.call(launch, "Commit") == "true"

    reopened = plant.after_a_crash()
    again, situation = reopened.enter(hand)
    assert situation.opening is not None
    reopened.call(again, "Initialize")
    assert reopened.call(again, "GetValue", "cmi.core.lesson_location") == "page 7"
    assert reopened.call(again, "GetValue", "cmi.suspend_data") == "अ=1"


def test_what_was_only_set_is_there_after_the_next_keep(plant: Plant) -> None:
    hand = plant.begin("One")
    launch, _situation = plant.enter(hand)
    plant.call(launch, "Initialize")
    plant.say(launch, cmi__core__lesson_location="page 3")

    plant.launches.keep(plant.asha, launch)

    reopened = plant.after_a_crash()
    again, _situation = reopened.enter(hand)
    reopened.call(again, "Initialize")
    assert reopened.call(again, "GetValue", "cmi.core.lesson_location") == "page 3"
    assert plant.reports() == []


def test_a_commit_that_does_not_reach_the_disk_is_not_confirmed(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    launch, _situation = plant.enter(plant.begin("One"))
    plant.call(launch, "Initialize")
    plant.say(launch, cmi__core__lesson_status="completed")

    def full(*_args: object, **_named: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(plant.site, "transaction", full)  # the disk is what is faked
        with pytest.raises(DiskFull):
            plant.call(launch, "Commit")

    assert plant.call(launch, "Commit") == "true"
    assert [one.completion for one in plant.reports()] == ["completed"]


def test_a_completed_package_completes_its_lesson_and_opens_the_next(plant: Plant) -> None:
    hand = plant.begin("One")
    launch, _situation = plant.enter(hand)
    plant.call(launch, "Initialize")
    plant.say(launch, cmi__core__score__raw="85", cmi__core__lesson_status="passed")

    plant.call(launch, "Commit")

    now = plant.school.learning.in_hand(plant.asha, hand.start_id)
    assert now.lessons[0].is_done
    assert now.lessons[1].is_open
    (report,) = plant.reports()
    assert (report.success, str(report.score)) == ("passed", "17/20")
    begun = plant.school.training.my_courses(plant.asha)
    assert begun[0].score_hundredths == 8500


def test_a_failed_package_completes_nothing(plant: Plant) -> None:
    hand = plant.begin("One")
    launch, _situation = plant.enter(hand)
    plant.call(launch, "Initialize")
    plant.say(launch, cmi__core__score__raw="20", cmi__core__lesson_status="failed")

    plant.call(launch, "Terminate")

    assert not plant.school.learning.in_hand(plant.asha, hand.start_id).lessons[0].is_done


@pytest.mark.parametrize(
    ("score", "status", "is_done"),
    [
        ("85", "passed", True),
        ("75", "passed", False),
        ("80", "failed", True),
        ("90", "incomplete", False),
        ("", "completed", False),
    ],
)
def test_the_score_an_author_asks_for_takes_the_place_of_the_packages(
    plant: Plant, score: str, status: str, is_done: bool
) -> None:
    archive = zip_at(plant.folder / "package.zip", scos("One"))
    lesson = a_package_lesson(plant.site, plant.assets, archive)
    lesson = with_package_settings(lesson, PackageSettings(required_score=80))
    outline = Outline(title="Golf", lessons=(lesson,))
    hand = plant.school.learning.begin(plant.asha, published(plant.site, outline))
    launch, _situation = plant.enter(hand)
    plant.call(launch, "Initialize")
    if score:
        plant.say(launch, cmi__core__score__raw=score)
    plant.say(launch, cmi__core__lesson_status=status)

    plant.call(launch, "Terminate")

    assert plant.school.learning.in_hand(plant.asha, hand.start_id).lessons[0].is_done is is_done


def test_a_package_is_done_when_all_its_parts_are(plant: Plant) -> None:
    hand = plant.begin("One", "Two")
    launch, _situation = plant.enter(hand)

    def finish() -> None:
        plant.call(launch, "Initialize")
        plant.say(launch, cmi__core__lesson_status="completed")
        plant.call(launch, "Terminate")

    finish()
    assert plant.school.learning.in_hand(plant.asha, hand.start_id).lessons[0].share > 0
    situation = plant.launches.go(plant.asha, launch, Wish(Way.CONTINUE))
    assert situation.opening is not None
    assert situation.opening.title == "Two"
    finish()

    assert plant.school.learning.in_hand(plant.asha, hand.start_id).lessons[0].is_done


def test_committing_the_same_again_makes_no_further_fact(plant: Plant) -> None:
    launch, _situation = plant.enter(plant.begin("One"))
    plant.call(launch, "Initialize")
    plant.say(launch, cmi__core__lesson_status="incomplete")
    plant.call(launch, "Commit")
    for page in range(9):
        plant.say(launch, cmi__core__lesson_location=str(page), cmi__suspend_data="x" * page)
        plant.call(launch, "Commit")

    assert len(plant.reports()) == 1
    plant.launches.pause(plant.asha, launch)
    plant.launches.pause(plant.asha, launch)

    assert [one.cause for one in plant.reports()] == ["commit", "pause"]


def test_each_answer_becomes_a_fact_once(plant: Plant) -> None:
    launch, _situation = plant.enter(plant.begin("One"))
    plant.call(launch, "Initialize")
    for place in range(2):
        plant.call(launch, "SetValue", f"cmi.interactions.{place}.id", f"q{place}")
        plant.call(launch, "SetValue", f"cmi.interactions.{place}.result", "correct")
        plant.call(launch, "Commit")

    told = [[one["id"] for one in row.data["interactions"]] for row in plant.reports()]
    assert told == [["q0"], ["q1"]]


def test_a_session_longer_than_the_package_was_open_is_kept_and_doubted(
    plant: Plant, clock: TurnedClock
) -> None:
    launch, _situation = plant.enter(plant.begin("One"))
    plant.call(launch, "Initialize")
    clock.turn(timedelta(minutes=5))
    plant.say(launch, cmi__core__session_time="02:00:00", cmi__core__lesson_status="completed")
    plant.call(launch, "Terminate")

    (report,) = plant.reports()
    assert (report.session_seconds, report.seconds_open) == (7200, 300)
    assert report.doubts == ["claims a session of 7200 s; it was open for 300 s"]


def test_a_preview_leaves_no_record(plant: Plant) -> None:
    hand = plant.begin("One")
    with pytest.raises(NotAllowed):
        plant.launches.preview(plant.asha, hand.lessons[0].plan, "en")
    launch = plant.launches.preview(ACTOR, hand.lessons[0].plan, "en")
    plant.launches.begin(ACTOR, launch)
    plant.call(launch, "Initialize")
    plant.say(launch, cmi__core__lesson_status="completed")
    assert plant.call(launch, "Commit") == "true"
    plant.launches.go(plant.asha, launch, Wish(Way.SUSPEND_ALL))
    plant.launches.pause(plant.asha, launch)

    with plant.site.read() as session:
        assert session.query(PackageStateRow).all() == []
    assert plant.reports() == []
    assert not plant.school.learning.in_hand(plant.asha, hand.start_id).lessons[0].is_done


def test_another_pc_goes_on_from_the_facts(plant: Plant) -> None:
    hand = plant.begin("One")
    launch, _situation = plant.enter(hand)
    plant.call(launch, "Initialize")
    plant.say(launch, cmi__core__lesson_location="page 9", cmi__core__exit="suspend")
    plant.call(launch, "Terminate")
    plant.launches.pause(plant.asha, launch)
    with plant.site.database.write() as connection:  # local rows do not travel
        connection.execute(sa.delete(PackageStateRow))

    again, _situation = plant.enter(hand)

    plant.call(again, "Initialize")
    assert plant.call(again, "GetValue", "cmi.core.lesson_location") == "page 9"
    assert again.registration == launch.registration


def test_a_locked_package_stays_shut(plant: Plant) -> None:
    archive = zip_at(plant.folder / "package.zip", scos("One"))
    lessons = (a_lesson("page"), a_package_lesson(plant.site, plant.assets, archive))
    hand = plant.school.learning.begin(
        plant.asha, published(plant.site, Outline(title="Golf", lessons=lessons))
    )

    with pytest.raises(LessonLocked):
        plant.launches.open(plant.asha, hand.start_id, hand.lessons[1].lesson_id, "en")


def test_nobody_opens_a_package_in_anothers_name(plant: Plant) -> None:
    hand = plant.begin("One")
    ravi = a_learner(plant.site, "E-2", "Ravi")

    with pytest.raises(NotAllowed):
        plant.launches.open(ravi, hand.start_id, hand.lessons[0].lesson_id, "en")


def test_calls_of_no_api_get_an_error_and_no_more(plant: Plant) -> None:
    launch, _situation = plant.enter(plant.begin("One"))

    answer = plant.launches.call(plant.asha, launch, "daksha:drop", ("tables",))

    assert (answer.value, answer.error) == ("false", "101")


def test_what_launches_wrote_is_proved_by_the_journal(plant: Plant) -> None:
    test_a_completed_package_completes_its_lesson_and_opens_the_next(plant)

    assert Journal(plant.site, STATION).verify(ACTOR).ok


def test_where_a_launch_begins_is_known_before_anything_is_written(plant: Plant) -> None:
    hand = plant.begin("Swing")
    before = Journal(plant.site, STATION).verify(ACTOR).entries

    launch = plant.launches.open(plant.asha, hand.start_id, hand.lessons[0].lesson_id, "en")

    first = launch.first
    assert first is not None
    assert first.opening is not None
    with plant.site.read() as session:
        assert session.scalars(sa.select(PackageStateRow)).all() == []
    assert Journal(plant.site, STATION).verify(ACTOR).entries == before
    assert plant.launches.begin(plant.asha, launch).opening == first.opening
