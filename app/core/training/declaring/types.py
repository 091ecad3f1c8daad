"""What declaring takes and gives: frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDeclaration:
    """Something that somebody is to declare, or has declared."""

    requirement_id: UUID
    code: str
    title: str
    """In their own language, where there is one."""
    statement: str
    """The words that are declared, in their own language where there are any."""
    language: str
    """Code of the language of the words; "" where they are the site's own."""
    needs_signature: bool
    needs_witness: bool
    """Whether somebody has to read it to them, and to say so."""
    origin: str
    due_on: date | None
    late_after: date | None
    is_done: bool
    done_at: datetime | None
    valid_until: date | None
    """Last valid day of what they hold; None: for good, or nothing is held."""
    comes_first: tuple[str, ...] = ()
    """Titles of what has to be held before."""

    @property
    def text(self) -> str:
        """Return the words that are signed: what it is called, and what is declared."""
        return f"{self.code} · {self.title}\n{self.statement}"
