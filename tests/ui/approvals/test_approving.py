"""Submitting in the editor, the list of what waits, the review side by side, and signing by keyboard."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.approvals import Subject, SubjectState
from app.core.assessments import BANK, body_of, quiz_of
from app.core.base.actor import system_actor
from app.core.base.ids import new_id
from app.core.base.paging import PageRequest
from app.core.courses import VERSION, CourseState, NewCourse, acknowledgement, change, insert
from app.ui.approvals.acts import ApproveSheet
from app.ui.approvals.inbox_screen import InboxScreen
from app.ui.approvals.review_screen import ReviewScreen
from app.ui.assessments.authoring.bank_screen import BankScreen
from app.ui.courses.compare_sheet import CompareSheet
from app.ui.courses.editor_screen import EditorScreen
from app.ui.courses.publish_sheet import PublishSheet
from app.ui.kit.cards import RowButton
from app.ui.kit.jobs import JobRunner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignDialog
from app.ui.reports.where_used_screen import WhereUsedScreen
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import said

ASHA = replace(system_actor("Asha"), account_id=new_id())
READ = acknowledgement({"en": "Lock before you reach in."}, language="en", title="Rules")


def seen(widget: QWidget, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("DAKSHA_PICTURES"):
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def ask(desk: Desk) -> None:
    desk.services.approvals.ask(desk.actor, VERSION, is_asked=True, reason="QA wants it")


@pytest.fixture
def course_id(founder_desk: Desk) -> UUID:
    """A course of Asha's, published, with a draft that changes a text, a mark and the title."""
    courses, banks = founder_desk.services.courses, founder_desk.services.banks
    made = courses.create(ASHA, NewCourse(title="Lockout and tagout", code="LOTO"))
    bank = banks.create(ASHA, "Lockout")
    banks.add(ASHA, bank, replace(banks.blank("true_false", "en"), name="A tag locks a valve"))
    quiz = banks.pools.lesson(ASHA, bank)
    outline = insert(insert(courses.draft_of(ASHA, made), READ), quiz)
    courses.save_draft(ASHA, made, outline)
    courses.publish_checks.clear()  # the question is a stub
    courses.publish(ASHA, made)
    settings = replace(quiz_of(quiz).settings, pass_mark=quiz_of(quiz).settings.pass_mark / 2)
    easier = replace(quiz, body=body_of(replace(quiz_of(quiz), settings=settings)))
    added = acknowledgement({"en": "I tried it."}, language="en", title="Try it")
    outline = change(insert(outline, added), easier)
    text = {"en": "Lock and tag before you reach in."}
    outline = change(outline, replace(READ, body={**READ.body, "statements": text}))
    courses.save_draft(ASHA, made, replace(outline, valid_months=12))
    return made


def submitted(desk: Desk, course_id: UUID) -> Subject:
    ask(desk)
    sent = desk.services.courses.approving.submit(ASHA, course_id, "the tag is new")
    return Subject(VERSION, sent.version_id)


def test_the_editor_submits_instead_of_publishing_and_shuts_the_draft(
    founder_desk: Desk, course_id: UUID, window: QWidget, jobs: JobRunner
) -> None:
    ask(founder_desk)
    screen = EditorScreen(founder_desk)
    put(screen, window, jobs, course_id=course_id)
    assert screen.head.publish_button.text() == "Submit for approval"

    screen.head.publish_button.click()
    settle(jobs)
    (sheet,) = [one for one in window.findChildren(PublishSheet) if one.isVisible()]
    assert "frozen" in said(sheet)
    sheet.note.set_value("the tag is new")
    sheet.save_button.click()
    settle(jobs)

    assert "is submitted" in founder_desk.toasts[-1]
    screen.refresh()
    settle(jobs)
    assert screen.course is not None
    assert screen.course.detail.state is CourseState.IN_REVIEW
    assert not screen.may_edit
    assert "waits for an approval" in screen.notice.text()
    seen(screen, "editor-in-review")
    screen.look_button.click()
    assert founder_desk.opened[-1][0] == "approval_review"


def test_the_editor_says_that_the_site_asks_for_no_approval(
    founder_desk: Desk, course_id: UUID, window: QWidget, jobs: JobRunner
) -> None:
    screen = EditorScreen(founder_desk)
    put(screen, window, jobs, course_id=course_id)
    assert screen.head.publish_button.text() == "Publish"
    assert "published without approval" in said(screen.versions)

    screen.head.publish_button.click()
    settle(jobs)
    (sheet,) = [one for one in window.findChildren(PublishSheet) if one.isVisible()]

    assert "this site does not ask for it" in said(sheet)
    sheet.dismiss()


def test_a_course_comes_back_with_a_reason_and_a_signature_where_the_site_asks(
    founder_desk: Desk, course_id: UUID, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    courses = founder_desk.services.courses
    courses.retire(ASHA, course_id)
    ask(founder_desk)
    screen = EditorScreen(founder_desk)
    put(screen, window, jobs, course_id=course_id)
    assert screen.course is not None

    screen.whole.bring_back(screen.course)
    settle(jobs)
    assert courses.detail(ASHA, course_id).state is CourseState.RETIRED
    sign_by_keys(window, jobs, qtbot, shows="Version 1 is begun again.\nbecause")

    assert founder_desk.toasts[-1] == "The course is in use again."
    assert courses.detail(ASHA, course_id).state is CourseState.CHANGED


def test_a_draft_is_compared_with_the_version_in_force(
    founder_desk: Desk, course_id: UUID, window: QWidget, jobs: JobRunner
) -> None:
    screen = EditorScreen(founder_desk)
    put(screen, window, jobs, course_id=course_id)
    assert screen.course is not None

    screen.whole.compare(screen.course)
    settle(jobs)

    (sheet,) = [one for one in window.findChildren(CompareSheet) if one.isVisible()]
    told = said(sheet)
    assert "Lock and tag before you reach in." in told
    assert "40%" in told
    seen(window, "editor-compare")
    sheet.dismiss()


def test_the_list_shows_what_waits_and_what_the_site_asks_for(
    founder_desk: Desk, course_id: UUID, window: QWidget, jobs: JobRunner
) -> None:
    subject = submitted(founder_desk, course_id)
    screen = InboxScreen(founder_desk)
    put(screen, window, jobs)
    check_usable(screen)
    seen(screen, "inbox")

    (line,) = screen.lines
    assert "LOTO Lockout and tagout, version 2" in line.accessibleName()
    assert "the tag is new" in line.accessibleName()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Space)
    assert founder_desk.opened == [
        ("approval_review", {"subject": subject, "subject_id": subject.id})
    ]

    two = next(one for one in screen.count_buttons if "Documents" in one.accessibleName())
    two.click()
    settle(jobs)
    assert founder_desk.questions[-1].ask_reason
    counts = {one.kind: one.approvers for one in founder_desk.services.approvals.rules(ASHA)}
    assert (counts["document_revision"], counts[VERSION]) == (2, 1)
    screen.refresh()
    settle(jobs)
    assert "Always: two others review and sign before it is used." in said(screen)
    seen(screen, "inbox_two")

    button = next(one for one in screen.rule_buttons if "Courses" in one.accessibleName())
    button.click()
    settle(jobs)
    question = founder_desk.questions[-1]
    assert question.ask_reason
    assert "Somebody else who may approve" in question.text
    assert founder_desk.services.approvals.is_asked(VERSION)
    assert "once somebody else signs" in founder_desk.toasts[-1]
    screen.refresh()
    settle(jobs)
    assert "proposed to ask for less" in said(screen)
    seen(screen, "inbox_proposed")
    button = next(one for one in screen.rule_buttons if "Courses" in one.accessibleName())
    assert button.text() == "Look at the proposal"
    button.click()
    key, args = founder_desk.opened[-1]
    review = ReviewScreen(founder_desk)
    put(review, window, jobs, **args)
    assert key == "approval_review"
    assert "no approval to be asked for" in said(review)
    assert "Published without approval" in said(review)
    assert not review.approve_button.isEnabled()
    check_usable(review)
    seen(review, "easing_review")


def test_an_empty_list_says_so(founder_desk: Desk, window: QWidget, jobs: JobRunner) -> None:
    screen = InboxScreen(founder_desk)
    put(screen, window, jobs)

    assert "Nothing waits" in said(screen)
    assert "does not ask for it" in said(screen)


def test_p11_14_a_version_is_read_side_by_side_and_its_signature_stands_under_it(
    founder_desk: Desk, course_id: UUID, window: QWidget, jobs: JobRunner, qtbot: QtBot
) -> None:
    subject = submitted(founder_desk, course_id)
    screen = ReviewScreen(founder_desk)
    put(screen, window, jobs, subject=subject)
    check_usable(screen)
    told = said(screen)
    for words in ("Pass mark", "80%", "40%", "Added", "Try it", "the tag is new"):
        assert words in told
    seen(screen, "review")

    screen.approve_button.setFocus()
    QTest.keyClick(screen.approve_button, Qt.Key.Key_Space)
    settle(jobs)
    (sheet,) = [one for one in window.findChildren(ApproveSheet) if one.isVisible()]
    sheet.effective_on.set_value(founder_desk.services.approvals.today + timedelta(days=3))
    sheet.remark.set_value("read by QA")
    seen(window, "review-approve")
    QTest.keyClick(sheet.save_button, Qt.Key.Key_Space)
    settle(jobs)
    sign_by_keys(window, jobs, qtbot)

    assert founder_desk.toasts[-1] == "Approved."
    screen.refresh()
    settle(jobs)
    assert screen.review is not None
    assert screen.review.standing.state is SubjectState.APPROVED
    told = said(screen)
    assert "Meera Joshi (E-1)" in told
    assert "Approved" in told
    assert not screen.approve_button.isVisible()
    seen(screen, "review-approved")


def sign_by_keys(window: QWidget, jobs: JobRunner, qtbot: QtBot, shows: str = "SHA-256") -> None:
    """Accept the statement, then sign what is shown."""
    (dialog,) = [one for one in window.findChildren(SignDialog) if one.isVisible()]
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.name is not None
    assert dialog.password is not None
    QTest.keyClicks(dialog.name.line, LOGIN)
    QTest.keyClicks(dialog.password.line, PASSWORD)
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    settle(jobs)
    assert shows in said(dialog)
    seen(dialog, "sign")
    QTest.keyClicks(dialog.password.line, PASSWORD)
    QTest.keyClick(dialog.password.line, Qt.Key.Key_Return)
    settle(jobs)


def test_who_wrote_it_cannot_press_approve_but_can_take_it_back(
    founder_desk: Desk, course_id: UUID, window: QWidget, jobs: JobRunner
) -> None:
    ask(founder_desk)
    sent = founder_desk.services.courses.approving.submit(founder_desk.actor, course_id)
    screen = ReviewScreen(founder_desk)
    put(screen, window, jobs, subject=Subject(VERSION, sent.version_id))

    assert screen.approve_button.isVisible()
    assert not screen.approve_button.isEnabled()
    assert "somebody else approves" in screen.notice.text()
    screen.withdraw_button.click()
    settle(jobs)
    assert founder_desk.toasts[-1] == "Taken back."


def test_a_rejection_asks_why_and_leads_back_to_the_draft(
    founder_desk: Desk, course_id: UUID, window: QWidget, jobs: JobRunner
) -> None:
    subject = submitted(founder_desk, course_id)
    screen = ReviewScreen(founder_desk)
    put(screen, window, jobs, subject=subject)

    screen.reject_button.click()
    settle(jobs)

    assert founder_desk.questions[-1].ask_reason
    standing = founder_desk.services.approvals.standing(subject)
    assert standing.state is SubjectState.DRAFT
    screen.preview_button.click()
    key, args = founder_desk.opened[-1]
    assert (key, list(args)) == ("player", ["preview"])


def test_a_bank_is_compared_and_submitted_on_its_screen(
    founder_desk: Desk, course_id: UUID, window: QWidget, jobs: JobRunner
) -> None:
    services = founder_desk.services
    (bank,) = services.banks.list(ASHA, PageRequest()).rows
    screen = BankScreen(founder_desk)
    put(screen, window, jobs, bank_id=bank.id)
    assert not screen.approval.isVisible()

    services.approvals.ask(founder_desk.actor, BANK, is_asked=True, reason="QA wants it")
    screen.refresh()
    settle(jobs)
    assert "Not all of this is approved" in screen.approval.text()
    check_usable(screen)
    seen(screen, "bank")
    screen.approval.compare()
    seen(window, "bank-compare")
    (sheet,) = [one for one in window.findChildren(SideSheet) if one.isVisible()]
    assert "A tag locks a valve" in said(sheet)
    sheet.dismiss()
    screen.approval.submit_button.click()
    settle(jobs)
    (form,) = [one for one in window.findChildren(FormSheet) if one.isVisible()]
    form.save_button.click()
    settle(jobs)
    screen.refresh()
    settle(jobs)
    assert "waits for an approval" in screen.approval.text()
    screen.approval.look_button.click()
    assert founder_desk.opened[-1][0] == "approval_review"
    review = ReviewScreen(founder_desk)
    put(review, window, jobs, **founder_desk.opened[-1][1])
    assert not review.preview_button.isVisible()
    seen(review, "bank-review")


def test_where_a_course_is_used_is_seen_and_opened(
    founder_desk: Desk, course_id: UUID, window: QWidget, jobs: JobRunner
) -> None:
    (bank,) = founder_desk.services.banks.list(ASHA, PageRequest()).rows
    screen = WhereUsedScreen(founder_desk)
    put(screen, window, jobs, course_id=course_id)
    check_usable(screen)
    assert "Requirement" in said(screen)
    seen(screen, "where-used")

    put(screen, window, jobs, bank_id=bank.id)
    line = screen.lines[0]
    assert isinstance(line, RowButton)
    line.click()
    assert founder_desk.opened[-1] == ("course_editor", {"course_id": course_id})
