"""Words of reminders: the steps of the ladder, and what a notice board has a page for."""

from enum import StrEnum


class LadderStep(StrEnum):
    """Who is told of an assignment, the nearest first."""

    LEARNER = "learner"
    LEARNER_LATE = "learner_late"
    """The learner once more, now that it is overdue."""
    SUPERVISOR = "supervisor"
    HEAD = "head"
    """Of the plant."""
    QA = "qa"


OWN_STEPS = frozenset({LadderStep.LEARNER, LadderStep.LEARNER_LATE})
"""Steps that tell people of their own work."""


class RollBy(StrEnum):
    """What a notice board has a page for."""

    SUPERVISOR = "supervisor"
    UNIT = "unit"
    SHIFT = "shift"
