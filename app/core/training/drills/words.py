"""Drills in words."""

from app.core.base.words import mark
from app.core.training.drills.kinds import DrillEvent, DrillKind

DRILLS = {
    DrillKind.FIRE: mark("Fire drill"),
    DrillKind.EVACUATION: mark("Evacuation drill"),
    DrillKind.SPILL: mark("Chemical spill drill"),
    DrillKind.GAS: mark("Gas leak drill"),
    DrillKind.FIRST_AID: mark("First aid drill"),
    DrillKind.OTHER: mark("Other drill"),
}
MOMENTS = {
    DrillEvent.STARTED: mark("Alarm"),
    DrillEvent.COUNTED: mark("Heads counted"),
    DrillEvent.ALL_CLEAR: mark("All clear"),
}
