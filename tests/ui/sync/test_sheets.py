"""Paper in place of a stick: sheets made, scanned and typed in, a receipt on screen, and no alarm where none comes back."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import Button, IconButton
from app.ui.kit.jobs import JobRunner
from app.ui.sync.file_sheets import CameSheet
from app.ui.sync.paper_card import PaperCard
from app.ui.sync.receipt_paper import ReceiptSheet
from app.ui.sync.sheets_part import TypedSheet
from app.ui.sync.sync_screen import SyncScreen
from app.ui.sync.take_screen import TakeScreen
from app.ui.sync.write_screen import WriteScreen
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR
from tests.support.scanned import as_jpeg, pages_of
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import Pair, add, said, units


def scans(pdf: bytes, folder: Path) -> list[Path]:
    """Return the pages of sheets as somebody scanned them."""
    made = []
    for number, page in enumerate(pages_of(pdf), start=1):
        made.append(folder / f"scan-{number}.jpg")
        made[-1].write_bytes(as_jpeg(page))
    return made


def press(part: QWidget, words: str) -> None:
    """Press the button of these words."""
    (button,) = [one for one in part.findChildren(Button) if one.text() == words]
    button.click()


def test_sheets_are_made_printed_and_taken_in_and_their_receipt_too(
    desk: Desk, pair: Pair, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    add(pair.here, *(f"D{number}" for number in range(20)))
    writing = WriteScreen(desk)
    put(writing, window, jobs, peer=pair.there.key)
    assert not writing.form.write_button.isEnabled()
    press(writing.form.place_card.way, "On paper")
    settle(jobs)
    assert writing.form.write_button.text() == "Make the sheets"
    assert not writing.form.courses.isVisible()
    check_usable(writing)
    writing.form.write_button.click()
    settle(jobs)
    assert isinstance(writing.written, PaperCard)
    assert "2 sheets are ready" in said(writing)
    assert "Bring the receipt back" in said(writing)
    check_usable(writing)
    saved = tmp_path / "sheets.pdf"
    writing.written.handing_out.save(saved)
    settle(jobs)
    writing.hide()

    taken = pair.there.sync.sheets.take_files(ACTOR, scans(saved.read_bytes(), tmp_path))
    assert units(pair.there) == units(pair.here)
    bundle = UUID(bytes=taken.imported.seen[0].manifest.bundle_id)
    receipt = pair.there.sync.sheets.receipt(ACTOR, bundle)
    taking = TakeScreen(desk)
    put(taking, window, jobs)
    check_usable(taking)
    taking.read_sheets()
    (sheet,) = taking.findChildren(TypedSheet)
    sheet.codes.set_value("".join(receipt.codes).lower() + "\n")  # as a reader ends it
    settle(jobs)
    assert "A receipt came: what it names has arrived" in said(taking)
    assert pair.here.sync.board(ACTOR).sent[0].is_acknowledged


def test_what_is_missing_is_named_until_it_comes(
    desk: Desk, pair: Pair, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    add(pair.there, *(f"D{number}" for number in range(20)))
    peer = pair.there.sync.peer(ACTOR, pair.here.key)
    pages = scans(pair.there.sync.sheets.export(ACTOR, [peer]).document.content, tmp_path)
    screen = TakeScreen(desk)
    put(screen, window, jobs)

    screen.offer_all([*pages[1:], tmp_path / "other.txt"])
    screen.take()
    settle(jobs)
    assert "Missing sheets: 1" in said(screen.waiting)
    assert screen.picker.isVisible()
    screen.offer_all([tmp_path / "nothing.png"])
    screen.take()
    settle(jobs)
    assert "It is not there any more" in screen.banner.text()
    screen.offer_all(pages[:1])
    screen.take()
    settle(jobs)

    assert len(units(pair.here)) == 20
    words = said(screen)
    assert "A receipt waits to be printed" in words
    assert not screen.waiting.isVisible()
    check_usable(screen)
    assert screen.taken is not None
    press(screen.taken, "Show the codes")
    settle(jobs)
    (shown,) = screen.findChildren(ReceiptSheet)
    assert "Code 1 of 1" in said(shown)


def test_a_peer_that_only_takes_raises_no_alarm(
    desk: Desk, pair: Pair, window: QWidget, jobs: JobRunner, clock: TurnedClock
) -> None:
    add(pair.here, "A")
    pair.here.send(pair.stick, pair.there)
    clock.turn(timedelta(days=40))
    screen = SyncScreen(desk)
    put(screen, window, jobs)
    assert "No word of it for 40 days" in said(screen)
    (way,) = [
        one for one in screen.peers.findChildren(IconButton) if "Nothing comes" in one.toolTip()
    ]

    way.click()
    settle(jobs)
    desk.changes.announce({"peer_way"})  # as the site tells the window
    settle(jobs)

    (question,) = desk.questions
    assert question.ask_reason
    words = said(screen)
    assert "Waits for its paper receipt" in words
    assert "it prints its receipts (because)" in words
    assert "No word of it" not in words
    check_usable(screen)
    screen.hide()
    writing = WriteScreen(desk)
    put(writing, window, jobs, peer=pair.there.key)
    writing.form.place_card.place.choose(pair.stick)
    settle(jobs)
    writing.form.ask()
    settle(jobs)
    assert "Bring the receipt back on paper" in said(writing)


def test_a_file_that_came_has_its_receipt(
    desk: Desk, pair: Pair, window: QWidget, jobs: JobRunner
) -> None:
    pair.here.take(pair.brings("A"))
    screen = SyncScreen(desk)
    put(screen, window, jobs)
    (came,) = pair.here.sync.board(ACTOR).incoming

    sheet = CameSheet(screen, came)
    sheet.open()
    settle(jobs)

    words = [one.text() for one in sheet.findChildren(Button)]
    assert {"Print the receipt", "Save the receipt", "Show the codes"} <= set(words)
