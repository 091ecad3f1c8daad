"""What "May I?" takes and gives: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from app.core.people import NO_GATE_PASS, GatePass, PersonKind
from app.core.training.permits.kinds import Holds, Presented, Proved, Stop, Verdict, Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAsks:
    """A requirement that a task asks for."""

    requirement_id: UUID
    code: str
    title: str
    one_of: str = ""
    """Name of a set of which one is enough; "": it is needed itself."""
    is_retired: bool = False
    """Nobody is asked for it any more, nor can obtain it: the task has to ask for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A machine or an operation, with what it asks for today."""

    id: UUID
    code: str
    title: str
    org_unit_id: UUID | None
    org_unit: str
    org_unit_code: str
    location: str
    is_dangerous: bool
    allows_supervision: bool
    retired_on: date | None
    asks: tuple[TaskAsks, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWords:
    """What somebody says of a task. Requirements by code; each set of which one is enough has a name."""

    code: str
    title: str
    org_unit: str = ""
    """Code of the department; "" for none."""
    location: str = ""
    is_dangerous: bool = False
    allows_supervision: bool = False
    needs: tuple[str, ...] = ()
    one_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a file of tasks did."""

    added: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """How a person stands with a requirement that a task asks for, on the day."""

    asked: TaskAsks
    holds: Holds
    until: date | None = None
    """Last day held or waived, or on which it lapsed; None: for good, or never held."""
    is_assigned: bool = False
    """Whether the person is to obtain it."""
    waiver_counts: bool = True
    """Whether being let off is enough: at a dangerous machine it is not."""

    @property
    def is_met(self) -> bool:
        """Tell whether nothing is missing here."""
        return self.holds is Holds.HELD or (self.holds is Holds.WAIVED and self.waiver_counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPass:
    """A pass for a day: of a visitor, or of somebody of another site."""

    person_id: UUID
    number: str
    name: str
    day: date
    escort_id: UUID
    escort: str
    """Of a visitor: who goes with them; of somebody of another site: whom they come to."""
    purpose: str
    by_name: str
    """Who gave it."""
    from_site: str = ""
    """What the site is called that they belong to; "" for this one."""
    company: str = ""
    """Of a visitor: who sends them."""
    contact: str = ""
    """Told to who may give passes alone."""
    induction: str = ""
    """What they read and acknowledged before it was given."""
    escort_has_left: bool = False
    """Whether whoever goes with them, or whom they come to, has left by that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVisitor:
    """Somebody at the gate who is not on record, as far as is known."""

    name: str
    company: str
    contact: str = ""
    """A telephone number, or the paper that was shown; nothing is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVisitor:
    """A visitor who is on record."""

    person_id: UUID
    number: str
    name: str
    company: str
    last_on: date | None
    """The day of their last pass."""
    contact: str
    """As it was said then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a person who asks."""

    person_id: UUID
    number: str
    name: str
    kind: PersonKind
    joined_on: date | None = None
    left_on: date | None = None
    is_of_site: bool = True
    adult_on: date | None = None
    """Under 18 up to, but not on, this day."""
    day_pass: DayPass | None = None
    gate_pass: GatePass = NO_GATE_PASS
    """As it counts: none for employees."""
    is_disputed: bool = False
    """A correction of their record waits for a second person: something may not be as it stands."""
    is_away: bool = False
    """Noted as on leave on the day. They may be back, so that bars nobody from working."""
    photo: bytes = field(default=b"", repr=False)
    """JPEG, so that whoever looks sees whether the badge is worn by its owner; b"" where there is none."""

    def is_young(self, day: date) -> bool:
        """Tell whether they are under 18 on a day."""
        return self.adult_on is not None and day < self.adult_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything that decides an answer."""

    day: date
    presented: Presented
    task: Task
    standing: Standing | None = None
    grounds: tuple[Ground, ...] = ()
    soon_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """May this person do this now? With every reason."""

    verdict: Verdict
    stops: tuple[Stop, ...] = ()
    watches: tuple[Watch, ...] = ()
    grounds: tuple[Ground, ...] = ()
    until: date | None = None
    """Last day on which it holds, where it is yes; None: no end is in sight."""
    days_left: int | None = None
    """Said where it is not for long; 0: today is the last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """An answer, with who and what it is about."""

    day: date
    task: Task
    answer: Answer
    standing: Standing | None = None
    """None where the badge means nobody."""
    supervisor: str = ""
    """Name of whoever was named and may supervise."""
    supervisor_refused: str = ""
    """Why whoever was named may not."""
    asks_secret: bool = False
    """Whether who was named by number has to prove by their own PIN or password that they are there."""
    is_whole: bool = True
    """Whether the reasons are told: not at the gate, and not of people elsewhere."""

    @property
    def is_free(self) -> bool:
        """Tell whether the person may work: alone, or beside the supervisor who was named."""
        verdict = self.answer.verdict
        return verdict in {Verdict.ALLOWED, Verdict.EXPIRES} or bool(self.supervisor)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRules:
    """How a site answers: whether without sign-in, and what is kept of it."""

    is_open: bool = False
    keeps_checks: bool = False
    soon_days: int = 30
    shown_seconds: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class YoungPerson:
    """Somebody who is under 18."""

    person_id: UUID
    number: str
    name: str
    adult_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCheck:
    """An answer that was kept."""

    at: datetime
    task: str
    number: str
    name: str
    verdict: Verdict
    supervisor: str
    supervisor_proved: Proved | None
    """How they proved to be there; None without one, and for one whom an earlier program took."""
    at_gate: bool
    by_name: str
