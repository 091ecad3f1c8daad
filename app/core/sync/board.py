"""How it stands with each peer: what it lacks, what is on its way, and how long nothing was heard."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import (
    Site,
    Vector,
    has_reached,
    lacking,
    newest_entry_about,
    stations_ahead,
    tells_only_of,
)
from app.core.keys import KnownKeys, fingerprint
from app.core.people import badges_taken
from app.core.sync.claims import RefusedClaims, unseen_claims
from app.core.sync.departure import NO_NEWS
from app.core.sync.inspections import inspections_of
from app.core.sync.laid import LaidFile, newest_laid
from app.core.sync.models import FileState, IncomingFileRow, PeerRow, TwinRow
from app.core.sync.one_way import OneWay
from app.core.sync.peers import Peer, clock_ahead, known_to_hold
from app.core.sync.receipts import keys_in
from app.core.sync.relations import Relations
from app.core.sync.sent_files import SentFile, SentRegister
from app.core.sync.stamps import Inspection

_LOSSES_TOLD = timedelta(days=366)
"""For so long a badge that was taken away is told of; a PC that was silent for longer is no news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerState:
    """How it stands with one peer."""

    peer: Peer
    lacks: int
    """Entries here that go to it and that it is not known to hold."""
    has_news: bool
    """Whether any of them tells of more than that a file was written."""
    may_send: bool
    on_the_way: int
    """Files for it that it has not acknowledged."""
    oldest_on_the_way: datetime | None
    last_sent: datetime | None
    heard_at: datetime | None
    """When this PC last took in a word of it."""
    one_way: OneWay | None
    """Where nothing comes back from it by file: its receipts come on paper."""
    as_of: datetime | None
    """Of when its newest word was: what is shown of it is as old as this. By its own clock, and never
    later than the word was heard: a clock that is ahead makes nothing younger."""
    clock_ahead: timedelta = timedelta()
    """How far its clock stood before this PC's when it spoke; zero where it hardly did."""
    unaware: int = 0
    """Revoked keys of which some PC of it has not said that it knows: it may take in files of theirs."""
    is_newer: bool = False
    """Whether things came of it that only a newer program than this one can show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """A file that was brought."""

    name: str
    sender: str
    number: int | None
    bundle_id: UUID | None
    """None for what could not be read."""
    state: FileState
    said: str
    applied: int
    repeated: int
    came_at: datetime
    inspections: tuple[Inspection, ...] = ()
    """What stamps beside it said: of whoever looked at it on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A log that went on in two ways."""

    station: str
    forked_at: int
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeLoss:
    """A badge that opens nothing here any more, and where that is not known yet."""

    name: str
    """Whose it was."""
    at: datetime
    unknown_at: tuple[str, ...]
    """PCs of the site that have not said that they know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The whole of it."""

    peers: tuple[PeerState, ...]
    sent: tuple[SentFile, ...]
    laid: tuple[LaidFile, ...]
    """What this PC laid in the shared folder, by its own list."""
    incoming: tuple[IncomingFile, ...]
    twins: tuple[Twin, ...]
    losses: tuple[BadgeLoss, ...]
    """Badges that still open something somewhere, the newest first."""
    claims: tuple[RefusedClaims, ...]
    """What PCs of other sites said that is not theirs to say, the newest first."""


def look(session: Session, relations: Relations, now: datetime, most: int = 100) -> Board:
    """Return how it stands; of files the newest `most`. The index of mentions must be up to date."""
    register = SentRegister(session, relations)
    ahead = stations_ahead(session.connection())
    holds = {peer.key: known_to_hold(session, peer) for peer in relations.peers}
    return Board(
        peers=tuple(
            replace(
                _peer_state(session, relations, peer, register),
                is_newer=not ahead.isdisjoint(peer.stations),
            )
            for peer in relations.peers
        ),
        sent=register.newest(most),
        laid=newest_laid(session, relations.this_station, most),
        incoming=tuple(_incoming(session, relations, most)),
        twins=tuple(_twins(session, relations)),
        losses=tuple(_losses(session, relations, holds, now - _LOSSES_TOLD)),
        claims=tuple(unseen_claims(session, relations)),
    )


def twins_of(site: Site, keys: KnownKeys) -> tuple[Twin, ...]:
    """Return the logs that went on in two ways, as far as nobody has seen to it."""
    with site.read() as session:
        return tuple(_twins(session, Relations.now(keys)))


def note_twins_seen(connection: sa.Connection, now: datetime) -> None:
    """Keep that an administrator knows of the twins found up to now; the next one alarms again."""
    unseen = sa.update(TwinRow).where(TwinRow.seen_at.is_(None))
    connection.execute(unseen.values(seen_at=now))


def _peer_state(
    session: Session, relations: Relations, peer: Peer, register: SentRegister
) -> PeerState:
    may_send = relations.policy.may_send_to(peer.site_id)
    known = register.holds[peer.key]
    stretches = lacking(session.connection(), [known], relations.policy.goes_to(peer.site_id))
    on_the_way = register.on_the_way(peer)
    spoken = sa.select(PeerRow.station, PeerRow.heard_at, PeerRow.said_at, PeerRow.knows_revoked)
    words = session.execute(spoken.where(PeerRow.station.in_(peer.stations))).all()
    return PeerState(
        peer=peer,
        lacks=sum(stretch.entries for stretch in stretches) if may_send else 0,
        has_news=may_send
        and not all(tells_only_of(session.connection(), stretch, NO_NEWS) for stretch in stretches),
        may_send=may_send,
        on_the_way=on_the_way.files,
        oldest_on_the_way=on_the_way.oldest,
        last_sent=register.last_sent(peer),
        heard_at=max((word.heard_at for word in words), default=None),
        one_way=register.one_ways.get(peer.key),
        as_of=max((min(word.heard_at, word.said_at) for word in words), default=None),
        clock_ahead=max(
            (clock_ahead(word.heard_at, word.said_at) for word in words), default=timedelta()
        ),
        unaware=max(
            (
                relations.revoked_unknown_to(word.station, keys_in(word.knows_revoked))
                for word in words
                if word.knows_revoked is not None
            ),
            default=0,
        ),
    )


def _incoming(session: Session, relations: Relations, most: int) -> Iterable[IncomingFile]:
    newest = sa.select(IncomingFileRow).order_by(IncomingFileRow.came_at.desc()).limit(most)
    rows = session.scalars(newest).all()
    inspections = inspections_of(session, [row.sha256 for row in rows])
    for row in rows:
        yield IncomingFile(
            name=row.name,
            sender=relations.labels.get(fingerprint(row.sender), "") if row.sender else "",
            number=row.number,
            bundle_id=row.bundle_id,
            state=row.state,
            said=row.said,
            applied=row.applied,
            repeated=row.repeated,
            came_at=row.came_at,
            inspections=inspections.get(row.sha256, ()),
        )


def _twins(session: Session, relations: Relations) -> Iterable[Twin]:
    for row in session.scalars(sa.select(TwinRow).where(TwinRow.seen_at.is_(None))):
        label = relations.labels.get(row.station, row.station[:4].hex())
        yield Twin(station=label, forked_at=row.forked_at, found_at=row.found_at)


def _losses(
    session: Session, relations: Relations, holds: dict[str, Vector], since: datetime
) -> Iterable[BadgeLoss]:
    """Yield the badges of which some PC of this site has not said that it knows they were taken away."""
    here = [peer for peer in relations.peers if peer.is_own_site]
    for taken in badges_taken(session, since) if here else ():
        position = newest_entry_about(session, taken.credential_id)
        if position is None:
            continue
        unknown = tuple(
            peer.label
            for peer in here
            if not has_reached(session.connection(), holds[peer.key], position)
        )
        if unknown:
            yield BadgeLoss(name=taken.name, at=taken.at, unknown_at=unknown)
