"""Changes that wait for a decision: listed, assessed, and gone once somebody has decided."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.people import Audience
from app.core.training.controlled import Ask
from app.ui.kit.cards import RowButton
from app.ui.kit.jobs import JobRunner
from app.ui.training.changes_screen import ChangesScreen
from app.ui.training.document_screen import DocumentScreen
from app.ui.training.documents_screen import DocumentsScreen
from app.ui.training.impact_sheet import ImpactSheet
from tests.support.documents import AUTHOR
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.training.test_document_screens import (
    TODAY,
    desk,
    dialog_of,
    press,
    released,
    revise,
    sign_it,
)

__all__ = ["desk"]


def test_a_change_is_listed_until_somebody_has_decided_who_reads_it_again(
    desk: Desk,
    window: QWidget,
    jobs: JobRunner,
    tmp_path: Path,
) -> None:
    sop = released(desk, window, jobs, tmp_path)
    desk.services.training.assign(AUTHOR, "READ", Audience(), due_on=TODAY, origin="Works there")
    five = revise(desk, sop, "5", tmp_path, TODAY + timedelta(days=7))
    page = DocumentScreen(desk)
    put(page, window, jobs, subject_id=str(five))
    press(page, "Approve: Revision 5")
    sign_it(dialog_of(window, jobs), jobs)
    page.hide()
    documents = DocumentsScreen(desk)
    put(documents, window, jobs)
    assert documents.changes_button.text() == "1 change to decide"
    documents.hide()

    screen = ChangesScreen(desk)
    put(screen, window, jobs)
    check_usable(screen)
    (row,) = screen.findChildren(RowButton)
    row.click()
    settle(jobs)
    sheet = screen.findChildren(ImpactSheet)[-1]
    sheet.choose(Ask.NONE)
    sheet.sign_button.click()
    settle(jobs)
    assert sheet.isVisible()  # a reason is missing
    sheet.reason.set_value("Only the layout is another one")
    sheet.sign_button.click()
    sign_it(dialog_of(window, jobs), jobs)
    assert desk.toasts[-1] == "0 people were asked."
    settle(jobs)
    assert screen.findChildren(RowButton) == []
    assert screen.empty.isVisible()
