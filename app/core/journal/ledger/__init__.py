"""The ledger: every log this database holds, its own and others', as sync carries them.

Entries of others are kept exactly as they were written, chain and all; a log that was continued in
two ways, by a copied or restored data folder, is kept in both.
"""

from app.core.journal.ledger.beyond import Beyond, entries_beyond
from app.core.journal.ledger.giving import Stretch, lacking, segments_of
from app.core.journal.ledger.logs import (
    StoredLog,
    hash_at,
    is_held,
    position_of,
    stored_logs,
    vector_of,
)
from app.core.journal.ledger.taking import ChainBroken, Outcome, Taken, Taking
from app.core.journal.ledger.vectors import EntryWire, Position, Segment, Vector

__all__ = [
    "Beyond",
    "ChainBroken",
    "EntryWire",
    "Outcome",
    "Position",
    "Segment",
    "StoredLog",
    "Stretch",
    "Taken",
    "Taking",
    "Vector",
    "entries_beyond",
    "hash_at",
    "is_held",
    "lacking",
    "position_of",
    "segments_of",
    "stored_logs",
    "vector_of",
]
