"""The training file: job descriptions and papers before the record, as of a day, in one PDF."""

from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from app.core.base.actor import Actor, Capability, Grant
from app.core.base.errors import NotAllowed
from app.core.base.ids import new_id
from app.core.people import People
from app.core.people.papers import NewPaper, PaperKind
from app.core.reports import Reports, TrainingFiles
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, Office, a_pdf, an_office, learner, people_adder
from tests.support.in_touch import first_pc

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path, clock: TurnedClock) -> Office:
    return an_office(first_pc(tmp_path / "pc", clock), tmp_path / "files")


@pytest.fixture
def files(office: Office) -> TrainingFiles:
    reports = Reports(office.site, office.pc.opened.keys)
    return TrainingFiles(office.site, reports.dossiers, office.pc.assets)


def pages_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_one_pdf_holds_description_cv_and_record_and_says_on_which_page(
    office: Office, files: TrainingFiles, clock: TurnedClock
) -> None:
    people = People(office.site)
    who = people_adder(office.site)("E-2")
    sop = office.document("JD-7")
    office.issue(sop, "1")
    (role,) = people.organisation.job_roles(AUTHOR)
    office.documents.descriptions.describe(AUTHOR, role.id, sop)
    cv = a_pdf(office.folder / "cv.pdf", 2, "curriculum")
    people.papers.put(AUTHOR, who, NewPaper(kind=PaperKind.CV, file=cv))
    asha, requirement = learner(who), office.requirement(sop, signed=False)
    office.assign()
    office.acknowledge(asha, requirement)

    made = files.made(asha, who)
    pages = pages_of(made.content)
    assert made.leaving.about == who
    assert "JD-7, revision 1, Lock and tag, in force since" in pages[0]
    assert "acknowledged" in pages[0]
    (description, paper) = files.enclosed(asha, who)
    for one in (description, paper):
        assert f"SHA-256 {one.sha256}" in pages[0].replace("- ", "-")
    assert [("curriculum" in one) for one in pages[:6]] == [False] * 4 + [True, True]
    assert "Training record" in pages[6]
    assert f"page 7 of {len(pages)}" in pages[6]

    clock.turn(DAY)
    before = office.today
    clock.turn(DAY)
    office.retire(sop, office.today, "Role is gone")
    (now, _cv), (then, _same) = files.enclosed(AUTHOR, who), files.enclosed(AUTHOR, who, before)
    assert (now.content, "retired on" in now.about) == (b"", True)
    assert then.content == description.content


def test_what_is_missing_is_said_and_strangers_see_nothing(
    office: Office, files: TrainingFiles
) -> None:
    who = people_adder(office.site)("E-2")
    description, paper = files.enclosed(AUTHOR, who)
    assert description.about == "No document describes this job role."
    assert paper.about == "None is kept."
    assert "None is kept." in pages_of(files.made(AUTHOR, who).content)[0]
    stranger = Actor(
        account_id=new_id(),
        person_id=new_id(),
        name="Other",
        grants=frozenset({Grant(capability=Capability.LEARN)}),
    )
    with pytest.raises(NotAllowed):
        files.made(stranger, who)
