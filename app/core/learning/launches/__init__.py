"""Launches of packages: play them by their standard, keep where learners are, record what they report."""

from app.core.learning.launches.addresses import COURSE_SCHEME, ENDPOINT_HOST, RETURN_PAGE
from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.launch import Launch
from app.core.learning.launches.service import Launches, registration_of
from app.core.learning.launches.sharing import rebuild_shared, refresh_shared
from app.core.learning.launches.types import (
    Answer,
    ContentsLine,
    EntryState,
    Opening,
    Situation,
    Standing,
    Way,
    Wish,
)
from app.core.learning.launches.waiving import UnitInHand, WaiveReason, Waiving
from app.core.learning.launches.wires import Wires

__all__ = [
    "COURSE_SCHEME",
    "ENDPOINT_HOST",
    "RETURN_PAGE",
    "Answer",
    "ContentsLine",
    "EntryState",
    "Launch",
    "Launches",
    "Opening",
    "PackageNotPlayable",
    "Situation",
    "Standing",
    "UnitInHand",
    "WaiveReason",
    "Waiving",
    "Way",
    "Wires",
    "Wish",
    "rebuild_shared",
    "refresh_shared",
    "registration_of",
]
