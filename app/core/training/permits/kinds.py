"""Words of "May I?": the answers, and how a person stands with each thing that a task asks for."""

from enum import StrEnum


class Verdict(StrEnum):
    """The answer, the worst last."""

    ALLOWED = "allowed"
    EXPIRES = "expires"
    """Allowed, and not for long."""
    NEEDS_SUPERVISOR = "needs_supervisor"
    NOT_ALLOWED = "not_allowed"


FREE = frozenset({Verdict.ALLOWED, Verdict.EXPIRES})
"""Answers with which somebody may work alone, and supervise."""


class Holds(StrEnum):
    """How somebody stands with a requirement that a task asks for."""

    HELD = "held"
    WAIVED = "waived"
    LAPSED = "lapsed"
    NEVER = "never"


class Stop(StrEnum):
    """Why the answer is no, whatever somebody holds."""

    BADGE_UNKNOWN = "badge_unknown"
    BADGE_LOST = "badge_lost"
    NUMBER_DOUBLE = "number_double"
    NOT_JOINED = "not_joined"
    LEFT = "left"
    OTHER_SITE = "other_site"
    TASK_RETIRED = "task_retired"
    NO_DAY_PASS = "no_day_pass"  # noqa: S105  a paper, not a secret
    ESCORT_GONE = "escort_gone"
    """Who was to go with them, or whom they come to, has left meanwhile."""
    GATE_PASS_OVER = "gate_pass_over"  # noqa: S105
    NOTHING_ASKED = "nothing_asked"
    """Nobody has said yet what is needed: that is no reason to let everybody in."""
    NOT_MET = "not_met"
    """Something that is asked for is not held, and nobody in training is let work there."""
    NOT_IN_TRAINING = "not_in_training"
    """Supervision would be allowed, but what is missing is not even assigned."""


class Watch(StrEnum):
    """Why somebody else has to be there."""

    IN_TRAINING = "in_training"
    UNDER_AGE = "under_age"
    VISITOR = "visitor"


class Proved(StrEnum):
    """How a supervisor proved that they are there."""

    BADGE = "badge"
    """By their own badge at the reader."""
    SECRET = "secret"  # noqa: S105  how, not which
    """By their number with their own PIN or password."""


class Presented(StrEnum):
    """What a badge or a number that was shown means."""

    SOMEBODY = "somebody"
    UNKNOWN = "unknown"
    LOST = "lost"
    """A badge that was taken away."""
    DOUBLE = "double"
    """Two people have it."""
