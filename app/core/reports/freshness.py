"""How far the journal goes: whoever keeps a figure reads in it what has changed since.

Every change is a journal entry, whoever wrote it and from whichever PC; so the entries since the
last look say exactly whether a figure still holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal.changes import Change, decode_changes
from app.core.journal.ledger.logs import stored_logs
from app.core.journal.models import EntryRow, place_of

Heads = dict[int, int]
"""Number of the last entry of each log."""

MOST_BYTES = 64_000_000
"""Beyond this it is quicker to count anew than to read what has changed."""
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Look:
    """The journal as one snapshot shows it."""

    session: Session
    heads: Heads
    entries: int
    """How many there are in all, applied or waiting."""

    @classmethod
    def at(cls, session: Session) -> "Look":
        """Return how far the journal goes now, as far as it stands in the tables."""
        logs = stored_logs(session.connection())
        heads = {log.id: log.last if log.applied is None else log.applied for log in logs}
        return cls(session, heads, entries=sum(log.last - log.forked_at for log in logs))

    def entries_since(self, since: Heads) -> int:
        """Return how many entries came after an earlier look."""
        return sum(self.heads.values()) - sum(since.values())

    def changes(self, since: Heads, most: int = MOST_BYTES) -> Iterator[Change] | None:
        """Return what has changed since an earlier look; None where that cannot be told, or is too much.

        `most` is how many bytes of entries are read.
        """
        if set(since) - set(self.heads):
            return None
        newer = [
            EntryRow.place.between(place_of(log, since.get(log, 0) + 1), place_of(log, seq))
            for log, seq in self.heads.items()
            if seq != since.get(log, 0)
        ]
        if not newer:
            return iter(())
        length = sa.select(sa.func.sum(sa.func.length(EntryRow.body))).where(sa.or_(*newer))
        if (self.session.scalar(length) or 0) > most:
            return None
        bodies = sa.select(EntryRow.body).where(sa.or_(*newer))
        streamed = self.session.scalars(bodies.execution_options(yield_per=_AT_ONCE))
        return (change for body in streamed for change in decode_changes(body))
