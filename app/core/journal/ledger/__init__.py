"""The ledger: every log this database holds, its own and others', as sync carries them.

Entries of others are kept exactly as they were written, chain and all; a log that was continued in
two ways, by a copied or restored data folder, is kept in both.
"""

from app.core.journal.ledger.beyond import (
    Beyond,
    actions_beyond,
    bodies_beyond,
    entries_beyond,
)
from app.core.journal.ledger.giving import (
    Stretch,
    has_reached,
    lacking,
    rows_in,
    segments_of,
    tells_only_of,
)
from app.core.journal.ledger.logs import (
    StoredLog,
    first_since,
    hash_at,
    held_among,
    is_continued_elsewhere,
    is_held,
    logs_as_believed,
    position_of,
    stored_logs,
    vector_of,
)
from app.core.journal.ledger.reaching import Holdings, Reaching, by_log
from app.core.journal.ledger.retold import applied_so_far, rows_applied_since
from app.core.journal.ledger.standing import Stood, is_behind, stand, stand_along
from app.core.journal.ledger.taking import ChainBroken, Outcome, Taken, Taking, chain
from app.core.journal.ledger.vectors import Entries, Position, Segment, Vector

__all__ = [
    "Beyond",
    "ChainBroken",
    "Entries",
    "Holdings",
    "Outcome",
    "Position",
    "Reaching",
    "Segment",
    "Stood",
    "StoredLog",
    "Stretch",
    "Taken",
    "Taking",
    "Vector",
    "actions_beyond",
    "applied_so_far",
    "bodies_beyond",
    "by_log",
    "chain",
    "entries_beyond",
    "first_since",
    "has_reached",
    "hash_at",
    "held_among",
    "is_behind",
    "is_continued_elsewhere",
    "is_held",
    "lacking",
    "logs_as_believed",
    "position_of",
    "rows_applied_since",
    "rows_in",
    "segments_of",
    "stand",
    "stand_along",
    "stored_logs",
    "tells_only_of",
    "vector_of",
]
