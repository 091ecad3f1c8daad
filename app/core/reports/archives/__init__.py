"""Archives of a year: what was recorded in it, readable and provable without this program (ADR 66)."""

from app.core.reports.archives.errors import JournalBroken, NothingInYear
from app.core.reports.archives.kept import ALL_KEPT, KEPT, NOT_KEPT, Kept
from app.core.reports.archives.service import Archived, Archives, archived_in_words

__all__ = [
    "ALL_KEPT",
    "KEPT",
    "NOT_KEPT",
    "Archived",
    "Archives",
    "JournalBroken",
    "Kept",
    "NothingInYear",
    "archived_in_words",
]
