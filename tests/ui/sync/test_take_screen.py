"""Taking in: chosen or dropped, looked into first, and told in words."""

import shutil
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.ui.kit.jobs import JobRunner
from app.ui.sync.compare_sheet import CompareSheet
from app.ui.sync.customs_dialog import CustomsDialog
from app.ui.sync.take_screen import TakeScreen
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, another_pc, first_pc
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import Pair, add, rename, said, units


@pytest.fixture
def screen(desk: Desk, window: QWidget, jobs: JobRunner) -> TakeScreen:
    made = TakeScreen(desk)
    put(made, window, jobs)
    return made


def drop(screen: TakeScreen, path: Path) -> bool:
    """Drop a file on the screen beside everything; tell whether it would be taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(5, 5).toPoint(), copy, mime, left, none)
    entered.ignore()
    screen.dragEnterEvent(entered)
    screen.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, none))
    return entered.isAccepted()


def take(screen: TakeScreen, path: Path, jobs: JobRunner) -> str:
    screen.offer(path)
    screen.take()
    settle(jobs)
    return said(screen)


def test_a_file_is_taken_in_and_told_in_words(
    screen: TakeScreen, pair: Pair, jobs: JobRunner
) -> None:
    words = take(screen, pair.brings("A", "B"), jobs)

    assert units(pair.here) == {"A": "A", "B": "B"}
    assert "new entries are here" in words
    assert "0 were here" in words
    assert "A receipt lies beside each file" in words
    check_usable(screen)


def test_where_no_receipt_could_be_written_none_is_claimed(
    screen: TakeScreen, pair: Pair, jobs: JobRunner, tmp_path: Path
) -> None:
    file = pair.brings("A")
    take(screen, file, jobs)
    (receipt,) = pair.stick.glob("*.dksr")
    (other := tmp_path / "write-protected" / receipt.name).mkdir(parents=True)
    shutil.copy(file, other.parent)

    words = take(screen, other.parent / file.name, jobs)

    assert f"No receipt lies beside {file.name}" in words
    assert "A receipt lies beside each file" not in words
    assert "Leave it on the stick" not in words
    check_usable(screen)


def test_again_brings_nothing_new(screen: TakeScreen, pair: Pair, jobs: JobRunner) -> None:
    path = pair.brings("A")
    take(screen, path, jobs)

    assert "Nothing new was in it" in take(screen, path, jobs)


def test_what_came_is_told_once_and_whoever_comes_again_begins_anew(
    screen: TakeScreen, pair: Pair, jobs: JobRunner
) -> None:
    stick = pair.brings("ONE")
    screen.offer(stick)
    screen.take()
    screen.hide()  # they go elsewhere meanwhile
    settle(jobs)
    screen.enter()
    screen.show()
    assert screen.taken is not None
    assert screen.taken.isVisible()

    screen.enter()

    assert screen.taken is None
    assert screen.picker.isVisible()


def test_a_whole_stick_with_a_damaged_file_takes_the_others(
    screen: TakeScreen, pair: Pair, jobs: JobRunner
) -> None:
    path = pair.brings("A")
    (pair.stick / "damaged.dksb").write_bytes(path.read_bytes()[:-50])

    words = take(screen, pair.stick, jobs)

    assert units(pair.here) == {"A": "A"}
    assert "damaged.dksb" in words
    assert "This file was cut short or altered on its way." in words


def test_a_file_that_is_dropped_is_offered(screen: TakeScreen, pair: Pair, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("no", "utf-8")
    drop(screen, other)
    assert screen.picker.isVisible()

    path = pair.brings("A")
    assert drop(screen, path)

    assert screen.path == path
    assert screen.window().focusWidget() is screen.take_button
    check_usable(screen)


def test_it_can_be_looked_into_first(screen: TakeScreen, pair: Pair, jobs: JobRunner) -> None:
    screen.offer(pair.brings("A"))
    screen.inspect()
    settle(jobs)

    words = said(screen)
    assert "What lies in it" in words
    assert "people, departments, keys" in words
    assert "File 1, written " in words
    assert units(pair.here) == {}
    check_usable(screen)


def test_of_a_file_for_others_the_outside_is_shown(
    screen: TakeScreen, pair: Pair, jobs: JobRunner, tmp_path: Path, clock: TurnedClock
) -> None:
    stranger = first_pc(tmp_path / "stranger", clock, code="XYZ")
    assistant = another_pc(stranger, tmp_path / "assistant", clock)
    add(stranger, "A")
    screen.offer(stranger.send(pair.stick, assistant))
    screen.inspect()
    settle(jobs)

    words = said(screen)
    assert "The words of the key that signed it" in words
    assert "This file was made for another site; no key of this PC opens it." in words
    assert "File 1, written " not in words


def test_a_file_that_is_refused_is_told_with_what_to_do(
    screen: TakeScreen, pair: Pair, jobs: JobRunner, tmp_path: Path
) -> None:
    path = tmp_path / "letter.dksb"
    path.write_bytes(b"Dear all")

    take(screen, path, jobs)

    assert screen.banner.isVisible()
    assert "The records on this PC are safe." in screen.banner.text()
    assert "Choose another file" in screen.banner.text()


def test_a_receipt_alone_is_taken_in(screen: TakeScreen, pair: Pair, jobs: JobRunner) -> None:
    add(pair.here, "A")
    pair.here.send(pair.stick, pair.there)
    pair.there.take(pair.stick)
    (receipt,) = pair.stick.glob("*.dksr")

    words = take(screen, receipt, jobs)

    assert "1 receipt" in words
    assert "A receipt came: what it names has arrived" in words
    assert pair.here.sync.board(screen.desk.actor).peers[0].on_the_way == 0


def test_conflicts_that_came_lead_to_the_decision(
    screen: TakeScreen, pair: Pair, jobs: JobRunner, clock: TurnedClock
) -> None:
    take(screen, pair.brings("A"), jobs)
    rename(pair.here, "A", "First")
    clock.turn(timedelta(minutes=1))
    rename(pair.there, "A", "Second")

    words = take(screen, pair.there.send(pair.stick, pair.here), jobs)

    assert "1 value was changed in two places and waits for a decision." in words


def test_taking_in_is_listed_and_can_be_stopped(
    screen: TakeScreen, pair: Pair, jobs: JobRunner
) -> None:
    screen.offer(pair.brings("A"))
    with pair.here.opened.site.database.write():  # it cannot be done before it is told to stop
        screen.take()
        (job,) = jobs.jobs()
        job.cancel()
    settle(jobs)

    assert screen.banner.text().startswith("Stopped.")
    assert units(pair.here) == {}


def test_a_slip_is_compared_before_anything_is_taken_in(
    screen: TakeScreen, pair: Pair, jobs: JobRunner, tmp_path: Path
) -> None:
    path = pair.brings("A")
    (sent,) = pair.there.sync.board(ACTOR).sent
    code = pair.there.sync.slips.of(ACTOR, sent.id).code
    screen.offer(pair.stick)
    screen.compare_button.click()
    (sheet,) = screen.findChildren(CompareSheet)
    assert not sheet.compare_button.isEnabled()

    sheet.code.set_value(code.text)
    sheet.compare_button.click()
    settle(jobs)
    assert "Every file of the slip is here" in said(sheet)
    assert path.name in said(sheet)
    check_usable(screen)

    paper = tmp_path / "slip.pdf"
    paper.write_bytes(pair.there.sync.slips.document(ACTOR, sent.id).content)
    path.write_bytes(path.read_bytes()[:-1])
    sheet.compare_file(paper)
    settle(jobs)
    assert "cut short or altered" in said(sheet)

    sheet.code.set_value("something else")
    sheet.compare_button.click()
    settle(jobs)
    assert "not the code of a courier slip" in said(sheet)
    assert units(pair.here) == {}


def test_whoever_looks_without_a_key_stamps_and_the_receiver_reads_it(
    desk: Desk,
    pair: Pair,
    window: QWidget,
    jobs: JobRunner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scanner = tmp_path / "scan.py"
    scanner.write_text("print('clean'); raise SystemExit(0)")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DAKSHA_SCANNER", raising=False)
    path = pair.brings("A")
    customs = CustomsDialog(jobs, window)
    customs.open()
    customs.look_at(path)
    settle(jobs)
    assert "Size and SHA-256" in said(customs)
    assert not customs.stamp_button.isEnabled()
    QTest.keyClicks(customs.name.line, "Anil, gate 2")
    QTest.keyClick(customs.name.line, Qt.Key.Key_Return)
    settle(jobs)
    assert "nothing was scanned" in said(customs)
    assert customs.stamp_button.text() == "Stamp unscanned"
    assert not path.with_name(f"{path.name}.dksi").exists()

    monkeypatch.setenv("DAKSHA_SCANNER", f"{sys.executable} {scanner}")
    QTest.keyClick(customs.name.line, Qt.Key.Key_Return)
    settle(jobs)
    assert "exit code 0" in said(customs)
    assert "Inspected by Anil, gate 2" in said(customs)
    assert customs.stamp_button.text() == "Scan and stamp"
    customs.close_button.click()

    screen = TakeScreen(desk)
    put(screen, window, jobs)
    screen.offer(path)
    screen.take()
    settle(jobs)
    assert "Inspected by Anil, gate 2" in said(screen)
    assert "A statement of whoever stamped it, no proof." in said(screen)
