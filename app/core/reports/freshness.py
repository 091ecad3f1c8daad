"""Figures that are kept until something they depend on changes, told by the journal itself.

Every change is a journal entry, whoever wrote it and from whichever PC; so the entries since the
last look say exactly whether a figure still holds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal.changes import Change, decode_changes
from app.core.journal.ledger.logs import stored_logs
from app.core.journal.models import EntryRow, place_of
from app.core.reports.stretches import Stretch, Stretches
from app.core.reports.tidings import Touched, people_of

T = TypeVar("T")
U = TypeVar("U")
Heads = dict[int, int]
"""Number of the last entry of each log."""

_MOST_ENTRIES = 20_000
_MOST_BYTES = 4_000_000
"""Beyond this it is quicker to count anew than to read what has changed."""


@dataclass(frozen=True, slots=True)
class Look:
    """The journal as one snapshot shows it: how far it goes, and what came after an earlier look."""

    session: Session
    heads: Heads
    entries: int
    """How many there are in all, applied or waiting."""
    _read: dict[tuple[tuple[int, int], ...], list[Change] | None] = field(default_factory=dict)

    @classmethod
    def at(cls, session: Session) -> "Look":
        """Return how far the journal goes now, as far as it stands in the tables."""
        logs = stored_logs(session.connection())
        heads = {log.id: log.last if log.applied is None else log.applied for log in logs}
        return cls(session, heads, entries=sum(log.last - log.forked_at for log in logs))

    def touched(self, since: Heads, matters: Callable[[Change], bool]) -> bool:
        """Tell whether anything that matters has changed since an earlier look."""
        changes = self.changes(since)
        return changes is None or any(map(matters, changes))

    def changes(self, since: Heads) -> list[Change] | None:
        """Return what has changed since an earlier look; None when it is too much to read."""
        if since == self.heads:
            return []
        key = tuple(sorted(since.items()))
        if key not in self._read:
            self._read[key] = self._changes(since)
        return self._read[key]

    def _changes(self, since: Heads) -> list[Change] | None:
        if (
            set(since) - set(self.heads)
            or sum(self.heads.values()) - sum(since.values()) > _MOST_ENTRIES
        ):
            return None
        newer = sa.or_(
            *(
                EntryRow.place.between(place_of(log, since.get(log, 0) + 1), place_of(log, seq))
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


class KeptOfPeople(Generic[T, U]):
    """A figure of all people that is a sum over stretches of them: whose change it is, has theirs counted."""

    def __init__(
        self, matters: Callable[[Change], bool], summed: Callable[[Sequence[T]], U]
    ) -> None:
        self._matters = matters
        self._summed = summed
        self._since: Heads = {}
        self._stretches = Stretches()
        self._parts: list[T] = []
        self._sum: U | None = None

    def value(self, look: Look, count: Callable[[Stretch], T]) -> U:
        """Return the sum; of each stretch that somebody concerned is in, `count` is asked anew."""
        touched: Touched = None
        if self._sum is not None:
            touched = people_of(look.session, look.changes(self._since), self._matters)
        if touched is None:
            self._stretches = Stretches.of(look.session)
            self._parts = [count(one) for one in self._stretches]
        else:
            stretches = tuple(self._stretches)
            for place in self._stretches.with_people(touched):
                self._parts[place] = count(stretches[place])
        if self._sum is None or touched is None or touched:
            self._sum = self._summed(self._parts)
        self._since = look.heads
        return self._sum


class KeptSetOfPeople:
    """Some of the people: of each whose change it is, whether they are among them is asked anew."""

    def __init__(self, matters: Callable[[Change], bool]) -> None:
        self._matters = matters
        self._since: Heads = {}
        self._people: set[UUID] | None = None

    def value(self, look: Look, among: Callable[[Touched], Iterable[UUID]]) -> set[UUID]:
        """Return the people; `among` tells who of some people, or of all, belongs to them."""
        touched: Touched = None
        if self._people is not None:
            touched = people_of(look.session, look.changes(self._since), self._matters)
        if self._people is None or touched is None:
            self._people = set(among(None))
        elif touched:
            self._people = (self._people - touched).union(among(touched))
        self._since = look.heads
        return self._people
