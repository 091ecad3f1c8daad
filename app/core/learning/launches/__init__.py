"""Launches of packages: play them by their standard, keep where learners are, record what they report."""

from app.core.learning.launches.errors import PackageNotPlayable
from app.core.learning.launches.launch import Launch
from app.core.learning.launches.service import Launches, registration_of
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

__all__ = [
    "Answer",
    "ContentsLine",
    "EntryState",
    "Launch",
    "Launches",
    "Opening",
    "PackageNotPlayable",
    "Situation",
    "Standing",
    "Way",
    "Wish",
    "registration_of",
]
