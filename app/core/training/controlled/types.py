"""What the register of documents takes and gives: frozen values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from app.core.signatures import SignatureLine
from app.core.training.controlled.kinds import (
    Ask,
    AskFrom,
    ChangeClass,
    ImpactSubject,
    RevisionState,
)
from app.core.training.controlled.review_types import Keeper, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTerms:
    """What reading a document asks for, and what may be done with it."""

    page_seconds: int = 2
    least_seconds: int = 0
    may_print: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document to be added to the register; its first revision follows."""

    number: str
    title: str
    owner: str
    org_unit_id: UUID | None = None
    terms: ReadingTerms = field(default_factory=ReadingTerms)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRevision:
    """An issue to be added to a document."""

    label: str
    effective_from: date
    summary: str = ""
    change_class: ChangeClass = ChangeClass.MAJOR
    review_due: date | None = None
    files: dict[str, Path]
    """PDFs or pictures by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionFile:
    """A file of a revision in one language."""

    language: str
    sha256: str
    name: str
    size: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Of whom something is to be asked again."""

    ask: Ask
    job_role_ids: frozenset[UUID] = frozenset()
    org_unit_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenGroup:
    """A job role or an org unit that is asked again, as it was called then."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedImpact:
    """Who reads a revision again, as it was assessed with its draft; its approval fixes and signs it."""

    site_id: UUID | None
    """Where it was assessed: job roles and org units are of that site."""
    ask: Ask
    begins: AskFrom
    job_roles: tuple[ChosenGroup, ...] = ()
    org_units: tuple[ChosenGroup, ...] = ()
    due_on: date | None
    """None: as the terms of the requirement say."""
    reason: str
    people: int
    """Who had it when this was assessed."""
    held: int
    asked: int
    at: datetime
    by: UUID | None
    """The account that assessed it, which does not approve the revision."""

    @property
    def reach(self) -> Reach:
        """Return of whom it is asked."""
        return Reach(
            ask=self.ask,
            job_role_ids=frozenset(one.id for one in self.job_roles),
            org_unit_ids=frozenset(one.id for one in self.org_units),
        )

    def holds_at(self, site_id: UUID | None) -> bool:
        """Tell whether it says who is asked at a site: elsewhere nobody knows the groups of this one."""
        return self.ask is not Ask.SOME or self.site_id == site_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An issue of a document, and where it stands today."""

    id: UUID
    document_id: UUID
    label: str
    files: tuple[RevisionFile, ...]
    content_sha256: str
    effective_from: date
    review_due: date | None
    supersedes: str
    summary: str
    change_class: ChangeClass
    at: datetime
    by: UUID | None
    by_name: str
    state: RevisionState
    approved_at: datetime | None
    approved_by: str
    """Who approved it: two names with a comma between where it took two."""
    superseded_by: str
    """Label of the revision that took its place; "" while none did."""
    impact: PlannedImpact | None = None
    """Who reads it again, as assessed with the draft; None: decided after its approval."""
    approvers: int = 1
    """How many people approve it, while it waits."""
    given: tuple[UUID, ...] = ()
    """The accounts that have approved it."""
    approvals: tuple[UUID, ...] = ()
    """Ids of the steps by which they did: what their signatures are under."""
    is_double: bool = False
    """Whether another PC added one of the same label: one of them has to be withdrawn."""

    def file_in(self, language: str) -> RevisionFile:
        """Return the file in a language, or the first there is."""
        same = (one for one in self.files if one.language == language)
        return next(same, self.files[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementPointing:
    """A requirement that wants the document read."""

    id: UUID
    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """How many of those who have to have read a revision; status only."""

    required: int = 0
    trained: int = 0
    before_effective: int = 0
    """Of the trained: who had read it before the day on which it became effective."""

    @property
    def hundredths(self) -> int:
        """Return the share in hundredths, rounded down: 100 is all of them."""
        return self.trained * 100 // self.required if self.required else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """A document as the list shows it."""

    id: UUID
    number: str
    title: str
    owner: str
    org_unit_id: UUID | None
    org_unit: str
    terms: ReadingTerms
    retired_on: date | None
    in_force: Revision | None
    coming: Revision | None
    """The next that is approved and becomes effective later; else a draft that waits."""
    review_due: date | None
    """Of the revision in force, as its last review said."""
    is_review_due: bool
    last_review: Review | None
    """Of the revision in force."""
    keepers: tuple[Keeper, ...]
    """Who sees to its review, at each site that is known here."""
    trained: Trained | None
    """Of the revision in force; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDetail:
    """A document with its revisions, the newest first, and the requirements that point at it."""

    summary: DocumentSummary
    revisions: tuple[Revision, ...]
    requirements: tuple[RequirementPointing, ...]
    impacts: "tuple[ImpactAssessment, ...]"
    free_from: date
    """First day on which a further revision may take effect: today, or after all that are approved."""
    decisions: tuple[SignatureLine, ...]
    """The signatures by which it was retired and brought back, and revisions of it withdrawn, oldest first."""
    reviews: tuple[Review, ...]
    """The newest first."""
    next_review: date | None
    """What is offered as the day of the next review; None where no revision is in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingReader:
    """Somebody who has still to read a revision."""

    person_id: UUID
    number: str
    name: str
    org_unit: str
    job_role: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingStatus:
    """Whether people are trained before a revision becomes effective."""

    revision: Revision
    document: str
    """Its number."""
    trained: Trained
    days_to_effective: int
    """Negative once it is."""
    missing: tuple[MissingReader, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactGroup:
    """People of one job role, or of one org unit, whom a change concerns."""

    id: UUID | None
    name: str
    """"" for who has none."""
    people: int
    held: int
    """Who holds it by what was before."""
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a change concerns, counted before anything is decided."""

    subject: ImpactSubject
    subject_id: UUID
    called: str
    requirements: tuple[RequirementPointing, ...]
    people: int
    held: int
    open: int
    job_roles: tuple[ImpactGroup, ...]
    org_units: tuple[ImpactGroup, ...]
    due_on: date | None
    """What is proposed: the day on which it becomes effective."""
    proposed: Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingChange:
    """A revision, or a course's version, about which nobody has decided who reads or learns it again."""

    subject: ImpactSubject
    subject_id: UUID
    code: str
    """Number of the document, or code of the course."""
    title: str
    label: str
    """Of the revision, or number of the version."""
    since: date
    """From when it is in force, or when the version was published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactDecision:
    """Of whom it is asked again, until when, and why."""

    reach: Reach
    due_on: date | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactAssessment:
    """A decision as it was made."""

    id: UUID
    subject: ImpactSubject
    subject_id: UUID
    called: str
    ask: Ask
    job_roles: tuple[str, ...]
    org_units: tuple[str, ...]
    due_on: date | None
    reason: str
    people: int
    asked: int
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDocument:
    """A document that somebody has to read, or has read."""

    requirement_id: UUID
    number: str
    title: str
    label: str
    """Of the revision to read; "" where none is in force."""
    summary: str
    change_class: ChangeClass | None
    languages: tuple[str, ...]
    origin: str
    due_on: date | None
    late_after: date | None
    is_done: bool
    done_at: datetime | None
    read_label: str
    """Of the revision that was acknowledged last."""
    valid_until: date | None
    """Last day on which what was acknowledged holds; None for good, or where nothing is held."""
    comes_first: tuple[str, ...] = ()
    """Titles of what has to be held before it is opened, and is not; nothing once it is being read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A revision that somebody has open: pinned, whatever becomes effective meanwhile."""

    requirement_id: UUID
    revision: Revision
    number: str
    title: str
    file: RevisionFile
    terms: ReadingTerms
    needs_signature: bool
    needs_witness: bool
    """Whether somebody has to read it to them, and say so."""
    statement: str
    is_done: bool
    """Whether nothing is asked of them: they look at what they have acknowledged."""
    pages_seen: dict[int, int]
    """Seconds by page."""

    def missing_pages(self) -> tuple[int, ...]:
        """Return the pages that were not on screen for long enough."""
        return missing_pages(self.file.pages, self.terms, self.pages_seen)

    def seconds_left(self) -> int:
        """Return how much longer the whole has to be read."""
        return max(0, self.terms.least_seconds - sum(self.pages_seen.values()))


def missing_pages(count: int, terms: ReadingTerms, seen: dict[int, int]) -> tuple[int, ...]:
    """Return which of `count` pages were not on screen for as long as the terms ask, at least a second."""
    least = max(1, terms.page_seconds)
    return tuple(page for page in range(1, count + 1) if seen.get(page, 0) < least)
