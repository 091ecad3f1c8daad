"""What goes into the sequencer and what comes out: frozen values."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.core.learning.sequencing.codes import sentence_of


class Navigation(StrEnum):
    """A wish of the learner, the content or the system (SN 5.6), spelt as in `adl.nav.request`."""

    START = "start"
    RESUME_ALL = "resumeAll"
    CONTINUE = "continue"
    PREVIOUS = "previous"
    CHOICE = "choice"
    JUMP = "jump"
    EXIT = "exit"
    EXIT_ALL = "exitAll"
    ABANDON = "abandon"
    ABANDON_ALL = "abandonAll"
    SUSPEND_ALL = "suspendAll"


@dataclass(frozen=True, slots=True)
class NavigationRequest:
    """A wish and, for choice and jump, the activity it is for."""

    kind: Navigation
    target: str = ""


class OutcomeKind(StrEnum):
    """What became of a request."""

    DELIVERED = "delivered"
    ENDED = "ended"
    """The course was left: nothing is open."""
    IDLE = "idle"
    """The activity was left and nothing follows by itself: the learner chooses."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a request. `activity` is set when one is delivered, `code` when it was refused."""

    kind: OutcomeKind
    activity: str = ""
    is_resumed: bool = False
    code: str = ""

    @property
    def sentence(self) -> str:
        """Return why it was refused, for a person; empty otherwise."""
        return sentence_of(self.code) if self.code else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveRun:
    """What is known of one objective; None is unknown. Numbers are exact text."""

    objective_id: str
    reports: frozenset[str] = frozenset()
    """The fields that content itself set in this launch."""
    satisfied: bool | None = None
    measure: str | None = None
    raw: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    completed: bool | None = None
    progress: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunData:
    """What content reported of its activity up to now."""

    reports: frozenset[str] = frozenset()
    """The fields below that content itself set in this launch; the others say nothing."""
    satisfied: bool | None = None
    completed: bool | None = None
    measure: str | None = None
    raw: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    progress: str | None = None
    objectives: tuple[ObjectiveRun, ...] = ()
    stores: tuple[tuple[str, str], ...] = ()
    """Shared data it wrote: target and value."""
    is_suspended: bool = False
    """Whether it wants to go on with this attempt (`cmi.exit` is "suspend")."""
    navigation: NavigationRequest | None = None
    """What is to happen once it has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFacts:
    """A data store as an activity sees it; `value` None while nothing was stored."""

    target: str
    value: str | None
    may_read: bool
    may_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchFacts:
    """What the tracking says to the run-time of a delivered activity."""

    activity: str
    is_resumed: bool
    scaled_passing_score: Fraction | None
    completion_threshold: Fraction | None
    objectives: tuple[ObjectiveRun, ...]
    """Those with an identifier, the one that rolls up first."""
    stores: tuple[StoreFacts, ...]


class EntryStatus(StrEnum):
    """What the table of contents says of an activity."""

    NOT_ATTEMPTED = "not attempted"
    INCOMPLETE = "incomplete"
    COMPLETED = "completed"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a whole course stands: what becomes of its lesson. None is unknown."""

    completed: bool | None
    satisfied: bool | None
    progress: Fraction | None
    """0 to 1."""
    score: Fraction | None
    """-1 to 1: the rolled-up measure, or of a single lesson the share of its points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """One line of the table of contents. What may not be seen is not in it."""

    activity: str
    title: str
    depth: int
    is_leaf: bool
    is_current: bool
    is_enabled: bool
    """Whether choosing it now would deliver something."""
    status: EntryStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidRequests:
    """What may be asked for now: the menu's buttons and `adl.nav.request_valid.*`."""

    simple: frozenset[Navigation]
    choices: frozenset[str]
    jumps: frozenset[str]

    def allows(self, request: NavigationRequest) -> bool:
        """Tell whether a request would be carried out."""
        if request.kind is Navigation.CHOICE:
            return request.target in self.choices
        if request.kind is Navigation.JUMP:
            return request.target in self.jumps
        return request.kind in self.simple
