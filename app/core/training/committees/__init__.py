"""Committees that a law asks for: who sits on them from when to when, their training, and the notice of them."""

from app.core.training.committees.kinds import (
    COMMITTEE_KINDS,
    SEAT_ROLES,
    CommitteeKind,
    SeatRole,
    Trouble,
)
from app.core.training.committees.service import MOST_MEMBERS, Committees, committees_of
from app.core.training.committees.types import (
    Committee,
    CommitteeTerms,
    NewSeat,
    NoticePrinted,
    Seat,
    Strength,
)
from app.core.training.committees.words import strength_in_words

__all__ = [
    "COMMITTEE_KINDS",
    "MOST_MEMBERS",
    "SEAT_ROLES",
    "Committee",
    "CommitteeKind",
    "CommitteeTerms",
    "Committees",
    "NewSeat",
    "NoticePrinted",
    "Seat",
    "SeatRole",
    "Strength",
    "Trouble",
    "committees_of",
    "strength_in_words",
]
