"""Figures that are kept until something they depend on changes, told by the journal itself.

Every change is a journal entry, whoever wrote it and from whichever PC; so the entries since the
last look say exactly whether a figure still holds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal.changes import Change, decode_changes
from app.core.journal.models import EntryRow, LogRow, log_and_seq

T = TypeVar("T")
Heads = dict[int, int]
"""Number of the last entry of each log."""

_MOST_ENTRIES = 500
_MOST_BYTES = 200_000
"""Beyond this it is quicker to count anew than to read what has changed."""


@dataclass(frozen=True, slots=True)
class Look:
    """The journal as one snapshot shows it: how far it goes, and what came after an earlier look."""

    session: Session
    heads: Heads
    _read: dict[tuple[tuple[int, int], ...], list[Change] | None] = field(default_factory=dict)

    @classmethod
    def at(cls, session: Session) -> "Look":
        """Return how far the journal goes now."""
        last = sa.select(sa.func.max(EntryRow.place)).where(EntryRow.entries_of(LogRow.id))
        rows = session.execute(sa.select(LogRow.id, last.scalar_subquery()))
        return cls(session, {log: log_and_seq(place or 0)[1] for log, place in rows})

    @property
    def entries(self) -> int:
        """Return how many entries there are: a log has no gaps."""
        return sum(self.heads.values())

    def touched(self, since: Heads, matters: Callable[[Change], bool]) -> bool:
        """Tell whether anything that matters has changed since an earlier look."""
        if since == self.heads:
            return False
        key = tuple(sorted(since.items()))
        if key not in self._read:
            self._read[key] = self._changes(since)
        changes = self._read[key]
        return changes is None or any(map(matters, changes))

    def _changes(self, since: Heads) -> list[Change] | None:
        """Return what has changed since an earlier look; None when it is too much to read."""
        if set(since) - set(self.heads) or self.entries - sum(since.values()) > _MOST_ENTRIES:
            return None
        newer = sa.or_(
            *(
                EntryRow.entries_of(log, after=since.get(log, 0))
                for log, seq in self.heads.items()
                if seq != since.get(log, 0)
            )
        )
        length = sa.select(sa.func.sum(sa.func.length(EntryRow.body))).where(newer)
        if (self.session.scalar(length) or 0) > _MOST_BYTES:
            return None
        bodies = self.session.scalars(sa.select(EntryRow.body).where(newer))
        return [change for body in bodies for change in decode_changes(body)]


class Kept(Generic[T]):
    """One figure, with how far the journal went when it last held."""

    def __init__(self, matters: Callable[[Change], bool]) -> None:
        self._matters = matters
        self._since: Heads = {}
        self._value: T | None = None

    def value(self, look: Look, count: Callable[[], T]) -> T:
        """Return the figure, counted anew only if something that matters has changed."""
        if self._value is None or look.touched(self._since, self._matters):
            self._value = count()
        self._since = look.heads
        return self._value
