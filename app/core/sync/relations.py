"""Whom this site knows at this moment: keys that are believed, peers, and what goes to whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from app.core.journal import Site, StoredLog, Writer, note_writers
from app.core.keys import KeyKind, KeyRing, KnownKeys
from app.core.sync.peers import Peer, peers_of
from app.core.sync.policy import Policy


@dataclass(frozen=True)
class Relations:
    """One look at the keys."""

    ring: KeyRing
    own_site: UUID
    this_station: bytes

    @classmethod
    def now(
        cls, keys: KnownKeys, carried: Iterable[bytes] = (), revocations: Iterable[bytes] = ()
    ) -> "Relations":
        """Return the relations by the papers on record, and by those that a file carried."""
        return cls(keys.ring(carried, revocations), keys.site_id, keys.station.fingerprint)

    @cached_property
    def peers(self) -> tuple[Peer, ...]:
        """Return whom files are exchanged with."""
        return peers_of(self.ring, self.own_site, self.this_station)

    @cached_property
    def labels(self) -> dict[bytes, str]:
        """Return what every station that was ever believed is called."""
        return self.ring.names

    @cached_property
    def sites(self) -> dict[bytes, UUID]:
        """Return the site of every station that was ever believed."""
        return {
            paper.fingerprint: paper.site
            for paper, _lists in self.ring.certificates()
            if paper.kind is KeyKind.STATION
        }

    @cached_property
    def site_labels(self) -> dict[UUID, str]:
        """Return what every site that was ever believed is called."""
        return {
            paper.site: self.ring.names[paper.fingerprint]
            for paper, _lists in self.ring.certificates()
            if paper.kind is KeyKind.SITE
        }

    @cached_property
    def policy(self) -> Policy:
        """Return what goes to whom."""
        root = self.ring.organisation
        return Policy(
            own=self.own_site,
            headquarters=root.site if root else None,
            site_of={self.this_station: self.own_site, **self.sites}.get,
        )

    def revoked_unknown_to(self, station: bytes, known: Collection[bytes]) -> int:
        """Return how many revoked keys a station believes still, by those of which it said that it knows.

        Those of its site and of this one count: it has no business with the keys of others, and does not
        keep their papers. So the number of revocations in a manifest says nothing to another site.
        """
        concerned = {self.own_site, self.sites.get(station, self.own_site)}
        return sum(
            bool(lists) and paper.site in concerned and paper.fingerprint not in known
            for paper, lists in self.ring.certificates()
        )

    def note_writers(self, site: Site) -> None:
        """Note for whom each station may speak, before anything of theirs is put into the tables (ADR 74)."""
        over_all = self.ring.headquarters
        note_writers(
            site,
            (
                Writer(station, its_site.bytes, its_site in over_all)
                for station, its_site in {**self.sites, self.this_station: self.own_site}.items()
            ),
        )

    def can_sign_for(self, log: StoredLog) -> bool:
        """Tell whether a log can be given on with a proof: another's proof came with it.

        What was written in these records under another key (on another PC, before the folder was
        copied here, or on one that shares a server) only that key can sign for.
        """
        station = log.name.station
        return (
            not log.is_ours
            or station == self.this_station
            or self.ring.took_place_of(self.this_station, station)
        )

    @property
    def organisation(self) -> bytes:
        """Return the fingerprint of the root in force; 32 zero bytes while there is none."""
        root = self.ring.organisation
        return root.fingerprint if root else bytes(32)
