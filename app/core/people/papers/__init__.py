"""Papers that are kept of somebody: their CV, degrees, appointment letter; sealed and erased with the person."""

from app.core.people.papers.errors import NoFileChosen, PaperRefused
from app.core.people.papers.kinds import MOST_BYTES, PAPER_KINDS, PaperKind
from app.core.people.papers.reading import papers_of
from app.core.people.papers.service import PersonPapers
from app.core.people.papers.types import NewPaper, PersonPaper

__all__ = [
    "MOST_BYTES",
    "PAPER_KINDS",
    "NewPaper",
    "NoFileChosen",
    "PaperKind",
    "PaperRefused",
    "PersonPaper",
    "PersonPapers",
    "papers_of",
]
