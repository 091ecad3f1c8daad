"""Whether training took hold: checked at work, some weeks after it, and signed (Schedule M, WHO GMP)."""

from app.core.training.effectiveness.due import checks_waiting
from app.core.training.effectiveness.service import EffectivenessChecks, checks_made
from app.core.training.effectiveness.types import (
    MOST_DAYS,
    MOST_QUESTIONS,
    CheckMade,
    ChecksDue,
    DueCheck,
    EffectivenessRule,
    KeptCheck,
    NewCheck,
    RuleNow,
)
from app.core.training.effectiveness.words import not_effective_in_words, waiver_in_words

__all__ = [
    "MOST_DAYS",
    "MOST_QUESTIONS",
    "CheckMade",
    "ChecksDue",
    "DueCheck",
    "EffectivenessChecks",
    "EffectivenessRule",
    "KeptCheck",
    "NewCheck",
    "RuleNow",
    "checks_made",
    "checks_waiting",
    "not_effective_in_words",
    "waiver_in_words",
]
