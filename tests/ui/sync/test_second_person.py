"""Two people write a sync file at one PC: one prepares, the other reads what goes and signs."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.assembly import assemble
from app.core.signatures import Proof
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignDialog
from app.ui.kit.theme import Theme
from app.ui.sync.rule_card import RuleForm
from app.ui.sync.sync_screen import SyncScreen
from app.ui.sync.write_screen import WriteScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.in_touch import Pc
from tests.support.signers import (
    LOGIN,
    PASSWORD,
    SECOND,
    SECOND_PASSWORD,
    found_administrator,
    second_administrator,
)
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import Pair, said


@pytest.fixture
def signed_in(
    alone: Pc, qapp: QApplication, jobs: JobRunner, theme: Theme, clock: TurnedClock
) -> Iterator[Desk]:
    """The desk of the administrator who founded the site; another one signs, too."""
    found_administrator(alone)
    services = assemble(alone.opened)
    actor = services.sign_in.sign_in(LOGIN, PASSWORD).actor
    services.signatures.accept_statement(actor, Proof(name=LOGIN, password=PASSWORD))
    second_administrator(alone.opened.site, services.sign_in, services.signatures, actor)
    yield WrittenDesk(services, actor, jobs, theme, clock, services.open_site)
    assert jobs.wait_idle(20_000)
    services.close()


def test_the_rule_is_said_and_then_the_second_person_signs_by_keyboard(
    signed_in: Desk, pair: Pair, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    board = SyncScreen(signed_in)
    put(board, window, jobs)
    assert "One person writes them" in said(board)
    board.rule.change.click()
    (sheet,) = window.findChildren(FormSheet)
    assert isinstance(sheet.form, RuleForm)
    sheet.form.two_persons.set_value(True)
    sheet.form.reason.set_value("The auditor asked")
    check_usable(sheet)
    sheet.save_button.click()
    settle(jobs)
    assert "Two people: one prepares" in said(board)
    board.rule.change.click()
    sheet = window.findChildren(FormSheet)[-1]
    sheet.form.two_persons.set_value(False)
    sheet.form.reason.set_value("The auditor has left")
    assert not sheet.form.begins.isVisible()
    sheet.save_button.click()
    settle(jobs)
    assert "It is proposed that one person writes them" in said(board)
    assert "Two people: one prepares" in said(board)
    assert board.rule.proposal.isVisible()

    screen = WriteScreen(signed_in)
    put(screen, window, jobs, peer=pair.there.key)
    screen.form.place_card.place.choose(pair.stick)
    settle(jobs)
    qtbot.keyClick(screen.form.write_button, Qt.Key.Key_Return)
    settle(jobs)
    assert not list(pair.stick.iterdir())
    (dialog,) = [one for one in window.findChildren(SignDialog) if one.isVisible()]
    assert "Prepared by Meera Joshi (E-1)" in said(dialog)
    assert "Ravi Iyer (E-2)" in said(dialog)
    check_usable(dialog)
    assert dialog.name is not None
    assert dialog.password is not None
    QTest.keyClicks(dialog.name.line, SECOND)
    QTest.keyClicks(dialog.password.line, SECOND_PASSWORD)
    pair.stick.rmdir()  # pulled while somebody signs
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    settle(jobs)
    assert screen.banner.isVisible()
    pair.stick.mkdir()
    qtbot.keyClick(screen.form.write_button, Qt.Key.Key_Return)
    settle(jobs)  # and what was signed is written without another signature

    assert "Safe to remove" in said(screen)
    (newest,) = signed_in.services.sync.board(signed_in.actor).sent
    assert newest.account_id == signed_in.actor.account_id
    assert newest.confirmed is not None
    assert newest.confirmed.name == "Ravi Iyer"
    assert signed_in.services.signatures.now(signed_in.actor).asks_id
