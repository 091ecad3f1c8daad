"""Whom this site exchanges files with, and what each is known to hold.

A peer is another PC of this site, or another site: which of its PCs takes a file in is its own
affair, and what one of them holds the others get from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.journal import Vector
from app.core.keys import KeyCertificate, KeyKind, KeyRing, fingerprint_words, meant_by
from app.core.sync.models import KeyAskedRow, PeerRow
from app.core.sync.positions import pack, unpack


class NoSuchPeer(UserFacingError):
    """Nobody of that name is known here."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Name some who are: whoever waits for a first file cannot see the list."""
        remedy = _(
            "Look at the list of peers, or pair it first. A PC that joined by a site file is known once a "
            "file of its own was taken in here."
        )
        if known:
            words = _("Known here: {names}.").format(names=", ".join(known[:_NAMED]))
            remedy = f"{words} {remedy}"
        super().__init__(
            _("No site or PC called “{name}” was paired with this site.").format(name=name),
            safe=_("Nothing was written."),
            remedy=remedy,
        )


class SeveralPeers(UserFacingError):
    """A name that several peers have."""

    def __init__(self, name: str, labels: Iterable[str]) -> None:
        super().__init__(
            _("Several are called “{name}”.").format(name=name),
            safe=_("Nothing was written."),
            remedy=_("Name the one that is meant: {names}.").format(names=", ".join(labels)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Somebody to exchange files with."""

    key: str
    """Names it for good: the site's id, or the station's fingerprint in hexadecimal."""
    label: str
    """What it is called, told apart from others of that name."""
    name: str
    """What it is called, and nothing else."""
    words: str
    """Eight words of its key."""
    site_id: UUID
    stations: tuple[bytes, ...]
    """Fingerprints of its PCs."""
    recipients: tuple[str, ...]
    """What to seal to, so that any of its PCs can read it."""
    is_own_site: bool


def peers_of(ring: KeyRing, own_site: UUID, this_station: bytes) -> tuple[Peer, ...]:
    """Return the peers by the keys that are believed, own PCs first, each by its label."""
    standing = _standing(ring)
    stations = [p for p in standing if p.kind is KeyKind.STATION and p.fingerprint != this_station]
    own = [_station_peer(paper, ring) for paper in stations if paper.site == own_site]
    sites = {paper.site: paper for paper in standing if paper.kind is KeyKind.SITE}
    sites.pop(own_site, None)
    others = [
        _site_peer(paper, ring, [one for one in stations if one.site == site])
        for site, paper in sites.items()
    ]
    return (*sorted(own, key=_by_label), *sorted(others, key=_by_label))


def _standing(ring: KeyRing) -> list[KeyCertificate]:
    """Return the keys that are used: neither revoked, nor replaced by a later one of the same owner."""
    pairs = list(ring.certificates())
    replaced = {
        former.fingerprint
        for former, _lists in pairs
        if any(ring.took_place_of(paper.fingerprint, former.fingerprint) for paper, _ in pairs)
    }
    return [p for p, revocations in pairs if not revocations and p.fingerprint not in replaced]


def peer_named(peers: Sequence[Peer], name: str) -> Peer:
    """Return the peer of a name, or by the first words of its key, or the key or its beginning.

    Raises NoSuchPeer, SeveralPeers.
    """
    found = meant_by(name, peers, lambda peer: peer.key, _LEAST_OF_A_KEY)
    if not found:
        raise NoSuchPeer(name, [peer.label for peer in peers])
    if len(found) > 1:
        raise SeveralPeers(name, [peer.label for peer in found])
    return found[0]


def known_to_hold(session: Session, peer: Peer) -> Vector:
    """Return all that a peer is known to hold, by the word of any of its PCs."""
    rows = session.scalars(sa.select(PeerRow.holds).where(PeerRow.station.in_(peer.stations)))
    return tuple({position for packed in rows for position in unpack(packed)})


def heard(
    session: Session,
    station: bytes,
    holds: Vector,
    *,
    lacks_assets: Iterable[bytes] = (),
    lacks_keys: Iterable[bytes] = (),
    knows_revoked: Iterable[bytes] | None = None,
    said_at: datetime,
    heard_at: datetime,
    number: int | None = None,
) -> None:
    """Keep what a station said of itself; an older word does not replace a newer one.

    Of two words of one moment both hold. A later word that names less replaces one that named more:
    the PC was restored from a backup, and is given again what it lost. A word said in days to come is
    that of a wrong clock, and bars no other: at worst something goes twice.
    """
    row = session.get(PeerRow, station)
    if row is None:
        row = PeerRow(station=station, holds=pack(()), lacks_assets=b"", last_number=0)
        session.add(row)
    if row.said_at == said_at:
        holds = tuple(dict.fromkeys((*unpack(row.holds), *holds)))
    is_newer = row.said_at is None or said_at >= row.said_at or row.said_at > heard_at + AHEAD
    if is_newer:
        row.holds, row.lacks_assets, row.said_at = pack(holds), b"".join(lacks_assets), said_at
        if knows_revoked is not None:
            row.knows_revoked = b"".join(sorted(knows_revoked))
    row.heard_at = heard_at
    row.last_number = max(row.last_number, number or 0)
    session.flush()
    if is_newer:
        _note_asked(session, station, lacks_keys)


def clock_ahead(heard_at: datetime, said_at: datetime) -> timedelta:
    """Return how far a clock stood before ours when it spoke; zero for what clocks differ by anyway."""
    ahead = said_at - heard_at
    return ahead if ahead > AHEAD else timedelta()


def _note_asked(session: Session, station: bytes, people: Iterable[bytes]) -> None:
    session.execute(sa.delete(KeyAskedRow).where(KeyAskedRow.station == station))
    asked = [{"station": station, "person_id": UUID(bytes=one)} for one in set(people)]
    if asked:
        session.execute(sa.insert(KeyAskedRow), asked)


def _station_peer(paper: KeyCertificate, ring: KeyRing) -> Peer:
    return Peer(
        key=paper.fingerprint.hex(),
        label=ring.names[paper.fingerprint],
        name=paper.label,
        words=fingerprint_words(paper.subject),
        site_id=paper.site,
        stations=(paper.fingerprint,),
        recipients=(paper.sealing,),
        is_own_site=True,
    )


def _site_peer(paper: KeyCertificate, ring: KeyRing, stations: Sequence[KeyCertificate]) -> Peer:
    sealing = [paper.sealing, *(station.sealing for station in stations)]
    return Peer(
        key=str(paper.site),
        label=ring.names[paper.fingerprint],
        name=paper.label,
        words=fingerprint_words(paper.subject),
        site_id=paper.site,
        stations=tuple(station.fingerprint for station in stations),
        recipients=tuple(dict.fromkeys(one for one in sealing if one)),
        is_own_site=False,
    )


def _by_label(peer: Peer) -> tuple[str, str]:
    return peer.label.casefold(), peer.key


_LEAST_OF_A_KEY = 4
_NAMED = 5
AHEAD = timedelta(days=1)
"""So far another PC's clock may go before ours."""
