"""Drills: fire, evacuation, spill; the register, and when the next one is due."""

from app.core.training.drills.kinds import DrillEvent, DrillKind
from app.core.training.drills.service import Drills
from app.core.training.drills.types import (
    DrillDetail,
    DrillDue,
    DrillLine,
    DrillMoment,
    DrillPlan,
    DrillRule,
    Observation,
    Unprepared,
)
from app.core.training.drills.words import DRILLS as DRILL_KINDS
from app.core.training.drills.words import MOMENTS as DRILL_MOMENTS

__all__ = [
    "DRILL_KINDS",
    "DRILL_MOMENTS",
    "DrillDetail",
    "DrillDue",
    "DrillEvent",
    "DrillKind",
    "DrillLine",
    "DrillMoment",
    "DrillPlan",
    "DrillRule",
    "Drills",
    "Observation",
    "Unprepared",
]
