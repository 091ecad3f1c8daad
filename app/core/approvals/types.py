"""What approvals give and take."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.approvals.models import Step
from app.core.approvals.reviewing import KindActs
from app.core.approvals.rules import Asked
from app.core.approvals.states import Subject

REVIEW_SCREEN = "approval_review"
"""Key of the screen that does for every kind with `acts`; opened with `subject`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectTitle:
    """What a subject is called in lists."""

    code: str
    title: str
    detail: str = ""
    """What is to become of it, in words: “version 4”, “to be retired”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalKind:
    """A kind of thing that can be approved; its feature registers it with `Approvals.register`."""

    kind: str
    """In the records: `course_version`, `question_bank`, `document_revision`."""
    title: str
    """Of several, as a marked word: “Courses”."""
    screen: str
    """Key of the screen that reviews one; it is opened with `subject` and `subject_id`."""
    called: Callable[[Session, Collection[UUID]], Mapping[UUID, SubjectTitle]]
    """Names subjects by id; one that is not here is left out."""
    follows: str = ""
    """The kind whose rule holds for this one, too; "" for a kind with a rule of its own."""
    always: bool = False
    """Whether every one of this kind is approved, whatever a site says."""
    acts: KindActs | None = None
    """What `approval_review`, the one screen for all, and the command line do with it; None where its
    own screen sees to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRule:
    """Whether this site asks for an approval of a kind."""

    kind: str
    title: str
    is_asked: bool
    approvers: int = 1
    """How many people approve; the authors are none of them."""
    is_fixed: bool = False
    """Whether nobody can say otherwise."""
    easing: Subject | None = None
    """The proposal to ask for less that waits for somebody else, or for its day."""

    @property
    def asked(self) -> Asked:
        """Return what the site asks for."""
        return Asked(is_asked=self.is_asked, approvers=self.approvers)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """A subject that waits for an approval."""

    subject: Subject
    kind_title: str
    screen: str
    code: str
    title: str
    detail: str
    submitted_at: datetime
    submitted_by: UUID | None
    submitted_by_name: str
    """"" for somebody who has no account here."""
    note: str
    sha256: str
    is_own: bool
    """Whether the one who asks wrote or submitted it, and so cannot approve it."""
    approvers: int = 1
    given: int = 0
    """How many of them have approved it."""
    has_approved: bool = False
    """Whether the one who asks is one of those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step of a subject, as it is read."""

    id: UUID
    """What a signature is under."""
    step: Step
    at: datetime
    by: UUID | None
    by_name: str
    """"" for somebody who has no account here."""
    reason: str
    effective_on: date | None
    sha256: str
