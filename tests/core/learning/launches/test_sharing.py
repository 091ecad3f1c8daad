"""What packages know of each other: of each value the one written last, in whatever order facts arrive."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.base.actor import Actor
from app.core.base.ids import new_id
from app.core.content import AssetStore
from app.core.courses import Outline
from app.core.journal import Journal, Site
from app.core.learning import CourseInHand, Launch, Launches, rebuild_shared, refresh_shared
from app.core.learning.launches.models import SharedPackageReportRow, SharedPackageStateRow
from app.core.learning.launches.sharing import changed, known_to, laid_over
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.package_lessons import a_package_lesson
from tests.support.sharing_packages import OBJECTIVE, STORE, sharing
from tests.support.sites import STATION, empty_database, open_site
from tests.support.teaching import ACTOR, a_learner, a_school, published

SET = "SetValue"
leaves = st.one_of(st.none(), st.booleans(), st.sampled_from(["0.5", "1"]))
shared = st.fixed_dictionaries(
    {
        "objectives": st.dictionaries(
            st.sampled_from("AB"),
            st.dictionaries(st.sampled_from(["satisfied", "measure"]), leaves),
            max_size=2,
        ),
        "data": st.dictionaries(st.sampled_from("XY"), st.sampled_from(["", "one"]), max_size=2),
    }
)


class Plant:
    """A learner with two packages that share an objective and a store."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.assets = AssetStore(folder / "assets", site.clock)
        self.school = a_school(site)
        self.launches = Launches(site, self.school.learning, self.assets)
        self.asha: Actor = a_learner(site)
        self.hands = {name: self._begun(name, folder) for name in ("Press", "Lathe")}

    def _begun(self, name: str, folder: Path) -> CourseInHand:
        archive = zip_at(folder / f"{name}.zip", sharing(name))
        lesson = a_package_lesson(self.site, self.assets, archive)
        course = published(self.site, Outline(title=name, lessons=(lesson,)), code=name)
        return self.school.learning.begin(self.asha, course)

    def enter(self, name: str) -> Launch:
        """Open a package, and let its page begin."""
        hand = self.hands[name]
        launch = self.launches.open(self.asha, hand.start_id, hand.lessons[0].lesson_id, "en")
        self.launches.begin(self.asha, launch)
        assert self.call(launch, "Initialize", "") == "true"
        return launch

    def call(self, launch: Launch, method: str, *values: str) -> str:
        """Call the API as a page does."""
        return self.launches.call(self.asha, launch, method, values).value

    def facts(self) -> list[SharedPackageReportRow]:
        """Return what was told, oldest first."""
        with self.site.read() as session:
            row = SharedPackageReportRow
            return list(session.scalars(sa.select(row).order_by(row.version)))


@pytest.fixture
def plant(site: Site, tmp_path: Path) -> Plant:
    return Plant(site, tmp_path)


def passed(plant: Plant, name: str = "Press", score: str = "0.8") -> Launch:
    launch = plant.enter(name)
    assert plant.call(launch, SET, "cmi.success_status", "passed") == "true"
    assert plant.call(launch, SET, "cmi.score.scaled", score) == "true"
    assert plant.call(launch, SET, "adl.data.0.store", f"from {name}") == "true"
    return launch


def test_what_one_package_achieved_the_next_is_told(plant: Plant) -> None:
    launch = passed(plant)
    plant.call(launch, "Terminate", "")

    other = plant.enter("Lathe")

    assert plant.call(other, "GetValue", "cmi.objectives.0.success_status") == "passed"
    assert plant.call(other, "GetValue", "cmi.objectives.0.score.scaled") == "0.8"
    assert plant.call(other, "GetValue", "adl.data.0.store") == "from Press"


def test_it_becomes_one_fact_at_the_end_and_none_at_a_commit(plant: Plant) -> None:
    launch = passed(plant)
    assert plant.call(launch, "Commit", "") == "true"
    assert not plant.facts()

    plant.call(launch, "Terminate", "")
    plant.launches.pause(plant.asha, launch)

    (fact,) = plant.facts()
    assert fact.person_id == plant.asha.person_id
    told = fact.changes["scorm"]
    assert told["data"] == {STORE: "from Press"}
    assert told["objectives"][OBJECTIVE]["satisfied"] is True
    assert None not in told["objectives"][OBJECTIVE].values()


def test_what_was_committed_before_a_crash_is_known_and_told_later(
    plant: Plant, tmp_path: Path
) -> None:
    plant.call(passed(plant), "Commit", "")
    assert not plant.facts()

    again = Launches(plant.site, plant.school.learning, plant.assets)  # a program that starts anew
    plant.launches = again
    other = plant.enter("Lathe")
    assert plant.call(other, "GetValue", "adl.data.0.store") == "from Press"
    plant.launches.pause(plant.asha, other)

    assert [fact.changes["scorm"]["data"] for fact in plant.facts()] == [{STORE: "from Press"}]


def test_a_package_that_shares_nothing_new_tells_nothing(plant: Plant) -> None:
    plant.call(passed(plant), "Terminate", "")
    assert len(plant.facts()) == 1

    launch = plant.enter("Lathe")
    plant.call(launch, SET, "cmi.location", "page 3")
    plant.call(launch, "Terminate", "")
    plant.launches.pause(plant.asha, launch)

    assert len(plant.facts()) == 1


def test_what_is_laid_together_is_what_a_replay_makes(plant: Plant) -> None:
    for name, score in (("Press", "0.8"), ("Lathe", "0.3"), ("Press", "0.9")):
        plant.call(passed(plant, name, score), "Terminate", "")
    before = stood(plant.site, plant.asha.person_id)
    assert before is not None

    with plant.site.transaction(ACTOR, "derived.rebuild") as unit:
        rebuild_shared(unit)

    assert stood(plant.site, plant.asha.person_id) == before
    assert before[0]["scorm"]["data"] == {STORE: "from Press"}
    assert Journal(plant.site, STATION).verify(ACTOR).ok


def stood(site: Site, person: UUID | None) -> tuple[dict[str, Any], bytes] | None:
    with site.read() as session:
        row = session.get(SharedPackageStateRow, person)
        return None if row is None else (row.state, row.version)


@given(before=shared, now=shared)
def test_what_has_changed_makes_the_one_of_the_other(
    before: dict[str, Any], now: dict[str, Any]
) -> None:
    after = laid_over(before, now)  # nothing that is known is forgotten
    assert laid_over(before, changed(before, after)) == without_unknown(before, after)
    assert changed(after, after) == {}


def without_unknown(before: Any, after: Any) -> Any:
    """Leave out of `after` what nobody ever knew, and what holds nothing."""
    if not isinstance(after, dict):
        return after
    known = before if isinstance(before, dict) else {}
    kept = {}
    for name, value in after.items():
        if name in known or value not in ({}, None):
            within = without_unknown(known.get(name), value)
            if name in known or within != {}:
                kept[name] = within
    return kept


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Records in which facts of one learner arrive."""
    made = open_site(empty_database(tmp_path_factory.mktemp("archive")), TurnedClock())
    yield made
    made.close()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), told=st.lists(shared, min_size=1, max_size=6))
def test_order_repeats_and_parts_make_no_difference(
    archive: Site, data: st.DataObject, told: list[dict[str, Any]]
) -> None:
    """I2, I3, I4: whatever order the facts of several PCs come in, and in how many parts."""
    learner = a_learner(archive, number=new_id().hex).person_id
    facts = [
        {"version": number.to_bytes(8, "big") + os.urandom(8), "changes": {"scorm": one}}
        for number, one in enumerate(told, start=1)
    ]
    expected: dict[str, Any] = {}
    for fact in facts:
        expected = laid_over(expected, fact["changes"])  # type: ignore[arg-type]  # as made above
    arriving = data.draw(st.permutations(facts))
    cut = data.draw(st.integers(0, len(arriving)))

    for part in (arriving[:cut], arriving[cut:]):
        ids = [new_id() for _fact in part]
        with archive.transaction(ACTOR, "package.pause") as unit:
            unit.insert_many(
                SharedPackageReportRow,
                [
                    {
                        "id": key,
                        "person_id": learner,
                        "registration": new_id(),
                        "at": archive.clock.now(),
                        **fact,
                    }
                    for key, fact in zip(ids, part, strict=True)
                ],
            )
        with archive.transaction(ACTOR, "derived.settle") as unit:
            refresh_shared(unit, {"package_shared_report": ids})
            refresh_shared(unit, {"package_shared_report": ids})

    with archive.read() as session:
        assert known_to(session, learner) == expected
