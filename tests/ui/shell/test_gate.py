"""The gate in the real window: from the sign-in page and back, where the site says so."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.core.base.actor import system_actor
from app.core.training.permits import GateRules, TaskWords
from app.ui.kit.jobs import JobRunner
from app.ui.shell.gate_page import GatePage
from app.ui.shell.window import MainWindow
from tests.support.accessibility import nameless, unreachable
from tests.ui.shell.conftest import founded

MakeWindow = Callable[[], MainWindow]


def test_the_sign_in_page_leads_to_the_gate_only_where_the_site_says_so(
    folder: Path, make_window: MakeWindow, jobs: JobRunner, qtbot: QtBot
) -> None:
    founded(folder).close()
    window = make_window()
    jobs.wait_idle()
    assert window.sign_in_page.gate_button.isHidden()

    permits = window._site.open_services().training.permits
    permits.set_rules(system_actor(), GateRules(is_open=True))
    permits.tasks.add(system_actor(), TaskWords(code="M1", title="Mixer"))
    window._front.show_sign_in()
    jobs.wait_idle()
    assert not window.sign_in_page.gate_button.isHidden()
    window.sign_in_page.gate_button.click()
    page = window.pages.currentWidget()
    assert isinstance(page, GatePage)
    assert nameless(page) == []
    assert unreachable(page) == []
    assert not window._rest._timer.isActive()  # it must answer hours later, too

    page.leave_button.click()
    jobs.wait_idle()
    assert window.pages.currentWidget() is window.sign_in_page
    assert window._rest._timer.isActive()
