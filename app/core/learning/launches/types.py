"""What launches hand out and take: frozen values, the same for every standard of packages."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any


class EntryState(StrEnum):
    """How an activity stands, as a package's contents show it."""

    NOT_BEGUN = "not begun"
    BEGUN = "begun"
    DONE = "done"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    """One line of a package's contents, in order, with what lies in it below it and deeper."""

    activity: str
    title: str
    depth: int
    opens: bool
    """Whether it is a part one can be in; False for a heading."""
    is_current: bool
    is_enabled: bool
    """Whether choosing it now would open something."""
    state: EntryState


class Way(StrEnum):
    """Where a learner may wish to go from where they are."""

    PREVIOUS = "previous"
    CONTINUE = "continue"
    CHOICE = "choice"
    JUMP = "jump"
    EXIT = "exit"
    EXIT_ALL = "exitAll"
    ABANDON = "abandon"
    ABANDON_ALL = "abandonAll"
    SUSPEND_ALL = "suspendAll"


@dataclass(frozen=True, slots=True)
class Wish:
    """A way, and for choice and jump the activity it leads to."""

    way: Way
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An activity that is to be opened now."""

    activity: str
    title: str
    address: str
    """Within the package, percent-encoded, with its query."""
    in_own_window: bool = False
    """Whether it asks for a window of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a whole package stands. What it reports of itself is a claim, not a proof."""

    share: Fraction
    """How much of it is done, 0 to 1."""
    is_done: bool
    """Whether it says that it is completed, or passed, and not failed."""
    is_passed: bool | None
    """None where it says nothing of it."""
    score: Fraction | None
    """0 to 1."""


NOTHING_DONE = Standing(share=Fraction(0), is_done=False, is_passed=None, score=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where a launch is: what is to be opened, what may be chosen, and how it all stands."""

    opening: Opening | None
    """What is to be opened now; None: what is open stays, or nothing is."""
    current: str
    """The activity that is open; empty: none is."""
    contents: tuple[ContentsLine, ...]
    ways: frozenset[Way]
    hidden: frozenset[Way]
    """Those that the package does by itself, so that the player shows no button for them."""
    standing: Standing
    is_over: bool = False
    """Whether the learner has left the package."""
    refusal: str = ""
    """Why a wish was not carried out, as a sentence; empty when it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call of a package's page gets back."""

    value: str
    error: str = "0"
    """The standard's error code; 0 is none."""
    must_keep: bool = False
    """Whether the answer may be given only when everything is on disk."""
    wish: Wish | None = None
    """Where the package itself would go now that its activity has ended."""
    room: int = 0
    """How many characters of any text may be set in the same place from now on, without a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one activity reported of one sitting."""

    activity: str
    attempt: int
    completion: str = "unknown"
    success: str = "unknown"
    score: Fraction | None = None
    """Scaled, -1 to 1."""
    progress: Fraction | None = None
    session_seconds: int | None = None
    """As claimed."""
    data: dict[str, Any] = field(default_factory=dict)
    """What else it said, as JSON values: raw scores, location, objectives, interactions."""
