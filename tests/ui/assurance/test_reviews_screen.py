"""The reviews' screen: months, incidents and readers, each with its way to a signature."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.assurance import NewIncident, OversightRule, Severity
from app.core.operations import Check, Health
from app.core.signatures import Proof
from app.ui.assurance.forms import ask_review
from app.ui.assurance.incident_sheet import IncidentSheet
from app.ui.assurance.reviews_screen import ReviewsScreen
from app.ui.kit.buttons import Button
from app.ui.kit.cards import RowButton
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignDialog
from app.ui.reports.overview_cards import SystemCard
from tests.support.clock import TurnedClock
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, check_usable, put, settle


@pytest.fixture
def screen(
    founder_desk: Desk, window: QWidget, jobs: JobRunner, clock: TurnedClock
) -> ReviewsScreen:
    services, actor = founder_desk.services, founder_desk.actor
    services.signatures.accept_statement(actor, Proof(name=LOGIN, password=PASSWORD))
    services.oversight_rules.say(actor, OversightRule(review_days=10), "SOP QA-021")
    services.incidents.report(
        actor,
        NewIncident(
            title="Printer jammed",
            what="In the class.",
            severity=Severity.MINOR,
            happened_at=clock.now(),
        ),
    )
    clock.turn(timedelta(days=30))
    made = ReviewsScreen(founder_desk)
    put(made, window, jobs)
    return made


def said(screen: QWidget) -> str:
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisibleTo(screen))


def sign(window: QWidget, jobs: JobRunner, qtbot: QtBot) -> None:
    (dialog,) = (one for one in window.findChildren(SignDialog) if one.isVisible())
    settle(jobs)
    if dialog.name is not None:
        qtbot.keyClicks(dialog.name.line, LOGIN)
    assert dialog.password is not None
    qtbot.keyClicks(dialog.password.line, PASSWORD)
    dialog.sign()
    settle(jobs)


def test_a11_09_a_month_is_reviewed_and_signed(
    screen: ReviewsScreen, window: QWidget, jobs: JobRunner, qtbot: QtBot, founder_desk: Desk
) -> None:
    assert "Due on 10 Dec 2026" in said(screen)
    check_usable(screen)
    november = founder_desk.services.audit_reviews.months(founder_desk.actor)[1]
    ask_review(screen, november)
    settle(jobs)
    (sheet,) = screen.findChildren(FormSheet)
    sheet.form.findings.set_value("Nothing.")
    sheet.save_button.click()
    settle(jobs)
    sign(window, jobs, qtbot)

    assert founder_desk.errors == []
    assert "Meera Joshi, 23 Dec 2026" in said(screen)
    (read,) = (
        one
        for one in screen.findChildren(Button)
        if one.accessibleName() == "Read the review of Nov 2026"
    )
    read.click()
    settle(jobs)
    assert "Nothing." in said(window)


def test_what_is_late_stands_on_the_overview_and_leads_to_where_it_is_done(
    window: QWidget, jobs: JobRunner
) -> None:
    card, asked = SystemCard(), []
    card.setParent(window)
    card.show()
    card.place_asked.connect(asked.append)
    late = Check(key="audit-reviews", title="Review", health=Health.WATCH, says="1 month waits")
    amber = Check(key="committees", title="Committees", health=Health.WATCH, says="To be looked at")
    card.show_oversight((late, amber))
    settle(jobs)

    for line in card.findChildren(RowButton):
        line.click()
    assert "1 month waits" in said(card)
    assert asked == ["reviews", "committees"]


def test_a11_13_an_incident_is_closed_with_a_signature(
    screen: ReviewsScreen, window: QWidget, jobs: JobRunner, qtbot: QtBot, founder_desk: Desk
) -> None:
    (line,) = (one for one in screen.findChildren(RowButton) if one.isVisible())
    line.click()
    settle(jobs)
    (sheet,) = screen.findChildren(IncidentSheet)
    sheet.ask_closing()
    (form,) = (one for one in screen.findChildren(FormSheet) if one.isVisible())
    for field, words in zip(form.form.fields(), ("Damp paper.", "New paper."), strict=True):
        field.set_value(words)
    form.save_button.click()
    settle(jobs)
    sign(window, jobs, qtbot)

    assert founder_desk.errors == []
    (incident,) = founder_desk.services.incidents.incidents(founder_desk.actor)
    assert not incident.is_open
    assert "Closed" in said(screen)
