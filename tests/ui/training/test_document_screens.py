"""Documents in the window: added, released, asked for again, read to the end and signed."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.core.base.paging import PageRequest
from app.core.people import Audience, NewPerson, PersonChange, PersonId, Reads
from app.core.signatures import Proof, Undersigned
from app.core.training import RequirementType, Terms, Validity
from app.core.training.controlled import (
    Ask,
    DocumentChange,
    NewDocument,
    NewReview,
    NewRevision,
    ReadingTerms,
    ReviewOutcome,
    RevisionState,
)
from app.core.training.requirements import NewRequirement, RequirementChange, RequirementSummary
from app.ui.kit.buttons import Button
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.printing import print_pages
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signing import SignDialog
from app.ui.learning.home_screen import HomeScreen
from app.ui.training.compare_revisions_sheet import CompareRevisionsSheet
from app.ui.training.document_forms import DocumentForm, RevisionForm
from app.ui.training.document_reviewing import ReviewForm
from app.ui.training.document_screen import DocumentScreen
from app.ui.training.documents_screen import DocumentsScreen
from app.ui.training.impact_sheet import ImpactSheet
from app.ui.training.people_field import PeopleField
from app.ui.training.planned_impact_sheet import PlannedImpactSheet
from app.ui.training.reading_screen import ReadingScreen
from app.ui.training.requirements_screen import RequirementsScreen
from app.ui.training.revision_screen import RevisionScreen
from app.ui.training.training_status_sheet import TrainingStatusSheet
from tests.support.documents import AUTHOR, a_pdf, people_adder
from tests.support.signers import LOGIN, PASSWORD
from tests.ui.reports.opened import Desk, auditor, check_usable, put, settle

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def desk(founder_desk: Desk) -> Iterator[Desk]:
    site = founder_desk.services.open_site.site
    site.listeners.append(founder_desk.changes.announce)
    yield founder_desk
    site.listeners.remove(founder_desk.changes.announce)


def sign_it(dialog: SignDialog, jobs: JobRunner) -> None:
    """Give id and password; the statement comes first, once."""
    for _time in range(2):
        settle(jobs)
        if not isValid(dialog) or dialog.password is None:
            return
        if dialog.name is not None:
            QTest.keyClicks(dialog.name.line, LOGIN)
        QTest.keyClicks(dialog.password.line, PASSWORD)
        dialog.sign()
    settle(jobs)


def dialog_of(window: QWidget, jobs: JobRunner) -> SignDialog:
    settle(jobs)
    return window.findChildren(SignDialog)[-1]


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def a_document(desk: Desk, folder: Path, *, signed: bool = True, may_print: bool = False) -> UUID:
    """Require SOP-123 to be read by everybody; its revision 4 waits for an approval."""
    documents = desk.services.documents
    terms = ReadingTerms(page_seconds=2, may_print=may_print)
    new = NewDocument(number="SOP-123", title="Lock and tag", owner="Quality", terms=terms)
    made = documents.add(AUTHOR, new)
    kind = RequirementType.READ_ACK
    asked = Terms(from_on=TODAY, validity=Validity.FOR_GOOD, signed=signed)
    requirement = desk.services.training.catalogue.add(
        AUTHOR, NewRequirement(code="READ", title="Read SOP-123", type=kind, terms=asked)
    )
    documents.change(AUTHOR, made, DocumentChange(requirements=(requirement,)))
    revise(desk, made, "4", folder, TODAY)
    return made


def revise(desk: Desk, document_id: UUID, label: str, folder: Path, on: date) -> UUID:
    path = a_pdf(folder / f"SOP-123 rev {label}.pdf", 3, f"Lock and tag {label}")
    new = NewRevision(
        label=label, effective_from=on, summary="Step 4 is another one", files={"en": path}
    )
    made = desk.services.documents.add_revision(AUTHOR, document_id, new)
    desk.services.documents.steps.submit(AUTHOR, made)
    return made


def states(desk: Desk, document_id: UUID) -> dict[str, RevisionState]:
    found = desk.services.documents.detail(AUTHOR, document_id).revisions
    return {one.label: one.state for one in found}


def press(screen: QWidget, words: str) -> None:
    buttons = [one for one in screen.findChildren(Button) if one.accessibleName().startswith(words)]
    next(one for one in buttons if one.isVisible()).click()


def choose(screen: QWidget, what: str, words: str) -> None:
    """Choose what can be done with a revision: of its own button, or of its menu."""
    press(screen, f"More: {what}")
    menus = [one for one in screen.findChildren(QMenu) if one.isVisible()]
    next(one for one in menus[-1].actions() if one.text() == words).trigger()
    menus[-1].close()


def released(desk: Desk, window: QWidget, jobs: JobRunner, folder: Path, **said: bool) -> UUID:
    """Approve revision 4 in the window."""
    sop = a_document(desk, folder, **said)
    screen = DocumentScreen(desk)
    put(screen, window, jobs, document_id=str(sop))
    press(screen, "Approve")
    sign_it(dialog_of(window, jobs), jobs)
    assert states(desk, sop) == {"4": RevisionState.EFFECTIVE}
    screen.hide()
    screen.deleteLater()
    return sop


def test_a_document_is_added_and_its_first_revision_by_a_file_that_is_dropped(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    screen = DocumentsScreen(desk)
    put(screen, window, jobs)
    screen.begin_adding()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    for label, text in (
        ("Number", "SOP-7"),
        ("Title", "Spill"),
        ("Who answers for it", "EHS"),
        ("Read for these requirements", "NONE"),
    ):
        next(one for one in sheet.findChildren(TextField) if one.label == label).set_value(text)
    sheet.save_button.click()
    settle(jobs)
    assert "NONE is no requirement to read and acknowledge." in texts(sheet)
    next(
        one for one in sheet.findChildren(TextField) if one.label == "Read for these requirements"
    ).set_value("")
    sheet.save_button.click()
    settle(jobs)
    (opened,) = desk.opened
    assert opened[0] == "document"
    check_usable(screen)

    page = DocumentScreen(desk)
    put(page, window, jobs, **opened[1])
    assert "No requirement points at it yet" in texts(page)
    page.begin_revising()
    settle(jobs)
    sheet = page.findChildren(FormSheet)[-1]
    form = sheet.form
    assert isinstance(form, RevisionForm)
    form.label.set_value("1")
    sheet.save_button.click()
    settle(jobs)
    assert "There is no file." in texts(sheet)
    form.picker.offer([a_pdf(tmp_path / "spill.pdf")])
    sheet.save_button.click()
    settle(jobs)
    assert desk.toasts[-1] == "Revision 1 was added as a draft."
    press(page, "Submit")
    settle(jobs)
    found = desk.services.documents.numbered(AUTHOR, "SOP-7")
    assert found.revisions[0].state is RevisionState.IN_REVIEW
    check_usable(page)


def test_a_revision_is_approved_with_a_signature_and_looked_at(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    sop = released(desk, window, jobs, tmp_path)
    screen = RevisionScreen(desk)
    (four,) = desk.services.documents.detail(AUTHOR, sop).revisions
    put(screen, window, jobs, revision_id=str(four.id))
    assert "Page 1 of 3" in texts(screen)
    check_usable(screen)


def test_a_document_is_retired_brought_back_and_a_revision_withdrawn_with_a_signature(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    sop = released(desk, window, jobs, tmp_path)
    revise(desk, sop, "5", tmp_path, TODAY + DAY)
    screen = DocumentScreen(desk)
    put(screen, window, jobs, document_id=str(sop))
    for words, told, after in (
        ("Retire", "The document is retired.", RevisionState.RETIRED),
        ("Bring back", "The document is back.", RevisionState.EFFECTIVE),
    ):
        press(screen, words)
        dialog = dialog_of(window, jobs)
        assert "SOP-123, revision 4" in texts(dialog)
        assert "because" in texts(dialog)
        sign_it(dialog, jobs)
        assert desk.toasts[-1] == told
        assert states(desk, sop)["4"] is after
    assert "Out of force, and back" in texts(screen)
    assert len(screen.found.decisions if screen.found else ()) == 2
    press(screen, "Approve: Revision 5")
    sign_it(dialog_of(window, jobs), jobs)
    choose(screen, "Revision 5", "Withdraw revision")
    dialog = dialog_of(window, jobs)
    assert "In force after it: SOP-123, revision 4\nNobody had still to read it." in texts(dialog)
    sign_it(dialog, jobs)
    assert states(desk, sop) == {"4": RevisionState.EFFECTIVE, "5": RevisionState.RETIRED}
    revise(desk, sop, "6", tmp_path, TODAY + DAY)
    settle(jobs)
    choose(screen, "Revision 6", "Withdraw revision")
    settle(jobs)
    assert states(desk, sop)["6"] is RevisionState.RETIRED
    assert desk.toasts[-1] == "Revision 6 is withdrawn."
    choose(screen, "Revision 4", "Withdraw revision")  # the one that is in force
    assert "no learner opens it" in desk.questions[-1].text
    dialog = dialog_of(window, jobs)
    assert "In force after it: no revision" in texts(dialog)
    seen(dialog, "withdraw-in-force")
    sign_it(dialog, jobs)
    assert set(states(desk, sop).values()) == {RevisionState.RETIRED}
    seen(screen, "withdrawn")


def test_what_wants_a_document_read_is_pointed_elsewhere_and_retired_with_a_signature(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    released(desk, window, jobs, tmp_path)
    documents = desk.services.documents
    other = documents.add(AUTHOR, NewDocument(number="SOP-200", title="Tag", owner="Quality"))
    screen = DocumentScreen(desk)
    put(screen, window, jobs, document_id=str(other))
    screen.begin_changing()
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    form = sheet.form
    assert isinstance(form, DocumentForm)
    form.requirements.set_value("READ")
    sheet.save_button.click()
    settle(jobs)
    assert "A reason is needed" in texts(sheet)
    form.reason.set_value("It is in there now")
    sheet.save_button.click()
    dialog = dialog_of(window, jobs)
    assert "To read until now: SOP-123, revision 4" in texts(dialog)
    seen(dialog, "pointing")
    sign_it(dialog, jobs)
    assert desk.toasts[-1] == "SOP-200 was changed."
    assert [one.code for one in documents.detail(AUTHOR, other).requirements] == ["READ"]
    screen.hide()

    revise(desk, other, "A", tmp_path, TODAY)
    put(screen, window, jobs, document_id=str(other))
    press(screen, "Approve")
    sign_it(dialog_of(window, jobs), jobs)
    screen.hide()
    listed = RequirementsScreen(desk)
    put(listed, window, jobs)
    (one,) = desk.services.training.catalogue.all(AUTHOR)
    act(listed, one, "Assign it no more")
    dialog = dialog_of(window, jobs)
    assert "READ  Read SOP-123" in texts(dialog)
    sign_it(dialog, jobs)
    assert desk.toasts[-1] == "It is assigned no more."
    (one,) = desk.services.training.catalogue.all(AUTHOR)
    assert one.retired_on == TODAY
    act(listed, one, "Let it be assigned again")
    sign_it(dialog_of(window, jobs), jobs)
    assert desk.toasts[-1] == "It can be assigned again."
    listed.hide()
    put(screen, window, jobs, document_id=str(other))
    assert len(screen.found.decisions if screen.found else ()) == 2
    seen(screen, "document-decisions")


def test_a_review_is_recorded_by_keyboard_signed_and_shown_with_its_signature(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    sop = released(desk, window, jobs, tmp_path)
    screen = DocumentScreen(desk)
    put(screen, window, jobs, document_id=str(sop))
    assert "No day is said" in texts(screen)
    screen.review_button.setFocus()
    QTest.keyClick(screen.review_button, Qt.Key.Key_Space)
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    form = sheet.form
    assert isinstance(form, ReviewForm)
    assert form.next_due.value() == date(2028, 11, 23)
    sheet.save_button.click()
    settle(jobs)
    assert not desk.services.documents.detail(AUTHOR, sop).reviews  # nothing was said of it
    form.remark.set_value("Compared with the line")
    form.next_due.set_value(TODAY)
    sheet.save_button.click()
    settle(jobs)
    assert "The next review is after today, and within ten years." in texts(sheet)
    seen(window, "review-form")
    form.next_due.set_value(date(2027, 11, 23))
    sheet.save_button.click()
    dialog = dialog_of(window, jobs)
    assert "Next review by 23 Nov 2027" in texts(dialog)
    seen(dialog, "review-signing")
    sign_it(dialog, jobs)
    assert desk.toasts[-1] == "The review is signed and on record."
    told = texts(screen)
    assert "Revision 4: Stays as it is" in told
    assert "Due 23 Nov 2027" in told
    check_usable(screen)
    press(screen, "Signature: Revision 4: Stays as it is")
    (review,) = desk.services.documents.detail(AUTHOR, sop).reviews
    assert desk.opened[-1] == ("signatures", {"record": str(review.id)})

    screen.review_button.click()
    settle(jobs)
    form = screen.findChildren(FormSheet)[-1].form
    assert isinstance(form, ReviewForm)
    assert form.next_due.value() == date(2027, 11, 23)  # the span that was signed last
    QTest.keyClick(form.outcome.combo, Qt.Key.Key_Down)
    assert not form.next_due.isVisible()
    form.remark.set_value("Step 2 is wrong")
    screen.findChildren(FormSheet)[-1].save_button.click()
    sign_it(dialog_of(window, jobs), jobs)
    assert "Due 23 Nov 2027 · A new revision is needed" in texts(screen)
    seen(screen, "document-reviews")


def test_who_sees_to_a_review_is_named_on_the_page_of_the_document(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    sop = released(desk, window, jobs, tmp_path)
    people_adder(desk.services.open_site.site)("E-2")
    screen = DocumentScreen(desk)
    put(screen, window, jobs, document_id=str(sop))
    assert "Nobody yet: nobody is reminded" in texts(screen)
    press(screen, "Choose who sees to the review")
    settle(jobs)
    sheet = screen.findChildren(FormSheet)[-1]
    who = sheet.findChild(PeopleField)
    assert who is not None
    who.set_value(["E-2"])
    settle(jobs)
    seen(window, "keeper-form")
    sheet.save_button.click()
    settle(jobs)
    assert "Person E-2 (E-2)" in texts(screen)
    check_usable(screen)


def test_the_register_shows_which_reviews_are_due_and_which_are_soon(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    released(desk, window, jobs, tmp_path)
    documents, door = desk.services.documents, desk.services.signatures

    def review(next_due: date | None, outcome: ReviewOutcome = ReviewOutcome.STAYS) -> None:
        found = documents.numbered(AUTHOR, "SOP-123").summary
        new = NewReview(outcome=outcome, next_due=next_due, remark="Fine")
        words = documents.reviewing.text(desk.actor, found.id, new)
        pen = door.pen(desk.actor, Proof(name=LOGIN, password=PASSWORD))
        documents.reviewing.review(desk.actor, found.id, new, Undersigned(pen, words))

    def listed(value: str) -> list[str]:
        request = PageRequest(filters=(("review", value),))
        return [one.number for one in screen._fetch(request).rows]

    screen = DocumentsScreen(desk)
    put(screen, window, jobs)
    assert (listed("due"), listed("soon")) == ([], [])
    review(TODAY + 60 * DAY)
    assert (listed("due"), listed("soon")) == ([], ["SOP-123"])
    review(TODAY + 61 * DAY)
    assert listed("soon") == []
    review(None, ReviewOutcome.REVISE)
    settle(jobs)
    seen(window, "documents-to-revise")
    check_usable(screen)


def test_two_revisions_are_compared_beside_each_other(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    sop = released(desk, window, jobs, tmp_path)
    screen = DocumentScreen(desk)
    put(screen, window, jobs, document_id=str(sop))
    buttons = [one.accessibleName() for one in screen.findChildren(Button) if one.isVisible()]
    assert not any(one.startswith("Compare") for one in buttons)  # there is nothing else
    revise(desk, sop, "5", tmp_path, TODAY + DAY)
    settle(jobs)
    five = next(
        one for one in screen.findChildren(Button) if one.accessibleName() == "Compare: Revision 5"
    )
    five.setFocus()
    QTest.keyClick(five, Qt.Key.Key_Space)
    settle(jobs)
    (sheet,) = screen.window().findChildren(CompareRevisionsSheet)
    told = texts(sheet)
    assert "Revision 4\nRevision 5" in told
    assert "Lock and tag «4» 1" in told
    assert "Lock and tag «5» 1" in told
    assert "pictures and drawings" in told
    assert sheet.earlier.value() is not None
    check_usable(sheet)
    seen(window, "compare-revisions")
    revise(desk, sop, "6", tmp_path, TODAY + 2 * DAY)
    sheet.dismiss()
    settle(jobs)
    press(screen, "Compare: Revision 4")  # the first of all is compared with the next
    settle(jobs)
    sheet = screen.window().findChildren(CompareRevisionsSheet)[-1]
    six = (
        next(one.id for one in screen.found.revisions if one.label == "6") if screen.found else None
    )
    assert six is not None
    sheet.earlier.set_value(six)
    sheet.earlier.edited.emit()
    settle(jobs)
    assert "Lock and tag «6» 1" in texts(sheet)


def act(screen: RequirementsScreen, one: RequirementSummary, words: str) -> None:
    """Choose what can be done with a requirement."""
    wanted = next(each for each in screen._actions(one) if each.words == words)
    wanted.act()


def seen(widget: QWidget, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("DAKSHA_PICTURES"):
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def test_what_a_revision_asks_is_counted_while_it_is_chosen_then_signed(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    add = people_adder(desk.services.open_site.site)
    for number in range(6):
        add(f"P-{number}", role=("OPR", "QA")[number % 2])
    sop = released(desk, window, jobs, tmp_path)
    desk.services.training.assign(AUTHOR, "READ", Audience(), due_on=None, origin="Works there")
    five = revise(desk, sop, "5", tmp_path, TODAY + 7 * DAY)
    screen = DocumentScreen(desk)
    put(screen, window, jobs, subject_id=str(five))
    press(screen, "Approve: Revision 5")
    sign_it(dialog_of(window, jobs), jobs)
    press(screen, "Who reads it again: Revision 5")
    settle(jobs)
    sheet = screen.findChildren(ImpactSheet)[-1]
    assert "7 people have it" in texts(sheet)
    assert sheet.asked.text() == "7 people read it again."
    role = next(group for _box, group, is_role in sheet._boxes if group.name == "Role QA")
    assert role.id is not None
    sheet.choose(Ask.SOME, role.id)
    settle(jobs)
    assert sheet.asked.text() == "3 people read it again."
    sheet.reason.set_value("Step 4 is another one")
    sheet.sign_button.click()
    settle(jobs)
    sign_it(dialog_of(window, jobs), jobs)
    assert desk.toasts[-1] == "3 people read it again."
    (kept,) = desk.services.documents.detail(AUTHOR, sop).impacts
    assert (kept.asked, kept.job_roles) == (3, ("Role QA",))

    press(screen, "Who has read it: Revision 5")
    settle(jobs)
    status = screen.findChildren(TrainingStatusSheet)[-1]
    assert status.told.text() == "0 of 7 have read it."
    assert "7 days left" in texts(status)
    status.dismiss()
    check_usable(screen)


def test_who_reads_it_again_is_part_of_a_draft_whose_day_is_free(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    sop = released(desk, window, jobs, tmp_path)
    desk.services.training.assign(AUTHOR, "READ", Audience(), due_on=None, origin="Works there")
    screen = DocumentScreen(desk)
    put(screen, window, jobs, document_id=str(sop))
    screen.begin_revising()
    settle(jobs)
    added = screen.findChildren(FormSheet)[-1]
    form = added.form
    assert isinstance(form, RevisionForm)
    assert form.effective_from.value() == TODAY + DAY
    form.label.set_value("5")
    form.picker.offer([a_pdf(tmp_path / "five.pdf")])
    added.save_button.click()
    settle(jobs)

    press(screen, "Who reads it again: Revision 5")
    settle(jobs)
    sheet = screen.findChildren(PlannedImpactSheet)[-1]
    assert sheet.asked.text() == "1 person reads it again."
    sheet.reason.set_value("Step 4 is another one")
    check_usable(screen)
    sheet.sign_button.click()
    settle(jobs)
    assert "1 person reads it again." in texts(screen)
    assert "On the day on which it is in force" in texts(screen)
    newest = desk.services.documents.detail(AUTHOR, sop).revisions[0]
    assert newest.impact is not None
    assert newest.impact.reason == "Step 4 is another one"


def test_p11_06_the_button_opens_only_when_every_page_was_on_screen_and_the_core_agrees(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    released(desk, window, jobs, tmp_path)
    desk.services.training.assign(AUTHOR, "READ", Audience(), due_on=TODAY, origin="Works there")
    home = HomeScreen(desk)
    put(home, window, jobs)
    assert "1 document to read." in texts(home)
    assert home.hero.button is not None
    home.hero.button.click()
    ((key, args),) = desk.opened
    assert key == "reading"
    home.hide()

    screen = ReadingScreen(desk)
    put(screen, window, jobs, **args)
    assert not screen.sign_button.isEnabled()
    assert screen.needs.text() == "3 pages to look at"
    for page in (1, 2, 3):
        screen.trace.attention.beat.emit(2)
        if page < 3:
            qtbot.keyClick(screen.pages.view, Qt.Key.Key_Right)
    assert screen.sign_button.isEnabled()
    screen.sign_button.click()
    dialog = dialog_of(window, jobs)
    settle(jobs)
    assert dialog.findChildren(PasswordField)
    sign_it(dialog, jobs)
    assert desk.toasts[-1] == "Acknowledged. It stands in your training record."
    (mine,) = desk.services.documents.readings.mine(desk.actor)
    assert (mine.is_done, mine.read_label) == (True, "4")
    assert desk.errors == []
    assert desk.steps_back == 1


def test_what_was_read_is_kept_when_somebody_goes_away(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    released(desk, window, jobs, tmp_path, signed=False)
    desk.services.training.assign(AUTHOR, "READ", Audience(), due_on=TODAY, origin="Works there")
    (mine,) = desk.services.documents.readings.mine(desk.actor)
    screen = ReadingScreen(desk)
    put(screen, window, jobs, requirement_id=str(mine.requirement_id))
    screen.trace.attention.beat.emit(2)
    screen.hide()
    settle(jobs)
    again = ReadingScreen(desk)
    put(again, window, jobs, requirement_id=str(mine.requirement_id))
    assert again.needs.text() == "2 pages to look at"
    for page in (2, 3):
        again.pages.view.turn_to(page)
        again.trace.attention.beat.emit(2)
    again.sign_button.click()
    settle(jobs)
    assert desk.services.documents.readings.mine(desk.actor)[0].is_done


def test_who_read_it_to_somebody_gives_their_own_pin_first(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    released(desk, window, jobs, tmp_path, signed=False)
    services, reader = desk.services, desk.actor.person_id
    assert reader is not None
    services.people.edit(AUTHOR, PersonId(reader), PersonChange(reads=Reads.ALONG))
    other = services.people.add(AUTHOR, NewPerson(number="E-77", name="Lata Pawar"))
    account = services.sign_in.accounts.give_account(AUTHOR, other)
    services.sign_in.accounts.set_pin(AUTHOR, account, "739246", must_change=False)
    services.training.assign(AUTHOR, "READ", Audience(), due_on=TODAY, origin="Works there")
    (mine,) = services.documents.readings.mine(desk.actor)
    screen = ReadingScreen(desk)
    put(screen, window, jobs, requirement_id=str(mine.requirement_id))
    for page in (1, 2, 3):
        screen.pages.view.turn_to(page)
        screen.trace.attention.beat.emit(2)
    screen.sign_button.click()
    settle(jobs)
    sheet = window.findChildren(FormSheet)[-1]
    name, pin = sheet.findChild(TextField), sheet.findChild(PasswordField)
    assert name is not None
    assert pin is not None
    name.set_value("E-77")
    pin.set_value("739246")
    sheet.save_asked.emit()
    settle(jobs)
    assert services.documents.readings.mine(desk.actor)[0].is_done
    (one,) = services.reports.dossiers.of(AUTHOR, reader).evidence
    assert one.second == "Lata Pawar"


def test_whose_copy_it_is_stands_over_each_page_and_printing_is_asked_of_the_document(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    released(desk, window, jobs, tmp_path, may_print=True)
    desk.services.training.assign(AUTHOR, "READ", Audience(), due_on=TODAY, origin="Works there")
    (mine,) = desk.services.documents.readings.mine(desk.actor)
    screen = ReadingScreen(desk)
    put(screen, window, jobs, requirement_id=str(mine.requirement_id))
    assert screen.watermark() == "Meera Joshi · E-1 · revision 4 · 23 Nov 2026"
    assert screen.print_button.isVisible()
    with_words = screen.pages.view.grab().toImage()
    screen.pages.view.set_watermark("")
    assert screen.pages.view.grab().toImage() != with_words
    check_usable(screen)


def test_paper_bears_whose_copy_it_is_and_is_noted_as_having_left(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    released(desk, window, jobs, tmp_path, may_print=True)
    desk.services.training.assign(AUTHOR, "READ", Audience(), due_on=TODAY, origin="Works there")
    (mine,) = desk.services.documents.readings.mine(desk.actor)
    screen = ReadingScreen(desk)
    put(screen, window, jobs, requirement_id=str(mine.requirement_id))
    paper = screen.paper()
    assert paper is not None
    pages = {}
    for name, words in (("with", screen.watermark()), ("without", "")):
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"{name}.pdf"))
        print_pages(screen, paper, printer, words)
        settle(jobs)
        printed = QPdfDocument()
        printed.load(str(tmp_path / f"{name}.pdf"))
        assert printed.pageCount() == 3
        pages[name] = printed.render(2, QSize(400, 500))
        printed.close()
    assert pages["with"] != pages["without"]
    left = desk.services.reports.page(desk.actor, "files-that-left", PageRequest()).rows
    assert [row[2] for row in left] == ["document", "document"]


def test_what_may_not_be_printed_is_not(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    released(desk, window, jobs, tmp_path)
    desk.services.training.assign(AUTHOR, "READ", Audience(), due_on=TODAY, origin="Works there")
    (mine,) = desk.services.documents.readings.mine(desk.actor)
    screen = ReadingScreen(desk)
    put(screen, window, jobs, requirement_id=str(mine.requirement_id))
    assert not screen.print_button.isVisible()
    assert screen.paper() is None


def test_an_auditor_sees_every_revision_and_who_read_it_and_changes_nothing(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    sop = released(desk, window, jobs, tmp_path)
    desk.services.training.assign(AUTHOR, "READ", Audience(), due_on=TODAY, origin="Works there")
    visiting = replace(desk, actor=auditor())
    listed = DocumentsScreen(visiting)
    put(listed, window, jobs)
    assert "Add a document" not in [one.text() for one in listed.findChildren(Button)]
    listed.hide()
    screen = DocumentScreen(visiting)
    put(screen, window, jobs, document_id=str(sop))
    shown = {one.text() for one in screen.findChildren(Button) if one.isVisible() and one.text()}
    assert shown == {"Who has read it", "Look", "Signature"}
    press(screen, "Who has read it: Revision 4")
    settle(jobs)
    assert "0 of 1 have read it." in texts(screen)
    (four,) = desk.services.documents.detail(AUTHOR, sop).revisions
    page = RevisionScreen(visiting)
    put(page, window, jobs, revision_id=str(four.id))
    assert "Page 1 of 3" in texts(page)
    assert visiting.errors == []


def test_a_document_that_something_comes_before_names_it_where_its_button_would_stand(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    released(desk, window, jobs, tmp_path)
    catalogue = desk.services.training.catalogue
    kind = RequirementType.EXTERNAL
    terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD)
    new = NewRequirement(code="BASIC", title="Basic safety", type=kind, terms=terms)
    basic = catalogue.add(AUTHOR, new)
    read = catalogue.coded(AUTHOR, "READ").summary.id
    catalogue.change(AUTHOR, read, RequirementChange(prerequisites=(basic,)))
    desk.services.training.assign(AUTHOR, "READ", Audience(), due_on=TODAY, origin="Works there")

    home = HomeScreen(desk)
    put(home, window, jobs)
    assert home.hero.button is None
    assert texts(home).count("First: Basic safety") >= 2  # on the card, and in the list
    (mine,) = desk.services.documents.readings.mine(desk.actor)
    assert mine.comes_first == ("Basic safety",)
    assert desk.errors == []


def test_places_left_open_are_asked_about_before_it_is_submitted(
    desk: Desk, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    documents = desk.services.documents
    page = tmp_path / "check.md"
    page.write_text("# Check\n\nCall **[number]**.", "utf-8")
    sop = documents.add(AUTHOR, NewDocument(number="SOP-7", title="Check", owner="Quality"))
    today = documents.numbered(AUTHOR, "SOP-7").free_from
    made = documents.add_revision(
        AUTHOR, sop, NewRevision(label="1", effective_from=today, files={"en": page})
    )
    screen = DocumentScreen(desk)
    put(screen, window, jobs, document_id=sop)
    press(screen, "Submit")
    settle(jobs)
    assert "Still to be filled in: number." in desk.questions[-1].text
    (revision,) = documents.numbered(AUTHOR, "SOP-7").revisions
    assert (revision.id, revision.state) == (made, RevisionState.IN_REVIEW)
