"""What leaves: every file and paper that the product hands out, written whole and noted as having left."""

from app.core.egress.errors import CannotSave, FileTaken
from app.core.egress.kinds import KINDS, FileKind
from app.core.egress.models import SavedFileRow
from app.core.egress.service import Document, Egress, Leaving, Outgoing, key_paper

__all__ = [
    "KINDS",
    "CannotSave",
    "Document",
    "Egress",
    "FileKind",
    "FileTaken",
    "Leaving",
    "Outgoing",
    "SavedFileRow",
    "key_paper",
]
