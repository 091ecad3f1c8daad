"""What a revoked PC wrote since: told above every screen, looked at, and left aside with a signature."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.core.signatures import Proof
from app.core.sync.refusals import KeptAside
from app.ui.kit.buttons import Button
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import column
from app.ui.kit.notices import Banner
from app.ui.shell.site_notices import SiteNotices
from app.ui.sync.aside_card import AsideCard, AsideSheet
from app.ui.sync.keys_screen import KeysScreen
from tests.support.in_touch import ACTOR
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import Pair, said
from tests.ui.sync.test_signed_conflicts import dialog_of, signed_in

__all__ = ["signed_in"]


def press(widget: QWidget, text: str, jobs: JobRunner) -> None:
    (found,) = [
        one for one in widget.findChildren(Button) if one.text() == text and one.isVisibleTo(widget)
    ]
    found.click()
    settle(jobs)


def notices(desk: Desk, window: QWidget, jobs: JobRunner) -> list[str]:
    told = SiteNotices(desk, window)
    column(window).addWidget(told)
    told.refresh()
    settle(jobs)
    words = [one.accessibleName() for one in told.findChildren(Banner)]
    told.hide()
    told.deleteLater()
    return words


def test_what_a_revoked_pc_wrote_since_is_told_read_and_left_aside_with_a_signature(
    signed_in: Desk, pair: Pair, window: QWidget, jobs: JobRunner
) -> None:
    pair.there.take(pair.here.send(pair.stick, pair.there))
    care, key = pair.here.opened.keys.care, bytes.fromhex(pair.there.key)
    care.revoke(ACTOR, key, "Stolen from the gate")
    with pytest.raises(KeptAside):
        pair.here.take(pair.brings("NIGHT-SHIFT"))
    signatures = signed_in.services.signatures
    signatures.accept_statement(signed_in.actor, Proof(name=LOGIN, password=PASSWORD))
    (told,) = notices(signed_in, window, jobs)
    assert "after it was revoked" in told

    screen = KeysScreen(signed_in)
    put(screen, window, jobs)
    (card,) = screen.findChildren(AsideCard)
    assert "To decide" in said(card)
    check_usable(screen)
    press(card, "Look", jobs)
    (sheet,) = screen.findChildren(AsideSheet)
    assert "NIGHT-SHIFT" in said(sheet)
    assert "Department" in said(sheet)
    press(sheet, "Leave aside, and sign", jobs)
    dialog = dialog_of(window)
    assert "they stay aside" in said(dialog)
    assert dialog.reason is not None
    assert dialog.password is not None
    QTest.keyClicks(dialog.reason.area, "Nobody of ours had it by then")
    QTest.keyClicks(dialog.password.line, PASSWORD)
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    settle(jobs)

    assert signed_in.toasts == ["It stays aside."]
    (card,) = [one for one in screen.findChildren(AsideCard) if one.isVisibleTo(screen)]
    assert "Stays aside" in said(card)
    assert "Nobody of ours had it by then" in said(card)
    assert notices(signed_in, window, jobs) == []
