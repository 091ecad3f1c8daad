"""Packages in the player: they start, report, are left and gone on with; nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.core.courses import CompletionRule, Outline
from app.core.journal import Site
from app.ui.learning.lesson_views.package_view import PackageView
from app.ui.learning.player_screen import PlayerScreen
from tests.support.accessibility import nameless
from tests.support.archives import zip_at
from tests.support.desk import WrittenDesk
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import published
from tests.ui.learning.conftest import Opened, Services

HTML = {"index.html": "<title>Fire</title><p>Fire</p><script>console.log('LOADED')</script>"}


@pytest.fixture
def course_of(site: Site, services: Services, tmp_path: Path) -> Callable[..., UUID]:
    """Publish a course of one package, made of files."""

    def publish(files: dict[str, str], rule: CompletionRule | None = None) -> UUID:
        archive = zip_at(tmp_path / "package.zip", files)
        lesson = a_package_lesson(site, services.assets, archive, rule)
        return published(site, Outline(title="Fire", lessons=(lesson,)))

    return publish


def view_of(screen: PlayerScreen) -> PackageView:
    view = screen.view
    assert isinstance(view, PackageView)
    return view


def said_by(view: PackageView, qtbot: QtBot) -> list[str]:
    assert view.session is not None
    said: list[str] = []
    view.session.web.said.connect(said.append)
    return said


def test_plain_pages_are_done_when_they_were_open_for_the_rules_time(
    opened: Opened, course_of: Callable[..., UUID], desk: WrittenDesk[Services], qtbot: QtBot
) -> None:
    course = course_of(HTML, CompletionRule(active_seconds=5))

    screen = opened(course_id=course)
    said = said_by(view_of(screen), qtbot)
    qtbot.waitUntil(lambda: "LOADED" in said)

    lesson = desk.services.learning.begin(desk.actor, course).lessons[0]
    assert (lesson.share, lesson.is_done) == (1, False)
    screen.sitting.keep({}, 6)
    qtbot.waitUntil(screen.stage.next_button.isEnabled)
    assert nameless(screen) == []
