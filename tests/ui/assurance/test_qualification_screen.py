"""The qualification screen: what was done and how it came out, a button to do it, the report."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from app.core.assurance import QualificationPart, Qualifications, StepFailed, Trial
from app.services import Services
from app.ui.assurance.qualification_screen import QualificationScreen
from app.ui.kit.cards import RowButton
from app.ui.kit.jobs import JobRunner
from app.ui.kit.theme import Theme
from tests.support.clock import TurnedClock
from tests.support.desk import WrittenDesk
from tests.ui.reports.opened import Desk, administrator, auditor, check_usable, put, settle


def breaks() -> str:
    raise StepFailed("the door stood open")


@contextmanager
def trials() -> Iterator[Sequence[Trial]]:
    yield (
        Trial(key="a", title="Door", expected="It is shut.", run=breaks),
        Trial(key="b", title="Lamp", expected="It is lit.", run=lambda: "lit"),
    )


@pytest.fixture
def desk(services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock) -> Desk:
    tried = Qualifications(services.open_site, services.assets, trials)
    return WrittenDesk(replace(services, qualifications=tried), administrator(), jobs, theme, clock)


@pytest.fixture
def screen(desk: Desk, window: QWidget, jobs: JobRunner) -> QualificationScreen:
    made = QualificationScreen(desk)
    put(made, window, jobs)
    return made


def said(screen: QualificationScreen) -> str:
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisibleTo(screen))


def test_what_came_of_it_is_shown_step_by_step_and_the_report_is_saved(
    screen: QualificationScreen, desk: Desk, jobs: JobRunner, tmp_path: Path
) -> None:
    assert "Nothing has been qualified here yet." in said(screen)
    check_usable(screen)

    screen.run(QualificationPart.OPERATION)
    settle(jobs)

    words = said(screen)
    assert "1 step failed." in words
    assert "the door stood open · expected: It is shut." in words
    assert "lit" in words
    assert desk.toasts == ["1 step failed."]
    check_usable(screen)
    screen.findChild(RowButton).click()
    settle(jobs)
    assert "lit" in said(screen)
    assert screen._shown is not None
    report = desk.services.qualifications.report(desk.actor, screen._shown.id)
    desk.services.egress.save(desk.actor, tmp_path / "report.pdf", report)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_an_auditor_looks_and_qualifies_nothing(
    services: Services, jobs: JobRunner, theme: Theme, clock: TurnedClock, window: QWidget
) -> None:
    screen = QualificationScreen(WrittenDesk(services, auditor(), jobs, theme, clock))
    put(screen, window, jobs)

    assert screen.both is None
    assert "Nothing has been qualified here yet." in said(screen)
