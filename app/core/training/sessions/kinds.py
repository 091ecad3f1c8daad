"""Words that sessions keep: what a session is, where it stands, what is noted at the roll."""

from enum import StrEnum


class SessionKind(StrEnum):
    """What people came together for."""

    CLASS = "class"
    TALK = "talk"
    """A toolbox talk: a topic, who, some minutes."""
    DRILL = "drill"


class SessionEvent(StrEnum):
    """What happened to a session as a whole."""

    OPENED = "opened"
    """The roll is taken from here on."""
    HELD = "held"
    """It is over; the event says from when to when it was."""
    CLOSED = "closed"
    CANCELLED = "cancelled"
    """It is not held; or it was begun and does not count."""


class SessionState(StrEnum):
    """Where a session stands. Derived from its events, never stored."""

    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    SIGNED = "signed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RollMark(StrEnum):
    """What a line of the roll says of somebody."""

    IN = "in"
    OUT = "out"
    STRUCK = "struck"
    """What it corrects was a mistake."""


class Method(StrEnum):
    """How somebody came onto the roll."""

    BADGE = "badge"
    NUMBER = "number"
    TICK = "tick"
    SHEET = "sheet"
    """Read from the sign-in sheet, or typed from it."""
    PIN = "pin"
    """They confirmed it by their own PIN: a plain fact, no signature."""


class GroupQuiz(StrEnum):
    """How a session asks what was understood."""

    NONE = "none"
    TALLY = "tally"
    """Show of hands, counted and typed."""
    INDIVIDUAL = "individual"
    """Each on a PC afterwards."""
    REQUIRED = "required"
    """The same, and the class counts for nobody before they have passed."""


EACH_ALONE = frozenset({GroupQuiz.INDIVIDUAL, GroupQuiz.REQUIRED})


class QuizTurn(StrEnum):
    """How the quiz after a class stands with one who was there. Derived, never stored."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    FAILED = "failed"
    """Not passed, and there is another try."""
    USED_UP = "used_up"
    PASSED = "passed"


class Place(StrEnum):
    """What somebody is to a session's list."""

    SEATED = "seated"
    WAITING = "waiting"
    LEFT = "left"
    """Was put on it, and does not belong here any more on the day: no seat is kept."""
    WALK_IN = "walk_in"
