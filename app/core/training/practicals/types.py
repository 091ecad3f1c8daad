"""What the services of practicals take and give: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.core.signatures import Meaning
from app.core.training.practicals.deriving import ResultFact, RoundFact, RunFacts, Stands
from app.core.training.practicals.forms import FormContent
from app.core.training.practicals.kinds import Hand, Qualified, Registered
from app.core.training.practicals.qualifying import Qualification


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSummary:
    """A requirement of type practical, and how it stands with its form."""

    requirement_id: UUID
    code: str
    title: str
    form_id: UUID | None
    version: int
    """Number of the version that is in force; 0 before the first."""
    steps: int
    critical: int
    has_draft: bool
    published_at: datetime | None
    assessor_holds: str
    """Code of what who assesses must hold; "" for nothing."""
    assessors: int
    """How many may assess it today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedForm:
    """A version of a form."""

    id: UUID
    number: int
    content: FormContent
    sha256: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDetail:
    """A form with what is being worked on."""

    summary: FormSummary
    draft: FormContent
    """What is edited: the draft, else the version in force, else an empty form."""
    versions: tuple[PublishedForm, ...]
    """Newest first."""
    problems: tuple[str, ...]
    """What keeps the draft from being published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLine:
    """One appointment of somebody as assessor or trainer."""

    id: UUID
    from_on: date
    until_on: date | None
    reason: str
    at: datetime
    by_name: str
    ended_on: date | None
    end_reason: str
    ended_by: str

    @property
    def counts_from(self) -> date:
        """Return its first day that counts: none before it was recorded, whatever day it bears."""
        return max(self.from_on, self.at.astimezone().date())

    @property
    def ever_counts(self) -> bool:
        """Tell whether it was not over when it was recorded."""
        return self.until_on is None or self.counts_from <= self.until_on

    def lasts_to(self, day: date) -> bool:
        """Tell whether a day, or one after it, is among its days."""
        is_due_to = self.until_on is None or self.until_on >= day
        return is_due_to and (self.ended_on is None or self.ended_on > day)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorLine:
    """Somebody in the register: one person, and one practical that they assess or requirement that they teach."""

    person_id: UUID
    requirement_id: UUID
    number: str
    name: str
    org_unit: str
    code: str
    title: str
    kind: Registered
    qualification: Qualification
    appointments: tuple[AppointmentLine, ...]
    """Newest first: all that there ever were."""

    @property
    def state(self) -> Qualified:
        """Return whether they may assess, or hold its sessions, today."""
        return self.qualification.state

    def expires_within(self, today: date, days: int) -> bool:
        """Tell whether they may so today, and no longer than some days."""
        until = self.qualification.until
        return until is not None and (until - today).days <= days


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A learner asked to be watched or assessed, and nobody has yet."""

    at: datetime
    wanted_on: date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPractical:
    """One person and one practical that is not over."""

    person_id: UUID
    requirement_id: UUID
    number: str
    name: str
    org_unit: str
    code: str
    title: str
    has_form: bool
    run: int
    stands: Stands
    since: datetime
    """When something happened last: it was assigned, asked for, watched or concluded."""
    due_on: date | None
    late_after: date | None
    request: Request | None

    @property
    def id(self) -> tuple[UUID, UUID]:
        """Return what tells it from the others."""
        return self.person_id, self.requirement_id

    def is_overdue(self, today: date) -> bool:
        """Tell whether it is overdue on a day."""
        last = self.late_after or self.due_on
        return last is not None and today > last


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticalRecord:
    """All that is known of one person and one practical."""

    person_id: UUID
    number: str
    name: str
    name_local: str
    org_unit: str
    requirement_id: UUID
    code: str
    title: str
    form: PublishedForm | None
    run: int
    facts: RunFacts
    stands: Stands
    earlier: tuple[RunFacts, ...]
    """Runs that are over, newest first."""
    request: Request | None
    due_on: date | None
    held_until: date | None
    """Last day of what is held; `date.max` for good; None: nothing is."""
    assessors: tuple[str, ...]
    """Names of who may assess it today."""
    qualification: Qualification | None
    """Of who asks, as an assessor of this practical; None where they cannot be one."""

    def is_revised_since(self, seen: RoundFact) -> bool:
        """Tell whether the form in force is another one than a round was marked by."""
        return self.form is not None and self.form.sha256 != seen.version_sha256

    def round_of(self, result: ResultFact) -> RoundFact:
        """Return the round from which a result was concluded."""
        runs = (self.facts, *self.earlier)
        return next(one for run in runs for one in run.rounds if one.id == result.round_id)

    @property
    def all_results(self) -> tuple[ResultFact, ...]:
        """Return every result, newest first."""
        found = [one for run in (self.facts, *self.earlier) for one in run.results]
        return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True))

    @property
    def signing_ids(self) -> tuple[UUID, ...]:
        """Return what the electronic signatures of all results are bound to."""
        return tuple(one.id for result in self.all_results for one in result.signings)


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSheet:
    """What somebody reads before they sign a result, and what their signature means."""

    result_id: UUID
    hand: Hand
    meaning: Meaning
    shown: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPractical:
    """What came of signing."""

    signing_id: UUID
    is_complete: bool
    """Whether both have signed now."""
    credit_id: UUID | None
    """Of what the learner holds by it; None where they do not hold it, or not yet."""
