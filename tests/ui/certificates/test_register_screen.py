"""The register: found, filtered, opened; revoked by those who may, looked at by the others."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from python_calamine import load_workbook
from shiboken6 import isValid

from app.core.base.actor import Actor
from app.core.base.paging import PageRequest
from app.core.certificates import CertificateState
from app.core.links import MailPlan
from app.core.people.models import PersonRow
from app.services import Services
from app.ui.certificates.register_screen import RegisterScreen
from app.ui.kit.jobs import JobRunner
from tests.ui.certificates.conftest import Issued
from tests.ui.reports.opened import Desk, auditor, check_usable, put, settle


def _numbers(screen: RegisterScreen) -> list[str]:
    rows = (screen.table.model.row(at) for at in range(screen.table.model.total()))
    return [row.number for row in rows if row is not None]


@pytest.fixture
def screen(desk: Desk, issued: Issued, window: QWidget, jobs: JobRunner) -> RegisterScreen:
    made = RegisterScreen(desk)
    put(made, window, jobs)
    return made


def test_every_certificate_is_listed(screen: RegisterScreen, issued: Issued) -> None:
    assert _numbers(screen) == [one.number for one in issued.certificates]
    check_usable(screen)


def test_course_and_state_narrow_together(
    screen: RegisterScreen, issued: Issued, services: Services, desk: Desk, jobs: JobRunner
) -> None:
    fire, loto = issued.certificates
    place = screen.courses.findData(str(issued.courses["LOTO"]))
    screen.courses.setCurrentIndex(place)
    screen.courses.activated.emit(place)
    settle(jobs)
    assert _numbers(screen) == [loto.number]

    services.certificates.revoke(desk.actor, fire.number, "Mistake")
    screen.table.filters.set_filters([("state", CertificateState.REVOKED.value)])
    settle(jobs)
    assert _numbers(screen) == []

    screen.courses.setCurrentIndex(0)
    screen.courses.activated.emit(0)
    settle(jobs)
    assert _numbers(screen) == [fire.number]


def test_it_opens_searched_for_a_person(
    desk: Desk, issued: Issued, window: QWidget, jobs: JobRunner
) -> None:
    screen = RegisterScreen(desk)
    put(screen, window, jobs, text="E-2")
    assert _numbers(screen) == []


def test_revoking_wants_a_reason_and_the_number(
    screen: RegisterScreen, issued: Issued, desk: Desk, jobs: JobRunner, services: Services
) -> None:
    screen.table.opened.emit(screen.table.model.row(0))
    settle(jobs)
    sheet = screen.sheet
    assert sheet is not None
    assert sheet.revoke_button is not None
    sheet.revoke_button.click()
    assert jobs.wait_idle()

    (question,) = desk.questions
    assert question.ask_reason
    assert question.danger
    assert question.word == issued.certificates[0].number
    assert not isValid(sheet)
    settle(jobs)
    detail = services.certificates.detail(desk.actor, issued.certificates[0].id)
    assert detail.revocation is not None
    assert detail.revocation.reason == "because"
    row = screen.table.model.row(0)
    assert row is not None
    assert row.state is CertificateState.REVOKED


def test_a_revoked_one_is_not_revoked_again(
    screen: RegisterScreen, issued: Issued, desk: Desk, jobs: JobRunner, services: Services
) -> None:
    services.certificates.revoke(desk.actor, issued.certificates[0].number, "Mistake")
    screen.refresh()
    settle(jobs)
    row = screen.table.model.row(0)
    assert row is not None

    offered = {action.words: action.enabled for action in screen.actions_of(row)}
    assert (offered.pop("Revoke"), offered.pop("Send by e-mail")) == (False, False)
    assert all(offered.values())
    screen.open_certificate(row)
    settle(jobs)
    assert screen.sheet is not None
    assert screen.sheet.revoke_button is None
    screen.sheet.dismiss()


def test_an_auditor_looks_and_revokes_nothing(
    desk_of: Callable[[Actor], Desk],
    issued: Issued,
    window: QWidget,
    jobs: JobRunner,
    services: Services,
) -> None:
    desk = desk_of(auditor())
    screen = RegisterScreen(desk)
    put(screen, window, jobs)
    row = screen.table.model.row(0)
    assert row is not None

    assert "Revoke" not in [action.words for action in screen.actions_of(row)]
    screen.open_certificate(row)
    settle(jobs)
    assert screen.sheet is not None
    assert screen.sheet.picture.has_picture
    assert screen.sheet.revoke_button is None
    screen.sheet.dismiss()
    assert services.certificates.register(desk.actor, PageRequest()).total == 2
    check_usable(screen)


def test_a_kept_view_brings_course_and_state_back(
    screen: RegisterScreen, issued: Issued, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    screen.courses.setCurrentIndex(screen.courses.findData(str(issued.courses["LOTO"])))
    screen.courses.activated.emit(screen.courses.currentIndex())
    screen.table.filters.set_filters([("state", CertificateState.VALID.value)])
    settle(jobs)
    screen.tools.keep_view("Lockout, valid")

    other = RegisterScreen(desk)
    put(other, window, jobs)
    other.tools.show_view("Lockout, valid")
    settle(jobs)

    assert _numbers(other) == [issued.certificates[1].number]
    assert other.courses.currentData() == str(issued.courses["LOTO"])
    assert other.table.filters.filters() == (("state", CertificateState.VALID.value),)


def test_the_written_register_says_how_it_was_narrowed(
    screen: RegisterScreen, issued: Issued, jobs: JobRunner, tmp_path: Path
) -> None:
    screen.courses.setCurrentIndex(screen.courses.findData(str(issued.courses["LOTO"])))
    screen.courses.activated.emit(screen.courses.currentIndex())
    screen.table.filters.set_filters([("state", CertificateState.VALID.value)])
    settle(jobs)
    screen.tools.write("csv", tmp_path / "register.csv")
    screen.tools.write("xlsx", tmp_path / "register.xlsx")
    settle(jobs)

    text = (tmp_path / "register.csv").read_text(encoding="utf-8-sig")
    assert issued.certificates[1].number in text
    assert issued.certificates[0].number not in text
    told = str(load_workbook(tmp_path / "register.xlsx").get_sheet_by_index(1).to_python())
    assert screen.courses.currentText() in told
    assert "Valid" in told


def test_certificates_are_put_into_the_outbox(
    screen: RegisterScreen, issued: Issued, desk: Desk, jobs: JobRunner, services: Services
) -> None:
    certificate = issued.certificates[0]
    screen.mail([certificate.id])
    settle(jobs)
    assert "No PC of this site sends messages yet." in desk.errors[-1].happened

    plan = MailPlan(sender="t@plant.example", sends_here=True)
    services.outbox.plans.keep(desk.actor, plan)
    with services.open_site.site.transaction(desk.actor, "person.edit") as unit:
        unit.get_one(PersonRow, certificate.person_id).email = "asha@plant.example"
    screen.mail([certificate.id])
    settle(jobs)
    assert desk.toasts[-1] == "1 message was written."
    (message,) = services.outbox.page(desk.actor, PageRequest()).rows
    assert message.attachment_name == f"{certificate.number}.pdf"
    screen.mail([certificate.id])
    settle(jobs)
    assert desk.toasts[-1] == (
        "0 messages were written. 1 has one already: send it again in the outbox."
    )
