"""Versions of the program: released by headquarters, carried on a stick, installed beside the old one (ADR 64)."""

from app.core.operations.program.errors import (
    NothingBefore,
    NotInstalled,
    NotNewer,
    UpgradeRefused,
    UpgradeTakenBack,
)
from app.core.operations.program.packing import NewRelease, Releasing
from app.core.operations.program.service import Programs
from app.core.operations.program.types import (
    Checked,
    Installed,
    Packed,
    ProgramEvent,
    ProgramStanding,
    ReleaseFacts,
    Tried,
    WayBack,
)
from app.core.operations.program.upgrade_file import ENDING as UPGRADE_ENDING
from app.core.operations.program.words import way_back_in_words

__all__ = [
    "UPGRADE_ENDING",
    "Checked",
    "Installed",
    "NewRelease",
    "NotInstalled",
    "NotNewer",
    "NothingBefore",
    "Packed",
    "ProgramEvent",
    "ProgramStanding",
    "Programs",
    "ReleaseFacts",
    "Releasing",
    "Tried",
    "UpgradeRefused",
    "UpgradeTakenBack",
    "WayBack",
    "way_back_in_words",
]
