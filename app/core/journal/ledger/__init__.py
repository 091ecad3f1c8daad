"""The ledger: every log this database holds, its own and others', as sync carries them.

Entries of others are kept exactly as they were written, chain and all; a log that was continued in
two ways, by a copied or restored data folder, is kept in both.
"""

from app.core.journal.ledger.giving import (
    Stretch,
    has_reached,
    lacking,
    rows_in,
    segments_of,
    tells_only_of,
)
from app.core.journal.ledger.logs import StoredLog, held_among, vector_of
from app.core.journal.ledger.standing import Stood, is_behind, stand
from app.core.journal.ledger.taking import ChainBroken, Outcome, Taken, Taking, chain
from app.core.journal.ledger.vectors import Position, Segment, Vector

__all__ = [
    "ChainBroken",
    "Outcome",
    "Position",
    "Segment",
    "Stood",
    "StoredLog",
    "Stretch",
    "Taken",
    "Taking",
    "Vector",
    "chain",
    "has_reached",
    "held_among",
    "is_behind",
    "lacking",
    "rows_in",
    "segments_of",
    "stand",
    "tells_only_of",
    "vector_of",
]
