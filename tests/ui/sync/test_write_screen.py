"""Writing a sync file: for whom, what goes, the stick, and what is said at the end."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.core.sync import slips_in_file
from app.ui.kit.jobs import JobRunner
from app.ui.kit.notices import EmptyState
from app.ui.sync.write_screen import WriteScreen
from tests.core.sync.test_travelling_files import course, film
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, another_pc
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import Pair, add, said, units


@pytest.fixture
def screen(desk: Desk) -> WriteScreen:
    return WriteScreen(desk)


def test_nobody_to_write_for_leads_to_pairing(
    screen: WriteScreen, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    put(screen, window, jobs)
    (empty,) = [one for one in screen.findChildren(EmptyState) if one.isVisible()]
    assert empty.button is not None

    empty.button.click()

    assert desk.opened == [("keys", {})]
    assert not screen.form.write_button.isVisible()


def test_what_goes_is_said_and_the_stick_may_go_once_it_was_read_back(
    screen: WriteScreen, pair: Pair, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    add(pair.here, "A")
    put(screen, window, jobs, peer=pair.there.key)
    assert " lacks " in said(screen)
    assert not screen.form.write_button.isEnabled()
    check_usable(screen)

    screen.form.place_card.place.choose(pair.stick)
    settle(jobs)
    qtbot.keyClick(screen.form.write_button, Qt.Key.Key_Return)
    assert "Safe to remove" not in said(screen)
    settle(jobs)

    (path,) = pair.stick.glob("*.dksb")
    words = said(screen)
    assert "Safe to remove" in words
    assert path.name in words
    assert "Bring the stick back" in words
    assert screen.written is not None
    assert screen.written.again.hasFocus()
    check_usable(screen)
    pair.there.take(path)
    assert units(pair.there) == {"A": "A"}


def test_one_file_for_all_pcs_of_the_site(
    screen: WriteScreen,
    pair: Pair,
    window: QWidget,
    jobs: JobRunner,
    tmp_path: Path,
    clock: TurnedClock,
) -> None:
    third = another_pc(pair.here, tmp_path / "third", clock)
    add(pair.here, "A")
    put(screen, window, jobs)
    assert len(screen.form.readers.chosen()) == 2
    assert said(screen).count(" lacks ") == 2

    screen.form.place_card.place.choose(pair.stick)
    screen.form.ask()
    settle(jobs)

    (path,) = pair.stick.glob("*.dksb")
    pair.there.take(path)
    third.take(path)
    assert units(pair.there) == units(third) == {"A": "A"}


def test_a_stick_that_was_pulled_is_told_and_nothing_is_written(
    screen: WriteScreen, pair: Pair, window: QWidget, jobs: JobRunner
) -> None:
    put(screen, window, jobs, peer=pair.there.key)
    screen.form.place_card.place.choose(pair.stick)
    settle(jobs)
    pair.stick.rmdir()

    screen.form.ask()
    settle(jobs)

    assert screen.banner.isVisible()
    assert screen.banner.text().startswith("The stick could not be written.")
    assert "Put it back in and do it again" in screen.banner.text()
    assert screen.form.isVisible()
    assert not pair.stick.exists()


def test_writing_is_listed_and_can_be_stopped(
    screen: WriteScreen, pair: Pair, window: QWidget, jobs: JobRunner
) -> None:
    put(screen, window, jobs, peer=pair.there.key)
    screen.form.place_card.place.choose(pair.stick)
    settle(jobs)

    screen.form.ask()
    (job,) = jobs.jobs()
    job.cancel()
    settle(jobs)

    assert (job.title or "").startswith("Writing a sync file for ")
    assert screen.banner.text().startswith("Stopped.")
    assert list(pair.stick.iterdir()) == []


def test_what_was_never_finished_is_offered_for_deletion(
    screen: WriteScreen, pair: Pair, window: QWidget, jobs: JobRunner
) -> None:
    (pair.stick / "PC-0001.dksb.part").write_bytes(b"half")
    (pair.stick / "mine.txt").write_text("mine", "utf-8")
    put(screen, window, jobs, peer=pair.there.key)
    screen.form.place_card.place.choose(pair.stick)
    settle(jobs)
    assert screen.form.place_card.leftovers.isVisible()
    assert "PC-0001.dksb.part" in screen.form.place_card.leftovers.text()

    screen.form.place_card._delete_leftovers()
    settle(jobs)

    assert [one.name for one in pair.stick.iterdir()] == ["mine.txt"]
    assert not screen.form.place_card.leftovers.isVisible()


def test_the_slip_of_what_was_written_is_saved_and_asked_for_again_later(
    screen: WriteScreen, pair: Pair, desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    put(screen, window, jobs, peer=pair.there.key)
    screen.form.place_card.place.choose(pair.stick)
    screen.form.ask()
    settle(jobs)
    assert screen.written is not None
    (path,) = pair.stick.glob("*.dksb")

    screen.written.save_slip.click()
    (dialog,) = screen.findChildren(QFileDialog)
    paper = tmp_path / "slip.pdf"
    dialog.fileSelected.emit(str(paper))
    settle(jobs)

    compared = pair.there.sync.slips.compare(ACTOR, slips_in_file(paper), pair.stick)
    assert compared.is_same
    assert [file.name for file in compared.slips[0].files] == [path.name]
    assert "slip.pdf" in desk.toasts[-1]


def test_courses_are_chosen_by_language_and_what_is_not_chosen_stays(
    screen: WriteScreen, pair: Pair, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    english = course(pair.here, tmp_path, "Fire safety", film_mp4=film())
    hindi = course(pair.here, tmp_path, "Lockout", film_hi_mp4=film(900_000))
    put(screen, window, jobs, peer=pair.there.key)
    screen.form.place_card.place.choose(pair.stick)
    settle(jobs)
    assert screen.form.courses.isVisible()
    assert screen.form.courses.chosen() == {english, hindi}
    assert "2 courses" in said(screen)
    assert "free on the stick" in screen.form.courses.about.text()
    check_usable(screen)

    table = screen.form.courses.table
    table.filters.set_filters([("language", "hi")])
    settle(jobs)
    assert table.model.total() == 1
    table.model.set_selected([0], chosen=False)
    table.filters.clear()
    settle(jobs)
    assert screen.form.courses.chosen() == {english}
    screen.form.ask()
    settle(jobs)

    assert "2 files of courses" in said(screen)
    pair.there.take(pair.stick)
    plan = pair.here.sync.plan(ACTOR, pair.here.sync.peer(ACTOR, pair.there.key))
    assert [one.course_id for one in plan.lacking.fresh] == [hindi]
    assert [one.course_id for one in plan.lacking.on_the_way] == [english]


def test_a_stick_that_is_too_small_for_the_courses_is_told_before(
    screen: WriteScreen, pair: Pair, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    course(pair.here, tmp_path, film_mp4=film(5_000_000))
    put(screen, window, jobs, peer=pair.there.key)

    screen.form.courses.show_room(20_000_000)
    assert "free on the stick." in screen.form.courses.about.text()
    assert "sticks like this one" not in screen.form.courses.about.text()
    screen.form.courses.show_room(4_500_000)

    assert "4 sticks like this one take all" in screen.form.courses.about.text()
    assert screen.form.courses.bar.share() == 1.0


def test_what_was_chosen_stays_when_the_board_is_read_anew(
    screen: WriteScreen, pair: Pair, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    course(pair.here, tmp_path, film_mp4=film())
    put(screen, window, jobs, peer=pair.there.key)
    screen.form.courses.table.model.select_nothing()

    screen.refresh()
    settle(jobs)

    assert screen.form.courses.chosen() == frozenset()
    assert screen.form.courses.isVisible()
