"""Files for several plants from one page, and the board of versions that leads there; by keyboard."""

import errno
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.core.base.progress import NoProgress
from app.core.sync import slips_in_file
from app.ui.kit.jobs import JobRunner
from app.ui.sync.delivered_card import DeliveredCard
from app.ui.sync.sync_screen import SyncScreen
from app.ui.sync.versions_part import VersionsSheet
from app.ui.sync.write_screen import WriteScreen
from tests.core.sync.test_several import Faulty, with_faults
from tests.core.sync.test_travelling_files import course, files_of, film
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, first_pc, know_each_other
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import said


@dataclass
class Plants:
    """Headquarters, two plants, and the stick."""

    here: Pc
    baddi: Pc
    goa: Pc
    stick: Path


@pytest.fixture
def plants(alone: Pc, tmp_path: Path, clock: TurnedClock) -> Plants:
    made = [first_pc(tmp_path / code, clock, code=code) for code in ("BDI", "GOA")]
    for plant in made:
        know_each_other(alone, plant)
    (stick := tmp_path / "stick").mkdir()
    return Plants(alone, *made, stick)


@pytest.fixture
def screen(desk: Desk) -> WriteScreen:
    return WriteScreen(desk)


def send_to_both_by_keyboard(screen: WriteScreen, stick: Path, jobs: JobRunner) -> DeliveredCard:
    """Choose both plants in the list, and write."""
    view = screen.form.readers.table.view
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(view, key)
    settle(jobs)
    assert len(screen.form.readers.chosen()) == 2
    screen.form.place_card.place.choose(stick)
    settle(jobs)
    check_usable(screen)
    QTest.keyClick(screen.form.write_button, Qt.Key.Key_Return)
    settle(jobs)
    assert isinstance(screen.written, DeliveredCard)
    return screen.written


def test_two_plants_are_chosen_by_keyboard_and_each_finds_its_own(
    desk: Desk,
    plants: Plants,
    screen: WriteScreen,
    window: QWidget,
    jobs: JobRunner,
    tmp_path: Path,
) -> None:
    course(plants.here, tmp_path, film_mp4=film())
    put(screen, window, jobs)
    assert screen.form.readers.chosen() == ()
    assert not screen.form.write_button.isEnabled()
    assert screen.form.readers.all_sites.isVisible()
    assert not screen.form.readers.all_pcs.isVisible()
    screen.form.readers.all_sites.click()
    settle(jobs)
    assert "2 files of records" in said(screen)
    screen.form.place_card.way.choose("paper")
    screen.form.place_card.chosen.emit()
    assert screen.form.paper_note.isVisible()
    assert not screen.form.write_button.isEnabled()
    screen.form.place_card.way.choose("stick")
    screen.form.place_card.chosen.emit()
    screen.form.readers.all_sites.click()
    settle(jobs)

    card = send_to_both_by_keyboard(screen, plants.stick, jobs)

    words = said(screen)
    assert "Safe to remove" in words
    assert "Plant BDI: " in words
    assert "Plant GOA: " in words
    assert "for Plant BDI, Plant GOA" in words
    assert not card.rest.isVisible()
    assert card.print_slips.hasFocus()
    check_usable(screen)
    card.save_slips.click()
    (dialog,) = screen.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "slips.pdf"))
    settle(jobs)
    written = {file.id for file in plants.here.sync.board(desk.actor).sent}
    on_paper = {code.bundle_id for code in slips_in_file(tmp_path / "slips.pdf").codes}
    assert (len(on_paper), on_paper - written) == (3, set())
    for plant in (plants.baddi, plants.goa):
        assert plant.take(plants.stick).troubles == []
        assert files_of(plant) == files_of(plants.here)


def test_what_was_left_when_the_stick_failed_is_one_press_away(
    desk: Desk, plants: Plants, screen: WriteScreen, window: QWidget, jobs: JobRunner
) -> None:
    begun: list[str] = []
    desk.services.sync.several = with_faults(
        plants.here, lambda folder: Faulty(folder, begun, 2, errno.ENOSPC)
    )
    put(screen, window, jobs)

    card = send_to_both_by_keyboard(screen, plants.stick, jobs)

    words = said(screen)
    assert "Not all of it was written" in words
    assert "The stick could not be written." in words
    assert "Plant GOA: nothing was written" in words
    assert card.rest.hasFocus()
    check_usable(screen)
    QTest.keyClick(card.rest, Qt.Key.Key_Return)
    settle(jobs)
    assert [peer.label for peer in screen.form.readers.chosen()] == ["Plant GOA"]
    QTest.keyClick(screen.form.write_button, Qt.Key.Key_Return)
    settle(jobs)
    assert len(list(plants.stick.glob("*.dksb"))) == 2


def test_the_board_names_who_is_behind_and_leads_to_a_file_for_them(
    desk: Desk, plants: Plants, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    course_id = course(plants.here, tmp_path, "Lockout")
    course(plants.here, tmp_path, "Fire", notes_html=b"<p>Of fire</p>")
    peers = plants.here.sync.peers(desk.actor)
    plants.here.sync.several.write(desk.actor, peers, plants.stick, NoProgress(), None)
    plants.baddi.take(plants.stick)
    plants.here.take(plants.stick)

    board = SyncScreen(desk)
    put(board, window, jobs, shown="versions")
    check_usable(board)
    view = board.versions.table.view
    board.versions.table.sort_by("course")
    settle(jobs)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(view, key)
    settle(jobs)
    (sheet,) = [one for one in window.findChildren(VersionsSheet) if one.isVisible()]
    words = said(sheet)
    assert "Lockout" in words
    assert "1 of 2 have version 1" in words
    assert "no version of it yet; file 1 of " in words
    assert " is not acknowledged" in words
    check_usable(sheet)
    QTest.keyClick(sheet.send_all, Qt.Key.Key_Return)
    (goa,) = [peer for peer in peers if peer.label == "Plant GOA"]
    assert desk.opened == [("sync_write", {"peers": (goa.key,), "course": course_id})]
    view.row_menu.emit(view.currentIndex().row(), view.rect().center())
    (menu,) = [one for one in window.findChildren(QMenu) if one.isVisible()]
    menu.actions()[0].trigger()
    menu.close()
    assert desk.opened[1:] == desk.opened[:1]

    screen = WriteScreen(desk)
    put(screen, window, jobs, **desk.opened[0][1])
    settle(jobs)
    assert screen.form.readers.chosen() == (goa,)
    assert screen.form.courses.chosen() == {course_id}
    screen.form.place_card.place.choose(tmp_path)
    settle(jobs)
    screen.form.ask()
    settle(jobs)
    assert "Safe to remove" in said(screen)
    assert "1 file of courses" in said(screen)
