"""Peers and keys: the words, pairing in a sheet, revoking, new keys, the site file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.assembly import assemble
from app.core.base.actor import Actor
from app.core.keys import KeyState, read_answer
from app.core.operations import Restoring, backups_of
from app.core.schema.upgrade import bring_up_to_date
from app.services import Services
from app.ui.kit.buttons import Button
from app.ui.kit.fingerprint import Fingerprint
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from app.ui.sync.keys_screen import KeysScreen
from app.ui.sync.lost_key_card import LostKeyCard
from app.ui.sync.pair_sheet import PairSheet
from app.ui.sync.pc_name_sheet import PcNameSheet
from app.ui.sync.site_file_sheet import SiteFileSheet
from tests.support.accessibility import nameless, unreachable
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.in_touch import first_pc, know_each_other
from tests.support.two_pcs import BOSS, found, pc
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle


@pytest.fixture
def desk(desk_of: Callable[[Actor], Desk]) -> Desk:
    """The desk of an administrator at the PC where the site was set up."""
    return desk_of(administrator())


@pytest.fixture
def screen(desk: Desk, shown: Callable[..., None], jobs: JobRunner) -> KeysScreen:
    made = KeysScreen(desk)
    shown(made)
    settle(jobs)
    return made


@pytest.fixture
def request_file(tmp_path: Path, clock: TurnedClock) -> Path:
    """The request of a new PC, as it lies on a stick."""
    file = tmp_path / "second.daksha-request"
    file.write_bytes(pc(tmp_path, "second", clock).request().document)
    return file


def said(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]


def button(widget: QWidget, name: str) -> Button:
    (found,) = (
        one
        for one in widget.findChildren(Button)
        if name in {one.text(), one.accessibleName()} and one.isVisibleTo(widget)
    )
    return found


def pairing(screen: KeysScreen, file: Path, jobs: JobRunner) -> PairSheet:
    screen.pair()
    (sheet,) = screen.findChildren(PairSheet)
    sheet.read(file)
    settle(jobs)
    return sheet


def test_the_words_of_the_site_and_its_keys_are_shown(
    screen: KeysScreen, services: Services
) -> None:
    (own,) = screen.findChildren(Fingerprint)

    assert own.words() == services.open_site.keys.pairing.introduce().words
    assert "PC (this PC)" in said(screen)
    assert len([one for one in said(screen) if one.startswith("Training PC · ")]) == 1


def test_a_pc_is_paired_and_the_words_of_the_site_are_shown_then(
    screen: KeysScreen, request_file: Path, jobs: JobRunner, services: Services
) -> None:
    sheet = pairing(screen, request_file, jobs)
    assert nameless(sheet) == []
    assert unreachable(sheet) == []
    sheet.same.click()
    settle(jobs)
    (shown,) = [one for one in sheet.findChildren(Fingerprint) if one.isVisibleTo(sheet)]
    assert shown.words() == services.open_site.keys.pairing.introduce().words

    known = [
        one for one in services.open_site.keys.care.inventory(administrator()) if not one.is_this_pc
    ]
    assert any(one.kind.value == "station" for one in known)
    sheet.dismiss()


def test_the_answer_is_the_one_for_the_pc_that_asked(
    screen: KeysScreen, request_file: Path, jobs: JobRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet = pairing(screen, request_file, jobs)
    with qtbot.waitSignal(sheet.paired_with) as told:
        sheet.same.click()
    sheet.save_answer(told.args[0].answer, tmp_path / "x.daksha-answer")
    settle(jobs)
    answer, _told = read_answer((tmp_path / "x.daksha-answer").read_bytes())

    assert answer.subject == told.args[0].key
    sheet.dismiss()


def test_an_answer_is_taken_when_its_words_were_compared(
    screen: KeysScreen,
    jobs: JobRunner,
    desk: Desk,
    services: Services,
    tmp_path: Path,
    clock: TurnedClock,
) -> None:
    hq = found(pc(tmp_path, "hq", clock), "Headquarters")
    asked = services.open_site.keys.pairing.introduce()
    paired = hq.keys.pairing.pair(BOSS, asked.document, asked.words)
    assert paired.answer is not None
    (tmp_path / "hq.daksha-answer").write_bytes(paired.answer)
    sheet = pairing(screen, tmp_path / "hq.daksha-answer", jobs)
    assert "The answer of Headquarters" in said(sheet)
    sheet.same.click()
    settle(jobs)

    assert desk.toasts == ["Headquarters is known here."]
    assert services.open_site.keys.ring().trusted(hq.station.fingerprint).site == hq.site_id
    screen.refresh()
    settle(jobs)
    assert "Other sites" in said(screen)
    hq.site.close()


def test_a_file_that_is_none_is_told_in_the_sheet(
    screen: KeysScreen, jobs: JobRunner, tmp_path: Path
) -> None:
    (tmp_path / "x.daksha-request").write_bytes(b"nothing of the kind")
    sheet = pairing(screen, tmp_path / "x.daksha-request", jobs)

    assert "cut short or damaged" in sheet.banner.text()
    assert not sheet.same.isVisibleTo(sheet)
    sheet.dismiss()


def test_a_pc_is_revoked_with_a_reason(
    screen: KeysScreen, request_file: Path, jobs: JobRunner, desk: Desk, services: Services
) -> None:
    sheet = pairing(screen, request_file, jobs)
    sheet.same.click()
    settle(jobs)
    sheet.dismiss()
    screen.refresh()
    settle(jobs)
    (revoke,) = [
        one for one in screen.findChildren(Button) if one.accessibleName().startswith("Revoke ")
    ]
    revoke.click()
    settle(jobs)

    assert desk.questions[-1].ask_reason
    (line,) = [
        one
        for one in services.open_site.keys.care.inventory(administrator())
        if one.state is KeyState.REVOKED
    ]
    assert line.reason == "because"
    assert desk.toasts[-1] == "Revoked."
    screen.refresh()
    settle(jobs)
    assert "No longer in use" in said(screen)


def test_this_pc_takes_new_keys(
    screen: KeysScreen, jobs: JobRunner, desk: Desk, services: Services
) -> None:
    button(screen, "New keys for PC (this PC)").click()
    settle(jobs)

    assert "Start Daksha again" in desk.toasts[-1]
    lines = services.open_site.keys.care.inventory(administrator())
    assert [one.state for one in lines if one.is_this_pc] == [KeyState.REPLACED]


def test_a_pc_gets_another_name_by_keyboard(
    screen: KeysScreen, jobs: JobRunner, desk: Desk, services: Services, qtbot: QtBot
) -> None:
    button(screen, "Give PC (this PC) another name").click()
    (sheet,) = screen.findChildren(PcNameSheet)
    assert sheet.name.value() == "PC"
    assert nameless(sheet) == []
    sheet.name.set_value("x" * 41)
    qtbot.keyClick(sheet.name.line, Qt.Key.Key_Return)
    settle(jobs)
    assert any("1 to 40" in words for words in said(sheet))
    sheet.name.set_value("Training office")
    qtbot.keyClick(sheet.name.line, Qt.Key.Key_Return)
    settle(jobs)

    assert services.open_site.keys.pc == "Training office"
    assert "Training office (this PC)" in said(screen)


def test_what_makes_the_site_known_is_saved(
    screen: KeysScreen, jobs: JobRunner, desk: Desk, services: Services, tmp_path: Path
) -> None:
    made = services.open_site.keys.pairing.introduce()
    screen.save_introduction(made, tmp_path / "BDI.daksha-request")
    settle(jobs)

    assert (tmp_path / "BDI.daksha-request").read_bytes() == made.document
    assert desk.toasts == [
        "Saved. Carry BDI.daksha-request to the other PC, and read it the words."
    ]


def test_a_short_passphrase_makes_no_site_file(screen: KeysScreen, jobs: JobRunner) -> None:
    screen.make_site_file()
    (sheet,) = screen.findChildren(SiteFileSheet)
    assert nameless(sheet) == []
    sheet.passphrase.set_value("short")
    sheet.save_button.click()
    settle(jobs)

    assert "at least 12 characters" in sheet._trouble.text()
    sheet.form.mark_saved()
    sheet.dismiss()


def test_it_is_usable_by_keyboard_in_a_small_window(screen: KeysScreen) -> None:
    check_usable(screen)


@pytest.fixture
def hq_and_new(tmp_path: Path, clock: TurnedClock) -> Iterator[tuple[Services, Services]]:
    """Headquarters, and the PC that took over a plant of theirs after the loss of its own."""
    hq, plant = first_pc(tmp_path / "hq", clock, "HQ"), first_pc(tmp_path / "plant", clock)
    know_each_other(hq, plant)
    backup = tmp_path / "last.dkbk"
    backups_of(plant.opened, bring_up_to_date).make_at(BOSS, backup)
    plant.close()
    place = pc(tmp_path, "new", clock)
    Restoring(tmp_path / "new", tmp_path / "new keys", clock, bring_up_to_date).restore(
        backup, "correct horse battery"
    )
    made = assemble(hq.opened), assemble(place.open(bring_up_to_date))
    yield made
    for services in made:
        services.close()


def test_a_new_key_is_asked_of_headquarters_and_taken(
    hq_and_new: tuple[Services, Services],
    jobs: JobRunner,
    theme: Theme,
    clock: TurnedClock,
    window: QWidget,
    tmp_path: Path,
) -> None:
    hq, new = hq_and_new
    desk = WrittenDesk(new, administrator(), jobs, theme, clock)
    screen = KeysScreen(desk)
    put(screen, window, jobs)
    (card,) = screen.findChildren(LostKeyCard)
    assert card.button.text() == "Save the request for Plant HQ"
    check_usable(screen)
    made = new.open_site.keys.pairing.introduce_successor(BOSS)
    request = tmp_path / "lost.daksha-request"
    card.save(made, request)
    settle(jobs)

    at_hq = WrittenDesk(hq, administrator(), jobs, theme, clock)
    other = KeysScreen(at_hq)
    put(other, window, jobs)
    sheet = pairing(other, request, jobs)
    assert "Plant PUN asks for a new key: its own is lost" in said(sheet)
    sheet.pair()
    settle(jobs)
    assert at_hq.toasts == []
    assert sheet.reason is not None
    sheet.reason.set_value("the PC burnt")
    sheet.pair()
    settle(jobs)
    assert "Plant PUN is known here" in said(sheet)

    answer = hq.open_site.keys.pairing.pair(BOSS, made.document, made.words, "again").answer
    assert answer is not None
    file = tmp_path / "answer.daksha-answer"
    file.write_bytes(answer)
    pairing(screen, file, jobs).pair()
    settle(jobs)
    assert new.open_site.authority.can_sign
    screen.refresh()
    settle(jobs)
    assert not [one for one in screen.findChildren(LostKeyCard) if one.isVisibleTo(screen)]
