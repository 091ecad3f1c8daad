"""A conflict that rules depend on: read in full, signed by the keyboard alone, refused without."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.assembly import assemble
from app.core.base.paging import PageRequest
from app.core.signatures import SignatureState
from app.core.training.models import RequirementRow
from app.ui.kit.jobs import JobRunner
from app.ui.kit.signing import SignDialog, Signer, StatementDialog
from app.ui.kit.theme import Theme
from app.ui.sync.conflicts_screen import ConflictsScreen
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.support.in_touch import ACTOR, Pc
from tests.support.signers import LOGIN, PASSWORD, found_administrator
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import Pair, said


@pytest.fixture
def signed_in(
    alone: Pc, qapp: QApplication, jobs: JobRunner, theme: Theme, clock: TurnedClock
) -> Iterator[Desk]:
    """The desk of the administrator who founded the site."""
    found_administrator(alone)
    services = assemble(alone.opened)
    actor = services.sign_in.sign_in(LOGIN, PASSWORD).actor
    yield WrittenDesk(services, actor, jobs, theme, clock, services.open_site)
    assert jobs.wait_idle(20_000)
    services.close()


@pytest.fixture
def contested(signed_in: Desk, pair: Pair, clock: TurnedClock) -> UUID:
    """A requirement that two PCs let hold for 24 and for 36 months."""
    with pair.here.opened.site.transaction(ACTOR, "requirement.add") as unit:
        row = RequirementRow(code="FIRE", title="Fire safety", course_id=None, valid_months=12)
        unit.add(row)
    pair.there.take(pair.here.send(pair.stick, pair.there))
    for pc, months in ((pair.here, 24), (pair.there, 36)):
        with pc.opened.site.transaction(ACTOR, "requirement.edit") as unit:
            unit.get_one(RequirementRow, row.id).valid_months = months
        clock.turn(timedelta(minutes=1))
    pair.here.take(pair.there.send(pair.stick, pair.here))
    return row.id


@pytest.fixture
def screen(signed_in: Desk, contested: UUID, window: QWidget, jobs: JobRunner) -> ConflictsScreen:
    screen = ConflictsScreen(signed_in)
    put(screen, window, jobs)
    return screen


def dialog_of(window: QWidget) -> SignDialog:
    """Return the dialog that is open."""
    (dialog,) = [one for one in window.findChildren(SignDialog) if one.isVisible()]
    return dialog


def months(desk: Desk, key: UUID) -> int | None:
    with desk.services.open_site.site.read() as session:
        return session.get_one(RequirementRow, key).valid_months


def test_the_statement_and_then_the_decision_are_signed_by_the_keyboard_alone(
    screen: ConflictsScreen,
    signed_in: Desk,
    contested: UUID,
    window: QWidget,
    jobs: JobRunner,
    qtbot: QtBot,
) -> None:
    """P11-10, P11-20: the statement comes first and asks for id and password, what follows for one."""
    (card,) = screen.cards
    assert "Needs a signature" in said(card)
    keep = next(one for one in card.buttons if one.accessibleName() == "Keep 36")
    keep.click()
    settle(jobs)
    dialog = dialog_of(window)
    qtbot.waitUntil(dialog.isActiveWindow)  # what is to be signed may be there before
    assert dialog.is_statement
    assert "legally binding" in said(dialog)
    assert dialog.name is not None
    assert dialog.name.line.hasFocus()
    check_usable(dialog)

    QTest.keyClicks(dialog.name.line, "E-1")
    QTest.keyClick(dialog.name.line, Qt.Key.Key_Return)
    assert dialog.password is not None
    assert dialog.password.line.hasFocus()
    QTest.keyClicks(dialog.password.line, PASSWORD)
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    settle(jobs)

    assert not dialog.is_statement
    assert dialog.name is None
    assert dialog.reason is not None
    assert dialog.password is not None
    assert "I decide that this stands: 36" in said(dialog)
    assert "24: by" in said(dialog)
    check_usable(dialog)
    QTest.keyClicks(dialog.reason.area, "QA says so")
    QTest.keyClicks(dialog.password.line, PASSWORD)
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    settle(jobs)

    assert signed_in.toasts == ["Decided."]
    assert months(signed_in, contested) == 36
    assert screen.cards == []
    checked = signed_in.services.signatures.check(ACTOR, PageRequest())
    assert [one.line.meaning for one in checked] == ["decided", "acknowledged"]
    assert {one.state for one in checked} == {SignatureState.VALID}


def test_what_is_read_before_the_window_is_active_has_the_focus_when_it_is(
    signed_in: Desk, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    signer = Signer(signed_in.actor, signed_in.services.signatures, jobs)
    was_read = threading.Event()

    def open_it(_none: None) -> None:
        StatementDialog(signer, lambda: None, window).open()
        jobs.run(lambda _progress: was_read.set(), owner=window)  # after what the dialog asks
        assert was_read.wait(20)

    jobs.run(lambda _progress: None, done=open_it, owner=window)
    settle(jobs)
    dialog = dialog_of(window)
    qtbot.waitUntil(dialog.isActiveWindow)

    assert dialog.name is not None
    assert dialog.name.line.hasFocus()
    dialog.reject()


def test_a_wrong_password_signs_nothing_and_the_dialog_stays(
    screen: ConflictsScreen, signed_in: Desk, contested: UUID, window: QWidget, jobs: JobRunner
) -> None:
    screen.cards[0].buttons[0].click()
    settle(jobs)
    dialog = dialog_of(window)
    assert dialog.name is not None
    assert dialog.password is not None
    dialog.name.set_value("E-1")
    QTest.keyClicks(dialog.password.line, "not this at all")
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    settle(jobs)

    assert dialog.isVisible()
    assert "not right" in dialog.trouble.text()
    assert dialog.password.value() == ""
    assert months(signed_in, contested) == 24
    assert signed_in.services.signatures.check(ACTOR, PageRequest()) == ()


def test_p11_10_declining_the_statement_signs_nothing(
    screen: ConflictsScreen, signed_in: Desk, contested: UUID, window: QWidget, jobs: JobRunner
) -> None:
    """P11-10: who declines cannot sign."""
    screen.cards[0].buttons[0].click()
    settle(jobs)
    dialog_of(window).cancel_button.click()
    settle(jobs)

    assert len(screen.cards) == 1
    assert signed_in.services.signatures.now(signed_in.actor).statement
