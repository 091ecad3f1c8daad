"""What reminders take and give: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.core.people.shifts import Written
from app.core.training.reminders.kinds import OWN_STEPS, LadderStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Who is told of an assignment, and when. None: that step is not taken."""

    from_on: date = date.min
    learner_before: int | None = 7
    """Days before the due date."""
    supervisor_after: int | None = 0
    """Days after the last day of grace, which without grace is the due date; 0: on that day."""
    head_after: int | None = 7
    qa_after: int | None = 14
    head_id: UUID | None = None
    head: str = ""
    """Number and name, for reading."""
    qa_id: UUID | None = None
    qa: str = ""
    numbers_only: bool = False
    """Whether notice boards show employee numbers without names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A step of a ladder on a day: which work has reached it, and who is told."""

    step: LadderStep
    due_until: date = date.max
    """Last due date."""
    late_until: date = date.max
    """Last of the last days of grace."""
    named_id: UUID | None = None
    """Whom the ladder names; the learner and the supervisor follow from the work."""
    up_id: UUID | None = None
    """Whom the next step names: told instead of who has left or is on leave. Of one's own step, of a review only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """As of when, by which ladders, and of whom somebody wants to know who is told."""

    day: date
    usual: Ladder
    by_site: Mapping[UUID | None, Ladder] = field(default_factory=dict)
    """Of people whose home is one of these; None: of those who have none. Everybody else's is the usual one."""
    here: UUID | None = None
    """Only people of this site, and those of none, which another site does not remind; None: everybody."""
    scope: frozenset[UUID] | None = None
    """Only people of these org units; None: everybody."""
    shifts: frozenset[Written] | None = None
    """Only people of whose shift one of these is written; None: everybody."""
    of: frozenset[UUID] | None = None
    """Only this work, by its ids, a batch of letters' at most; None: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderWords:
    """What somebody says of the ladder; head and quality assurance by their numbers, "" for nobody."""

    from_on: date
    learner_before: int | None
    supervisor_after: int | None
    head_after: int | None
    qa_after: int | None
    head: str = ""
    qa: str = ""
    numbers_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who is told."""

    id: UUID
    number: str
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An assignment, or a document's review, that is due soon or overdue, and whose it is."""

    work_id: UUID
    """Of the assignment; of what said who sees to the review."""
    person_id: UUID
    number: str
    name: str
    org_unit_id: UUID | None
    org_unit: str
    code: str
    title: str
    due_on: date
    late_after: date | None
    supervisor_id: UUID | None
    shift: str = ""
    """As it is written of them."""
    is_review: bool = False
    """Whether it is a document's review, with its number as the code."""

    def days_late(self, day: date) -> int:
        """Return by how many days it is past its due date; below 0: so many are left."""
        return (day - self.due_on).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """That somebody is to be told of an assignment or a review, at a step of the ladder."""

    step: LadderStep
    recipient: Recipient | None
    """None where nobody is known for the step: no supervisor on the placement, no head named."""
    due: Due
    instead_of: Recipient | None = None
    """Who would be told, and has left or is on leave."""

    @property
    def is_own(self) -> bool:
        """Tell whether it tells somebody of their own work."""
        return self.step in OWN_STEPS

    @property
    def goes_by(self) -> date:
        """Return the day that the step goes by: once it is moved, the step is taken anew."""
        is_ahead = self.step is LadderStep.LEARNER
        return self.due.due_on if is_ahead else self.due.late_after or self.due.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """What one supervisor, one department or one shift has on the notice board."""

    key: UUID | None
    """None for a shift, and where nobody is known."""
    heading: str
    dues: tuple[Due, ...]
    about: str = ""
    """Of whom it is, where it is not of everybody."""
