"""Where figures come from: which other PCs and sites have records here, and as of when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.figures import moment
from app.core.base.words import _, plural
from app.core.journal import newest_of_others
from app.core.keys import KnownKeys
from app.core.sync.models import PeerRow
from app.core.sync.peers import clock_ahead
from app.core.sync.relations import Relations

STALE = timedelta(days=7)
"""After so long without a word of somebody, figures that count their records are remarked upon."""
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Another PC of this site, or another site, some of whose records are here."""

    name: str
    is_own_site: bool
    as_of: datetime
    """What it did later is not here."""

    @property
    def words(self) -> str:
        """Return the source with the time that it is known up to."""
        return _("{name} as of {time}").format(name=self.name, time=moment(self.as_of))


def sources_of(session: Session, keys: KnownKeys) -> tuple[Source, ...]:
    """Return the sources of the records here beside this PC, the oldest word first.

    A site is as old as the newest word of any of its PCs, which gives on what the others wrote. Of a
    PC that was never heard of itself (another brought its records) the newest entry tells. Nothing is
    younger than what could have brought it: a clock that was ahead once would else vouch for years.
    """
    newest = newest_of_others(session)
    if not newest:
        return ()
    relations = Relations.now(keys)
    words = _Words(session, relations, keys.site.clock.now())
    found: dict[object, Source] = {}
    for station, entry_made in newest.items():
        site = relations.sites.get(station, relations.own_site)
        label = relations.labels.get(station, station[:4].hex())
        is_own = site == relations.own_site
        source = Source(
            name=label if is_own else relations.site_labels.get(site, label),
            is_own_site=is_own,
            as_of=words.as_of(station, entry_made),
        )
        whose: object = station if is_own else site
        if whose not in found or found[whose].as_of < source.as_of:
            found[whose] = source
    return tuple(sorted(found.values(), key=lambda source: (source.as_of, source.name)))


class _Words:
    """What PCs last said of themselves, and when it was heard."""

    def __init__(self, session: Session, relations: Relations, now: datetime) -> None:
        self._said: dict[bytes, datetime] = {}
        self._heard: dict[UUID, datetime] = {}
        """When a site's PC was last heard of: others' records came no later."""
        self._relations = relations
        rows = session.execute(sa.select(PeerRow.station, PeerRow.said_at, PeerRow.heard_at))
        for station, said_at, heard_by_ours in rows:
            heard_at = min(heard_by_ours, now)  # this PC's own clock may have been ahead
            self._said[station] = min(said_at, heard_at)
            site = self._site(station)
            self._heard[site] = max(heard_at, self._heard.get(site, heard_at))

    def as_of(self, station: bytes, entry_made: datetime) -> datetime:
        """Return what a PC's records here are as old as."""
        own_word = self._said.get(station)
        sites = (self._site(station), self._relations.own_site)
        came_by = [self._heard[site] for site in sites if site in self._heard]
        if not came_by:  # nobody spoke yet of those who brought it
            return own_word or entry_made
        latest = max(came_by)
        if clock_ahead(latest, entry_made):
            return own_word or latest
        return max(own_word or entry_made, min(entry_made, latest))

    def _site(self, station: bytes) -> UUID:
        return self._relations.sites.get(station, self._relations.own_site)


def sources_in_words(sources: Sequence[Source]) -> str:
    """Return the oldest sources in one line; "" where all records are of this PC."""
    named = [source.words for source in sources[:_NAMED]]
    more = len(sources) - _NAMED
    if more > 0:
        named.append(plural("{count} more, newer", "{count} more, newer", more))
    return " · ".join(named)
