"""Three windows of one site and one shared folder: what is entered at one is seen at all, by rounds alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.bootstrap.assembly import assemble
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.sync.rounds import FolderRounds
from app.ui.sync.sync_screen import SyncScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.in_touch import Pc, another_pc, first_pc
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle
from tests.ui.sync.conftest import add, said, units


class Seat:
    """A PC with its window: the sync screen, and the rounds that the window goes."""

    def __init__(self, pc: Pc, desk: Desk, window: QWidget, jobs: JobRunner) -> None:
        self.pc = pc
        self.desk = desk
        self.told: list[str] = []
        self.screen = SyncScreen(desk)
        put(self.screen, window, jobs)
        self.rounds = FolderRounds(
            desk.services.sync.shared, jobs, desk.changes, self.hear, self.screen
        )
        self.rounds.stop()  # a test goes them itself
        self._jobs = jobs

    def hear(self, words: str) -> bool:
        self.told.append(words)
        return True

    def share(self, folder: Path) -> None:
        """Turn it on in the card, as an administrator does."""
        self.screen.shared.switch.box.click()
        self.screen.shared.choice.choose(folder)
        settle(self._jobs)

    def go(self) -> None:
        self.rounds.go()
        settle(self._jobs)

    @property
    def card(self) -> str:
        """What the card of the shared folder says."""
        return said(self.screen.shared)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def seats(
    tmp_path: Path, clock: TurnedClock, jobs: JobRunner, theme: Theme, window: QWidget
) -> Iterator[list[Seat]]:
    first = first_pc(tmp_path / "one", clock)
    pcs = [first, *(another_pc(first, tmp_path / name, clock) for name in ("two", "three"))]
    made = []
    for pc in pcs:
        services = assemble(pc.opened)
        desk = WrittenDesk(services, administrator(), jobs, theme, clock, services.open_site)
        made.append(Seat(pc, desk, window, jobs))
    yield made
    assert jobs.wait_idle(20_000)
    for seat in made:
        seat.desk.services.close()


def go_rounds(seats: list[Seat], times: int = 1) -> None:
    for _turn in range(times):
        for seat in seats:
            seat.go()


def test_three_windows_keep_together_and_come_to_rest(seats: list[Seat], folder: Path) -> None:
    for seat in seats:
        seat.share(folder)
    go_rounds(seats, times=2)
    for number, seat in enumerate(seats):
        add(seat.pc, f"FROM-{number}")

    go_rounds(seats, times=2)

    assert all(set(units(seat.pc)) == {"FROM-0", "FROM-1", "FROM-2"} for seat in seats)
    go_rounds(seats, times=5)
    assert {file.name for file in folder.rglob("*") if file.is_file()} == {"tally.dkst"}
    for seat in seats:
        assert "nothing new" in seat.card
        assert not seat.screen.shared.trouble.isVisibleTo(seat.screen)
        assert said(seat.screen.peers).count("Up to date") == 2
        assert (seat.told, seat.desk.errors) == ([], [])
        check_usable(seat.screen)


def test_one_that_was_away_catches_up_and_a_folder_that_vanishes_is_told_at_each(
    seats: list[Seat], folder: Path, tmp_path: Path
) -> None:
    for seat in seats:
        seat.share(folder)
    go_rounds(seats, times=3)
    present, away = seats[:2], seats[2]
    for number in range(3):
        add(present[number % 2].pc, f"WHILE-AWAY-{number}")
        go_rounds(present)

    folder.rename(tmp_path / "unplugged")
    go_rounds(seats, times=2)
    for seat in seats:
        assert seat.screen.shared.trouble.text().startswith(f"The shared folder {folder} cannot")
        assert "tried again of itself" in seat.card
        assert len(seat.told) == 1
    add(present[0].pc, "MEANWHILE")
    (tmp_path / "unplugged").rename(folder)
    go_rounds(seats, times=3)

    assert set(units(away.pc)) == set(units(present[0].pc))
    assert "MEANWHILE" in units(away.pc)
    for seat in seats:
        assert not seat.screen.shared.trouble.isVisibleTo(seat.screen)


def test_a_damaged_file_stands_on_the_card_in_one_line_as_long_as_it_lies_there(
    seats: list[Seat], folder: Path
) -> None:
    seats[0].share(folder)
    bad = [folder / "somebody" / f"{name}.dksb" for name in ("x", "y")]
    bad[0].parent.mkdir()
    for file in bad:
        file.write_bytes(b"DKSB\r\n\x1a\nnot whole " + file.name.encode())
    banner = seats[0].screen.shared.useless

    for _turn in range(3):
        seats[0].go()
        assert banner.isVisibleTo(seats[0].screen)
        assert banner.text().startswith("x.dksb: ")
        assert "1 more file is of no use." in banner.text()
    for file in bad:
        file.unlink()
    seats[0].go()

    assert not banner.isVisibleTo(seats[0].screen)
    check_usable(seats[0].screen)
