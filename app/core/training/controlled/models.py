"""Tables of documents, their revisions, who has to read them again, and who said that they read them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column
from typing_extensions import override

from app.core.storage.columns import Day, Id, Instant, Json, Word
from app.core.storage.tables import BY, NAMES, PERSONAL, DoneBy, Fact, Local, Record, Scope
from app.core.training.controlled.kinds import Ask, ChangeClass, ImpactSubject, ReviewOutcome


class ControlledDocumentRow(Record):
    """A document under a number that stays: a procedure, an instruction, a safety data sheet."""

    __tablename__ = "controlled_document"
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"retired_on", "page_seconds", "least_seconds"})

    number: Mapped[str] = mapped_column(index=True)
    """Two PCs may give one to two documents: who reads by it refuses two (ADR 16)."""
    title: Mapped[str]
    owner: Mapped[str]
    """The department or function that answers for it."""
    org_unit_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "org_unit"})
    """Where it applies, with all below; None: everywhere."""
    page_seconds: Mapped[int] = mapped_column(default=2)
    """How long each page has to be on screen to count as seen."""
    least_seconds: Mapped[int] = mapped_column(default=0)
    """How long the whole has to be read."""
    may_print: Mapped[bool] = mapped_column(default=False)
    """Whether learners may print it."""
    retired_on: Mapped[date | None] = mapped_column(Day)
    """First day on which it is in force no more."""


class DocumentRevisionRow(Record):
    """One issue of a document. From its approval on nothing of it changes: the approval names its hash."""

    __tablename__ = "document_revision"
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"files", "effective_from", "change_class", "impact"})

    document_id: Mapped[UUID] = mapped_column(
        Id, sa.ForeignKey("controlled_document.id"), index=True
    )
    label: Mapped[str]
    """As it stands on the document: 5, 2.1 or C. Two PCs may each add one: only one is approved."""
    files: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    """One for each language (`types.RevisionFile`)."""
    effective_from: Mapped[date] = mapped_column(Day)
    review_due: Mapped[date | None] = mapped_column(Day)
    """Last day by which somebody looks whether it is still right, until a review says another."""
    supersedes: Mapped[str] = mapped_column(default="")
    """Label of the revision it follows; "" for the first."""
    summary: Mapped[str]
    """What changed, as readers see it."""
    change_class: Mapped[ChangeClass] = mapped_column(Word(ChangeClass))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})
    """The account that added it, which does not approve it; by no name: it goes to other sites, too."""
    impact: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """Who reads it again, assessed with the draft (`types.PlannedImpact`); None: decided after its approval."""


class DocumentReviewRow(Fact):
    """Somebody looked whether a revision in force is still right, and signed it. The last of a revision holds.

    It goes where documents go, also to other sites: so it names an account, and nobody by name.
    """

    __tablename__ = "document_review"
    table_scope = Scope.CATALOGUE

    document_id: Mapped[UUID] = mapped_column(
        Id, sa.ForeignKey("controlled_document.id"), index=True
    )
    revision_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("document_revision.id"), index=True)
    content_sha256: Mapped[str]
    """Of the revision as it was reviewed."""
    outcome: Mapped[ReviewOutcome] = mapped_column(Word(ReviewOutcome))
    remark: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(Day)
    """When this review was due; None: no day was said."""
    next_due: Mapped[date | None] = mapped_column(Day)
    """Last day of the next review, where it stays as it is."""
    at: Mapped[datetime] = mapped_column(Instant)
    """Later than what whoever wrote it knew of the document, whatever the clock said."""
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})

    @override
    def stands_for(self, session: Session) -> Iterator[Fact | Record]:
        """Yield the revision that was reviewed."""
        yield session.get_one(DocumentRevisionRow, self.revision_id)


class DocumentKeeperRow(DoneBy, Fact):
    """Who of a site sees to it that a document is reviewed, from now on, or nobody. The last one holds.

    It speaks of a person, and stays with the records of the site: each site may name its own.
    """

    __tablename__ = "document_keeper"
    table_scope = Scope.RECORDS

    document_id: Mapped[UUID] = mapped_column(
        Id, sa.ForeignKey("controlled_document.id"), index=True
    )
    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    person_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)


class DocumentRequirementRow(Record):
    """Which document a requirement wants read."""

    __tablename__ = "document_requirement"
    __table_args__ = (sa.UniqueConstraint("requirement_id"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"document_id"})

    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    document_id: Mapped[UUID | None] = mapped_column(
        Id, sa.ForeignKey("controlled_document.id"), index=True
    )


class JobDescriptionRow(Fact):
    """A document describes a job role from now on, or none does any more. Of several the last one holds."""

    __tablename__ = "job_description"
    table_scope = Scope.CATALOGUE

    job_role_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("job_role.id"), index=True)
    document_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("controlled_document.id"))
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    """Later than what whoever wrote it knew of the role, whatever the clock said."""
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})


class ImpactAssessmentRow(Fact):
    """Who has to read a revision, or learn a version, again; decided and signed before it is asked."""

    __tablename__ = "impact_assessment"
    __table_args__ = (
        sa.Index("ix_impact_assessment_subject_id", "subject_id"),
        sa.UniqueConstraint("site_id", "planned_for"),
    )
    table_scope = Scope.RECORDS

    subject: Mapped[ImpactSubject] = mapped_column(Word(ImpactSubject))
    subject_id: Mapped[UUID] = mapped_column(Id)
    """Of the revision, or of the version of the course."""
    called: Mapped[str]
    """What it was called then: revision 5 of SOP-123."""
    ask: Mapped[Ask] = mapped_column(Word(Ask))
    requirements: Mapped[list[str]] = mapped_column(Json)
    """Ids of the requirements that point at it."""
    job_roles: Mapped[list[str]] = mapped_column(Json)
    org_units: Mapped[list[str]] = mapped_column(Json)
    """Ids of those that were chosen; a person in any of them is meant, units with all below."""
    due_on: Mapped[date | None] = mapped_column(Day)
    reason: Mapped[str]
    people: Mapped[int]
    """Who had it when this was decided."""
    held: Mapped[int]
    asked: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(info={PERSONAL: BY})
    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    """Whose people were asked by what was planned; None where it was decided by itself."""
    planned_for: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "document_revision"})
    """The revision whose planned impact this carried out, once at a site: signed with its approval."""


class DocumentOpeningRow(Fact):
    """Somebody opened a revision that they are to read, for the first time since it is asked of them."""

    __tablename__ = "document_opening"
    __table_args__ = (sa.Index("ix_document_opening_person_id", "person_id", "requirement_id"),)
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    revision_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("document_revision.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class AcknowledgementRow(Fact):
    """Somebody said that they read and understood a revision: what a signature is bound to."""

    __tablename__ = "acknowledgement"
    __table_args__ = (sa.Index("ix_acknowledgement_person_id", "person_id", "requirement_id"),)
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    revision_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("document_revision.id"), index=True)
    called: Mapped[str]
    """What was read, as it was called then: SOP-123, revision 5."""
    file_sha256: Mapped[str]
    """Of the very file that was on screen."""
    content_sha256: Mapped[str]
    """Of the revision as it was approved."""
    language: Mapped[str]
    statement: Mapped[str]
    """The words that stood above the signature."""
    pages: Mapped[int]
    """How many there are; each was seen."""
    seconds: Mapped[int]
    """Of attention."""
    opened_at: Mapped[datetime] = mapped_column(Instant)
    at: Mapped[datetime] = mapped_column(Instant)
    is_signed: Mapped[bool]

    @override
    def stands_for(self, session: Session) -> Iterator[Fact | Record]:
        """Yield the revision that was read."""
        yield session.get_one(DocumentRevisionRow, self.revision_id)


class ReadingWitnessRow(Fact):
    """Who read a document to somebody who needs that, and proved at the PC that they were there."""

    __tablename__ = "reading_witness"
    table_scope = Scope.RECORDS

    acknowledgement_id: Mapped[UUID] = mapped_column(
        Id, sa.ForeignKey("acknowledgement.id"), index=True
    )
    witness_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class DocumentReadingRow(Local):
    """How far somebody is with a file of a revision on this PC, until they acknowledge it."""

    __tablename__ = "document_reading"

    person_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    revision_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    pages: Mapped[dict[str, int]] = mapped_column(Json)
    """Seconds on screen by page number."""
