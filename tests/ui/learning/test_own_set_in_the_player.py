"""The packages made here in the real player: they run on every PC, with or without the corpora."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.content import Standard
from app.core.courses import Outline
from app.core.journal import Site
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.engine import start_engine
from tests.conformance.own_packages import SOUND, Sound
from tests.support.archives import zip_at
from tests.support.conformance import case
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import published
from tests.ui.learning.conftest import Opened, Services

start_engine()

from tests.ui.learning.package_player import wait_for_page  # noqa: E402  after the engine


@pytest.mark.parametrize(
    "package",
    [
        case("own-played", name, one, expected="opens, and opens again")
        for name, one in SOUND.items()
        if one.standard is not Standard.H5P  # the library that comes with it draws nothing
    ],
)
def test_a_package_opens_and_opens_again(
    package: Sound,
    site: Site,
    services: Services,
    asha: Actor,
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
    tmp_path: Path,
    happened: Callable[[str], None],
) -> None:
    archive = zip_at(tmp_path / "package.zip", package.files)
    lesson = a_package_lesson(site, services.assets, archive)
    course = published(site, Outline(title="Fire safety", lessons=(lesson,)))
    lesson_id = services.learning.begin(asha, course).lessons[0].lesson_id

    parts: list[str] = []
    for _time in range(2):
        screen = opened(course_id=course, lesson_id=lesson_id)
        _by_itself, part = wait_for_page(screen, qtbot, [])
        parts.append(part)
        screen.hide()
        assert jobs.wait_idle(20_000)

    again = "at the same part" if parts[0] == parts[1] else f"at {parts[1]} instead of {parts[0]}"
    happened(f"opened, left, and opened again {again}")
    assert parts[0]
    assert parts[0] == parts[1]
