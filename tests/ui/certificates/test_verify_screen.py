"""Verifying: one clear answer for every kind of certificate, with the reason."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Actor
from app.services import Services
from app.ui.certificates.verify_screen import VerifyScreen
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from tests.support.clock import TurnedClock
from tests.ui.certificates.conftest import Issued, issue
from tests.ui.reports.opened import Desk, check_usable, open_everything, put, settle


@pytest.fixture
def screen(
    desk_of: Callable[[Actor], Desk], issued: Issued, window: QWidget, jobs: JobRunner
) -> VerifyScreen:
    made = VerifyScreen(desk_of(issued.ravi))
    put(made, window, jobs)
    return made


@pytest.fixture
def document(services: Services, issued: Issued, tmp_path: Path) -> Path:
    """LOTO's certificate, which holds for a year, as a file."""
    path = tmp_path / "loto.pdf"
    services.certificates.save(issued.asha, issued.certificates[1].id, path)
    return path


@pytest.fixture
def stranger(tmp_path: Path, clock: TurnedClock) -> Iterator[tuple[Services, Issued]]:
    """Another site, with certificates of its own."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    opened = open_everything(folder, clock, "Pune plant")
    yield opened, issue(opened)
    opened.close()


def _answer(screen: VerifyScreen) -> str:
    labels = screen.answer.findChildren(PlainLabel)
    return " | ".join(label.text() for label in labels if label.isVisible())


def test_nothing_is_said_before_something_is_given(screen: VerifyScreen) -> None:
    assert "The answer comes here" in _answer(screen)
    assert not screen.verify_button.isEnabled()
    check_usable(screen)


def test_the_issued_document_is_proved_whole(
    screen: VerifyScreen, document: Path, issued: Issued, jobs: JobRunner
) -> None:
    screen.picker.offer([document])
    settle(jobs)

    answer = _answer(screen)
    assert answer.startswith("Valid")
    assert "The whole document is proved" in answer
    assert issued.certificates[1].number in answer
    assert screen.answer.accessibleName().startswith("Valid.")
    check_usable(screen)


def test_a_pasted_code_is_proved_as_a_code(
    screen: VerifyScreen, issued: Issued, services: Services, jobs: JobRunner
) -> None:
    token = services.certificates.detail(issued.asha, issued.certificates[0].id).token
    screen.code.set_value(f"{token[:40]}\n{token[40:]}")
    assert screen.verify_button.isEnabled()
    screen.verify_button.click()
    settle(jobs)

    assert _answer(screen).startswith("Valid")
    assert "Only the code is proved" in _answer(screen)


def test_one_changed_byte_is_found(screen: VerifyScreen, document: Path, jobs: JobRunner) -> None:
    content = bytearray(document.read_bytes())
    content[len(content) // 3] ^= 1
    document.write_bytes(bytes(content))

    screen.verify_file(document)
    settle(jobs)

    assert "it was changed" in _answer(screen)
    assert "Do not rely on it." in _answer(screen)


def test_a_revoked_one_says_why(
    screen: VerifyScreen,
    document: Path,
    issued: Issued,
    services: Services,
    desk: Desk,
    jobs: JobRunner,
) -> None:
    services.certificates.revoke(desk.actor, issued.certificates[1].number, "Wrong person")

    screen.verify_file(document)
    settle(jobs)

    assert _answer(screen).startswith("Revoked")
    assert "Wrong person" in _answer(screen)


def test_an_expired_one_is_genuine_and_over(
    screen: VerifyScreen, document: Path, clock: TurnedClock, jobs: JobRunner
) -> None:
    clock.turn(timedelta(days=400))

    screen.verify_file(document)
    settle(jobs)

    assert _answer(screen).startswith("Expired")


def test_another_sites_is_proved_once_its_trust_file_is_given(
    screen: VerifyScreen,
    stranger: tuple[Services, Issued],
    tmp_path: Path,
    jobs: JobRunner,
) -> None:
    elsewhere, theirs = stranger
    path, trust = tmp_path / "theirs.pdf", tmp_path / "theirs.json"
    elsewhere.certificates.save(theirs.asha, theirs.certificates[0].id, path)
    trust.write_text(elsewhere.open_site.authority.trusted().to_json(), encoding="utf-8")

    screen.verify_file(path)
    settle(jobs)
    assert _answer(screen).startswith("Unknown issuer")

    screen.take_trust(trust)
    settle(jobs)
    assert "Pune plant" in screen.trust_words.text()
    screen.verify_file(path)
    settle(jobs)
    assert _answer(screen).startswith("Valid")

    screen.trust_button.click()
    assert screen.trust is None


def test_what_is_no_certificate_is_called_so(
    screen: VerifyScreen, tmp_path: Path, jobs: JobRunner
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear sir")

    screen.verify_file(path)
    settle(jobs)

    assert _answer(screen).startswith("Not a certificate")


def test_a_broken_trust_file_changes_nothing(
    screen: VerifyScreen, tmp_path: Path, jobs: JobRunner
) -> None:
    path = tmp_path / "broken.json"
    path.write_text("{}")

    screen.take_trust(path)
    settle(jobs)

    assert screen.trust is None
    assert len(screen.desk.errors) == 1  # type: ignore[attr-defined]  # the written desk of the tests
