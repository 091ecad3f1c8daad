"""Putting into the tables what is stored and proved, and telling whoever keeps what follows from it."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from app.core.journal import Site, Stood, is_behind, is_to_make_up, make_up, stand
from app.core.keys import KnownKeys
from app.core.sync.imported import Imported
from app.core.sync.relations import Relations

Settle = Callable[[Mapping[str, set[UUID]]], None]
"""Is told which rows of which tables came or changed, to bring up to date what is derived from them."""


class Applying:
    """Does it for one PC."""

    def __init__(self, site: Site, keys: KnownKeys, settle: Settle) -> None:
        self._site = site
        self._keys = keys
        self.settle = settle

    @property
    def is_behind(self) -> bool:
        """Tell whether something is stored that does not stand in the tables, or not wholly."""
        with self._site.read() as session:
            connection = session.connection()
            return is_behind(connection) or is_to_make_up(connection)

    def stand(self, outcome: Imported) -> int:
        """Put into the tables what is stored and proved; return how many entries that are."""
        before, is_more = outcome.applied, True
        while is_more:
            with self._site.database.write() as connection:
                stood = stand(connection)
            outcome.waiting = stood.waiting
            self.tell(outcome, stood)
            # what an older program left out may be what entries wait for, or wait for what has come now
            is_more = stood.is_more or make_up(self._site, partial(self.tell, outcome))
        return outcome.applied - before

    def tell(self, outcome: Imported, stood: Stood) -> None:
        """Count what stands in the tables now; tell who keeps what is derived from them."""
        outcome.applied += stood.applied
        outcome.clashes += len(stood.clashes)
        labels = Relations.now(self._keys).labels if stood.in_part else {}
        for station, entries in stood.in_part.items():
            outcome.newer[labels.get(station, station[:4].hex())] += entries
        if stood.touched:
            self.settle(stood.touched)
            self._site.announce(frozenset(stood.touched))
