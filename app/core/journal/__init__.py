"""The journal: an append-only, hash-chained record of every change (architecture, The one idea)."""

from app.core.journal.contests import Contender, Contest, count_contests, open_contests
from app.core.journal.deeds import Deed, DeedId, Written, deed_named, deeds_done, written_by
from app.core.journal.entries import EntryWire, LogName
from app.core.journal.ledger import (
    ChainBroken,
    Outcome,
    Position,
    Segment,
    Stood,
    StoredLog,
    Stretch,
    Taken,
    Taking,
    Vector,
    chain,
    has_reached,
    held_among,
    is_behind,
    lacking,
    rows_in,
    segments_of,
    stand,
    tells_only_of,
    vector_of,
)
from app.core.journal.projection.aliases import shown_for
from app.core.journal.seals import SealName, Signer
from app.core.journal.service import (
    ColumnChange,
    EntryDetail,
    Journal,
    RowChange,
    index_mentions,
    rebuild_mentions,
)
from app.core.journal.site import Site, Station
from app.core.journal.unit import Unit
from app.core.journal.verify import FirstBad, Verdict

__all__ = [
    "ChainBroken",
    "ColumnChange",
    "Contender",
    "Contest",
    "Deed",
    "DeedId",
    "EntryDetail",
    "EntryWire",
    "FirstBad",
    "Journal",
    "LogName",
    "Outcome",
    "Position",
    "RowChange",
    "SealName",
    "Segment",
    "Signer",
    "Site",
    "Station",
    "Stood",
    "StoredLog",
    "Stretch",
    "Taken",
    "Taking",
    "Unit",
    "Vector",
    "Verdict",
    "Written",
    "chain",
    "count_contests",
    "deed_named",
    "deeds_done",
    "has_reached",
    "held_among",
    "index_mentions",
    "is_behind",
    "lacking",
    "open_contests",
    "rebuild_mentions",
    "rows_in",
    "segments_of",
    "shown_for",
    "stand",
    "tells_only_of",
    "vector_of",
    "written_by",
]
