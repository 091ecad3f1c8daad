"""Packages in the player: they start, report, are left and gone on with; nothing is lost."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.core.courses import (
    CompletionRule,
    LessonPlan,
    Outline,
    PackageSettings,
    PackageWindow,
    with_package_settings,
)
from app.core.journal import Site
from app.core.learning.launches.models import PackageReportRow, PackageStateRow
from app.core.storage.faults import DiskFull
from app.ui.kit.jobs import JobRunner
from app.ui.learning.lesson_views.package_view import PackageView
from app.ui.learning.packages import paper
from app.ui.learning.player_screen import PlayerScreen
from tests.support.accessibility import nameless, unreachable
from tests.support.archives import zip_at
from tests.support.desk import WrittenDesk
from tests.support.package_lessons import a_package_lesson, scos
from tests.support.teaching import ACTOR, published
from tests.ui.learning.conftest import Opened, Services

PAGES = {"index.html": "<title>Fire</title><p>Fire</p><script>console.log('LOADED')</script>"}
BEGUN = (
    "api.LMSInitialize(''); console.log('BEGUN ' + api.LMSGetValue('cmi.core.lesson_location'));"
)
LAST_WORDS = """
addEventListener('pagehide', () => {
  api.LMSSetValue('cmi.core.lesson_location', 'the end');
  api.LMSSetValue('cmi.core.lesson_status', 'incomplete');
  api.LMSSetValue('cmi.core.exit', 'suspend');
  console.log('WORDS ' + api.LMSFinish(''));
});"""


class Shelves:
    """Makes lessons and courses of packages."""

    def __init__(self, site: Site, services: Services, folder: Path) -> None:
        self._site = site
        self._services = services
        self._folder = folder

    def lesson(self, files: dict[str, str], rule: CompletionRule | None = None) -> LessonPlan:
        """Return a lesson that shows a package of files."""
        archive = zip_at(self._folder / "package.zip", files)
        return a_package_lesson(self._site, self._services.assets, archive, rule)

    def course(self, files: dict[str, str], rule: CompletionRule | None = None) -> UUID:
        """Publish a course of one such lesson."""
        return published(self._site, Outline(title="Fire", lessons=(self.lesson(files, rule),)))


@pytest.fixture
def shelves(site: Site, services: Services, tmp_path: Path) -> Shelves:
    return Shelves(site, services, tmp_path)


def view_of(screen: PlayerScreen) -> PackageView:
    view = screen.view
    assert isinstance(view, PackageView)
    return view


class Stand:
    """A package open in the player, with what its pages wrote to their console."""

    def __init__(self, screen: PlayerScreen, qtbot: QtBot) -> None:
        self.screen = screen
        self.view = view_of(screen)
        self.qtbot = qtbot
        self.said: list[str] = []
        self.listen()

    def listen(self) -> None:
        """Hear the launch that is open now."""
        assert self.view.session is not None
        self.view.session.web.said.connect(self.said.append)

    def wait_for(self, word: str) -> str:
        """Wait until a page has said a word; return the rest of its line."""
        self.qtbot.waitUntil(lambda: any(one.startswith(word) for one in self.said), timeout=10_000)
        line = next(one for one in self.said if one.startswith(word))
        return line.removeprefix(word).strip()

    def run(self, script: str) -> None:
        """Do something in the activity's page."""
        assert self.view.session is not None
        frame = "document.getElementById('course').contentWindow"
        self.view.session.web.page.runJavaScript(f"{frame}.eval({script!r})")


Stands = Callable[..., Stand]


@pytest.fixture
def stand(opened: Opened, shelves: Shelves, qtbot: QtBot) -> Stands:
    """Open a package of SCORM 1.2 whose pages run a script, and wait until it has begun."""

    def open_package(*titles: str, script: str = "", **args: object) -> Stand:
        course = shelves.course(scos(*(titles or ("One",)), script=BEGUN + script))
        made = Stand(opened(course_id=course, **args), qtbot)
        made.wait_for("BEGUN")
        return made

    return open_package


def reports(site: Site) -> list[PackageReportRow]:
    with site.read() as session:
        return list(session.scalars(sa.select(PackageReportRow).order_by(PackageReportRow.id)))


def test_plain_pages_are_done_when_they_were_open_for_the_rules_time(
    opened: Opened, shelves: Shelves, desk: WrittenDesk[Services], qtbot: QtBot
) -> None:
    course = shelves.course(PAGES, CompletionRule(active_seconds=5))

    stand = Stand(screen := opened(course_id=course), qtbot)
    stand.wait_for("LOADED")

    lesson = desk.services.learning.begin(desk.actor, course).lessons[0]
    assert (lesson.share, lesson.is_done) == (1, False)
    screen.sitting.keep({}, 6)
    qtbot.waitUntil(screen.stage.next_button.isEnabled)


SET_OFTEN = (
    "for (let n = 0; n < 300; n += 1) api.LMSSetValue('cmi.core.lesson_location', 'page ' + n);"
)


def test_a_page_that_sets_its_bookmark_often_reads_the_newest(stand: Stands) -> None:
    made = stand()

    made.run(SET_OFTEN + "console.log('READ ' + api.LMSGetValue('cmi.core.lesson_location'))")

    assert made.wait_for("READ") == "page 299"


def test_a_value_that_is_wrong_is_refused_however_many_were_right(stand: Stands) -> None:
    made = stand()

    made.run(
        SET_OFTEN + "const tried = ["
        "api.LMSSetValue('cmi.core.lesson_status', 'nonsense'), api.LMSGetLastError(),"
        "api.LMSSetValue('cmi.core.lesson_location', 'page 3'), api.LMSGetLastError(),"
        "api.LMSSetValue('cmi.core.lesson_location', 'x'.repeat(20000)), api.LMSGetLastError(),"
        "api.LMSGetValue('cmi.core.lesson_location')]; console.log('TRIED ' + tried)"
    )

    assert made.wait_for("TRIED") == "false,405,true,0,false,405,page 3"


def test_after_its_finish_a_page_sets_nothing_any_more(stand: Stands) -> None:
    made = stand()

    made.run(
        SET_OFTEN + "api.LMSFinish('');"
        "console.log('LATE ' + api.LMSSetValue('cmi.core.lesson_location', 'late'))"
    )

    assert made.wait_for("LATE") == "false"


@pytest.mark.parametrize("leaves_at_once", [True, False])
def test_what_was_held_back_is_kept_without_another_call(
    stand: Stands, qtbot: QtBot, site: Site, leaves_at_once: bool
) -> None:
    made = stand()
    session = made.view.session
    assert session is not None

    made.run(SET_OFTEN + "console.log('SET')")
    made.wait_for("SET")
    if leaves_at_once:
        with qtbot.waitSignal(session.closed):
            made.screen.hide()
    else:
        qtbot.waitUntil(lambda: "page 299" in _state_of(site), timeout=20_000)

    assert "page 299" in _state_of(site)


def _state_of(site: Site) -> str:
    with site.read() as session:
        return str(session.scalars(sa.select(PackageStateRow)).one().state)


def test_a_package_that_passes_opens_the_way_on(stand: Stands, qtbot: QtBot, site: Site) -> None:
    made = stand()
    assert not made.screen.stage.next_button.isEnabled()

    made.run(
        "api.LMSSetValue('cmi.core.score.raw', 90); api.LMSSetValue('cmi.core.lesson_status', 'passed');"
        "console.log('KEPT ' + api.LMSCommit(''))"
    )

    assert made.wait_for("KEPT") == "true"
    (report,) = reports(site)  # on disk before the page heard "true"
    assert (report.success, report.cause) == ("passed", "commit")
    qtbot.waitUntil(made.screen.stage.next_button.isEnabled)


def test_the_last_words_of_a_page_arrive_when_the_learner_goes_elsewhere(
    stand: Stands, jobs: JobRunner, site: Site, opened: Opened, qtbot: QtBot
) -> None:
    made = stand(script=LAST_WORDS)
    course = made.screen.sitting.hand
    assert course is not None

    made.screen.hide()
    assert jobs.wait_idle()

    assert made.wait_for("WORDS") == "true"
    assert reports(site)[-1].data["location"] == "the end"
    again = Stand(opened(course_id=course.course_id), qtbot)
    assert again.wait_for("BEGUN") == "the end"


def test_the_last_words_of_a_page_arrive_when_everything_around_it_is_deleted(
    shelves: Shelves,
    desk: WrittenDesk[Services],
    jobs: JobRunner,
    site: Site,
    qtbot: QtBot,
    window: QWidget,
) -> None:
    work_area = QWidget(window)
    work_area.setGeometry(window.rect())
    screen = PlayerScreen(desk)
    screen.setParent(work_area)
    screen.setGeometry(window.rect())
    work_area.show()
    screen.show()
    screen.arrive(course_id=shelves.course(scos("One", script=BEGUN + LAST_WORDS)))
    assert jobs.wait_idle()
    stand = Stand(screen, qtbot)
    stand.wait_for("BEGUN")

    work_area.deleteLater()  # as the shell does when somebody signs out
    qtbot.waitUntil(lambda: not isValid(work_area))
    assert jobs.wait_idle()

    assert stand.wait_for("WORDS") == "true"
    assert reports(site)[-1].data["location"] == "the end"


def test_a_lock_brings_a_page_back_from_the_whole_screen_and_leaves_it_open(
    shelves: Shelves, desk: WrittenDesk[Services], jobs: JobRunner, qtbot: QtBot, window: QWidget
) -> None:
    work_area = QWidget(window)
    screen = PlayerScreen(desk)
    screen.setParent(work_area)
    work_area.show()
    screen.show()
    screen.arrive(course_id=shelves.course(scos("One", script=BEGUN)))
    assert jobs.wait_idle()
    stand = Stand(screen, qtbot)
    stand.wait_for("BEGUN")
    session = stand.view.session
    assert session is not None
    stand.view.bar.full.click()
    assert session.web.isWindow()

    work_area.hide()  # as the shell does when somebody locks

    assert not session.web.isWindow()
    assert not session.web.isVisible()
    work_area.show()
    assert stand.view.session is session
    assert session.web.isVisible()
    screen.hide()
    assert jobs.wait_idle()


def test_a_package_is_opened_again_when_the_learner_comes_back(
    stand: Stands, jobs: JobRunner, qtbot: QtBot
) -> None:
    made = stand(script=LAST_WORDS)
    before = made.view.session
    assert before is not None

    made.screen.hide()
    assert jobs.wait_idle()
    made.said.clear()
    made.screen.show()

    qtbot.waitUntil(lambda: made.view.session is not None, timeout=10_000)
    assert made.view.session is not before
    made.listen()
    assert made.wait_for("BEGUN") == "the end"


def test_a_lesson_opened_again_at_once_waits_for_the_last_words(
    stand: Stands, qtbot: QtBot
) -> None:
    made = stand(script=LAST_WORDS)
    made.said.clear()

    made.view.reopen()

    qtbot.waitUntil(lambda: made.view.session is not None, timeout=10_000)
    made.listen()
    assert made.wait_for("BEGUN") == "the end"


def test_a_launch_that_cannot_be_written_shows_no_page_and_says_why(
    opened: Opened,
    shelves: Shelves,
    services: Services,
    desk: WrittenDesk[Services],
    site: Site,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course = shelves.course(scos("One", script=BEGUN))
    services.learning.begin(desk.actor, course)

    def full(*_args: object, **_named: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(site, "transaction", full)  # the disk is what is faked
        made = Stand(opened(course_id=course), qtbot)
        qtbot.waitUntil(lambda: made.view.trouble.text() == DiskFull().sentence)
    assert not any(line.startswith("BEGUN") for line in made.said)

    made.view.reopen()
    before = made.view.session
    qtbot.waitUntil(lambda: made.view.session not in {None, before}, timeout=10_000)
    made.listen()
    made.wait_for("BEGUN")


def test_a_commit_that_cannot_be_saved_is_not_confirmed(
    stand: Stands, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stand()

    def full(*_args: object, **_named: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(site, "transaction", full)  # the disk is what is faked
        made.run("console.log('KEPT ' + api.LMSCommit('') + ' ' + api.LMSGetLastError())")
        assert made.wait_for("KEPT") == "false 101"

    assert made.view.trouble.text() == DiskFull().sentence
    made.run("console.log('THEN ' + api.LMSCommit(''))")
    assert made.wait_for("THEN") == "true"


@pytest.mark.parametrize(
    ("asked", "answered", "told"),
    [
        ("alert('Mind the gap')", True, "undefined"),
        ("confirm('Go on?')", True, "true"),
        ("confirm('Go on?')", False, "false"),
        ("prompt('Name?', 'Asha')", True, "Asha"),
        ("prompt('Name?')", False, "null"),
    ],
)
def test_the_dialogs_of_a_page_are_the_products_own(
    stand: Stands, qtbot: QtBot, asked: str, answered: bool, told: str
) -> None:
    made = stand()
    session = made.view.session
    assert session is not None

    made.run(f"setTimeout(() => console.log('TOLD ' + {asked}), 0)")
    qtbot.waitUntil(lambda: len(session.dialogs) == 1)
    assert nameless(session.dialogs[0]) == []
    session.dialogs[0].accept() if answered else session.dialogs[0].reject()

    assert made.wait_for("TOLD") == told
    assert session.dialogs == []


def test_a_window_that_the_course_opens_finds_the_api_and_goes_with_it(
    stand: Stands, qtbot: QtBot, jobs: JobRunner
) -> None:
    made = stand("One", "Two")
    before = set(QApplication.topLevelWidgets())

    made.run("window.open('/sco1.html', 'two', 'width=500,height=300')")

    qtbot.waitUntil(lambda: sum(one.startswith("BEGUN") for one in made.said) == 2)
    popups = [
        one for one in QApplication.topLevelWidgets() if one not in before and one.isVisible()
    ]
    assert len(popups) == 1
    made.screen.hide()
    assert jobs.wait_idle()
    assert not any(isValid(one) and one.isVisible() for one in popups)


def test_a_page_that_dies_leaves_a_tile_and_its_state(
    stand: Stands, qtbot: QtBot, jobs: JobRunner
) -> None:
    made = stand()
    made.run(
        "api.LMSSetValue('cmi.core.lesson_location', 'page 5'); console.log('SET ' + api.LMSCommit(''))"
    )
    made.wait_for("SET")
    session = made.view.session
    assert session is not None

    os.kill(session.web.page.renderProcessPid(), signal.SIGKILL)

    qtbot.waitUntil(lambda: made.view.session is None)
    assert made.view.stage.pages.currentWidget() is made.view.stage.tile
    made.said.clear()
    assert made.view.stage.tile.button is not None
    made.view.stage.tile.button.click()
    qtbot.waitUntil(lambda: made.view.session is not None)
    made.listen()
    assert made.wait_for("BEGUN") == "page 5"


def test_a_preview_leaves_no_record(
    opened: Opened,
    shelves: Shelves,
    site: Site,
    qtbot: QtBot,
    jobs: JobRunner,
    desk: WrittenDesk[Services],
) -> None:
    desk.actor = ACTOR
    lesson = shelves.lesson(scos("One", script=BEGUN + "console.log('KEPT ' + api.LMSCommit(''))"))

    stand = Stand(opened(preview=Outline(title="Fire", lessons=(lesson,))), qtbot)

    assert stand.wait_for("KEPT") == "true"
    stand.screen.hide()
    assert jobs.wait_idle()
    with site.read() as session:
        assert session.query(PackageStateRow).all() == []
    assert reports(site) == []


def test_the_contents_lead_to_a_part_and_show_how_it_stands(stand: Stands, qtbot: QtBot) -> None:
    made = stand("One", "Two", script="api.LMSSetValue('cmi.core.lesson_status', 'completed');")
    session = made.view.session
    assert session is not None
    assert made.view.stage.contents.isVisible()

    two = next(one for one in made.view.stage.contents.rows() if one.line.title == "Two")
    qtbot.mouseClick(two, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: session.situation is not None and session.situation.current == "I1")
    names = [one.accessibleName() for one in made.view.stage.contents.rows()]
    assert "One, Done" in names
    assert "Two, Begun, Open now" in names or "Two, Done, Open now" in names


def test_a_course_that_closes_itself_is_left_and_can_be_opened_again(
    stand: Stands, qtbot: QtBot
) -> None:
    made = stand()

    made.run("window.close()")

    qtbot.waitUntil(lambda: made.view.stage.pages.currentWidget() is made.view.stage.tile)
    assert made.view.stage.tile.button is not None
    assert made.view.stage.tile.button.isVisible()


def test_f6_leads_out_of_the_package_and_back(stand: Stands, qtbot: QtBot) -> None:
    made = stand("One", "Two")
    session = made.view.session
    assert session is not None
    session.web.setFocus()
    qtbot.waitUntil(lambda: session.web.isAncestorOf(QApplication.focusWidget() or made.screen))

    inside = QApplication.focusWidget()
    assert inside is not None
    qtbot.keyClick(inside, Qt.Key.Key_F6)
    outside = QApplication.focusWidget()
    assert outside is not None
    assert made.view.bar.isAncestorOf(outside)
    qtbot.keyClick(outside, Qt.Key.Key_F6)

    assert session.web.isAncestorOf(QApplication.focusWidget() or made.screen)


def test_every_control_around_a_package_has_a_name_and_is_reached(stand: Stands) -> None:
    made = stand("One", "Two")

    assert nameless(made.screen) == []
    assert unreachable(made.view.bar) == []


def test_pages_grow_and_shrink_within_bounds(stand: Stands) -> None:
    made = stand()
    session = made.view.session
    assert session is not None

    for _press in range(12):
        made.view.bar.larger.click()
    assert session.web.view.zoomFactor() == 2.0
    for _press in range(20):
        made.view.bar.smaller.click()
    assert session.web.view.zoomFactor() == 0.5


def test_escape_leaves_full_screen(stand: Stands, qtbot: QtBot) -> None:
    made = stand()
    session = made.view.session
    assert session is not None

    made.view.bar.full.click()
    assert session.web.isWindow()
    inside = session.web.view.focusProxy()
    assert inside is not None
    qtbot.keyClick(inside, Qt.Key.Key_Escape)  # the page hears it first, and has no use for it

    qtbot.waitUntil(lambda: not session.web.isWindow())
    assert made.view.stage.pages.currentWidget() is session.web


@pytest.mark.parametrize("window", [PackageWindow.OWN, PackageWindow.FULL_SCREEN])
def test_a_package_opens_where_its_author_wants_it(
    opened: Opened, shelves: Shelves, site: Site, qtbot: QtBot, window: PackageWindow
) -> None:
    lesson = with_package_settings(
        shelves.lesson(scos("One", script=BEGUN)), PackageSettings(window=window)
    )
    course = published(site, Outline(title="Fire", lessons=(lesson,)))

    stand = Stand(opened(course_id=course), qtbot)
    stand.wait_for("BEGUN")

    session = stand.view.session
    assert session is not None
    assert session.web.isWindow()
    assert session.web.isFullScreen() is (window is PackageWindow.FULL_SCREEN)
    session.web.close()
    assert not session.web.isWindow()
    assert stand.view.stage.pages.currentWidget() is session.web


def test_a_page_prints_through_the_printers_dialog(
    stand: Stands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []
    monkeypatch.setattr(
        paper, "ask_printer", lambda _screen, document: printed.append(document.content)
    )
    made = stand()

    made.view.bar.printing.click()

    qtbot.waitUntil(lambda: bool(printed), timeout=10_000)
    assert printed[0].startswith(b"%PDF")


def test_a_missing_part_says_so_in_words(opened: Opened, shelves: Shelves, qtbot: QtBot) -> None:
    files = scos("One", script=BEGUN + "location.href = 'gone.html';")
    stand = Stand(opened(course_id=shelves.course(files)), qtbot)
    stand.wait_for("BEGUN")
    texts: list[str] = []

    def read() -> bool:
        session = stand.view.session
        assert session is not None
        script = "document.getElementById('course').contentDocument.body.innerText"
        session.web.page.runJavaScript(script, lambda text: texts.append(text))  # noqa: PLW0108  a built-in method is never called back
        return any("missing" in (text or "") for text in texts)

    qtbot.waitUntil(read, timeout=10_000)
