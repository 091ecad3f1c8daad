"""A person's record on screen and in a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.services import Services
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.tables.table import DataTable
from app.ui.reports.dossier_screen import DossierScreen
from tests.support.plant import Plant
from tests.ui.reports.opened import Desk, check_usable, put, settle, somebody


def test_the_record_has_all_its_parts(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, services: Services
) -> None:
    screen = DossierScreen(desk)
    put(screen, window, jobs, person_id=plant.people[0])
    record = services.reports.dossiers.of(desk.actor, plant.people[0])

    assert screen.header.title() == record.name
    totals = {
        table.view.accessibleName(): table.model.total() for table in screen.findChildren(DataTable)
    }
    assert totals["Training record"] == len(record.courses)
    assert totals["Attempts at quizzes"] == len(record.attempts)
    assert totals["Assignments"] == len(record.required)
    assert totals["Where they stand today"] == len(plant.courses)
    words = [label.text() for label in screen.figures.findChildren(PlainLabel)]
    assert str(sum(one.completed_at is not None for one in record.courses)) in words
    check_usable(screen)


def test_the_record_is_saved_as_one_document(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner, tmp_path: Path
) -> None:
    screen = DossierScreen(desk)
    put(screen, window, jobs, person_id=plant.people[0])
    path = tmp_path / "record.pdf"
    path.write_text("mine")

    screen.write(path)
    settle(jobs)

    assert len(desk.questions) == 1
    document = QPdfDocument()
    document.load(str(path))
    assert document.pageCount() >= 4
    text = document.getAllText(0).text()
    assert screen.header.title().split()[0] in text
    assert desk.toasts == [f"Saved as {path}."]


def test_certificates_are_one_step_away(
    desk: Desk, plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    screen = DossierScreen(desk)
    put(screen, window, jobs, person_id=plant.people[0])
    assert screen.dossier is not None

    screen.open_certificates()

    assert desk.opened == [("certificate_register", {"text": screen.dossier.number})]


def test_somebody_elses_record_is_refused(
    desk_of: Callable[[Actor], Desk], plant: Plant, window: QWidget, jobs: JobRunner
) -> None:
    desk = desk_of(somebody("Learner", Capability.LEARN))
    screen = DossierScreen(desk)
    put(screen, window, jobs, person_id=plant.people[0])

    assert [type(error) for error in desk.errors] == [NotAllowed]
    assert screen.dossier is None
