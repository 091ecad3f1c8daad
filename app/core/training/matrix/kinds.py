"""Words that the matrix keeps."""

from enum import StrEnum


class Need(StrEnum):
    """What a cell asks for."""

    MANDATORY = "mandatory"
    """It is assigned to everybody of the row."""
    RECOMMENDED = "recommended"
    """It is shown, and assigned to nobody."""
    NOTHING = "nothing"
    """From this day on it asks for nothing: what came before has ended."""
