"""A learner's certificates: seen, saved, opened; nothing of others."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.base.actor import Actor
from app.services import Services
from app.ui.certificates.certificate_sheet import CertificateSheet
from app.ui.certificates.my_certificates_screen import MyCertificatesScreen
from app.ui.kit.chips import StatusChip
from app.ui.kit.jobs import JobRunner
from tests.ui.certificates.conftest import Issued
from tests.ui.reports.opened import Desk, check_usable, put, settle


def test_each_certificate_is_a_card_with_its_page(
    desk_of: Callable[[Actor], Desk], issued: Issued, window: QWidget, jobs: JobRunner
) -> None:
    screen = MyCertificatesScreen(desk_of(issued.asha))
    put(screen, window, jobs)

    cards = screen.cards()
    assert [card.certificate for card in cards] == list(issued.certificates)
    assert all(card.picture.has_picture for card in cards)
    assert screen.empty.isHidden()
    check_usable(screen)


def test_the_course_it_was_opened_for_comes_first(
    desk_of: Callable[[Actor], Desk], issued: Issued, window: QWidget, jobs: JobRunner
) -> None:
    screen = MyCertificatesScreen(desk_of(issued.asha))
    put(screen, window, jobs, course_id=issued.courses["LOTO"])

    first, second = screen.cards()
    assert first.certificate.course_id == issued.courses["LOTO"]
    assert "This course" in [chip.text() for chip in first.findChildren(StatusChip)]
    assert "This course" not in [chip.text() for chip in second.findChildren(StatusChip)]


def test_who_has_none_is_shown_the_way_to_one(
    desk_of: Callable[[Actor], Desk], issued: Issued, window: QWidget, jobs: JobRunner
) -> None:
    desk = desk_of(issued.ravi)
    screen = MyCertificatesScreen(desk)
    put(screen, window, jobs)

    assert not screen.empty.isHidden()
    assert screen.cards() == []
    assert screen.empty.button is not None
    screen.empty.button.click()
    assert desk.opened == [("home", {})]
    check_usable(screen)


def test_the_saved_file_is_the_frozen_document(
    desk_of: Callable[[Actor], Desk],
    issued: Issued,
    window: QWidget,
    jobs: JobRunner,
    services: Services,
    tmp_path: Path,
) -> None:
    desk = desk_of(issued.asha)
    screen = MyCertificatesScreen(desk)
    put(screen, window, jobs)
    certificate, path = issued.certificates[0], tmp_path / "mine.pdf"
    path.write_text("older")

    screen.paper.save(certificate, path)
    settle(jobs)

    assert path.read_bytes() == services.certificates.document(issued.asha, certificate.id)
    assert [question.danger for question in desk.questions] == [True]
    assert desk.toasts == [f"Saved as {path}."]


def test_a_certificate_opens_in_full(
    desk_of: Callable[[Actor], Desk], issued: Issued, window: QWidget, jobs: JobRunner
) -> None:
    screen = MyCertificatesScreen(desk_of(issued.asha))
    put(screen, window, jobs)

    screen.cards()[0].open_button.click()
    settle(jobs)

    sheet = screen.findChild(CertificateSheet)
    assert sheet is not None
    assert sheet.picture.has_picture
    assert sheet.revoke_button is None
    check_usable(screen)
    sheet.dismiss()
