"""Tables of approvals: steps that subjects took, whether a site asks for them, and proposals that it asks for less."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column
from typing_extensions import override

from app.core.storage.columns import Day, Id, Instant, Json, Word
from app.core.storage.tables import NAMES, Fact, Record, Scope


class Step(StrEnum):
    """What was done with a subject."""

    SUBMITTED = "submitted"
    REJECTED = "rejected"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    """Whoever submitted it took it back, or a retirement was taken back."""
    RETIRED = "retired"


class ApprovalStepRow(Fact):
    """A step of a subject. Where it stands follows from all of its steps, in any order (ADR 31).

    It goes where courses go, also to other sites: so it names accounts, and nobody by name.
    """

    __tablename__ = "approval_step"
    __table_args__ = (
        sa.Index("ix_approval_step_subject_id_subject_kind", "subject_id", "subject_kind"),
    )
    table_scope = Scope.CATALOGUE
    concerns = ("subject_kind", "subject_id")

    subject_kind: Mapped[str]
    subject_id: Mapped[UUID] = mapped_column(Id)
    step: Mapped[Step] = mapped_column(Word(Step))
    answers: Mapped[UUID | None] = mapped_column(Id, index=True, info={NAMES: "approval_step"})
    """The submission that a rejection, an approval or a withdrawal is about, or the retirement that one took back."""
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})
    authors: Mapped[list[str]] = mapped_column(Json)
    """Of a submission: ids of the accounts that wrote what was submitted, who submitted it included."""
    reason: Mapped[str] = mapped_column(default="")
    """The note of a submission, the remark of an approval, why it was rejected, withdrawn or retired."""
    effective_on: Mapped[date | None] = mapped_column(Day)
    """Of an approval: the first day on which it holds."""
    sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    """Of what was submitted, approved or rejected."""
    approvers: Mapped[int] = mapped_column(default=1)
    """Of a submission: how many people have to approve it, as its site asked then."""

    @override
    def stands_for(self, session: Session) -> Iterator[Fact | Record]:
        """Yield the submission that it answers: who wrote what was approved, and its hash."""
        if self.answers is not None:
            yield session.get_one(ApprovalStepRow, self.answers)


class ApprovalRuleRow(Record):
    """Whether a site asks for an approval before a kind of thing is used there."""

    __tablename__ = "approval_rule"
    __table_args__ = (sa.UniqueConstraint("site_id", "subject_kind"),)
    table_scope = Scope.CATALOGUE
    regulated = frozenset({"is_asked", "approvers"})

    site_id: Mapped[UUID] = mapped_column(Id, info={NAMES: "site"})
    subject_kind: Mapped[str]
    is_asked: Mapped[bool]
    approvers: Mapped[int] = mapped_column(default=1)
    """How many people approve what is submitted from then on; its authors are none of them."""


class ApprovalEasingRow(Fact):
    """It was proposed that a site asks for less than it does: of no approval, or of fewer people.

    It counts from the day on which somebody else approved it, until the site asks for more again (ADR 82).
    """

    __tablename__ = "approval_easing"
    __table_args__ = (
        sa.Index("ix_approval_easing_site_id_subject_kind", "site_id", "subject_kind"),
    )
    table_scope = Scope.CATALOGUE

    site_id: Mapped[UUID] = mapped_column(Id, info={NAMES: "site"})
    subject_kind: Mapped[str]
    is_asked: Mapped[bool]
    approvers: Mapped[int]
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[UUID | None] = mapped_column(Id, info={NAMES: "account"})
