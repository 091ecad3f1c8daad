"""Reminders: who is told of what is due, in steps, each of them once."""

from app.core.training.reminders.kinds import LadderStep, RollBy
from app.core.training.reminders.ladder import ladder_on, rungs
from app.core.training.reminders.service import Reminders
from app.core.training.reminders.types import (
    Asked,
    Due,
    Ladder,
    LadderWords,
    Recipient,
    Roll,
    Rung,
    Told,
)
from app.core.training.reminders.words import (
    REVIEW_STEPS,
    ROLLS,
    STEPS,
    step_in_words,
    whom_told,
    work_in_words,
)

__all__ = [
    "REVIEW_STEPS",
    "ROLLS",
    "STEPS",
    "Asked",
    "Due",
    "Ladder",
    "LadderStep",
    "LadderWords",
    "Recipient",
    "Reminders",
    "Roll",
    "RollBy",
    "Rung",
    "Told",
    "ladder_on",
    "rungs",
    "step_in_words",
    "whom_told",
    "work_in_words",
]
