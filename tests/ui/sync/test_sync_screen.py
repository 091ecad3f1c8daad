"""The board: how it stands with every PC, what left, what came, and what alarms."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.people.account_models import AccountRow
from app.core.reports import FILES_THAT_LEFT
from app.ui.kit.buttons import Button
from app.ui.kit.chips import StatusChip
from app.ui.kit.jobs import JobRunner
from app.ui.kit.notices import Banner, EmptyState
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import Tone
from app.ui.sync.file_sheets import CameSheet, SentSheet
from app.ui.sync.sync_screen import SyncScreen
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR, first_pc, forget_anchor, know_each_other, opened_again
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import Pair, add, rename, said


@pytest.fixture
def screen(desk: Desk) -> SyncScreen:
    return SyncScreen(desk)


def banners(screen: SyncScreen) -> list[str]:
    return [one.text() for one in screen.findChildren(Banner) if one.isVisibleTo(screen)]


def test_nobody_is_paired_and_the_way_to_pair_is_shown(
    screen: SyncScreen, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    put(screen, window, jobs)
    (empty,) = screen.peers.findChildren(EmptyState)
    assert empty.button is not None

    empty.button.click()

    assert desk.opened == [("keys", {})]
    assert "No other PC or site is paired yet." in said(screen)
    check_usable(screen)


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (3, "1 file on the way", Tone.PRIMARY),
        (15, "No word of it for 15 days", Tone.WARNING),
        (31, "No word of it for 31 days", Tone.DANGER),
    ],
)
def test_a_file_that_nobody_acknowledges_is_told_by_its_age(
    screen: SyncScreen,
    pair: Pair,
    window: QWidget,
    jobs: JobRunner,
    clock: TurnedClock,
    days: int,
    words: str,
    tone: Tone,
) -> None:
    add(pair.here, "A")
    pair.here.send(pair.stick, pair.there)
    clock.turn(timedelta(days=days))

    put(screen, window, jobs)

    (chip,) = screen.peers.findChildren(StatusChip)
    assert (chip.text(), chip.tone()) == (words, tone)
    assert f"the oldest written {days} days ago" in said(screen)
    assert "never heard of" in said(screen)


def test_a_receipt_brings_it_up_to_date(
    screen: SyncScreen, pair: Pair, window: QWidget, jobs: JobRunner
) -> None:
    add(pair.here, "A")
    pair.here.send(pair.stick, pair.there)
    pair.there.take(pair.stick)
    pair.here.take(pair.stick)

    put(screen, window, jobs)

    (chip,) = screen.peers.findChildren(StatusChip)
    assert (chip.text(), chip.tone()) == ("Up to date", Tone.SUCCESS)
    assert "heard just now, as of" in said(screen)
    check_usable(screen)


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (13, "Up to date", Tone.SUCCESS),
        (14, "Silent for 14 days", Tone.WARNING),
        (200, "Silent for 200 days", Tone.DANGER),
    ],
)
def test_who_has_all_and_says_nothing_more_is_told_by_the_age_of_their_last_word(
    screen: SyncScreen,
    pair: Pair,
    window: QWidget,
    jobs: JobRunner,
    clock: TurnedClock,
    days: int,
    words: str,
    tone: Tone,
) -> None:
    add(pair.here, "A")
    pair.here.send(pair.stick, pair.there)
    pair.there.take(pair.stick)
    pair.here.take(pair.stick)
    clock.turn(timedelta(days=days))

    put(screen, window, jobs)

    (chip,) = screen.peers.findChildren(StatusChip)
    assert (chip.text(), chip.tone()) == (words, tone)


def test_the_button_of_a_peer_leads_to_writing_for_it(
    screen: SyncScreen, pair: Pair, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    put(screen, window, jobs)
    (button,) = (
        one for one in screen.peers.findChildren(Button) if one.accessibleName().startswith("Write")
    )

    button.click()

    assert desk.opened == [("sync_write", {"peer": pair.there.key})]


def test_the_register_says_who_sent_what_to_whom(
    screen: SyncScreen, pair: Pair, window: QWidget, jobs: JobRunner
) -> None:
    add(pair.here, "A")
    path = pair.here.send(pair.stick, pair.there)
    put(screen, window, jobs, shown="sent")

    (file,) = screen._files.sent
    screen.sent.opened.emit(file)
    settle(jobs)

    (sheet,) = screen.findChildren(SentSheet)
    words = said(sheet)
    assert path.name in words
    assert "On the way" in words
    assert file.sha256[:8] in words
    assert "the program" in words
    assert screen.sent.model.total() == 1
    check_usable(screen)


def test_a_file_that_came_too_early_waits_and_is_told_on_top(
    screen: SyncScreen, pair: Pair, window: QWidget, jobs: JobRunner
) -> None:
    first = pair.brings("A")
    pair.there.hears_that(pair.here, has=first)
    pair.here.take(pair.brings("B"))
    put(screen, window, jobs)

    (told,) = banners(screen)
    assert told == "1 file waits for one that was written before it and has not come."
    screen.came.opened.emit(screen._files.came[0])
    settle(jobs)
    (sheet,) = screen.findChildren(CameSheet)
    assert "Something before it has not come yet (identity/" in said(sheet)

    pair.here.take(first)
    screen.refresh()
    settle(jobs)
    assert banners(screen) == []


def test_a_twin_rings_the_alarm_until_somebody_has_seen_to_it(
    screen: SyncScreen,
    pair: Pair,
    desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    tmp_path: Path,
    clock: TurnedClock,
) -> None:
    add(pair.there, "A")
    pair.there.opened.site.close()
    shutil.copytree(tmp_path / "there", tmp_path / "clone")
    forget_anchor(tmp_path / "clone")
    pair.there.reopen()
    clone = opened_again(tmp_path / "clone", clock)
    add(clone, "B")
    pair.here.take(pair.brings("C"))
    pair.here.take(clone.send(pair.stick, pair.here))

    put(screen, window, jobs)

    (told,) = banners(screen)
    assert told.startswith("There are two of ")
    assert "All that both wrote is kept" in told

    (button,) = (one for one in screen.findChildren(Button) if one.text() == "I have seen to it")
    button.click()
    settle(jobs)
    assert banners(screen) == []
    assert len(desk.questions) == 1


def test_conflicts_are_counted_and_lead_to_the_decision(
    screen: SyncScreen,
    pair: Pair,
    desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    clock: TurnedClock,
) -> None:
    pair.here.take(pair.brings("A"))
    rename(pair.here, "A", "First")
    clock.turn(timedelta(minutes=1))
    rename(pair.there, "A", "Second")
    pair.here.take(pair.there.send(pair.stick, pair.here))
    put(screen, window, jobs)

    assert banners(screen) == ["1 value was changed in two places and waits for a decision."]
    (button,) = (one for one in screen.findChildren(Button) if one.text() == "Decide")
    button.click()

    assert desk.opened == [("conflicts", {})]


def test_searching_the_lists_narrows_them(
    screen: SyncScreen, pair: Pair, window: QWidget, jobs: JobRunner
) -> None:
    pair.here.take(pair.brings("A"))
    pair.here.take(pair.brings("B"))
    put(screen, window, jobs, shown="came")
    assert screen.came.model.total() == 2

    screen.came.search_box.search_for("00002")
    settle(jobs)

    assert screen.came.model.total() == 1


def test_what_this_pc_laid_in_the_shared_folder_is_one_press_away(
    screen: SyncScreen, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    put(screen, window, jobs)

    screen.shared.laid.click()

    assert desk.opened == [("report", {"report": FILES_THAT_LEFT, "filters": (("way", "folder"),)})]
    check_usable(screen)


def test_what_a_pc_says_of_another_sites_account_is_told_until_somebody_has_seen_to_it(
    screen: SyncScreen,
    pair: Pair,
    desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    clock: TurnedClock,
) -> None:
    plant = first_pc(pair.stick.parent / "plant", clock, code="GOA")
    know_each_other(pair.here, plant)
    here = pair.here.opened.site_id
    with plant.opened.site.transaction(ACTOR, "test.altered") as unit:
        unit.add(AccountRow(login="ghost", name="Ghost", home_site_id=here))
    pair.here.take(plant.sync.export(ACTOR, [plant.sync.peer(ACTOR, str(here))], pair.stick).path)
    plant.close()
    put(screen, window, jobs)
    (alarm,) = (one for one in screen.findChildren(Banner) if "Ghost" in one.text())
    assert "what only its own site and headquarters may say" in alarm.text()
    check_usable(screen)

    next(one for one in alarm.findChildren(Button) if one.isEnabled()).click()
    settle(jobs)

    assert not any("Ghost" in words for words in banners(screen))


def test_a_peer_gets_again_what_it_is_thought_to_hold(
    screen: SyncScreen, pair: Pair, window: QWidget, jobs: JobRunner, desk: Desk
) -> None:
    add(pair.here, "A")
    pair.here.send(pair.stick, pair.there)
    pair.there.take(pair.stick)
    pair.here.take(pair.stick)
    put(screen, window, jobs)
    (state,) = pair.here.sync.board(ACTOR).peers
    only_news = pair.here.sync.plan(ACTOR, state.peer).entries
    (again,) = [
        one
        for one in screen.peers.findChildren(QPushButton)
        if one.accessibleName().startswith("Send again to ")
    ]

    again.click()
    (sheet,) = screen.findChildren(FormSheet)
    check_usable(screen)
    sheet.save_button.click()
    settle(jobs)

    (told,) = desk.toasts
    assert "carries it again" in told
    key = pair.there.opened.station.fingerprint.hex()
    assert desk.opened == [("sync_write", {"peer": key})]
    peer = pair.here.sync.peer(ACTOR, key)
    assert pair.here.sync.plan(ACTOR, peer).entries > only_news
