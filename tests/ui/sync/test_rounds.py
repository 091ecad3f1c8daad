"""The shared folder: rounds while the window is open, told in the card and once in passing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.core.sync import SharedFolder
from app.ui.kit.jobs import JobRunner
from app.ui.sync.rounds import FolderRounds
from app.ui.sync.sync_screen import SyncScreen
from tests.support.in_touch import ACTOR, Pc
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import Pair, add, said, units


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def rounds_of(
    jobs: JobRunner, desk: Desk
) -> Iterator[Callable[[SharedFolder, Callable[[str], bool]], FolderRounds]]:
    """Make rounds that a test goes itself, however long it takes."""
    made: list[FolderRounds] = []

    def make(shared: SharedFolder, tell: Callable[[str], bool]) -> FolderRounds:
        rounds = FolderRounds(shared, jobs, desk.changes, tell, jobs)
        rounds.stop()
        made.append(rounds)
        return rounds

    yield make
    for rounds in made:
        rounds.deleteLater()


Make = Callable[[SharedFolder, Callable[[str], bool]], FolderRounds]


def listener(told: list[str]) -> Callable[[str], bool]:
    def tell(words: str) -> bool:
        told.append(words)
        return True

    return tell


def share(pc: Pc, folder: Path) -> SharedFolder:
    pc.sync.shared.choose(ACTOR, folder)
    return pc.sync.shared


def test_records_go_from_pc_to_pc_by_rounds_alone(
    pair: Pair, folder: Path, jobs: JobRunner, rounds_of: Make
) -> None:
    told: list[str] = []
    here = rounds_of(share(pair.here, folder), listener(told))
    there = rounds_of(share(pair.there, folder), listener(told))
    add(pair.here, "A")

    for rounds in (here, there, here):
        rounds.go()
        settle(jobs)
    add(pair.there, "B")
    for rounds in (there, here):
        rounds.go()
        settle(jobs)

    assert units(pair.here) == units(pair.there) == {"A": "A", "B": "B"}
    assert told == []


def test_one_round_at_a_time(pair: Pair, folder: Path, jobs: JobRunner, rounds_of: Make) -> None:
    rounds = rounds_of(share(pair.here, folder), listener([]))
    rounds.go()
    under_way = len(jobs._open)

    rounds.go()

    assert (under_way, len(jobs._open)) == (1, 1)
    settle(jobs)
    rounds.go()
    assert len(jobs._open) == 1
    settle(jobs)


def test_nothing_goes_without_a_folder(pair: Pair, jobs: JobRunner, rounds_of: Make) -> None:
    rounds_of(pair.here.sync.shared, listener([])).go()

    assert jobs.is_idle()


def test_a_folder_that_fails_is_told_once_and_again_after_it_worked(
    pair: Pair, folder: Path, jobs: JobRunner, rounds_of: Make
) -> None:
    told: list[str] = []
    rounds = rounds_of(share(pair.here, folder), listener(told))
    away = folder.rename(folder.with_name("away"))

    for _round in range(3):
        rounds.go()
        settle(jobs)
    assert len(told) == 1
    assert told[0].startswith(f"The shared folder {folder} cannot be reached.")
    assert not folder.exists()

    away.rename(folder)
    rounds.go()
    settle(jobs)
    folder.rename(away)
    rounds.go()
    settle(jobs)
    assert len(told) == 2


def test_what_nobody_heard_is_told_when_somebody_is_there(
    pair: Pair, folder: Path, jobs: JobRunner, rounds_of: Make
) -> None:
    heard: list[str] = []
    people: list[str] = []

    def tell(words: str) -> bool:
        if people:
            heard.append(words)
        return bool(people)

    rounds = rounds_of(share(pair.here, folder), tell)
    folder.rmdir()
    rounds.go()
    settle(jobs)
    assert heard == []

    people.append("Meera")
    rounds.go()
    settle(jobs)

    assert len(heard) == 1


def test_the_card_turns_it_on_and_off_and_says_how_it_goes(
    desk: Desk, pair: Pair, folder: Path, window: QWidget, jobs: JobRunner, rounds_of: Make
) -> None:
    shared = desk.services.sync.shared
    rounds = rounds_of(shared, listener([]))
    screen = SyncScreen(desk)
    put(screen, window, jobs)
    card = screen.shared
    assert "Off. Sync files go by stick." in said(card)

    card.switch.box.click()
    assert "Choose the folder" in said(card)
    card.choice.choose(folder)
    settle(jobs)
    assert shared.folder == folder
    check_usable(screen)

    add(pair.here, "A")
    rounds.go()
    settle(jobs)
    assert "Looked at just now" in said(card)

    shutil.rmtree(folder)
    rounds.go()
    settle(jobs)
    assert card.trouble.isVisible()
    assert "cannot be reached" in card.trouble.text()
    assert desk.errors == []

    card.switch.box.click()
    settle(jobs)
    assert "Off. Sync files go by stick." in said(card)
    assert not card.trouble.isVisible()


def test_a_folder_that_is_not_there_is_not_taken(
    desk: Desk, tmp_path: Path, window: QWidget, jobs: JobRunner
) -> None:
    screen = SyncScreen(desk)
    put(screen, window, jobs)
    screen.shared.switch.box.click()

    screen.shared.choice.choose(tmp_path / "nowhere")
    settle(jobs)

    assert screen.shared.trouble.isVisible()
    assert desk.services.sync.shared.folder is None
