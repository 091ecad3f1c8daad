"""A paper of somebody as it is shown, and as it is given."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from app.core.base.words import _
from app.core.people.papers.kinds import PAPER_KINDS, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPaper:
    """A file that is to be kept of somebody."""

    kind: PaperKind
    file: Path
    title: str = ""
    """Which of its kind; one of the same kind and title takes the place of the one before."""
    dated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPaper:
    """A paper of somebody, without the file itself."""

    id: UUID
    kind: PaperKind
    title: str
    file_name: str
    media_type: str
    """"" where it was taken out, or its person was erased."""
    size: int
    """In bytes; 0 as above."""
    sha256: str
    """Of the file; "" as above."""
    dated_on: date | None
    at: datetime
    by_name: str
    """Who put it there, or took it out."""
    stands: bool
    """Whether it is the last of its kind and title, and a file."""

    @property
    def called(self) -> str:
        """Return its kind, with its title where it has one."""
        kind = _(PAPER_KINDS[self.kind])
        return f"{kind}: {self.title}" if self.title else kind
