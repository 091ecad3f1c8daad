"""Packages that others made: each starts in the player, says something, is kept, and is gone on with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet  # what pytest.param returns has no public name
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.base.progress import NoProgress
from app.core.content import look_over
from app.core.courses import Outline
from app.core.journal import Site
from app.core.learning.launches.models import PackageStateRow
from app.ui.kit.jobs import JobRunner
from tests.support.conformance import case
from tests.support.corpora import IS_WHOLE, rows_of
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import published
from tests.ui.learning.conftest import Opened, Services
from tests.ui.learning.package_player import wait_for_page

SAMPLE = frozenset(
    {
        "golf-RuntimeBasicCalls-12",
        "golf-RuntimeBasicCalls-3ed",
        "golf-SequencingForcedSequential_SCORM20043rdEdition",
    }
)


def archives() -> list[ParameterSet]:
    """Return the SCORM packages that the product imports: a sample, or all with DAKSHA_WHOLE=1."""
    rows = [*rows_of("scorm12"), *rows_of("scorm2004")]
    wanted = (row for row in rows if IS_WHOLE or row.path.stem in SAMPLE)
    return [
        case("scorm-played", row.name, row.path, expected="starts, is kept, is gone on with")
        for row in wanted
        if _is_imported(row.path)
    ]


def _is_imported(archive: Path) -> bool:
    seen = look_over(archive, NoProgress())
    return seen.manifest is not None and not seen.is_blocked


def _by_its_own_rules(archive: Path) -> str | None:
    """Return "" for the package whose author lets nobody into its first part a second time."""
    return "" if archive.stem.startswith("golf-SequencingPreOrPostTestRollup") else None


@pytest.mark.corpus
@pytest.mark.parametrize("archive", archives())
def test_a_package_starts_is_kept_and_is_gone_on_with(
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
    methods: list[str] = []

    lesson_id = services.learning.begin(asha, course).lessons[0].lesson_id

    first = opened(course_id=course, lesson_id=lesson_id)
    _by_itself, was_open = wait_for_page(first, qtbot, methods)
    first.hide()
    assert jobs.wait_idle(20_000)

    with site.read() as read:
        (row,) = read.query(PackageStateRow).all()
    assert row.state
    again = opened(course_id=course, lesson_id=lesson_id)
    by_itself, _is_open = wait_for_page(again, qtbot, methods)
    begins = methods.count("Initialize")
    spoke = "it spoke to the player" if begins else "it does not speak to the player"
    goes_on = f"goes on with {by_itself}" if by_itself else "lets the learner choose again"
    happened(f"opened {was_open}, {spoke}, {goes_on}")
    assert by_itself in {was_open, _by_its_own_rules(archive)}
    assert begins in {0, 2}
