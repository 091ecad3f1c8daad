"""What leaves: every file and paper that the product hands out, written whole and noted as having left."""

from app.core.egress.errors import CannotSave, FileTaken
from app.core.egress.kinds import KINDS, FileKind
from app.core.egress.lost import LineOfBefore, bring_over, note_gap, saved_lines
from app.core.egress.models import RegisterGapRow, SavedFileRow
from app.core.egress.service import Document, Egress, Leaving, Outgoing, key_paper

__all__ = [
    "KINDS",
    "CannotSave",
    "Document",
    "Egress",
    "FileKind",
    "FileTaken",
    "Leaving",
    "LineOfBefore",
    "Outgoing",
    "RegisterGapRow",
    "SavedFileRow",
    "bring_over",
    "key_paper",
    "note_gap",
    "saved_lines",
]
