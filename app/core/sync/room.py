"""Who shares the folder: which PCs come there, and which of them are there now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Holdings, by_log
from app.core.sync.duties import Reader
from app.core.sync.listing import Listing, part_of
from app.core.sync.models import PeerRow
from app.core.sync.peers import Peer
from app.core.sync.positions import unpack
from app.core.sync.tallies import Hearing

AWAY_AFTER = timedelta(minutes=3)
"""A PC of which nothing is heard for so long is away: a tally is written anew every minute."""
_AWAY_WITHOUT_TALLY = timedelta(days=7)
"""A program of before keeps no tally: it speaks only when it has taken something in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The PCs of the site, by where they stand with the folder."""

    present: tuple[Reader, ...]
    """Those that are given what is new."""
    away: tuple[Reader, ...]
    """Those of which nothing was heard for a while, and those that never came here."""
    came: tuple[Reader, ...]
    """Those that have a part of the folder."""


def look_round(
    session: Session, peers: Collection[Peer], listing: Listing, hearing: Hearing, now: datetime
) -> Room:
    """Return who is there. Where nobody ever came, all are waited for: somebody has to be the first."""
    rows = {row.station: row for row in session.scalars(sa.select(PeerRow))}
    readers = [_reader(peer, rows, hearing) for peer in peers]
    came = [one for one in readers if part_of(listing.folder, one.station) in listing.parts]
    present = [one for one in came if _is_there(one, rows.get(one.station), hearing, now)]
    chosen = present if came else readers
    return Room(
        present=tuple(chosen),
        away=tuple(one for one in readers if one not in chosen),
        came=tuple(came),
    )


def _reader(peer: Peer, rows: dict[bytes, PeerRow], hearing: Hearing) -> Reader:
    station = peer.stations[0]
    row = rows.get(station)
    return Reader(
        peer=peer,
        holds=_holdings(row.holds) if row else {},
        gives=station in hearing.counting,
    )


@lru_cache(maxsize=128)
def _holdings(packed: bytes) -> Holdings:
    """Return what a PC holds, by log; most say the same from one round to the next."""
    return by_log(unpack(packed))


def _is_there(reader: Reader, row: PeerRow | None, hearing: Hearing, now: datetime) -> bool:
    if row is None:  # it has said nothing yet: what it lacks is known as soon as it does
        return False
    if reader.station in hearing.fresh:
        return True
    most = AWAY_AFTER if reader.gives else _AWAY_WITHOUT_TALLY
    return now - row.heard_at < most
