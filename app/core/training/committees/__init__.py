"""Committees that a law asks for: who sits on them from when to when, their training, and the notice of them."""

from app.core.training.committees.kinds import SEAT_ROLES, SeatRole
from app.core.training.committees.service import Committees, committees_of
from app.core.training.committees.types import Committee, NewSeat, NoticePrinted, Seat

__all__ = [
    "SEAT_ROLES",
    "Committee",
    "Committees",
    "NewSeat",
    "NoticePrinted",
    "Seat",
    "SeatRole",
    "committees_of",
]
