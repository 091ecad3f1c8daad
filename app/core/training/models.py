"""Tables of requirements, of who must meet them, and of what proves that they do (ADR 30)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column
from typing_extensions import override

from app.core.storage.columns import Day, Id, Instant, Json, Word
from app.core.storage.tables import NAMES, Fact, Record, Scope
from app.core.training.kinds import (
    AssignmentEvent,
    Basis,
    CheckedBy,
    DueRule,
    EvidenceRule,
    LinkKind,
    Move,
    Outcome,
    RequirementType,
    Source,
    Substitutes,
    Validity,
)


class RequirementRow(Record):
    """Something a person must hold. A published course is one under the course's code.

    What it asks for in detail stands in its terms, which are dated.
    """

    __tablename__ = "requirement"
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"type", "course_id", "valid_months", "wording", "wordings"})

    code: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    titles: Mapped[dict[str, str] | None] = mapped_column(Json)
    """In other languages, by their codes; of a course its versions say them."""
    course_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("course.id"), unique=True)
    valid_months: Mapped[int | None]
    """Of a course, as its newest version says it; other validity stands in the terms."""
    type: Mapped[RequirementType] = mapped_column(
        Word(RequirementType), default=RequirementType.COURSE
    )
    description: Mapped[str] = mapped_column(default="")
    wording: Mapped[str] = mapped_column(default="")
    """What is declared, word for word; "" where there is nothing to declare with."""
    wordings: Mapped[dict[str, str] | None] = mapped_column(Json)
    """The same in other languages, by their codes."""
    retired_on: Mapped[date | None] = mapped_column(Day)
    """First day on which it is asked for no more: what is open ends, who holds it keeps it."""


class RequirementTermsRow(Record):
    """What a requirement asks for from a day on, until later terms take over.

    Terms are corrected on their first day at most: what was asked for in the past stays written.
    """

    __tablename__ = "requirement_terms"
    __table_args__ = (sa.UniqueConstraint("requirement_id", "from_on"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset(
        {
            "validity", "valid_count", "valid_until_on", "keeps_anniversary", "window_days",
            "due_rule", "due_days", "due_day", "renewal_due_days", "grace_days", "evidence",
            "substitutes", "prior_days", "signed", "gives_certificate", "template",
            "trainer_registered",
        }
    )  # fmt: skip

    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    from_on: Mapped[date] = mapped_column(Day)
    validity: Mapped[Validity] = mapped_column(Word(Validity), default=Validity.AS_COURSE)
    valid_count: Mapped[int | None]
    """Months or days, as `validity` says."""
    valid_until_on: Mapped[date | None] = mapped_column(Day)
    keeps_anniversary: Mapped[bool] = mapped_column(default=False)
    window_days: Mapped[int] = mapped_column(default=30)
    due_rule: Mapped[DueRule] = mapped_column(Word(DueRule), default=DueRule.NONE)
    due_days: Mapped[int | None]
    due_day: Mapped[date | None] = mapped_column(Day)
    renewal_due_days: Mapped[int | None]
    """From the opening of a renewal; None: a renewal is due on the day of expiry."""
    grace_days: Mapped[int] = mapped_column(default=0)
    evidence: Mapped[EvidenceRule] = mapped_column(Word(EvidenceRule), default=EvidenceRule.ENTERED)
    substitutes: Mapped[Substitutes] = mapped_column(Word(Substitutes), default=Substitutes.ANY)
    prior_days: Mapped[int | None]
    """How old earlier evidence may be to count for a new assignment; None: as long as it is valid."""
    signed: Mapped[bool] = mapped_column(default=True)
    """Whether a document is acknowledged with a signature."""
    gives_certificate: Mapped[bool | None]
    """None: as the type of the requirement does (`terms.gives_certificate`)."""
    template: Mapped[str | None]
    """Key of the look of its certificates; None: the first there is."""
    trainer_registered: Mapped[bool] = mapped_column(default=False)
    """Whether a session proves it only where who led it is on the register of trainers."""


class RequirementLinkRow(Record):
    """A requirement that comes before another one, or stands in for it."""

    __tablename__ = "requirement_link"
    __table_args__ = (sa.UniqueConstraint("requirement_id", "kind", "other_id"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"ended_on"})

    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    kind: Mapped[LinkKind] = mapped_column(Word(LinkKind))
    other_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"), index=True)
    ended_on: Mapped[date | None] = mapped_column(Day)
    from_on: Mapped[date | None] = mapped_column(Day)
    """Day on which it was made; None: by an earlier program, which did not say."""
    gaps: Mapped[list[list[str]] | None] = mapped_column(Json)
    """Stretches in which it did not stand, before it was made again: first day, and the first day after it."""

    def stood_on(self, day: date) -> bool:
        """Tell whether it stood at the end of a day."""
        if self.from_on is not None and day < self.from_on:
            return False
        if any(begins <= day.isoformat() < ends for begins, ends in self.gaps or ()):
            return False
        return self.ended_on is None or day < self.ended_on


class LegalReferenceRow(Record):
    """The law that asks for a requirement, from a day up to, but not on, a day."""

    __tablename__ = "legal_reference"
    table_scope = Scope.CATALOGUE

    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"), index=True)
    act: Mapped[str]
    clause: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date | None] = mapped_column(Day)
    to_on: Mapped[date | None] = mapped_column(Day)
    removed: Mapped[bool] = mapped_column(default=False)


class EnrolmentRuleRow(Record):
    """A saved condition that assigns a requirement to whom it matches."""

    __tablename__ = "enrolment_rule"
    __table_args__ = (sa.UniqueConstraint("site_id", "code"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset(
        {"requirement_id", "condition", "after_days", "away_days", "moved", "due_days", "is_on"}
    )

    site_id: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "site"})
    """Whose rule it is: every site runs its own."""
    code: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"), index=True)
    condition: Mapped[dict[str, Any]] = mapped_column(Json)
    """The tree of conditions (`enrolment.conditions`)."""
    after_days: Mapped[int | None]
    """Days after joining, or after a move, from which it assigns; None: as soon as it matches."""
    away_days: Mapped[int | None]
    """It asks anew whoever comes back after so many days away; None: it does not look at absences."""
    moved: Mapped[Move | None] = mapped_column(Word(Move))
    """It asks anew whoever was moved so; None: it does not look at moves."""
    due_days: Mapped[int | None]
    """From the day of coming back, or of the move, till it is due; None: as the requirement's terms say."""
    from_on: Mapped[date | None] = mapped_column(Day)
    to_on: Mapped[date | None] = mapped_column(Day)
    """First and last day of its working."""
    cancels: Mapped[bool] = mapped_column(default=False)
    """Whether an open assignment of its making ends when somebody no longer matches."""
    is_on: Mapped[bool] = mapped_column(default=False)

    @property
    def asks_anew(self) -> bool:
        """Tell whether it asks whoever comes back after a long absence, or was moved, and nobody else."""
        return self.away_days is not None or self.moved is not None


class AssignmentRow(Record):
    """One person × requirement × cycle, with a due date. Overdue is derived, never stored."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "requirement_id", "cycle"),
        # With the person, so that whose it is is known before the row is fetched from somewhere else.
        sa.Index(
            "ix_assignment_open_due",
            "due_on",
            "person_id",
            sqlite_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index(
            "ix_assignment_delegation_id",
            "delegation_id",
            sqlite_where=sa.text("delegation_id IS NOT NULL"),
            postgresql_where=sa.text("delegation_id IS NOT NULL"),
        ),
    )
    table_scope = Scope.RECORDS
    regulated = frozenset({"due_on"})

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"), index=True)
    cycle: Mapped[int] = mapped_column(default=1)
    assigned_at: Mapped[datetime] = mapped_column(Instant)
    origin: Mapped[str]
    """Why the person has it, as a sentence for the person."""
    due_on: Mapped[date | None] = mapped_column(Day)
    completion_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("course_completion.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was completed, cancelled or superseded."""
    cancelled_reason: Mapped[str] = mapped_column(default="")
    source: Mapped[Source] = mapped_column(
        Word(Source, otherwise=Source.OTHER), default=Source.MANUAL
    )
    rule_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("enrolment_rule.id"), index=True)
    """The rule that assigned it, or what it renews."""
    late_after: Mapped[date | None] = mapped_column(Day)
    """Last day of grace; None where there is none beyond the due date."""
    counts_from: Mapped[datetime | None] = mapped_column(Instant)
    """Evidence from before this does not count for it; None: any that is valid does."""
    waived_until: Mapped[date | None] = mapped_column(Day)
    """Last day on which it need not be held; the event says who said so."""
    credit_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("requirement_credit.id"))
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome))
    """How it was closed; None in records of an earlier program, where the other columns tell."""
    delegation_id: Mapped[UUID | None] = mapped_column(Id, sa.ForeignKey("delegation.id"))
    """By which somebody gave it for another; None where whoever gave it did so themselves (ADR 72)."""


class AssignmentEventRow(Fact):
    """An act on an assignment, with its reason: what a signature is bound to."""

    __tablename__ = "assignment_event"
    __table_args__ = (
        # Of an earlier program: few, and none is added. A look back asks whether there are any.
        sa.Index(
            "ix_assignment_event_untold",
            "at",
            sqlite_where=sa.text("event = 'due_moved' AND due_before IS NULL"),
            postgresql_where=sa.text("event = 'due_moved' AND due_before IS NULL"),
        ),
    )
    table_scope = Scope.RECORDS

    assignment_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("assignment.id"), index=True)
    event: Mapped[AssignmentEvent] = mapped_column(Word(AssignmentEvent))
    at: Mapped[datetime] = mapped_column(Instant)
    until_on: Mapped[date | None] = mapped_column(Day)
    due_before: Mapped[date | None] = mapped_column(Day)
    """Of a due date that moved: what it was. None in acts of an earlier program, and of other acts."""
    due_plain: Mapped[date | None] = mapped_column(Day)
    """Of one that absences moved: what it would be without any of them."""
    retired_on: Mapped[date | None] = mapped_column(Day)
    """Of one that ended as its requirement was retired: since when that is asked for no more."""
    reason: Mapped[str]
    by: Mapped[UUID | None] = mapped_column(Id)
    """The account."""
    by_name: Mapped[str]


class EvidenceRow(Fact):
    """What somebody entered as proof that a requirement is met: a certificate of another issuer, a paper."""

    __tablename__ = "evidence"
    __table_args__ = (
        sa.Index("ix_evidence_person_id_requirement_id", "person_id", "requirement_id"),
    )
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    issuer: Mapped[str]
    number: Mapped[str]
    """Of the certificate or the paper; "" where it has none."""
    obtained_on: Mapped[date] = mapped_column(Day)
    valid_until: Mapped[date | None] = mapped_column(Day)
    """As the issuer says it; the requirement's terms may say less."""
    note: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str]


class EvidenceVerdictRow(Fact):
    """Somebody else confirmed evidence that was entered, or refused it."""

    __tablename__ = "evidence_verdict"
    table_scope = Scope.RECORDS

    evidence_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("evidence.id"), unique=True)
    is_accepted: Mapped[bool]
    how: Mapped[CheckedBy] = mapped_column(Word(CheckedBy), default=CheckedBy.NOT_SAID)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id)
    by_name: Mapped[str]

    @override
    def stands_for(self, session: Session) -> Iterator[Fact | Record]:
        """Yield the evidence that was looked at."""
        yield session.get_one(EvidenceRow, self.evidence_id)


class RequirementCreditRow(Fact):
    """A requirement is met by something other than the course it may name.

    Whatever proves it inserts one: practicals, sessions, acknowledgements, external certificates.
    What two PCs give somebody for one occasion is one credit, whoever gave it first (ADR 16).
    """

    __tablename__ = "requirement_credit"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "requirement_id", "occasion_id"),
        sa.Index("ix_requirement_credit_newest", "person_id", "requirement_id", "at"),
        sa.Index("ix_requirement_credit_expiry", "requirement_id", "valid_until"),
    )
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"))
    requirement_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("requirement.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    """When it was met, as the evidence says."""
    valid_until: Mapped[date | None] = mapped_column(Day)
    """Last valid day, the whole of it; None: for good."""
    basis: Mapped[Basis] = mapped_column(Word(Basis))
    proof_id: Mapped[UUID] = mapped_column(Id)
    """The fact that proves it: evidence, or what another requirement was met by."""
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    occasion_id: Mapped[UUID | None] = mapped_column(Id)
    """What it was met by, once: a session, else the fact that proves it; of a substitute it follows
    from what that was met by (`crediting.stand_in`). None in credits of an earlier program."""


class AbsenceRow(Record):
    """Somebody is away and their due dates stand still: from a day up to, but not on, a day."""

    __tablename__ = "absence"
    table_scope = Scope.RECORDS

    person_id: Mapped[UUID] = mapped_column(Id, sa.ForeignKey("person.id"), index=True)
    from_on: Mapped[date] = mapped_column(Day)
    to_on: Mapped[date | None] = mapped_column(Day)
    reason: Mapped[str]
    has_moved_dues: Mapped[bool] = mapped_column(default=False)
    """Whether the due dates were put off by its days, which is done once, when it is over."""
