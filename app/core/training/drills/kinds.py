"""Words that drills keep."""

from enum import StrEnum


class DrillKind(StrEnum):
    """What is drilled."""

    FIRE = "fire"
    EVACUATION = "evacuation"
    SPILL = "spill"
    GAS = "gas"
    FIRST_AID = "first_aid"
    OTHER = "other"


class DrillEvent(StrEnum):
    """What happened in a drill."""

    STARTED = "started"
    COUNTED = "counted"
    """Heads were counted: how many were expected, how many were there."""
    ALL_CLEAR = "all_clear"
