"""Words of reminders: the steps of the ladder, and what a notice board has a page for."""

from enum import StrEnum


class LadderStep(StrEnum):
    """Who is told of an assignment, the nearest first."""

    LEARNER = "learner"
    SUPERVISOR = "supervisor"
    HEAD = "head"
    """Of the plant."""
    QA = "qa"


class RollBy(StrEnum):
    """What a notice board has a page for."""

    SUPERVISOR = "supervisor"
    UNIT = "unit"
    SHIFT = "shift"
