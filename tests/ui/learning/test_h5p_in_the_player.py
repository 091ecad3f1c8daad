"""H5P in the real player: contents start, report, are gone on with; their libraries find what they call."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet  # what pytest.param returns has no public name
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor
from app.core.base.progress import NoProgress
from app.core.content import look_over
from app.core.courses import CompletionRule, Outline
from app.core.journal import Site
from app.core.learning.launches.models import PackageReportRow
from app.ui.kit.jobs import JobRunner
from tests.support.archives import zip_at
from tests.support.conformance import case
from tests.support.corpora import CORPORA, IS_WHOLE, rows_of
from tests.support.h5p_card import h5p_card
from tests.support.package_lessons import a_package_lesson
from tests.support.teaching import published
from tests.ui.learning.conftest import Opened, Services
from tests.ui.learning.wired_player import WiredPlayer

SAMPLE = frozenset({"lumi-DragText", "moodle-multiple-choice-2-6"})
DRAWN = """(() => {
  const content = document.getElementById('content');
  return content.children.length > 0 && content.getBoundingClientRect().height > 20
    && (content.innerText.trim() !== '' || content.querySelector('img, canvas, video, svg') !== null);
})()"""
"""Whether the content stands in the page: some height, and words or a picture in it."""


class Contents:
    """Opens H5P contents in the player, and leaves them."""

    def __init__(
        self,
        site: Site,
        services: Services,
        asha: Actor,
        opened: Opened,
        jobs: JobRunner,
        qtbot: QtBot,
    ) -> None:
        self._site = site
        self._services = services
        self._asha = asha
        self._opened = opened
        self._jobs = jobs
        self._qtbot = qtbot
        self.hide: Callable[[], None] = lambda: None

    def publish(self, archive: Path) -> None:
        lesson = a_package_lesson(self._site, self._services.assets, archive, CompletionRule())
        self.course = published(self._site, Outline(title=archive.stem, lessons=(lesson,)))
        self.lesson_id = self._services.learning.begin(self._asha, self.course).lessons[0].lesson_id

    def begin(self) -> WiredPlayer:
        """Open the lesson, whatever becomes of it."""
        screen = self._opened(course_id=self.course, lesson_id=self.lesson_id)
        self.hide = screen.hide
        player = WiredPlayer(screen, self._qtbot)
        self._qtbot.waitUntil(lambda: player.session.situation is not None, timeout=30_000)
        return player

    def open(self) -> WiredPlayer:
        """Open the lesson and wait until its content stands."""
        player = self.begin()
        player.wait_for("window.H5P && window.H5P.instances && window.H5P.instances.length === 1")
        return player

    def leave(self) -> None:
        self.hide()
        assert self._jobs.wait_idle(20_000)

    def lesson(self) -> tuple[bool, str | None]:
        """Tell whether the lesson is done, and its score."""
        (lesson,) = self._services.learning.begin(self._asha, self.course).lessons
        return lesson.is_done, lesson.state.get("score")

    def reported(self) -> list[dict[str, object]]:
        """Return every answer that was reported, in order."""
        with self._site.read() as read:
            rows = read.query(PackageReportRow).all()
        return [
            one for row in sorted(rows, key=lambda row: row.id) for one in row.data["interactions"]
        ]


@pytest.fixture
def contents(
    site: Site, services: Services, asha: Actor, opened: Opened, jobs: JobRunner, qtbot: QtBot
) -> Contents:
    return Contents(site, services, asha, opened, jobs, qtbot)


@pytest.fixture
def card(contents: Contents, tmp_path: Path) -> Contents:
    contents.publish(zip_at(tmp_path / "card.h5p", h5p_card()))
    return contents


def press(player: WiredPlayer, selector: str) -> None:
    player.wait_for(f"document.querySelector({selector!r}) !== null")
    player.run(f"document.querySelector({selector!r}).click()")


def test_a_content_shows_what_its_author_wrote_and_its_picture(card: Contents) -> None:
    player = card.open()

    assert player.run("document.querySelector('.h5p-card em').innerText") == "stairs"
    player.wait_for("document.getElementById('picture').naturalWidth === 8")
    assert player.run("document.getElementById('part').innerText") == "Lift or stairs?"
    whole = "window.H5P.instances[0]"
    assert player.run(f"[{whole}.knewItsPlace, {whole}.part.isRoot(), {whole}.getTitle()]") == [
        True,
        False,
        "Fire card",
    ]


def test_a_part_reports_to_the_whole_and_only_the_whole_is_the_lesson(
    card: Contents, qtbot: QtBot
) -> None:
    player = card.open()

    press(player, "#part")
    player.wait_for("document.querySelector('.h5p-card').dataset.heard === '1/1'")
    assert card.lesson()[0] is False

    press(player, "#finish")
    assert card.lesson()[0] is False, "a question stands before it"
    press(player, ".h5p-confirmation-dialog-confirm-button")
    qtbot.waitUntil(lambda: card.lesson() == (True, "3/4"), timeout=20_000)
    card.leave()
    verbs = [one["verb"] for one in card.reported()]
    assert verbs == ["answered", "completed"]


def test_a_content_goes_on_from_where_it_was_left(card: Contents) -> None:
    player = card.open()
    press(player, "#press")
    press(player, "#press")
    card.leave()

    again = card.open()

    assert again.run("window.H5P.instances[0].presses") == 2
    again.run("window.H5P.getUserData(1, 'pressed', (fault, value) => { window.found = value; })")
    assert again.wait_for("window.found") == 2


def test_a_library_that_fails_is_told_in_words(contents: Contents, tmp_path: Path) -> None:
    files = {**h5p_card(), "H5P.Part-1.0/main.js": "throw new Error('worn out');"}
    files["H5P.Card-1.2/main.js"] = "H5P.Card = function () { throw new Error('worn out'); };"
    contents.publish(zip_at(tmp_path / "card.h5p", files))
    player = contents.begin()

    told = player.wait_for("document.getElementById('content')?.innerText")

    assert "Tell your trainer" in told
    contents.leave()


def packages() -> list[ParameterSet]:
    """Return the packages that the product takes: a sample, or all with DAKSHA_WHOLE=1."""
    return [
        case("h5p-played", row.name, row.path, expected="stands without a fault, and goes on")
        for row in rows_of("h5p")
        if (IS_WHOLE or row.path.stem in SAMPLE)
        and not look_over(row.path, NoProgress()).is_blocked
    ]


@pytest.mark.corpus
@pytest.mark.parametrize("archive", packages())
def test_contents_that_others_made_start_without_a_fault(
    archive: Path, contents: Contents, happened: Callable[[str], None]
) -> None:
    contents.publish(archive)
    player = contents.open()

    player.wait_for(DRAWN)
    shown = player.run("document.getElementById('content').innerText")
    faults = [text for text in player.console if "Error" in text or "Uncaught" in text]
    library = player.session.launch.index.manifest.identifier
    happened(faults[0] if faults else f"shown by {library}")

    assert faults == []
    assert "cannot be shown" not in shown
    contents.leave()
    contents.open()


@pytest.mark.corpus
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here")
def test_a_real_question_is_answered_scored_and_found_again(
    contents: Contents, qtbot: QtBot
) -> None:
    archive = CORPORA / "h5p" / "moodle-multiple-choice-2-6.h5p"
    contents.publish(archive)
    player = contents.open()

    player.run(  # its answers come in another order every time
        "[...document.querySelectorAll('.h5p-answer')].find(one => one.innerText.includes('Correct one')).click()"
    )
    press(player, ".h5p-question-check-answer")

    qtbot.waitUntil(lambda: contents.lesson()[0], timeout=20_000)
    contents.leave()
    assert Fraction(contents.lesson()[1] or 0) == 1
    (answered,) = [one for one in contents.reported() if one["verb"] == "answered"]
    assert answered["success"] is True
    again = contents.open()
    chosen = again.wait_for("document.querySelector('.h5p-answer[aria-checked=true]')?.innerText")
    assert "Correct one" in chosen
