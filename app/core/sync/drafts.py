"""What a sync file is going to carry: entries that its readers lack, their proof, and keys."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.clock import to_microseconds
from app.core.base.ids import new_id
from app.core.content import AssetStore
from app.core.journal import (
    LogName,
    Position,
    Stretch,
    Vector,
    critical_kinds,
    held_among,
    lacking,
    vector_of,
)
from app.core.keys import KnownKeys
from app.core.sync.bundle.manifest import NO_BUNDLE, Manifest
from app.core.sync.heads import sign_heads
from app.core.sync.materials import told_to_lack
from app.core.sync.models import SentFileRow, SignedHeadRow
from app.core.sync.peers import Peer, known_to_hold
from app.core.sync.people_keys import people_asked_for, told_to_lack_keys
from app.core.sync.policy import SitesApart
from app.core.sync.positions import to_wires
from app.core.sync.relations import Relations

RECORDS = "records"
"""Kind of a bundle in the register of what left."""
ALL_PCS = "pcs"
"""Stands for every other PC of this site, where a file is for all of them."""
SEVERAL = "several"
"""Stands for several sites, where a parcel is for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sync file before it is written."""

    destination: str
    """The peer's key, ALL_PCS or SEVERAL."""
    peers: tuple[Peer, ...]
    stretches: tuple[Stretch, ...]
    asked: frozenset[bytes]
    """People whose keys its readers asked for."""
    unsigned: int
    """Entries that its readers lack, and that nobody here can sign for: they stay behind."""
    outline: Manifest
    begun_at: datetime

    @property
    def entries(self) -> int:
        """Return how many entries it carries."""
        return sum(stretch.entries for stretch in self.stretches)

    @property
    def bundle_id(self) -> UUID:
        """Return its id."""
        return UUID(bytes=self.outline.bundle_id)


def what_lacks(
    session: Session, relations: Relations, peers: Sequence[Peer]
) -> tuple[Stretch, ...]:
    """Return the entries that go to `peers` and that not all of them are known to hold.

    What nobody here can sign for is left out. Raises SitesApart. `peers` are PCs of this site, or
    one other site.
    """
    stretches = all_they_lack(session, relations, peers)
    return tuple(stretch for stretch in stretches if relations.can_sign_for(stretch.log))


def all_they_lack(
    session: Session, relations: Relations, peers: Sequence[Peer]
) -> tuple[Stretch, ...]:
    """Return as `what_lacks` does, with what nobody here can sign for. Raises SitesApart."""
    site = peers[0].site_id
    if not relations.policy.may_send_to(site):
        raise SitesApart(peers[0].label)
    readers = [known_to_hold(session, peer) for peer in peers]
    return lacking(session.connection(), readers, relations.policy.goes_to(site))


def draft_for(
    session: Session,
    keys: KnownKeys,
    peers: Sequence[Peer],
    now: datetime,
    assets: AssetStore,
    stretches: tuple[Stretch, ...] | None = None,
    bundle_id: UUID | None = None,
    *,
    is_short: bool = False,
    is_parcel: bool = False,
) -> Draft:
    """Return what a file for `peers` is going to carry: `stretches`, or all that they lack.

    Its id is `bundle_id`, or a new one. One that `is_short` brings of the keys on record only those
    without which it would not be believed. A parcel has no stretches and may be for several sites: it
    brings nobody's key, and says nothing of what is held here, which is for each site another thing.
    Raises SitesApart.
    """
    relations = Relations.now(keys)
    lacked = all_they_lack(session, relations, peers) if stretches is None else stretches
    stretches = tuple(one for one in lacked if relations.can_sign_for(one.log))
    destination = _destination(peers)
    number, before = _last_sent(session, keys.station.fingerprint, destination)
    signers = {keys.station.fingerprint, *(one.log.name.station for one in stretches)}
    certificates, revocations = keys.papers_about(signers) if is_short else keys.papers()
    heads = tuple(_proofs(session, keys, relations, stretches, now))
    outline = Manifest(
        bundle_id=(bundle_id or new_id()).bytes,
        organisation=relations.organisation,
        sender=keys.station.public_key,
        recipients=(),
        number=number + 1,
        previous_bundle=before,
        revocation_version=relations.ring.revocation_version,
        papers=(*certificates, *revocations, *heads),
        made_at=to_microseconds(keys.site.moment()),
    )
    if not is_parcel:
        outline = _with_own_word(session, outline, relations, peers, assets)
    return Draft(
        destination=destination,
        peers=tuple(peers),
        stretches=stretches,
        asked=frozenset() if is_parcel else frozenset(people_asked_for(session, peers)),
        unsigned=sum(one.entries for one in lacked) - sum(one.entries for one in stretches),
        outline=outline,
        begun_at=now,
    )


def _destination(peers: Sequence[Peer]) -> str:
    if len(peers) == 1:
        return peers[0].key
    return ALL_PCS if all(peer.is_own_site for peer in peers) else SEVERAL


def _with_own_word(
    session: Session,
    outline: Manifest,
    relations: Relations,
    peers: Sequence[Peer],
    assets: AssetStore,
) -> Manifest:
    """Return a manifest with what this PC says of itself: what it holds, and what it lacks."""
    goes = relations.policy.goes_to(peers[0].site_id)
    return msgspec.structs.replace(
        outline,
        vector=to_wires(told_to(session, peers, goes)),
        lacks_assets=told_to_lack(session, assets),
        lacks_keys=told_to_lack_keys(session),
        critical=critical_kinds(session.connection()),
    )


def told_to(session: Session, peers: Sequence[Peer], goes: Callable[[LogName], bool]) -> Vector:
    """Return what this PC tells peers that it holds: its own ends, and those of theirs it has reached."""
    connection = session.connection()
    theirs = {position for peer in peers for position in known_to_hold(session, peer)}
    both = (*vector_of(connection), *held_among(connection, theirs))
    return tuple(position for position in dict.fromkeys(both) if goes(position.log))


def _proofs(
    session: Session,
    keys: KnownKeys,
    relations: Relations,
    stretches: Sequence[Stretch],
    now: datetime,
) -> Iterator[bytes]:
    """Yield what each log's own station signed for its end: ours now, others' as they came.

    For what was written here under a former key the key that took its place signs.
    """
    own = relations.this_station
    ours: dict[bytes, list[Position]] = {}
    for stretch in stretches:
        end = stretch.end
        station = end.log.station
        if station == own or stretch.log.is_ours:
            ours.setdefault(station, []).append(end)
        else:
            yield from session.scalars(
                sa.select(SignedHeadRow.document).where(
                    SignedHeadRow.station == station,
                    SignedHeadRow.incarnation == end.log.incarnation,
                    SignedHeadRow.scope == end.log.scope,
                    SignedHeadRow.seq == end.seq,
                    SignedHeadRow.head == end.head,
                )
            )
    for station, ends in ours.items():
        yield sign_heads(ends, keys.station, now, b"" if station == own else station)


def _last_sent(session: Session, station: bytes, destination: str) -> tuple[int, bytes]:
    """Return the number and the hash of the last file that went to a destination from this PC."""
    newest = (
        sa.select(SentFileRow.number, SentFileRow.sha256)
        .where(
            SentFileRow.station == station,
            SentFileRow.destination == destination,
            SentFileRow.kind == RECORDS,
        )
        .order_by(SentFileRow.number.desc())
        .limit(1)
    )
    row = session.execute(newest).first()
    return (row.number, bytes.fromhex(row.sha256)) if row else (0, NO_BUNDLE)
