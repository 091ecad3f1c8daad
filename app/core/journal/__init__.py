"""The journal: an append-only, hash-chained record of every change (architecture, The one idea)."""

from app.core.journal.deeds import Deed, DeedId, Written, deed_named, deeds_done, written_by
from app.core.journal.entries import LogName
from app.core.journal.projection.aliases import shown_for
from app.core.journal.seals import SealName, Signer
from app.core.journal.service import ColumnChange, EntryDetail, Journal, RowChange
from app.core.journal.site import Site, Station
from app.core.journal.unit import Unit
from app.core.journal.verify import FirstBad, Verdict

__all__ = [
    "ColumnChange",
    "Deed",
    "DeedId",
    "EntryDetail",
    "FirstBad",
    "Journal",
    "LogName",
    "RowChange",
    "SealName",
    "Signer",
    "Site",
    "Station",
    "Unit",
    "Verdict",
    "Written",
    "deed_named",
    "deeds_done",
    "shown_for",
    "written_by",
]
