"""Pages that hang, flood, nag or lose their files: the learner gets away, and what was said is kept."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.core.journal import Journal, Site
from app.core.learning.launches.models import PackageStateRow
from app.ui.kit.buttons import Button
from app.ui.kit.jobs import JobRunner
from app.ui.learning.web.popup import Popup
from tests.support.logs import LoggedTrouble
from tests.support.package_lessons import scos
from tests.support.sites import STATION
from tests.support.teaching import ACTOR
from tests.ui.learning.conftest import Opened, Services
from tests.ui.learning.test_package_view import BEGUN, Shelves, Stand

KEEP = "api.LMSSetValue('cmi.core.lesson_location', 'page 5'); console.log('KEPT ' + api.LMSCommit(''))"


@pytest.fixture
def stand(
    opened: Opened, site: Site, services: Services, tmp_path: Path, qtbot: QtBot
) -> Callable[[], Stand]:
    """Open a package of SCORM 1.2 that has said where it is, beside a page that is not its start."""

    def open_package() -> Stand:
        files = scos("One", script=BEGUN) | {"next.html": "<p>next</p>"}
        made = Stand(opened(course_id=Shelves(site, services, tmp_path).course(files)), qtbot)
        made.wait_for("BEGUN")
        made.run(KEEP)
        assert made.wait_for("KEPT") == "true"
        return made

    return open_package


@pytest.fixture(autouse=True)
def kept(site: Site) -> Iterator[None]:
    """See at the end that what was said is there and the journal holds."""
    yield
    with site.read() as session:
        states = list(session.scalars(sa.select(PackageStateRow)))
    assert any("page 5" in str(vars(state)) for state in states)
    assert Journal(site, STATION).verify(ACTOR).ok


def test_a_page_that_hangs_can_be_left(
    stand: Callable[[], Stand], qtbot: QtBot, jobs: JobRunner
) -> None:
    made = stand()
    made.run("console.log('ROUND'); while (true) {}")
    made.wait_for("ROUND")

    made.screen.hide()

    qtbot.waitUntil(lambda: made.view.session is None, timeout=15_000)
    assert jobs.wait_idle()


def test_a_page_that_floods_the_api_can_be_left(
    stand: Callable[[], Stand], qtbot: QtBot, jobs: JobRunner
) -> None:
    made = stand()
    made.run(
        "console.log('FLOOD'); setInterval(() => { while (true) {"
        " api.LMSSetValue('cmi.core.lesson_status', 'incomplete'); api.LMSCommit(''); } }, 0)"
    )
    made.wait_for("FLOOD")

    made.screen.hide()

    qtbot.waitUntil(lambda: made.view.session is None, timeout=15_000)
    assert jobs.wait_idle()


def test_a_page_may_suspend_with_a_megabyte_and_is_refused_ten(
    stand: Callable[[], Stand], qtbot: QtBot, jobs: JobRunner
) -> None:
    made = stand()
    made.run(
        "for (const [size, word] of [[200000, 'ONE'], [2000000, 'TEN']]) {"
        " const said = api.LMSSetValue('cmi.suspend_data', '{\"a\"}'.repeat(size));"
        " console.log([word, said, api.LMSGetLastError(), api.LMSGetValue('cmi.suspend_data').length].join(' ')); }"
        " console.log('KEPT TOO ' + api.LMSCommit(''));"
    )

    assert made.wait_for("ONE") == "true 0 1000000"
    assert made.wait_for("TEN") == "false 101 1000000"
    assert made.wait_for("KEPT TOO") == "true"
    made.screen.hide()
    qtbot.waitUntil(lambda: made.view.session is None, timeout=15_000)
    assert jobs.wait_idle()


def test_a_page_that_asks_without_end_can_be_silenced(
    stand: Callable[[], Stand], qtbot: QtBot, jobs: JobRunner
) -> None:
    made = stand()
    session = made.view.session
    assert session is not None
    made.run(
        "setTimeout(() => { for (let n = 0; n < 50; n++) { alert('again'); confirm('sure?'); }"
        " console.log('QUIET ' + confirm('now?')); }, 0)"
    )
    qtbot.waitUntil(lambda: len(session.dialogs) == 1)
    assert session.dialogs[0].silence_button is None  # two or three are a course's good right

    for shown in (2, 3, 4):
        session.dialogs[0].accept()
        qtbot.waitUntil(lambda: len(session.dialogs) == 1)
        assert (session.dialogs[0].silence_button is not None) is (shown > 3)
    (button,) = (
        b for b in session.dialogs[0].findChildren(Button) if b.text() == "No more messages"
    )
    button.click()

    assert made.wait_for("QUIET") == "false"
    assert session.dialogs == []
    made.screen.hide()
    assert jobs.wait_idle()


def test_a_course_opens_so_many_windows_and_no_more(
    stand: Callable[[], Stand], qtbot: QtBot, jobs: JobRunner, logged_trouble: LoggedTrouble
) -> None:
    logged_trouble.expect("more windows than are shown")
    made = stand()

    made.run(
        "const all = []; for (let n = 0; n < 20; n++) all.push(window.open('/next.html', 'w' + n));"
        " setInterval(() => { const open = all.filter(one => one && !one.closed).length;"
        " if (open < 20) console.log('OPEN ' + open); }, 50)"
    )

    assert made.wait_for("OPEN") == "8"
    assert sum(isinstance(one, Popup) for one in QApplication.topLevelWidgets()) == 8
    made.screen.hide()
    assert jobs.wait_idle()
    assert not any(
        isValid(one) and isinstance(one, Popup) and one.isVisible()
        for one in QApplication.topLevelWidgets()
    )


def test_a_file_that_is_lost_while_the_course_runs_is_told_in_words(
    stand: Callable[[], Stand], services: Services, qtbot: QtBot
) -> None:
    made = stand()
    for file in services.assets.folder.rglob("*"):
        if file.is_file():
            file.unlink()
    made.run("location.assign(location.origin + '/next.html')")
    texts: list[str] = []

    def is_told() -> bool:
        session = made.view.session
        assert session is not None
        script = "document.getElementById('course').contentDocument.body.innerText"
        session.web.page.runJavaScript(script, lambda text: texts.append(text))  # noqa: PLW0108  a built-in method is never called back
        return any("missing" in (text or "") for text in texts)

    qtbot.waitUntil(is_told, timeout=10_000)
