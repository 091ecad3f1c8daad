"""Reminders: who is told of what is due, in steps, each of them once."""

from app.core.training.reminders.kinds import LadderStep
from app.core.training.reminders.ladder import ladder_on, steps_reached
from app.core.training.reminders.service import Reminders
from app.core.training.reminders.types import Due, Ladder, LadderWords, Recipient, Roll, Told
from app.core.training.reminders.words import STEPS

__all__ = [
    "STEPS",
    "Due",
    "Ladder",
    "LadderStep",
    "LadderWords",
    "Recipient",
    "Reminders",
    "Roll",
    "Told",
    "ladder_on",
    "steps_reached",
]
