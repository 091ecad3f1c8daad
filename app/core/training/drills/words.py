"""Drills in words."""

from app.core.base.words import mark
from app.core.training.drills.kinds import DrillEvent, DrillKind

DRILLS = {
    DrillKind.FIRE: mark("Fire"),
    DrillKind.EVACUATION: mark("Evacuation"),
    DrillKind.SPILL: mark("Chemical spill"),
    DrillKind.GAS: mark("Gas leak"),
    DrillKind.FIRST_AID: mark("First aid"),
    DrillKind.OTHER: mark("Other drill"),
}
MOMENTS = {
    DrillEvent.STARTED: mark("Alarm"),
    DrillEvent.COUNTED: mark("Heads counted"),
    DrillEvent.ALL_CLEAR: mark("All clear"),
}
