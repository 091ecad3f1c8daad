"""The backups screen: made, listed, verified, planned, and what a restore would lose."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.core.base.actor import system_actor
from app.core.operations import Soundness
from app.core.people import NewPerson
from app.services import Services
from app.ui.kit.chips import StatusChip
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.operations.backups_screen import BackupsScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.ui.reports.opened import (
    Desk,
    administrator,
    check_usable,
    open_encrypted,
    put,
    settle,
)


@pytest.fixture
def services(tmp_path: Path, clock: TurnedClock) -> Services:
    """An encrypted site with its key slots."""
    return open_encrypted(tmp_path, clock)


@pytest.fixture
def desk(services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock) -> Desk:
    return WrittenDesk(services, administrator(), jobs, theme, clock)


@pytest.fixture
def screen(desk: Desk, window: QWidget, jobs: JobRunner) -> BackupsScreen:
    made = BackupsScreen(desk)
    put(made, window, jobs)
    return made


def said(screen: BackupsScreen) -> str:
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if not one.isHidden())


def chips(screen: BackupsScreen) -> list[str]:
    return [chip.text() for chip in screen.findChildren(StatusChip)]


def test_an_empty_place_says_so(screen: BackupsScreen) -> None:
    assert "There is no backup here yet." in said(screen)
    assert "not when the PC is lost" in said(screen)
    check_usable(screen)


def test_a_backup_is_made_and_was_opened_on_trial(
    screen: BackupsScreen, desk: Desk, jobs: JobRunner
) -> None:
    screen.now.click()
    settle(jobs)
    screen.refresh()
    settle(jobs)

    assert desk.toasts == ["The backup is made, and was opened on trial: it holds."]
    assert chips(screen) == ["Verified"]
    assert "Made by hand" in said(screen)
    check_usable(screen)


def test_a_backup_that_was_damaged_since_is_told(
    screen: BackupsScreen, desk: Desk, services: Services, jobs: JobRunner
) -> None:
    backup = services.backups.make(system_actor()).backup
    content = bytearray(backup.path.read_bytes())
    content[9000] ^= 1
    backup.path.write_bytes(content)

    screen._verify(backup)
    settle(jobs)
    screen.refresh()
    settle(jobs)

    assert "cut short or changed" in desk.errors[0].happened
    assert chips(screen) == ["Damaged"]
    (listed,) = services.backups.listed(system_actor())
    assert listed.soundness is Soundness.BAD


def test_a_place_is_chosen_and_the_day_left_out(
    screen: BackupsScreen, services: Services, jobs: JobRunner, tmp_path: Path
) -> None:
    place = tmp_path / "stick"
    place.mkdir()

    screen.take_place(place)
    settle(jobs)
    screen.refresh()
    settle(jobs)
    screen.daily.box.click()
    settle(jobs)

    plan = services.backups.plan(system_actor())
    assert (plan.place, plan.daily) == (place, False)
    assert str(place) in said(screen)


def test_what_a_restore_would_lose_is_asked_about_first(
    screen: BackupsScreen, desk: Desk, services: Services, jobs: JobRunner, clock: TurnedClock
) -> None:
    backup = services.backups.make(system_actor()).backup
    clock.turn(timedelta(days=2))
    services.people.add(system_actor(), NewPerson(number="P-1", name="Ravi"))
    asked: list[Path] = []
    services.backups.on_restore_asked.append(asked.append)

    screen.ask_restore(backup.path)
    settle(jobs)

    (question,) = desk.questions
    assert "3 entries from 23 Nov 2026 to 25 Nov 2026 will be lost." in question.text
    assert "Ravi · P-1 · 1 entry" in question.details
    assert question.word == "RESTORE"
    assert asked == [backup.path]


def test_what_a_restore_set_aside_is_shown_and_cleared_with_a_reason(
    screen: BackupsScreen, desk: Desk, services: Services, jobs: JobRunner
) -> None:
    assert screen.set_aside.isHidden()
    aside = services.open_site.folder / "before-restore-0123"
    aside.mkdir()
    (aside / "site.db").write_bytes(bytes(5_000_000))
    screen.refresh()
    settle(jobs)

    assert screen.set_aside.isVisibleTo(screen)
    assert "5.0 MB" in screen.set_aside.about.text()
    assert "nobody knows what is in them alone" in said(screen)
    check_usable(screen)
    (button,) = [
        each
        for each in screen.set_aside.findChildren(QAbstractButton)
        if each.accessibleName().startswith("Delete the records until")
    ]
    button.click()
    settle(jobs)

    (question,) = desk.questions
    assert (question.ask_reason, question.danger, question.word) == (True, True, "DELETE")
    assert not aside.exists()
    assert screen.set_aside.isHidden()
    assert "free again" in desk.toasts[-1]
