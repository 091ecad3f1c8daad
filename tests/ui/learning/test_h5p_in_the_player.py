"""H5P that others made, in the real player: drawn by its own libraries, without an error."""

from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet  # what pytest.param returns has no public name
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.base.progress import NoProgress
from app.core.content import h5p_runtime, look_over
from app.core.courses import Outline
from app.core.journal import Site
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.engine import start_engine
from tests.support.conformance import case
from tests.support.corpora import rows_of
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import published
from tests.ui.learning.conftest import Opened, Services

start_engine()

from tests.ui.learning.wired_player import WiredPlayer  # noqa: E402  after the engine

DRAWN = """
[document, ...[...document.querySelectorAll('iframe')].map((one) => one.contentDocument)].some((one) => {
  const content = one && one.querySelector('.h5p-content');
  return content && content.children.length > 0 && content.getBoundingClientRect().height > 20
    && (content.innerText.trim() !== '' || content.querySelector('img, canvas, video, svg') !== null);
})
"""
"""Whether H5P's content stands in the page: some height, and words or a picture in it."""

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(h5p_runtime() is None, reason="H5P's own program files are not here"),
]


def packages() -> list[ParameterSet]:
    """Return the packages that the product takes."""
    return [
        case("h5p-played", row.name, row.path, expected="drawn, without an error")
        for row in rows_of("h5p")
        if not look_over(row.path, NoProgress()).is_blocked
    ]


@pytest.mark.parametrize("archive", packages())
def test_a_content_is_drawn(
    archive: Path,
    site: Site,
    services: Services,
    asha: Actor,
    opened: Opened,
    jobs: JobRunner,
    qtbot: QtBot,
    happened: Callable[[str], None],
) -> None:
    lesson = a_package_lesson(site, services.assets, archive)
    course = published(site, Outline(title=archive.stem, lessons=(lesson,)))
    lesson_id = services.learning.begin(asha, course).lessons[0].lesson_id

    screen = opened(course_id=course, lesson_id=lesson_id)
    player = WiredPlayer(screen, qtbot)
    player.wait_for(DRAWN)
    errors = [line for line in player.console if "Uncaught" in line]
    library = player.session.launch.index.manifest.identifier
    happened(errors[0] if errors else f"drawn by {library}")
    screen.hide()

    assert jobs.wait_idle(20_000)
    assert errors == []
