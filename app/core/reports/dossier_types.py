"""What a dossier holds: one person's record, as an auditor wants to see it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.assessments import ScoredAnew
from app.core.base.figures import last_day
from app.core.base.words import mark
from app.core.documents import SignatureBlock
from app.core.reports.standing_words import STANDINGS
from app.core.signatures import SignatureLine

REPLACED = "replaced"
WITHDRAWN = "void"
_DOES_NOT_COUNT = mark("Does not count: corrected")
COURSE_STATES = {**STANDINGS, REPLACED: mark("Replaced"), WITHDRAWN: _DOES_NOT_COUNT}
"""Marked words of where a cycle of a course stands; those of the newest are its standing."""

GIFTS = {
    "attempt": mark("Further attempt"),
    "waiting": mark("Waiting ended"),
    "time": mark("More time for an attempt"),
    "extra_time": mark("Extra time at every quiz"),
    "extra_time_ended": mark("Extra time ended"),
}
"""Marked words of what a supervisor gives."""

OUTCOMES = {
    "passed": mark("Passed"),
    "failed": mark("Failed"),
    "completed": mark("Completed"),
    "incomplete": mark("Not completed"),
}
"""Marked words of what a package says of a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lasting:
    """What was so from a day up to, not on, a day."""

    from_on: date
    to_on: date | None

    @property
    def last_day(self) -> date | None:
        """Return the last day on which it was so; None while it lasts."""
        return None if self.to_on is None else last_day(self.from_on, self.to_on)

    def holds_on(self, day: date) -> bool:
        """Tell whether it is so on a day."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRecord(_Lasting):
    """Where somebody belonged."""

    department: str
    job_role: str
    manager: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherRoleRecord(_Lasting):
    """What somebody did beside the job role of their placement."""

    job_role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRecord:
    """A try at a quiz; the later half is None until it is handed in."""

    attempt_id: UUID
    course: str
    lesson: str
    number: int
    began_at: datetime
    submitted_at: datetime | None
    score: int | None
    """In tenths of a percent, rounded down."""
    passed: bool | None
    anew: ScoredAnew | None = None
    """What counts instead since a question was left out; None where nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRecord:
    """One cycle of a course: begun, worked on, completed, certified."""

    start_id: UUID
    code: str
    course: str
    version: int
    cycle: int
    began_at: datetime
    lessons_done: int
    lessons_required: int
    sessions: int
    active_seconds: int
    completed_at: datetime | None
    score: int | None
    """In tenths of a percent, rounded down."""
    valid_until: date | None
    state: str
    """Where this completion stands today, as a key of COURSE_STATES."""
    certificate: str
    """Its number; empty when there is none."""
    is_revoked: bool
    marks: str = ""
    """Of its corrections; empty where there are none."""

    @property
    def counts(self) -> bool:
        """Tell whether it was completed, and nobody has withdrawn that."""
        return self.completed_at is not None and self.state != WITHDRAWN


UNENROLLED = {
    "began": mark("Began the course"),
    "completed": mark("Completed the course"),
    "attempt": mark("Handed in an attempt"),
}
"""Marked words for what was done at a PC that is not enrolled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnenrolledRecord:
    """Something done at a PC that the site had not enrolled."""

    at: datetime
    what: str
    """A key of UNENROLLED."""
    course: str
    lesson: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftRecord:
    """An attempt or time that a supervisor gave, for a reason."""

    at: datetime
    what: str
    """A key of GIFTS."""
    course: str
    """Empty where it holds for every quiz."""
    lesson: str
    percent: int
    seconds: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRecord:
    """What a package reported of one of its parts: its newest claims, and what speaks against them."""

    course: str
    lesson: str
    part: str
    """Its identifier in the package."""
    at: datetime
    outcome: str
    """A key of OUTCOMES."""
    score: int | None
    """In tenths of a percent, rounded down."""
    claimed_seconds: int | None
    open_seconds: int
    doubts: tuple[str, ...]
    """What cannot be so, in English and for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredRecord:
    """An assignment, and where the person stands with it today."""

    code: str
    course: str
    cycle: int
    assigned_at: datetime
    origin: str
    due_on: date | None
    closed_at: datetime | None
    cancelled_reason: str


EVIDENCE_KINDS = {
    "entered": mark("Entered by hand"),
    "migrated": mark("Migrated"),
    "session": mark("Session"),
    "practical": mark("Practical"),
    "drill": mark("Drill"),
    "acknowledged": mark("Document read"),
    "declared": mark("Declared"),
    "corrected": mark("Corrected"),
}
EVIDENCE_STATES = {
    "counts": mark("Counts"),
    "waits": mark("Waits for somebody else"),
    "refused": mark("Refused"),
    "void": _DOES_NOT_COUNT,
}
"""Marked words of where evidence comes from, and of where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """Evidence other than a course: met here, entered by hand, or of a list of before; as corrected."""

    id: UUID
    kind: str
    """A key of EVIDENCE_KINDS."""
    code: str
    course: str
    on: date
    valid_until: date | None
    """As the paper says it."""
    score: str
    issuer: str
    """Or trainer."""
    number: str
    """Of the certificate, or where the paper is."""
    state: str
    """A key of EVIDENCE_STATES."""
    by: str
    second: str
    """Who confirmed or refused it; empty where nobody had to."""
    marks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRecord:
    """A correction that stands: a footnote of what it corrects."""

    id: UUID
    place: int
    mark: str
    record_id: UUID
    key: str
    """The field's name."""
    value: str
    """As it is kept."""
    what: str
    field: str
    old: str
    new: str
    reason: str
    at: datetime
    by: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRecord:
    """A signature under something of this record, proved."""

    id: UUID
    record_id: UUID
    what: str
    signer: str
    meaning: str
    signed_at: str
    """Local time of the PC on which it was signed, with its zone."""
    reason: str
    state: str
    """Whether it holds, in words."""
    line: SignatureLine
    block: SignatureBlock


BASES = {
    "course": mark("Course"),
    "session": mark("Session"),
    "practical": mark("Practical"),
    "drill": mark("Drill"),
    "reading": mark("Document read"),
    "paper": mark("Evidence"),
}
"""What a certificate rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRecord:
    """A certificate for meeting a requirement."""

    code: str
    title: str
    """As printed."""
    basis: str
    """A key of BASES."""
    on: date
    valid_until: date | None
    number: str
    is_revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything on record about one person's training."""

    person_id: UUID
    number: str
    name: str
    name_local: str
    kind: str
    joined_on: date | None
    left_on: date | None
    placements: tuple[PlacementRecord, ...]
    required: tuple[RequiredRecord, ...]
    courses: tuple[CourseRecord, ...]
    attempts: tuple[AttemptRecord, ...]
    further_roles: tuple[FurtherRoleRecord, ...] = ()
    gifts: tuple[GiftRecord, ...] = ()
    packages: tuple[PackageRecord, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()
    corrections: tuple[CorrectionRecord, ...] = ()
    signatures: tuple[SignedRecord, ...] = ()
    certificates: tuple[CertificateRecord, ...] = ()
    """For requirements; of a course stands beside it."""
    unenrolled: tuple[UnenrolledRecord, ...] = ()
    """What was done at a PC that the site had not enrolled."""
    settings: str = ""
    """Fingerprint of the site's settings when it was read."""

    @property
    def active_seconds(self) -> int:
        """Return the time spent learning, all courses together."""
        return sum(course.active_seconds for course in self.courses)
