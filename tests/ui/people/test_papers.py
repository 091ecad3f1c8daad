"""Papers on screen: on a person's page, and what describes a job role."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.core.people import PersonId
from app.core.people.papers import NewPaper, PaperKind
from app.core.training.controlled import NewDocument, ReadingTerms
from app.services import Services
from app.ui.kit.cards import FactRow
from app.ui.kit.jobs import JobRunner
from app.ui.kit.sheets import FormSheet
from app.ui.people.describing_roles import DescriptionForm, ask_description
from app.ui.people.organisation_screen import OrganisationScreen
from app.ui.people.papers_card import PaperForm, PapersCard, ask_paper
from app.ui.people.person_screen import PersonScreen
from tests.support.documents import a_pdf
from tests.ui.people.conftest import SYSTEM
from tests.ui.people.test_person_screen import said
from tests.ui.reports.opened import Desk, check_usable, put, settle

Three = tuple[PersonId, ...]


@pytest.fixture
def screen(three: Three, desk: Desk, window: QWidget, jobs: JobRunner) -> PersonScreen:
    made = PersonScreen(desk)
    put(made, window, jobs, person_id=three[0])
    return made


def lines(card: PapersCard) -> int:
    return sum(one.isVisibleTo(card) for one in card.findChildren(FactRow))


def test_a_paper_is_added_replaced_and_taken_out(
    screen: PersonScreen,
    services: Services,
    three: Three,
    desk: Desk,
    jobs: JobRunner,
    tmp_path: Path,
) -> None:
    card = screen.papers
    assert "No CV or other paper is kept." in said(card)
    person = services.people.person(SYSTEM, three[0])
    sheet = ask_paper(screen, person)
    sheet.save_asked.emit()
    assert any("No file was chosen" in one for one in said(sheet))
    form = sheet.form
    assert isinstance(form, PaperForm)
    form.take((a_pdf(tmp_path / "cv.pdf", 1, "old"),))
    sheet.save_asked.emit()
    settle(jobs)
    card.put(NewPaper(kind=PaperKind.CV, file=a_pdf(tmp_path / "cv2.pdf", 1, "new")))
    settle(jobs)
    assert lines(card) == 1
    card.earlier_button.click()
    settle(jobs)  # a card shows its new lines with the next turn of the window
    assert lines(card) == 2
    assert any(one.startswith("earlier · put there") for one in said(card))
    check_usable(screen)
    card._ask_removal(services.people.papers.of(SYSTEM, three[0])[0])
    settle(jobs)
    assert "sealed" in desk.questions[-1].text
    assert not any(one.stands for one in services.people.papers.of(SYSTEM, three[0]))


def test_a_document_is_said_to_describe_a_job_role(
    services: Services, desk: Desk, window: QWidget, jobs: JobRunner
) -> None:
    organisation, documents = services.people.organisation, services.documents
    role_id = organisation.add_job_role(SYSTEM, "PACKER", "Packer")
    new = NewDocument(number="JD-7", title="Packer", owner="HR", terms=ReadingTerms())
    made = documents.add(SYSTEM, new)
    host = OrganisationScreen(desk)
    put(host, window, jobs)
    role = next(one for one in organisation.job_roles(SYSTEM) if one.id == role_id)
    told: list[str] = []
    ask_description(host, role, lambda: told.append("kept"))
    settle(jobs)
    sheet = window.findChildren(FormSheet)[-1]
    form = sheet.form
    assert isinstance(form, DescriptionForm)
    form.document.set_value(made)
    form.reason.set_value("New line")
    sheet.save_asked.emit()
    settle(jobs)
    assert documents.descriptions.all(SYSTEM)[role_id].number == "JD-7"
    assert told == ["kept"]
