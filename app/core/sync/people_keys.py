"""Keys of people in sync files: for exactly those of whom the file's entries speak, or whom a reader asks for."""

from collections.abc import Collection, Iterable, Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import PersonKey, keys_of, wanted_keys
from app.core.sync.limits import MOST_PEOPLE_WANTED, PERSON_BYTES, PERSON_KEY_BYTES
from app.core.sync.models import KeyAskedRow
from app.core.sync.peers import Peer


def told_to_lack_keys(session: Session) -> bytes:
    """Return what this PC tells others: of whom it has entries that it cannot read."""
    return b"".join(wanted_keys(session.connection())[:MOST_PEOPLE_WANTED])


def people_asked_for(session: Session, peers: Sequence[Peer]) -> set[bytes]:
    """Return whose keys any of some peers said that it lacks."""
    stations = [station for peer in peers for station in peer.stations]
    asked = sa.select(KeyAskedRow.person_id).where(KeyAskedRow.station.in_(stations))
    return {person.bytes for person in session.scalars(asked)}


def pack_keys(session: Session, people: Collection[bytes]) -> bytes:
    """Return the keys of some people, as far as they are here, as a manifest has them."""
    return b"".join(one.person + one.key for one in keys_of(session.connection(), people))


def unpack_keys(untrusted: bytes) -> Iterator[PersonKey]:
    """Yield the keys that a manifest has; of a broken end nothing."""
    for piece in _pieces(untrusted, PERSON_KEY_BYTES):
        yield PersonKey(piece[:PERSON_BYTES], piece[PERSON_BYTES:])


def unpack_people(untrusted: bytes) -> Iterable[bytes]:
    """Yield the people whose keys somebody lacks."""
    return _pieces(untrusted, PERSON_BYTES)


def _pieces(joined: bytes, length: int) -> Iterator[bytes]:
    for start in range(0, len(joined) - length + 1, length):
        yield joined[start : start + length]
