"""The journal: an append-only, hash-chained record of every change (architecture, The one idea)."""

from app.core.journal.deeds import Deed, DeedId, Written, deed_named, deeds_done, written_by
from app.core.journal.entries import LogName
from app.core.journal.ledger import (
    Position,
    Taken,
    entries_beyond,
    hash_at,
    is_held,
    position_of,
    stored_logs,
)
from app.core.journal.seals import SealName, Signer
from app.core.journal.service import ColumnChange, EntryDetail, Journal, RowChange
from app.core.journal.site import Site, Station
from app.core.journal.unit import Unit
from app.core.journal.verify import FirstBad, Verdict, verify_journal

__all__ = [
    "ColumnChange",
    "Deed",
    "DeedId",
    "EntryDetail",
    "FirstBad",
    "Journal",
    "LogName",
    "Position",
    "RowChange",
    "SealName",
    "Signer",
    "Site",
    "Station",
    "Taken",
    "Unit",
    "Verdict",
    "Written",
    "deed_named",
    "deeds_done",
    "entries_beyond",
    "hash_at",
    "is_held",
    "position_of",
    "stored_logs",
    "verify_journal",
    "written_by",
]
