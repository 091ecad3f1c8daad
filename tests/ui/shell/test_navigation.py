"""The rail: who finds which place on it, and which place a page belongs to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.base.actor import Actor, Capability, Grant
from app.ui.kit.buttons import Button
from app.ui.kit.jobs import JobRunner
from app.ui.shell.navigation import Navigation
from app.ui.shell.screens import SCREENS, screen_spec
from app.ui.shell.window import MainWindow
from app.ui.shell.work_area import WorkArea
from tests.ui.shell.conftest import PASSWORD, founded

BENEATH = [spec.key for spec in SCREENS if spec.beneath]


@pytest.fixture
def work(folder: Path, make_window: Callable[[], MainWindow], jobs: JobRunner) -> WorkArea:
    """What an administrator works in, on a new site."""
    founded(folder).close()
    window = make_window()
    window.activateWindow()
    window.sign_in_page.sign_in("meera", PASSWORD)
    jobs.wait_idle()
    assert window.work is not None
    return window.work


def press(work: WorkArea, words: str) -> None:
    next(one for one in work.current.findChildren(Button) if one.text() == words).click()


def test_what_has_a_door_on_another_page_does_not_stand_on_the_rail_as_well(
    work: WorkArea, jobs: JobRunner
) -> None:
    places = work.nav.keys()
    assert not {"verify", "signatures", "reviews", "assign", "committees"} & set(places)
    assert len(places) <= 22  # with help, lock and end: all are seen at once on a screen of 1080

    work.open("audit")
    jobs.wait_idle()
    press(work, "Signatures")
    jobs.wait_idle()
    assert work.where[0] == "signatures"
    assert work.nav.button("audit").isChecked()

    next(one for one in work.current.findChildren(Button) if one.accessibleName() == "Back").click()
    assert work.where[0] == "audit"


def test_who_may_not_open_the_page_with_the_door_finds_the_place_on_the_rail(
    qtbot: QtBot, work: WorkArea
) -> None:
    learner = Actor(
        account_id=None,
        person_id=None,
        name="Ravi",
        grants=frozenset({Grant(capability=Capability.LEARN)}),
    )
    rail = Navigation("Pune", learner, work).rail
    qtbot.addWidget(rail)
    places = rail.keys()

    assert {"verify", "training_requests"} <= set(places)
    assert not {"audit", "certificate_register", "assignments"} & set(places)


def test_a_page_found_by_the_search_marks_the_place_it_belongs_to(
    work: WorkArea, jobs: JobRunner
) -> None:
    work.open("backups")
    jobs.wait_idle()
    assert work.nav.button("system").isChecked()


@pytest.mark.parametrize("key", BENEATH)
def test_a_page_belongs_to_a_place_of_the_rail(key: str) -> None:
    place = screen_spec(screen_spec(key).beneath)
    assert place.in_navigation
    assert not place.beneath
