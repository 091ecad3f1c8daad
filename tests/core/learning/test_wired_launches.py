"""Launches on the wire, on a real site with a real endpoint: what is said counts, or is refused with a reason."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.content import AssetStore
from app.core.courses import Outline, PackageSettings, with_package_settings
from app.core.journal import Site
from app.core.learning import (
    CourseInHand,
    Launch,
    Launches,
    Opening,
    PackageNotPlayable,
    Situation,
    WaiveReason,
    Way,
    Wish,
)
from app.core.learning.cmi5 import LAUNCH_DATA, Verb
from app.core.learning.launches.models import PackageReportRow, PackageStateRow
from app.core.storage.tables import table_of
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.cmi5_client import UnitPage
from tests.support.package_lessons import a_package_lesson
from tests.support.packages import Files
from tests.support.sites import empty_database, open_site
from tests.support.teaching import ACTOR, School, a_learner, a_school, published
from tests.support.wired import Wired, a_wired, verbs
from tests.support.wired_pages import cmi5_units


@dataclass
class Bench:
    """A course of one package, and a learner in it."""

    site: Site
    school: School
    wired: Wired
    assets: AssetStore
    asha: Actor
    course: UUID

    @property
    def hand(self) -> CourseInHand:
        return self.school.learning.begin(self.asha, self.course)

    def open(self) -> tuple[Launch, Situation]:
        hand = self.hand
        launches = self.wired.launches
        launch = launches.open(self.asha, hand.start_id, hand.lessons[0].lesson_id, "en")
        return launch, launches.begin(self.asha, launch)

    def go(self, launch: Launch, wish: Wish) -> Situation:
        return self.wired.launches.go(self.asha, launch, wish)

    def close(self, launch: Launch) -> None:
        self.wired.launches.close(self.asha, launch)

    def said(self, launch: Launch) -> list[str]:
        return verbs(self.wired.said(launch.registration))


def opening_of(situation: Situation) -> Opening:
    assert situation.opening is not None
    return situation.opening


def started(situation: Situation) -> UnitPage:
    return UnitPage(opening_of(situation)).start()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = open_site(empty_database(tmp_path), TurnedClock())
    yield made
    made.close()


@pytest.fixture
def bench_of(site: Site, tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(files: Files, *, in_order: bool = True, required_score: int | None = None) -> Bench:
        assets = AssetStore(tmp_path / "assets", site.clock)
        school = a_school(site)
        lesson = a_package_lesson(site, assets, zip_at(tmp_path / "package.zip", files))
        lesson = with_package_settings(lesson, PackageSettings(required_score=required_score))
        outline = Outline(title="Fire", lessons=(lesson,), in_order=in_order)
        wired = a_wired(site, school.learning, assets)
        made.append(Bench(site, school, wired, assets, a_learner(site), published(site, outline)))
        return made[-1]

    yield make
    for bench in made:
        bench.wired.endpoint.stop()


def test_a_launch_tells_a_unit_all_it_needs(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of(cmi5_units("Alarms", "Exits"))
    launch, situation = bench.open()
    page = UnitPage(opening_of(situation))

    assert opening_of(situation).address.startswith("unit1.html?own=1&endpoint=http%3A%2F%2F")
    assert page.told["registration"] == str(launch.registration)
    assert page.told["activityId"] != "https://example.org/fire/1"
    assert "auth-token" in page.fetch().json
    assert page.state(LAUNCH_DATA).json == {
        "contextTemplate": {
            "contextActivities": {"grouping": [{"id": "https://example.org/fire/1"}]},
            "extensions": page.state(LAUNCH_DATA).json["contextTemplate"]["extensions"],
        },
        "launchMode": "Normal",
        "launchMethod": "AnyWindow",
        "launchParameters": "",
        "moveOn": "Passed",
        "masteryScore": 0.8,
        "returnURL": f"daksha://{launch.registration.hex}/.daksha/return.html",
    }
    assert page.preferences().json == {"languagePreference": "en", "audioPreference": "on"}
    again = UnitPage(opening_of(situation)).fetch()
    assert (again.status, again.json["error-code"]) == (200, "1")
    bench.close(launch)
    assert not bench.wired.endpoint.is_running


def test_what_is_refused_changes_nothing(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of(cmi5_units("Alarms"))
    launch, situation = bench.open()
    page = started(situation)

    answer = page.say(Verb.PASSED, 0.5)

    assert answer.status == 403
    assert answer.json["error"] == (
        "cmi5 9.3.4: passed with less than the mastery score. Nothing was recorded."
    )
    assert bench.said(launch) == ["launched", "initialized"]
    assert bench.hand.lessons[0].share == 0
    assert page.say(Verb.PASSED, 0.9).status == 204
    assert page.say(Verb.PASSED, 0.9).status == 403
    assert page.say(Verb.TERMINATED).status == 204
    assert page.state("bookmark").status == 403
    bench.close(launch)
    assert bench.said(launch) == ["launched", "initialized", "passed", "satisfied", "terminated"]
    lesson = bench.hand.lessons[0]
    assert (lesson.is_done, lesson.state["score"], lesson.state["passed"]) == (True, "9/10", True)


def test_of_many_at_once_one_is_the_first(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of(cmi5_units("Alarms", move_on="Completed"))
    launch, situation = bench.open()
    page = started(situation)

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _turn: page.say(Verb.COMPLETED).status, range(4)))

    assert sorted(answers) == [204, 403, 403, 403]
    bench.close(launch)
    assert bench.said(launch) == ["launched", "initialized", "completed", "satisfied", "abandoned"]


def test_documents_of_the_player_are_not_written_by_units(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of(cmi5_units("Alarms"))
    launch, situation = bench.open()
    page = started(situation)

    assert page.state(LAUNCH_DATA, {"masteryScore": 0}).status == 403
    assert page.state(LAUNCH_DATA, method="DELETE").status == 403
    assert page.state("", method="DELETE").status == 403
    assert page.preferences({"languagePreference": "not so"}).status == 403
    assert page.preferences({"languagePreference": "hi,en", "audioPreference": "off"}).status == 204
    assert page.state("bookmark", {"page": 3}).status == 204
    bench.close(launch)

    launch, situation = bench.open()
    page = started(situation)
    assert page.state("bookmark").json == {"page": 3}
    assert page.preferences().json["languagePreference"] == "hi,en"
    bench.close(launch)


def test_units_open_one_after_the_other_where_the_course_says_so(
    bench_of: Callable[..., Bench],
) -> None:
    bench = bench_of(cmi5_units("Alarms", "Exits"))
    launch, situation = bench.open()
    first = started(situation)
    second = situation.contents[1].activity
    assert [line.is_enabled for line in situation.contents] == [True, False]
    assert bench.wired.launches.objection(launch, Wish(Way.CHOICE, second))

    first.say(Verb.PASSED, 0.8)
    situation = bench.go(launch, Wish(Way.CONTINUE))

    assert situation.current == second
    assert first.state("bookmark").status == 401  # its session is over, its token with it
    assert started(situation).say(Verb.PASSED, 1).status == 204
    assert bench.hand.lessons[0].is_done
    bench.close(launch)
    with bench.site.read() as session:
        best = bench.school.learning.begun_courses(session, bench.asha.person_id or new_id())
    assert best[bench.course].best_score_hundredths == 9000


def test_an_author_asks_for_more_than_the_package(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of(cmi5_units("Alarms"), required_score=95)
    launch, situation = bench.open()
    page = started(situation)

    assert page.data["masteryScore"] == 0.95
    assert page.say(Verb.PASSED, 0.9).status == 403
    assert page.say(Verb.PASSED, 0.95).status == 204
    bench.close(launch)
    assert bench.hand.lessons[0].is_done


def test_where_somebody_stands_needs_nothing_but_statements(
    bench_of: Callable[..., Bench],
) -> None:
    bench = bench_of(cmi5_units("Alarms", "Exits"))
    launch, situation = bench.open()
    started(situation).say(Verb.PASSED, 0.9)
    bench.close(launch)
    with bench.site.transaction(ACTOR, "test.forget") as unit:
        unit.execute(sa.delete(table_of(PackageStateRow)))

    launch, situation = bench.open()

    assert [line.state.value for line in situation.contents] == ["passed", "not begun"]
    assert situation.current == situation.contents[1].activity
    bench.close(launch)


def test_what_a_unit_reports_stands_with_what_other_packages_report(
    bench_of: Callable[..., Bench],
) -> None:
    bench = bench_of(cmi5_units("Alarms"))
    launch, situation = bench.open()
    page = started(situation)
    page.say(Verb.PASSED, 0.9)
    page.say(Verb.TERMINATED)
    bench.go(launch, Wish(Way.SUSPEND_ALL))
    bench.close(launch)

    with bench.site.read() as session:
        reports = list(session.scalars(sa.select(PackageReportRow).order_by(PackageReportRow.at)))
    newest = reports[-1]
    assert (newest.success, newest.score, newest.session_seconds) == ("passed", Fraction(9, 10), 5)
    assert newest.activity == "https://example.org/fire/1"


def test_waiving_is_for_who_may_assign_to_that_person(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of(cmi5_units("Alarms", "Exits"))
    hand = bench.hand
    place = (hand.start_id, hand.lessons[0].lesson_id)
    elsewhere = Grant(capability=Capability.ASSIGN, org_units=frozenset({new_id()}))
    trainer = Actor(account_id=None, person_id=None, name="Trainer", grants=frozenset({elsewhere}))
    waive = bench.wired.waiving.waive
    for actor in (bench.asha, trainer):
        with pytest.raises(NotAllowed):
            waive(actor, *place, "https://example.org/fire/1", WaiveReason.TESTED_OUT)

    waive(ACTOR, *place, "https://example.org/fire/1", WaiveReason.TESTED_OUT)

    launch, situation = bench.open()
    assert situation.current == situation.contents[1].activity
    started(situation).say(Verb.PASSED, 1)
    bench.close(launch)
    assert bench.hand.lessons[0].is_done


def test_a_launch_without_a_wire_is_not_played(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of(cmi5_units("Alarms"))
    hand = bench.hand
    bare = Launches(bench.site, bench.school.learning, bench.assets)
    with pytest.raises(PackageNotPlayable):
        bare.open(bench.asha, hand.start_id, hand.lessons[0].lesson_id, "en")


def test_a_second_launch_does_not_end_the_first(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of(cmi5_units("Alarms"))
    launch, situation = bench.open()
    page = started(situation)
    hand = bench.hand
    idle = bench.wired.launches.open(bench.asha, hand.start_id, hand.lessons[0].lesson_id, "en")

    bench.close(idle)

    assert page.say(Verb.TERMINATED).status == 204
    bench.close(launch)
    assert bench.said(launch) == ["launched", "initialized", "terminated"]
