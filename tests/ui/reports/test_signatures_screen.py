"""The list of signatures: looked at, narrowed, proved one by one, saved as a page; and the clock."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.core.base.paging import PageRequest
from app.core.egress.models import SavedFileRow
from app.core.signatures import Meaning, Proof, Undersigned, signature_paper
from app.core.training.models import RequirementRow
from app.ui.kit.buttons import Button
from app.ui.kit.jobs import JobRunner
from app.ui.kit.notices import Banner
from app.ui.reports.audit_entry_sheet import AuditEntrySheet
from app.ui.reports.audit_screen import AuditScreen
from app.ui.reports.signature_sheet import SignatureSheet
from app.ui.reports.signatures_screen import SignaturesScreen
from tests.support.clock import TurnedClock
from tests.support.in_touch import ACTOR
from tests.support.signers import PASSWORD, second_administrator
from tests.ui.reports.opened import Desk, check_usable, put, settle
from tests.ui.sync.conftest import said

BOTH = Proof(name="E-1", password=PASSWORD)


@pytest.fixture
def signed(founder_desk: Desk) -> list[RequirementRow]:
    """Two requirements that were approved with a signature, one of which was edited since."""
    services, actor = founder_desk.services, founder_desk.actor
    site = services.open_site.site
    services.signatures.accept_statement(actor, BOTH)
    rows = []
    for code in ("FIRE", "GAS"):
        pen = services.signatures.pen(actor, BOTH)
        with site.transaction(actor, "requirement.approve") as unit:
            row = RequirementRow(code=code, title=code, course_id=None, valid_months=12)
            unit.add(row)
            unit.flush()
            words = f"{code} for 12 months"
            Undersigned(pen, words).sign(unit, row, Meaning.APPROVED, words, "QA")
            rows.append(row)
    with site.transaction(ACTOR, "requirement.edit") as unit:
        unit.get_one(RequirementRow, rows[1].id).valid_months = 24
    return rows


@pytest.fixture
def screen(
    founder_desk: Desk, signed: list[RequirementRow], window: QWidget, jobs: JobRunner
) -> SignaturesScreen:
    screen = SignaturesScreen(founder_desk)
    put(screen, window, jobs)
    return screen


def banners(screen: QWidget) -> list[str]:
    return [one.text() for one in screen.findChildren(Banner) if one.isVisible()]


def test_checking_all_says_what_came_of_each(screen: SignaturesScreen, jobs: JobRunner) -> None:
    assert screen.table.model.total() == 3
    check_usable(screen)

    screen.check_button.click()
    settle(jobs)

    assert banners(screen) == ["The record was changed after it was signed: 1"]
    states = [screen._state(row)[0] for row in _lines(screen)]
    assert states == ["The record was changed after it was signed", "Valid", "Valid"]


def test_a_narrowed_list_is_checked_as_it_is_narrowed(
    screen: SignaturesScreen, signed: list[RequirementRow], jobs: JobRunner
) -> None:
    screen.enter(record=signed[0].id)
    settle(jobs)
    assert screen.table.model.total() == 1

    screen.check_button.click()
    settle(jobs)

    assert banners(screen) == ["1 signature checked: it holds."]


def test_p11_13_a_signature_shows_what_was_read_and_where_the_record_differs(
    screen: SignaturesScreen, window: QWidget, jobs: JobRunner
) -> None:
    """P11-13, P11-15: name, local time with zone, meaning; the changed column is named."""
    screen.open_signature(_lines(screen)[0])
    settle(jobs)

    (sheet,) = [one for one in screen.findChildren(SignatureSheet) if one.isVisible()]
    words = said(sheet)
    assert "Months valid" in sheet.verdict.text()
    for one in ("Meera Joshi (E-1)", "Approved", "UTC+05:30", "QA", "GAS for 12 months"):
        assert one in words
    check_usable(sheet)
    sheet.dismiss()


def test_a_page_is_saved_through_the_register(
    screen: SignaturesScreen, founder_desk: Desk, tmp_path: Path
) -> None:
    """P11-14: the block is drawn with every page, and the file is in the register of what left."""
    services = founder_desk.services
    detail = services.signatures.signature(founder_desk.actor, _lines(screen)[1].id)
    document = signature_paper(detail, "Plant", founder_desk.clock.now())

    services.egress.save(founder_desk.actor, tmp_path / "page.pdf", document)

    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    with services.open_site.site.read() as session:
        assert [row.kind.value for row in session.query(SavedFileRow)] == ["signature"]


def test_the_reports_tell_name_meaning_and_local_time(
    screen: SignaturesScreen, founder_desk: Desk
) -> None:
    reports, actor = founder_desk.services.reports, founder_desk.actor

    table = reports.table(actor, "signatures", PageRequest())
    signers = reports.table(actor, "signers", PageRequest())

    assert "UTC+05:30" in table.text_rows[0][1]
    assert table.text_rows[0][2:6] == ("Meera Joshi", "E-1", "Approved", "QA")
    assert [row[0] for row in signers.text_rows] == ["Meera Joshi"]
    assert "Yes" in signers.text_rows[0]


def test_the_audit_trail_shows_the_signatures_under_what_an_entry_changed(
    founder_desk: Desk, signed: list[RequirementRow], window: QWidget, jobs: JobRunner
) -> None:
    trail = AuditScreen(founder_desk)
    put(trail, window, jobs)
    entries = [trail.table.model.row(at) for at in range(trail.table.model.total())]
    (edit,) = [one for one in entries if one is not None and one.action == "requirement.edit"]

    trail.open_entry(edit)
    settle(jobs)

    (sheet,) = [one for one in trail.findChildren(AuditEntrySheet) if one.isVisible()]
    assert "Meera Joshi (E-1)" in said(sheet)
    check_usable(sheet)
    (look,) = [
        one
        for one in sheet.findChildren(Button)
        if one.accessibleName() == "Look at the signature of Meera Joshi"
    ]
    look.click()
    assert founder_desk.opened == [("signatures", {"record": signed[1].id})]


def test_a_clock_that_was_set_back_is_confirmed_here(
    screen: SignaturesScreen, founder_desk: Desk, clock: TurnedClock, jobs: JobRunner
) -> None:
    clock.set_wall(clock.now() - timedelta(hours=1))
    screen.refresh()
    settle(jobs)
    (words,) = banners(screen)
    assert "stands 1 h before" in words

    screen._ask_clock()
    settle(jobs)

    assert founder_desk.toasts == ["Confirmed."]
    assert founder_desk.services.signatures.clock_trouble() is None


def _lines(screen: SignaturesScreen) -> list[object]:
    return list(screen.desk.services.signatures.page(screen.desk.actor, PageRequest()).rows)


def test_a_signer_of_whom_nobody_else_made_sure_is_shown_as_that(
    screen: SignaturesScreen, founder_desk: Desk, jobs: JobRunner
) -> None:
    """P11-23: in the list, on the sheet and in the report of who may sign."""
    services, meera = founder_desk.services, founder_desk.actor
    second_administrator(services.open_site.site, services.sign_in, services.signatures, meera)
    screen.refresh()
    settle(jobs)

    screen.check_button.click()
    settle(jobs)
    theirs = next(row for row in _lines(screen) if row.number == "E-2")
    screen.open_signature(theirs)
    settle(jobs)

    told = "made sure of by nobody but who had given the password"
    assert [one for one in banners(screen) if told in one and one.endswith(": 1")]
    (sheet,) = [one for one in screen.findChildren(SignatureSheet) if one.isVisible()]
    assert told in sheet.verdict.text()
    check_usable(sheet)
    signers = services.reports.table(meera, "signers", PageRequest())
    (row,) = [one for one in signers.text_rows if one[1] == "E-2"]
    assert "Only by who gave the password" in row
