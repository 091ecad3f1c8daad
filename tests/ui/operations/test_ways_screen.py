"""Ways to the records: listed, added, changed and taken away; the kit; another key."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.assembly import assemble
from app.core.keys import SlotKind, WrongPassword
from app.core.operations import Escrow, LockedRecords, Protection, Recovery, recover
from app.core.schema.upgrade import bring_up_to_date
from app.ui.kit.buttons import Button
from app.ui.kit.fingerprint import Fingerprint
from app.ui.kit.focus import tab_stops
from app.ui.kit.jobs import JobRunner
from app.ui.kit.notices import Banner
from app.ui.kit.theme import Theme
from app.ui.operations.hq_card import AnswerSheet
from app.ui.operations.kit_sheet import KitSheet
from app.ui.operations.way_sheets import KeyChangeSheet, PasswordSheet, PinSheet
from app.ui.operations.ways_screen import WaysScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.in_touch import ACTOR, CHEAP, PASSWORD, Pc, first_pc, know_each_other
from tests.ui.reports.opened import Desk, administrator, check_usable, put, settle
from tests.ui.sync.conftest import said

NEW = "Monsoon-Lathe-27"


@pytest.fixture
def pc(tmp_path: Path, clock: TurnedClock) -> Pc:
    return first_pc(tmp_path / "here", clock)


@pytest.fixture
def desk(
    pc: Pc, qapp: QApplication, jobs: JobRunner, theme: Theme, clock: TurnedClock
) -> Iterator[Desk]:
    services = assemble(pc.opened)
    yield WrittenDesk(services, administrator(), jobs, theme, clock, services.open_site)
    assert jobs.wait_idle(20_000)
    services.close()


@pytest.fixture
def screen(desk: Desk, window: QWidget, jobs: JobRunner) -> WaysScreen:
    made = WaysScreen(desk)
    put(made, window, jobs)
    return made


def press(screen: WaysScreen, name: str, jobs: JobRunner) -> None:
    (button,) = [
        one
        for one in screen.findChildren(Button)
        if one.accessibleName() == name and one.isVisibleTo(screen)
    ]
    button.click()
    settle(jobs)


def kinds(pc: Pc) -> list[SlotKind]:
    return [way.kind for way in Protection(pc.opened).ways(ACTOR).ways]


def test_what_opens_the_records_is_named(screen: WaysScreen) -> None:
    words = said(screen)

    assert "First password" in words
    assert "This PC by itself" in words
    assert "opens the records by itself" in words
    assert "There is none." in words
    check_usable(screen)


def test_tab_comes_to_the_ways_first_and_to_another_key_last(
    desk: Desk, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    screen = WaysScreen(desk)
    screen.setParent(window)
    screen.show()
    screen.focus_first()
    settle(jobs)

    def order() -> list[str]:
        below = [one for one in tab_stops(screen) if not screen.header.isAncestorOf(one)]
        return [one.accessibleName() for one in below]

    qtbot.waitUntil(lambda: order()[-1:] == ["Change the key"])
    assert order()[:2] == ["Ask at each start", "Change: First password"]
    qtbot.waitUntil(lambda: getattr(window.focusWidget(), "text", str)() == "Ask at each start")


def test_a_password_is_added_changed_and_taken_away(
    screen: WaysScreen, pc: Pc, jobs: JobRunner
) -> None:
    screen.add_password()
    (sheet,) = screen.findChildren(PasswordSheet)
    sheet.label.set_value("R. Shah")
    sheet.secret.set_value(NEW)
    sheet.again.set_value("another")
    sheet.save_button.click()
    settle(jobs)
    assert sheet.again.error() == "The two differ."
    sheet.again.set_value(NEW)
    sheet.save_button.click()
    settle(jobs)
    assert "Password of R. Shah" in said(screen)
    assert pc.opened.data_key_file.open(NEW) == pc.opened.data_key

    press(screen, "Change: Password of R. Shah", jobs)
    sheet = screen.findChildren(PasswordSheet)[-1]
    assert sheet.label.isHidden()
    for field in (sheet.secret, sheet.again):
        field.set_value("Another-Lathe-28")
    sheet.save_button.click()
    settle(jobs)
    with pytest.raises(WrongPassword):
        pc.opened.data_key_file.slots.open_with_password(NEW)

    press(screen, "Take away: Password of R. Shah", jobs)
    assert "Password of R. Shah" not in said(screen)


def test_a_new_password_takes_nobodys_place(screen: WaysScreen, pc: Pc, jobs: JobRunner) -> None:
    Protection(pc.opened).set_password(ACTOR, "Asha", NEW, CHEAP)
    screen.refresh()
    settle(jobs)
    screen.add_password()
    (sheet,) = screen.findChildren(PasswordSheet)
    sheet.label.set_value("asha ")
    for field in (sheet.secret, sheet.again):
        field.set_value("Another-Lathe-28")

    sheet.save_button.click()
    settle(jobs)

    assert sheet.label.error()
    assert pc.opened.data_key_file.slots.open_with_password(NEW) == pc.opened.data_key


def test_the_last_password_stays(screen: WaysScreen, desk: Desk, jobs: JobRunner) -> None:
    press(screen, "Take away: First password", jobs)

    assert [question.danger for question in desk.questions] == [True]
    assert [error.happened for error in desk.errors] == [
        "This is the only password that opens the records."
    ]


def test_a_pin_and_being_asked_at_each_start(screen: WaysScreen, pc: Pc, jobs: JobRunner) -> None:
    screen.set_pin()
    (sheet,) = screen.findChildren(PinSheet)
    for field in (sheet.secret, sheet.again):
        field.set_value("739164")
    sheet.save_button.click()
    settle(jobs)
    press(screen, "Ask at each start", jobs)

    assert set(kinds(pc)) == {SlotKind.PASSWORD, SlotKind.PIN}
    assert "Off: somebody is asked" in said(screen)
    assert "PIN on this PC" in said(screen)

    press(screen, "Open without asking", jobs)
    assert SlotKind.MACHINE in kinds(pc)


def test_a_kit_is_printed_proved_and_opens_the_records(
    screen: WaysScreen, pc: Pc, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    screen.print_kit()
    (sheet,) = screen.findChildren(KitSheet)
    sheet.make_button.click()
    settle(jobs)
    assert sheet.kit is None  # no keeper was named
    for keeper, name in zip(sheet.keepers, ("Asha", "Ravi", "Meera"), strict=True):
        keeper.set_value(name)
    sheet.make_button.click()
    settle(jobs)
    kit = sheet.kit
    assert kit is not None
    check_usable(screen)

    paper = tmp_path / "kit.pdf"
    sheet.save(paper)
    settle(jobs)
    pages = pypdfium2.PdfDocument(paper.read_bytes())
    assert len(pages) == 3
    pages.close()
    sheet.confirm_button.click()
    settle(jobs)
    assert "These are not the words of share 1." in sheet.banner.text()

    for fields, share, asked in zip(sheet.words, kit.shares, kit.asked, strict=True):
        for field, number in zip(fields, asked, strict=True):
            field.set_value(share.split()[number - 1])
    sheet.confirm_button.click()
    settle(jobs)
    words = said(screen)
    assert f"Kit {kit.number}" in words
    assert all(name in words for name in ("Asha", "Ravi", "Meera"))
    assert not paper.exists()
    assert str(kit.number) in desk.toasts[-1]

    pc.opened.site.close()
    recovery = Recovery(
        shares=kit.shares[1:], people=("Ravi", "Meera"), login="nobody", password=NEW, cost=CHEAP
    )
    with pytest.raises(Exception, match="nobody"):  # the shares did open the records
        recover(pc.folder, recovery, bring_up_to_date)


def test_a_kit_that_is_given_up_leaves_no_file(
    screen: WaysScreen, pc: Pc, jobs: JobRunner, tmp_path: Path
) -> None:
    screen.print_kit()
    (sheet,) = screen.findChildren(KitSheet)
    for keeper, name in zip(sheet.keepers, ("Asha", "Ravi", "Meera"), strict=True):
        keeper.set_value(name)
    sheet.make()
    settle(jobs)
    sheet.save(tmp_path / "kit.pdf")
    settle(jobs)

    sheet.dismiss()
    settle(jobs)

    assert not (tmp_path / "kit.pdf").exists()
    assert Protection(pc.opened).ways(ACTOR).kit is None


def test_another_hand_is_told_and_the_list_accepted(
    screen: WaysScreen, pc: Pc, jobs: JobRunner
) -> None:
    path = pc.opened.folder / "keyslots.json"
    path.write_text(path.read_text().replace('"label":""', '"label":"x"', 1))
    screen.refresh()
    settle(jobs)
    (alarm,) = [one for one in screen.findChildren(Banner) if "does not know the key" in one.text()]
    assert alarm.isVisible()

    press(screen, "Accept the list", jobs)

    assert not [one for one in screen.findChildren(Banner) if "does not know the key" in one.text()]


def test_the_key_is_changed_only_by_who_proves_a_password(
    screen: WaysScreen, desk: Desk, jobs: JobRunner
) -> None:
    screen.change_key()
    (sheet,) = screen.findChildren(KeyChangeSheet)
    sheet.password.set_value("not this one")
    sheet.save_button.click()
    settle(jobs)
    assert desk.key_changes == []
    assert sheet.isVisible()

    sheet.password.set_value(PASSWORD)
    sheet.save_button.click()
    settle(jobs)

    assert desk.key_changes == [PASSWORD]


def test_a_servers_records_have_no_ways(
    services: object, jobs: JobRunner, theme: Theme, clock: TurnedClock, window: QWidget
) -> None:
    desk = WrittenDesk(services, administrator(), jobs, theme, clock)  # records without a key
    screen = WaysScreen(desk)  # type: ignore[arg-type]  # the fixture's services
    put(screen, window, jobs)

    assert not screen.parts.isVisible()
    assert desk.errors == []


def test_headquarters_are_given_the_key_and_it_is_taken_back(
    screen: WaysScreen, pc: Pc, jobs: JobRunner, tmp_path: Path, clock: TurnedClock
) -> None:
    assert screen.hq_card.isHidden()  # nobody is paired
    know_each_other(first_pc(tmp_path / "hq", clock, code="HQ"), pc)
    screen.refresh()
    settle(jobs)
    assert "if they were given the key" in said(screen.hq_card)
    check_usable(screen)

    screen.hq_card.button.click()
    settle(jobs)
    assert SlotKind.ESCROW in kinds(pc)
    assert "Hold the key, sealed" in said(screen.hq_card)
    assert screen.hq_card.button.isHidden()

    press(screen, "Take away: Plant HQ", jobs)
    assert SlotKind.ESCROW not in kinds(pc)


def test_a_plants_request_is_answered_at_headquarters(
    screen: WaysScreen, pc: Pc, jobs: JobRunner, tmp_path: Path, clock: TurnedClock
) -> None:
    plant = first_pc(tmp_path / "plant", clock, code="NAG")
    know_each_other(pc, plant)  # this site is headquarters
    Escrow(plant.opened).give(ACTOR)
    locked = LockedRecords(plant.opened.folder, tmp_path / "plant" / "keys", clock)
    asked = locked.ask(("Asha Rao", "Farida Khan"), "both administrators have left")
    request = tmp_path / "nagpur.daksha-key-request"
    request.write_bytes(asked.document)
    screen.refresh()
    settle(jobs)

    screen.hq_card.button.click()
    (sheet,) = screen.findChildren(AnswerSheet)
    sheet.read(request)
    settle(jobs)
    words = said(sheet)
    for told in ("Plant NAG", "Asha Rao + Farida Khan", "both administrators have left"):
        assert told in words
    assert "No PC that is known here" not in words
    assert sheet.findChildren(Fingerprint)[0].words() == asked.words
    check_usable(screen)
    sheet.save(tmp_path / "answer.daksha-key-answer")
    settle(jobs)

    answer = (tmp_path / "answer.daksha-key-answer").read_bytes()
    assert locked.key_in(answer) == plant.opened.data_key


def test_a_request_that_no_known_pc_signed_is_warned_of(
    screen: WaysScreen, pc: Pc, jobs: JobRunner, tmp_path: Path, clock: TurnedClock
) -> None:
    plant = first_pc(tmp_path / "plant", clock, code="NAG")
    know_each_other(pc, plant)
    Escrow(plant.opened).give(ACTOR)
    elsewhere = LockedRecords(plant.opened.folder, tmp_path / "other keys", clock)
    request = tmp_path / "nagpur.daksha-key-request"
    request.write_bytes(elsewhere.ask(("Asha", "Ravi"), "the disk was moved").document)
    screen.refresh()
    settle(jobs)
    screen.hq_card.answer()
    (sheet,) = screen.findChildren(AnswerSheet)

    sheet.read(request)
    settle(jobs)

    assert "No PC that is known here" in "".join(
        one.text() for one in sheet.findChildren(Banner) if one.isVisible()
    )
