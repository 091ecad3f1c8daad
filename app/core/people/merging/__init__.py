"""People who are there twice: finding them, deciding that they are one, undoing it (ADR 23)."""

from app.core.people.merging.errors import (
    AlreadyOne,
    NotMerged,
    OwnRecordsGo,
    StandsForOthers,
)
from app.core.people.merging.service import Merging
from app.core.people.merging.types import Likeness, MergedPerson, Proposal, Side

__all__ = [
    "AlreadyOne",
    "Likeness",
    "MergedPerson",
    "Merging",
    "NotMerged",
    "OwnRecordsGo",
    "Proposal",
    "Side",
    "StandsForOthers",
]
