"""A site with a register of documents: who writes, who approves and signs, and who reads."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from reportlab.pdfgen.canvas import Canvas

from app.core.approvals import Approvals
from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.clock import local_day
from app.core.base.ids import new_id
from app.core.journal import Site
from app.core.people import Audience, Destination, NewPerson, People
from app.core.signatures import Pen, Proof, Undersigned
from app.core.training import RequirementType, Terms, Training, Validity
from app.core.training.controlled import (
    Ask,
    ChangeClass,
    ControlledDocuments,
    DocumentChange,
    ImpactDecision,
    ImpactSubject,
    NewDocument,
    NewReview,
    NewRevision,
    Pinned,
    Reach,
    Reading,
    ReadingTerms,
    ReviewOutcome,
)
from app.core.training.requirements import NewRequirement
from tests.support.in_touch import Pc
from tests.support.signers import PASSWORD, Door, door_of, found_administrator
from tests.support.teaching import School, a_school

AUTHOR = replace(system_actor("Asha Rao"), account_id=new_id())
"""Writes and submits; somebody else approves."""


def a_pdf(path: Path, pages: int = 3, words: str = "") -> Path:
    """Write a PDF of some pages; `words` make it another file."""
    canvas = Canvas(str(path), pagesize=(300, 400), invariant=True)
    for page in range(1, pages + 1):
        canvas.drawString(40, 300, f"{words} {page}")
        canvas.showPage()
    canvas.save()
    return path


@dataclass
class Office:
    """One PC with documents, and Meera, who may do everything and signs."""

    pc: Pc
    door: Door
    meera: Actor
    school: School
    documents: ControlledDocuments
    folder: Path

    @property
    def site(self) -> Site:
        return self.pc.opened.site

    @property
    def training(self) -> Training:
        return self.school.training

    @property
    def today(self) -> date:
        return local_day(self.site.clock)

    def pen(self) -> Pen:
        """Return Meera's pen."""
        return self.door.signatures.pen(self.meera, Proof(name="meera", password=PASSWORD))

    def document(self, number: str = "SOP-123", terms: ReadingTerms | None = None) -> UUID:
        new = NewDocument(
            number=number,
            title="Lock and tag",
            owner="Quality",
            terms=terms or ReadingTerms(page_seconds=2),
        )
        return self.documents.add(AUTHOR, new)

    def revision(
        self,
        document_id: UUID,
        label: str,
        effective_from: date | None = None,
        *,
        pages: int = 3,
        change_class: ChangeClass = ChangeClass.MAJOR,
        review_due: date | None = None,
    ) -> UUID:
        """Add a draft."""
        new = NewRevision(
            label=label,
            effective_from=effective_from or self.today,
            summary=f"Step {label} is new",
            change_class=change_class,
            review_due=review_due,
            files={"en": a_pdf(self.folder / f"{document_id.hex}-{label}.pdf", pages, label)},
        )
        return self.documents.add_revision(AUTHOR, document_id, new)

    def release(self, revision_id: UUID) -> None:
        """Let Asha submit a draft, and Meera approve it."""
        self.documents.steps.submit(AUTHOR, revision_id)
        self.documents.steps.approve(self.meera, revision_id, self.approving(revision_id))

    def issue(
        self,
        document_id: UUID,
        label: str,
        effective_from: date | None = None,
        review_due: date | None = None,
    ) -> UUID:
        """Add a revision and have it approved."""
        made = self.revision(document_id, label, effective_from, review_due=review_due)
        self.release(made)
        return made

    def signed(self, words: str) -> Undersigned:
        """Return Meera's pen over words."""
        return Undersigned(self.pen(), words)

    def approving(self, revision_id: UUID) -> Undersigned:
        """Return Meera's pen over what is signed with an approval."""
        return self.signed(self.documents.steps.approval_text(self.meera, revision_id))

    def acknowledging(self, pinned: Pinned) -> Undersigned:
        """Return Meera's pen over what is signed with an acknowledgement."""
        return self.signed(self.documents.readings.text(self.meera, pinned))

    def withdraw(self, revision_id: UUID, reason: str = "A step is wrong") -> None:
        """Let Meera withdraw what was approved, and sign it."""
        words = self.documents.steps.withdrawal_text(self.meera, revision_id, reason)
        self.documents.steps.withdraw(self.meera, revision_id, reason, self.signed(words))

    def retire(self, document_id: UUID, on: date, reason: str = "Line 3 is gone") -> None:
        """Let Meera retire a document, and sign it."""
        asked = (self.meera, document_id, on, reason)
        words = self.documents.retiring.retirement_text(*asked)
        self.documents.retiring.retire(*asked, self.signed(words))

    def review(
        self,
        document_id: UUID,
        next_due: date | None,
        remark: str = "Nothing changed",
        outcome: ReviewOutcome = ReviewOutcome.STAYS,
    ) -> UUID:
        """Let Meera say what came of a review, and sign it."""
        new = NewReview(outcome=outcome, next_due=next_due, remark=remark)
        reviewing = self.documents.reviewing
        words = reviewing.text(self.meera, document_id, new)
        return reviewing.review(self.meera, document_id, new, self.signed(words))

    def bring_back(self, document_id: UUID, reason: str = "Line 3 is built again") -> None:
        """Let Meera bring a document back, and sign it."""
        asked = (self.meera, document_id, reason)
        words = self.documents.retiring.return_text(*asked)
        self.documents.retiring.bring_back(*asked, self.signed(words))

    def point(self, document_id: UUID, *wanted: UUID, reason: str = "It is in there now") -> None:
        """Let Meera say what wants a document read, and sign it."""
        change = DocumentChange(requirements=wanted)
        words = self.documents.change_text(self.meera, document_id, change, reason)
        self.documents.change(self.meera, document_id, change, reason, self.signed(words))

    def requirement(self, document_id: UUID, code: str = "READ", *, signed: bool = True) -> UUID:
        """Require the document to be read."""
        terms = Terms(from_on=self.today, validity=Validity.FOR_GOOD, signed=signed)
        kind = RequirementType.READ_ACK
        new = NewRequirement(code=code, title=f"Read {code}", type=kind, terms=terms)
        made = self.training.catalogue.add(AUTHOR, new)
        there = self.documents.detail(AUTHOR, document_id).requirements
        wanted = DocumentChange(requirements=(*(one.id for one in there), made))
        self.documents.change(AUTHOR, document_id, wanted)
        return made

    def assign(self, code: str = "READ", audience: Audience | None = None) -> int:
        return self.training.assign(
            AUTHOR, code, audience or Audience(), due_on=None, origin="Works there"
        )

    def read(self, actor: Actor, reading: Reading, seconds: int = 5) -> Pinned:
        """Have every page on screen."""
        pinned = pinned_of(reading)
        pages = dict.fromkeys(range(1, reading.file.pages + 1), seconds)
        self.documents.readings.trace(actor, pinned, pages)
        return pinned

    def acknowledge(self, actor: Actor, requirement_id: UUID, *, signed: bool = False) -> UUID:
        """Open, read and acknowledge what a requirement wants."""
        reading = self.documents.readings.open(actor, requirement_id)
        pinned = self.read(actor, reading)
        by = self.acknowledging(pinned) if signed else None
        return self.documents.readings.acknowledge(actor, pinned, by)

    def decide(self, revision_id: UUID, reach: Reach | None = None, **said: date) -> int:
        """Let Meera decide of whom a revision is asked."""
        return decide(self, ImpactSubject.REVISION, revision_id, reach, **said)


def decide(
    office: Office,
    subject: ImpactSubject,
    subject_id: UUID,
    reach: Reach | None = None,
    due_on: date | None = None,
) -> int:
    """Let Meera decide and sign of whom a change is asked; return of how many people."""
    decision = ImpactDecision(
        reach=reach or Reach(ask=Ask.ALL), due_on=due_on, reason="Step 4 is another one"
    )
    impacts = office.documents.impacts
    signed = office.signed(impacts.text(office.meera, subject, subject_id, decision))
    return impacts.decide(office.meera, subject, subject_id, decision, signed)


def pinned_of(reading: Reading) -> Pinned:
    return Pinned(
        requirement_id=reading.requirement_id,
        revision_id=reading.revision.id,
        language=reading.file.language,
    )


def an_office(pc: Pc, folder: Path) -> Office:
    """Set up the register on a PC whose site was just founded."""
    found_administrator(pc)
    return office_of(pc, folder)


def office_of(pc: Pc, folder: Path) -> Office:
    """Set up the register on a PC whose site has its administrator."""
    folder.mkdir(exist_ok=True)
    site = pc.opened.site
    door = door_of(pc)
    meera = door.enter()
    door.accept(meera)
    school = a_school(site)
    documents = ControlledDocuments(site, pc.assets)
    Approvals(site).register(documents.approval_kind())
    school.training.catalogue.words_to_sign.append(documents.retiring.words_of_requirement)
    documents.retiring.on_brought_back.append(school.training.brought_back.ask)
    school.training.on_new_day.append(documents.begin_day)
    return Office(pc, door, meera, school, documents, folder)


def people_adder(site: Site) -> Callable[..., UUID]:
    """Return a way to add people to departments and job roles that are made as they are named."""
    people = People(site)
    units: dict[str, UUID] = {}
    roles: dict[str, UUID] = {}

    def add(number: str, unit: str = "FIN", role: str = "OPR") -> UUID:
        if unit not in units:
            units[unit] = people.organisation.add_org_unit(AUTHOR, unit, f"Department {unit}")
        if role not in roles:
            roles[role] = people.organisation.add_job_role(AUTHOR, role, f"Role {role}")
        place = Destination(org_unit_id=units[unit], job_role_id=roles[role])  # type: ignore[arg-type]  # ids of a test
        return people.add(AUTHOR, NewPerson(number=number, name=f"Person {number}", place=place))

    return add


def learner(person_id: UUID, number: str = "E-2") -> Actor:
    """Return somebody who reads without signing."""
    return Actor(
        account_id=new_id(),
        person_id=person_id,
        name=f"Person {number}",
        number=number,
        grants=frozenset({Grant(capability=Capability.LEARN)}),
    )
