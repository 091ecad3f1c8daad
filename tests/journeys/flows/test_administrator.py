"""The plant's administrator: the HR file, overdue notices, a new revision of a procedure, and the matrix."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtPrintSupport import QPrintDialog

from app.core.base.actor import Capability
from app.core.base.paging import PageRequest
from app.core.people import Audience, NewPerson, RoleName
from app.core.people.imports import HrFolderChoice
from app.core.signatures import Proof, Undersigned
from app.core.spreadsheets import GivenFile
from app.core.sync import ExportTerms
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.assignments import State
from app.core.training.controlled import (
    DocumentChange,
    NewDocument,
    NewRevision,
    ReadingTerms,
    RevisionState,
)
from app.core.training.requirements import NewRequirement
from app.core.training.sessions import SessionPlan
from app.services import Services
from tests.journeys.flows.looks import shot
from tests.support.clock import TurnedClock
from tests.support.documents import a_pdf
from tests.support.dropped import lay
from tests.support.in_touch import Pc
from tests.support.practicals import SYSTEM, let_sign
from tests.support.signers import (
    LOGIN,
    PASSWORD,
    SECOND,
    SECOND_PASSWORD,
    Door,
    second_administrator,
)
from tests.support.two_pcs import answered
from tests.support.two_pcs import pc as another_pc
from tests.support.walking import Counted, Walker

TODAY = date(2026, 11, 23)
HEAD = "Emp No,Name,Department,Designation,Aadhaar\n"
BEFORE = (
    "P-1,Asha Kulkarni,Line 3,Operator,1\nP-2,Ravi Das,Line 3,Operator,2\n"
    "P-3,Imran Khan,Line 4,Operator,3\nP-4,Sita Patil,Line 4,Operator,4\n"
)
AFTER = (
    "P-1,Asha Kulkarni,Line 3,Operator,1\nP-2,Ravi Das,Line 4,Operator,2\n"
    "P-3,Imran Khan,Line 4,Operator,3\nP-6,Uma Rao,Line 3,Operator,4\n"
    "P-7,Anil Mane,Line 3,Operator,5\nP-8,Farida Sheikh,Line 4,Operator,6\n"
)
QA = "five slow rivers"


def furnish_people(services: Services, pc: Pc, drop: Path) -> None:
    """The plant as HR's last file left it, and the folder that HR drops the next one into."""
    from dataclasses import replace

    from app.core.people.imports import Coverage

    imports = services.people.imports
    hr_set = imports.read(SYSTEM, [GivenFile(name="Keka.csv", content=(HEAD + BEFORE).encode())])
    plan = imports.look(SYSTEM, hr_set)
    imports.apply(SYSTEM, plan)
    imports.mappings.keep(SYSTEM, replace(plan.mapping, name="Keka", coverage=Coverage.SITE))
    drop.mkdir()
    services.hr_folder.choose(SYSTEM, HrFolderChoice(folder=drop))
    door = Door(pc, services.sign_in, services.signatures)
    door.accept(door.enter())
    door.signatures.end_series()


ALL = Audience(numbers=("P-1", "P-2", "P-3", "P-4"))


def require(services: Services, code: str, kind: RequirementType) -> object:
    """Let a yearly requirement be on record."""
    terms = Terms(
        from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
    )
    new = NewRequirement(code=code, title=f"{code.title()} safety", type=kind, terms=terms)
    return services.training.catalogue.add(SYSTEM, new)


def add_procedure(services: Services, pc: Pc, folder: Path) -> None:
    """SOP-123 is read by everybody; revision 4 is in force. Somebody else approves."""
    door = Door(pc, services.sign_in, services.signatures)
    number = NewPerson(number="E-5", name="Kavita Shah")
    approver = services.people.add(SYSTEM, number)
    kavita = let_sign(door, approver, "E-5", QA, RoleName.APPROVER, None)
    documents = services.documents
    new = NewDocument(
        number="SOP-123",
        title="Lock and tag",
        owner="Quality",
        terms=ReadingTerms(page_seconds=2),
    )
    made = documents.add(SYSTEM, new)
    terms = Terms(from_on=TODAY, validity=Validity.FOR_GOOD)
    wanted = services.training.catalogue.add(
        SYSTEM,
        NewRequirement(
            code="READ", title="Read SOP-123", type=RequirementType.READ_ACK, terms=terms
        ),
    )
    documents.change(SYSTEM, made, DocumentChange(requirements=(wanted,)))
    services.training.assign(SYSTEM, "READ", ALL, due_on=None, origin="Works there")
    file = a_pdf(folder / "SOP-123 rev 4.pdf", 3, "Lock and tag 4")
    first = NewRevision(label="4", effective_from=TODAY, summary="New", files={"en": file})
    revision = documents.add_revision(SYSTEM, made, first)
    documents.steps.submit(SYSTEM, revision)
    pen = door.signatures.pen(kavita, Proof(name="E-5", password=QA))
    text = documents.steps.approval_text(kavita, revision)
    documents.steps.approve(kavita, revision, Undersigned(pen, text))
    door.signatures.end_series()


@pytest.mark.journey
def test_the_hr_file_that_came_overnight_is_looked_at_and_applied(
    walk: Callable[..., Walker], tmp_path: Path
) -> None:
    drop = tmp_path / "drop"

    def furnish(services: Services, pc: Pc) -> None:
        furnish_people(services, pc, drop)
        lay(drop / "Keka_Employees_2026-11-23.csv", HEAD + AFTER)

    walker = walk(furnish)
    walker.sign_in(LOGIN, PASSWORD)
    walker.counted()
    shot(walker, "overview")

    walker.press("Look")
    for words in ("not read, to protect privacy: Aadhaar", "Department: Line 3 → Line 4"):
        assert words in walker.said()
    walker.press("All have left")
    shot(walker, "hr-plan")
    walker.press("Apply to 5 people")
    assert walker.counted() == Counted(presses=3)

    people = walker.services.people
    moved = people.find(SYSTEM, "P-2").placement
    assert moved is not None
    assert moved.org_unit == "Line 4"
    assert people.find(SYSTEM, "P-4").left_on == TODAY
    assert people.find(SYSTEM, "P-8").name == "Farida Sheikh"
    walker.go("People")
    shot(walker, "people")


@pytest.mark.journey
def test_notices_of_who_is_late_are_printed_by_supervisor(
    walk: Callable[..., Walker], tmp_path: Path
) -> None:
    def furnish(services: Services, pc: Pc) -> None:
        furnish_people(services, pc, tmp_path / "drop")
        require(services, "FIRE", RequirementType.EXTERNAL)
        late = TODAY - timedelta(days=2)
        services.training.assign(SYSTEM, "FIRE", ALL, due_on=late, origin="Everybody")

    walker = walk(furnish)
    walker.sign_in(LOGIN, PASSWORD)
    walker.counted()
    walker.go("Overview")
    shot(walker, "overview-late")
    walker.go("Reminders")
    shot(walker, "reminders")
    walker.press("Notice board")
    walker.press("Save PDF")
    walker.choose_file(tmp_path / "notices.pdf")
    assert walker.counted() == Counted(presses=5, fields=1)
    assert (tmp_path / "notices.pdf").read_bytes().startswith(b"%PDF")
    walker.press("Print")
    assert walker.counted() == Counted(presses=1)  # and one in the printer's own dialog
    walker.dialog(QPrintDialog).reject()


@pytest.mark.journey
def test_who_is_overdue_gets_a_seat_on_thursday_and_who_is_on_leave_is_paused(
    walk: Callable[..., Walker], tmp_path: Path
) -> None:
    def furnish(services: Services, pc: Pc) -> None:
        furnish_people(services, pc, tmp_path / "drop")
        for number in range(11, 15):
            new = NewPerson(number=f"P-{number}", name=f"Worker {number}")
            services.people.add(SYSTEM, new)
        require(services, "FIRE", RequirementType.SESSION)
        late = TODAY - timedelta(days=2)
        services.training.assign(SYSTEM, "FIRE", Audience(), due_on=late, origin="Everybody")
        thursday = services.open_site.site.clock.now() + timedelta(days=3)
        plan = SessionPlan(
            title="Fire extinguishers",
            starts_at=thursday,
            ends_at=thursday + timedelta(hours=1),
            venue="Training room",
            requirements=("FIRE",),
            seats=6,
        )
        services.sessions.planning.plan(SYSTEM, plan)

    walker = walk(furnish)
    walker.sign_in(LOGIN, PASSWORD)
    walker.counted()
    walker.go("Assignments")
    walker.press("Overdue")
    for number in (11, 12):
        walker.tick_row(f"P-{number}")
    shot(walker, "overdue-ticked")
    walker.press("Note as away")
    walker.fill("Why", "Long leave")
    shot(walker, "overdue-away")
    walker.press("Save")
    assert walker.counted() == Counted(presses=6, fields=1)

    for number in ("P-1", "P-2", "P-3", "P-4", "P-13", "P-14"):
        walker.tick_row(number)
    walker.press("Invite to a session")
    shot(walker, "overdue-sessions")
    walker.press_line("Fire extinguishers")
    assert walker.counted() == Counted(presses=8)
    walker.heard("6 more on its list.")
    shot(walker, "overdue-done")

    (coming,) = walker.services.sessions.between(SYSTEM, TODAY, TODAY + timedelta(days=9))
    assert (coming.seated, coming.waiting) == (6, 0)
    found = walker.services.training.assignments.page(SYSTEM, PageRequest())
    paused = {one.number for one in found.rows if one.stands.state is State.PAUSED}
    assert paused == {"P-11", "P-12"}


@pytest.mark.journey
def test_a_new_revision_is_approved_by_somebody_else_and_asked_of_whom_it_concerns(
    walk: Callable[..., Walker], clock: TurnedClock, tmp_path: Path
) -> None:
    def furnish(services: Services, pc: Pc) -> None:
        furnish_people(services, pc, tmp_path / "drop")
        add_procedure(services, pc, tmp_path)
        clock.turn(timedelta(days=1))

    a_pdf(tmp_path / "SOP-123 rev 5.pdf", 3, "Lock and tag 5")
    walker = walk(furnish)
    walker.sign_in(LOGIN, PASSWORD)
    submit_revision(walker, tmp_path / "SOP-123 rev 5.pdf")
    walker.leave()
    walker.sign_in("E-5", QA)
    approve_revision(walker)
    walker.leave()
    walker.sign_in(LOGIN, PASSWORD)
    walker.counted()
    walker.go("Documents")
    shot(walker, "documents-after")
    walker.press("1 change to decide")
    walker.press_line("SOP-123")
    shot(walker, "impact")
    walker.fill("Why", "Step 4 is another one")
    walker.press("Decide and sign")
    walker.sign(PASSWORD, name=LOGIN)
    assert walker.counted() == Counted(presses=5, fields=3)
    assert "Nothing has changed that waits for a decision." in walker.said()

    documents = walker.services.documents
    (one,) = documents.all(SYSTEM, "")
    found = documents.detail(SYSTEM, one.id)
    states = {each.label: each.state for each in found.revisions}
    assert states == {"4": RevisionState.SUPERSEDED, "5": RevisionState.EFFECTIVE}
    assert [each.asked for each in found.impacts] == [4]


def submit_revision(walker: Walker, file: Path) -> None:
    """Add revision 5, and send it to whoever approves."""
    walker.counted()
    walker.go("Documents")
    shot(walker, "documents")
    walker.open_row("SOP-123")
    shot(walker, "document")
    walker.press("New revision")
    walker.fill("Revision", "5")
    walker.press("Choose a file")
    walker.choose_file(file)
    walker.fill("What changed", "Step 4 is another one")
    shot(walker, "revision-form")
    walker.press("Add")
    walker.press("Submit: Revision 5")
    assert walker.counted() == Counted(presses=7, fields=3)


def approve_revision(walker: Walker) -> None:
    """Read what waits, and sign it."""
    walker.counted()
    assert "Always: somebody else reviews and signs before it is used." in walker.said()
    shot(walker, "to-approve")
    walker.press_line("SOP-123 Lock and tag, revision 5")
    walker.press("Look: Revision 5")
    shot(walker, "look")
    walker.press("Back")
    shot(walker, "review")
    walker.press("Approve: Revision 5")
    walker.sign(QA, name="E-5")
    assert walker.counted() == Counted(presses=5, fields=2)


@pytest.mark.journey
def test_a_red_cell_of_the_matrix_tells_everything_and_is_waived_from_there(
    walk: Callable[..., Walker], tmp_path: Path
) -> None:
    def furnish(services: Services, pc: Pc) -> None:
        furnish_people(services, pc, tmp_path / "drop")
        require(services, "FIRE", RequirementType.EXTERNAL)
        late = TODAY - timedelta(days=2)
        services.training.assign(SYSTEM, "FIRE", ALL, due_on=late, origin="Everybody")

    walker = walk(furnish)
    walker.sign_in(LOGIN, PASSWORD)
    walker.counted()
    walker.go("Training matrix")
    shot(walker, "matrix")
    walker.press("Where everybody stands")
    walker.fill("Department", "Line 3")
    shot(walker, "matrix-people")
    assert walker.counted() == Counted(presses=2, fields=1)
    walker.press_cell("Asha", "FIRE")
    assert "Assigned by hand" in walker.said()
    shot(walker, "cell")
    walker.press("Waive")
    let_off(walker)
    assert walker.counted() == Counted(presses=3, fields=2)

    walker.menu_of_cell("Ravi", "FIRE", "Waive")
    let_off(walker)
    assert walker.counted() == Counted(presses=3, fields=2)
    shot(walker, "waived")
    found = walker.services.training.assignments.page(SYSTEM, PageRequest())
    waived = {one.number: one.waived_until for one in found.rows if one.waived_until}
    assert waived == dict.fromkeys(("P-1", "P-2"), date(2027, 5, 1))


def let_off(walker: Walker) -> None:
    """Say why and until when."""
    walker.fill("Why", "On long leave, back in May")
    walker.fill("Last day", "2027-05-01")
    shot(walker, "waive")
    walker.press("Waive")


@pytest.mark.journey
def test_what_goes_to_headquarters_is_signed_by_a_second_officer_and_gets_its_slip(
    walk: Callable[..., Walker], clock: TurnedClock, tmp_path: Path
) -> None:
    stick, slip = tmp_path / "stick", tmp_path / "slip.pdf"
    stick.mkdir()

    def furnish(services: Services, pc: Pc) -> None:
        furnish_people(services, pc, tmp_path / "drop")
        first = services.sign_in.sign_in(LOGIN, PASSWORD).actor
        door = services.sign_in, services.signatures
        second_administrator(services.open_site.site, *door, first)
        terms = ExportTerms(from_on=TODAY, two_persons=True)
        services.sync.rule.say(SYSTEM, terms, "SOP IT-7")
        answered(pc.opened, another_pc(tmp_path / "hq", "Head office", clock))

    walker = walk(furnish)
    walker.sign_in(LOGIN, PASSWORD)
    walker.counted()
    walker.go("Sync")
    shot(walker, "sync-board")
    walker.press("Write a sync file")
    walker.press("Choose a folder")
    walker.choose_file(stick)
    shot(walker, "export-form")
    walker.press("Write")
    shot(walker, "export-second")
    assert "Prepared by Meera Joshi (E-1)" in walker.said()
    walker.sign(SECOND_PASSWORD, name=SECOND)
    assert walker.counted() == Counted(presses=6, fields=3)
    shot(walker, "export-written")
    walker.press("Save the slip")
    walker.choose_file(slip)
    assert walker.counted() == Counted(presses=2, fields=1)
    assert slip.read_bytes().startswith(b"%PDF")


@pytest.mark.journey
def test_an_auditor_is_let_in_and_gets_a_slip(walk: Callable[..., Walker], tmp_path: Path) -> None:
    slip = tmp_path / "visit.pdf"
    walker = walk(lambda services, pc: furnish_people(services, pc, tmp_path / "drop"))
    walker.sign_in(LOGIN, PASSWORD)
    walker.counted()
    walker.go("People")
    walker.press("Auditors' visits")
    walker.press("Open a visit")
    walker.fill("Name and firm", "S. Rangan, TUV")
    shot(walker, "visit-form")
    walker.press("Open the account")
    shot(walker, "visit-slip")
    assert walker.counted() == Counted(presses=4, fields=1)
    walker.press("Save PDF")
    walker.choose_file(slip)
    assert walker.counted() == Counted(presses=2, fields=1)

    words = "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(slip))
    (login,) = re.findall(r"auditor-\d{4}", words)
    (password,) = re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", words)
    seen = walker.services.sign_in.sign_in(login, password)
    assert seen.needs_change is None
    assert not seen.actor.may(Capability.ASSIGN)
