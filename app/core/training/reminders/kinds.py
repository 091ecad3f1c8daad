"""Words of reminders: the steps of the ladder."""

from enum import StrEnum


class LadderStep(StrEnum):
    """Who is told of an assignment, the nearest first."""

    LEARNER = "learner"
    SUPERVISOR = "supervisor"
    HEAD = "head"
    """Of the plant."""
    QA = "qa"
