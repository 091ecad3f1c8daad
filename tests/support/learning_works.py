"""Works of somebody who learns, that are stopped in the midst: a quiz is answered, a package reports."""

import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from app.bootstrap.assembly import assemble
from app.bootstrap.benches.small_site import open_small_site
from app.core.assessments import best_response
from app.core.assessments.models import ResponseRow
from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.content import AssetStore
from app.core.courses import Outline
from app.core.journal import Journal, Site
from app.core.learning import Launches
from app.core.operations import SiteFolder
from app.core.schema import bring_up_to_date
from app.core.storage.database import Database, SqliteFile
from app.services import Services
from tests.support.archives import zip_at
from tests.support.clock import TurnedClock
from tests.support.package_lessons import a_package_lesson, scos
from tests.support.sites import DATA_KEY, STATION, empty_database, open_site
from tests.support.teaching import a_learner, a_school, published

Say = Callable[[], object]
_TURNS = 200
"""More than come through before most kills."""


class Answering:
    """Somebody takes a quiz."""

    def prepare(self, folder: Path) -> None:
        """Found a site with a course that is a quiz."""
        small = open_small_site(folder, TurnedClock())
        _note(folder, small.learner.person_id, small.quiz_lesson)
        small.services.close()

    def run(self, folder: Path, say: Say) -> None:
        """Answer one question after another, over and over."""
        person, lesson = _noted(folder)
        learner, quizzes = _learner(person), self._services(folder).quizzes
        attempt = quizzes.start(learner, lesson)
        for turn in range(_TURNS):
            asked = attempt.questions[turn % len(attempt.questions)]
            best = best_response(asked.question)
            quizzes.answer(learner, attempt.attempt_id, asked.question_id, best)
            say()

    def check(self, folder: Path, said: int) -> None:
        """Every answer of which it was said is there, at most the one that was under way, and no other."""
        services = self._services(folder)
        with services.open_site.site.read() as session:
            kept = session.scalar(sa.select(sa.func.count()).select_from(ResponseRow)) or 0
        assert said <= kept <= said + 1
        assert services.journal.verify(system_actor()).ok
        services.close()

    def _services(self, folder: Path) -> Services:
        place = SiteFolder(folder / "site", folder / "keys", TurnedClock())
        return assemble(place.open(bring_up_to_date))


class Reporting:
    """A package tells where its learner is."""

    def prepare(self, folder: Path) -> None:
        """Publish a course that is the package, and begin it."""
        site = open_site(empty_database(folder, DATA_KEY), TurnedClock())
        archive = zip_at(folder / "package.zip", scos("One"))
        lesson = a_package_lesson(site, AssetStore(folder / "assets", site.clock), archive)
        asha = a_learner(site)
        course = published(site, Outline(title="G", lessons=(lesson,)))
        hand = a_school(site).learning.begin(asha, course)
        _note(folder, asha.person_id, hand.lessons[0].lesson_id, hand.start_id)
        site.close()

    def run(self, folder: Path, say: Say) -> None:
        """Commit one place after another."""
        _site, call = self._launched(folder)
        for turn in range(1, _TURNS + 1):
            call("SetValue", "cmi.core.lesson_location", str(turn))
            assert call("Commit", "") == "true"
            say()

    def check(self, folder: Path, said: int) -> None:
        """The last commit of which it was said is there, or the one that was under way."""
        site, call = self._launched(folder)
        kept = int(call("GetValue", "cmi.core.lesson_location") or 0)
        assert said <= kept <= said + 1
        assert Journal(site, STATION).verify(system_actor()).ok
        site.close()

    def _launched(self, folder: Path) -> tuple[Site, Callable[..., str]]:
        """Launch the package; return the site, and what takes the package's calls."""
        person, lesson, start = _noted(folder)
        database = Database(SqliteFile(path=folder / "site.db", key=DATA_KEY))
        site, learner = open_site(database, TurnedClock()), _learner(person)
        assets = AssetStore(folder / "assets", site.clock)
        launches = Launches(site, a_school(site).learning, assets)
        launch = launches.open(learner, start, lesson, "en")
        launches.begin(learner, launch)

        def call(method: str, *values: str) -> str:
            return launches.call(learner, launch, method, values).value

        call("Initialize", "")
        return site, call


def _learner(person: UUID) -> Actor:
    grants = frozenset({Grant(capability=Capability.LEARN)})
    return Actor(account_id=None, person_id=person, name="Asha", number="E-1", grants=grants)


def _note(folder: Path, *ids: UUID | None) -> None:
    """Keep whose lesson it is, for the process that is killed and the one that looks."""
    (folder / "ids.json").write_text(json.dumps([str(one) for one in ids]))


def _noted(folder: Path) -> list[UUID]:
    return [UUID(one) for one in json.loads((folder / "ids.json").read_text())]
