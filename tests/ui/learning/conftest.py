"""A learner at a desk: a real site with real files, a real account with a PIN, real services."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.assessments import Quizzes
from app.core.base.actor import Actor
from app.core.base.progress import NoProgress
from app.core.content import AssetStore
from app.core.courses import CompletionRule, LessonPlan, Outline, PublishedCourse, Variant
from app.core.journal import Site
from app.core.keys import SlotCost
from app.core.learning import Launches, Learning
from app.core.people import Audience, NewPerson, People, SignIn
from app.core.training import Training
from app.core.training.controlled import ControlledDocuments
from app.core.training.sessions import Sessions
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Theme
from app.ui.learning.lesson_views.package_view import PackageView
from app.ui.learning.player_screen import PlayerScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.sites import empty_database, open_site
from tests.support.teaching import ACTOR, School, a_lesson, a_school, published
from tests.support.wired import Wired, a_wired

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"
PIN = "7392"
LIGHT = SlotCost(memory=32, passes=1, lanes=1)


@dataclass
class Services:
    """What the learner's screens ask for."""

    learning: Learning
    launches: Launches
    training: Training
    documents: ControlledDocuments
    quizzes: Quizzes
    assets: AssetStore
    sign_in: SignIn
    wired: Wired
    sessions: Sessions


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[Site]:
    made = open_site(empty_database(tmp_path), clock)
    yield made
    made.close()


@pytest.fixture
def school(site: Site) -> School:
    return a_school(site)


@pytest.fixture
def services(site: Site, school: School, tmp_path: Path, clock: TurnedClock) -> Services:
    assets = AssetStore(tmp_path / "assets", clock)
    wired = a_wired(site, school.learning, assets)
    return Services(
        learning=school.learning,
        launches=wired.launches,
        training=school.training,
        documents=ControlledDocuments(site, assets),
        quizzes=school.quizzes,
        assets=assets,
        sign_in=SignIn(site, LIGHT),
        wired=wired,
        sessions=Sessions(site, school.releases, school.learning, assets),
    )


@pytest.fixture
def asha(site: Site, services: Services) -> Actor:
    """A learner who has signed in with her PIN."""
    person = People(site).add(ACTOR, NewPerson(number="E-10442", name="Asha Kulkarni"))
    accounts = services.sign_in.accounts
    account = accounts.give_account(ACTOR, person)
    accounts.set_pin(ACTOR, account, PIN, must_change=False)
    return services.sign_in.sign_in("E-10442", PIN).actor


@pytest.fixture
def desk(
    services: Services, asha: Actor, jobs: JobRunner, theme: Theme, clock: TurnedClock
) -> WrittenDesk[Services]:
    return WrittenDesk(services, asha, jobs, theme, clock)


class Shelf:
    """Stores files and makes lessons of them."""

    def __init__(self, site: Site, assets: AssetStore, folder: Path) -> None:
        self._site = site
        self._assets = assets
        self._folder = folder

    def page(self, title: str, *, paragraphs: int = 60, **bodies: str) -> LessonPlan:
        """Return a page of that many paragraphs, in English and the languages of `bodies`."""
        english = "".join(f"<p>{title}, paragraph {n}.</p>" for n in range(paragraphs))
        texts = {"en": english, **bodies}
        variants = tuple(
            Variant(language=code, asset=self._text(f"<h1>{title}</h1>{html}"))
            for code, html in texts.items()
        )
        return a_lesson("page", title, variants=variants)

    def file(self, kind: str, name: str, rule: CompletionRule | None = None) -> LessonPlan:
        """Return a lesson that shows a file of the test media."""
        with self._site.transaction(ACTOR, "asset.add") as unit:
            stored = self._assets.add_file(unit, MEDIA / name, "", NoProgress())
        variant = Variant(language="en", asset=stored.sha256)
        return a_lesson(kind, kind.title(), variants=(variant,), rule=rule or CompletionRule())

    def _text(self, html: str) -> str:
        with self._site.transaction(ACTOR, "asset.add") as unit:
            stored = self._assets.add_bytes(unit, html.encode(), "text/html", "page.html")
        return stored.sha256


@pytest.fixture
def shelf(site: Site, services: Services, tmp_path: Path) -> Shelf:
    return Shelf(site, services.assets, tmp_path)


Opened = Callable[..., PlayerScreen]


def has_begun(screen: PlayerScreen) -> bool:
    """Tell whether the player has a package open, whose first page is on its way."""
    session = screen.view.session if isinstance(screen.view, PackageView) else None
    return session is not None and session.situation is not None


@pytest.fixture
def opened(desk: WrittenDesk[Services], jobs: JobRunner, qtbot: QtBot) -> Opened:
    """Open the player in a window of its own and wait until the lesson stands there."""

    def open_player(size: tuple[int, int] = (1366, 768), **args: object) -> PlayerScreen:
        screen = PlayerScreen(desk)
        qtbot.addWidget(screen, before_close_func=_put_away)
        screen.resize(*size)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.activateWindow()
        screen.arrive(**args)
        # A package's page may speak before all jobs are done: whoever hears it has to be there by then
        qtbot.waitUntil(lambda: jobs.is_idle() or has_begun(screen), timeout=20_000)
        return screen

    def _put_away(screen: QWidget) -> None:
        screen.hide()
        jobs.wait_idle()

    return open_player


Assign = Callable[..., UUID]


@pytest.fixture
def assign(site: Site, school: School) -> Assign:
    """Publish a course of some lessons and assign it to everybody."""

    def make(
        code: str, title: str, *, due: date | None = None, pages: int = 2, **fields: object
    ) -> UUID:
        plans = tuple(a_lesson("page", f"{title} {n}") for n in range(1, pages + 1))
        outline = Outline(**{"title": title, "lessons": plans, **fields})
        course = published(site, outline, code)
        with site.transaction(ACTOR, "course.publish") as unit:
            school.training.require_course(
                unit,
                PublishedCourse(
                    course_id=course, version_id=course, code=code, number=1, outline=outline
                ),
            )
        school.training.assign(ACTOR, code, Audience(), due_on=due, origin=f"Because of {code}")
        return course

    return make


@pytest.fixture
def show(jobs: JobRunner, qtbot: QtBot) -> Callable[..., None]:
    """Show a screen and wait until it stands there."""

    def shown(screen: Screen[Services], **args: object) -> None:
        qtbot.addWidget(screen)
        screen.resize(1150, 768)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.arrive(**args)
        assert jobs.wait_idle()

    return shown


def words(widget: QWidget) -> str:
    """Return everything that can be read on a widget."""
    return " | ".join(label.text() for label in widget.findChildren(PlainLabel))
