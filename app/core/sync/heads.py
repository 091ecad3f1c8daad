"""What a station signs for the ends of its logs; relays pass it on, so that nobody writes in another's name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

import msgspec

from app.core.base.clock import to_microseconds
from app.core.journal import LogName, Position
from app.core.keys import LogHead, Signer, fingerprint, read_unverified, sign_document
from app.core.storage.tables import Scope

HEADS = "log-heads-v1"


class HeadsPaper(msgspec.Struct, frozen=True, kw_only=True):
    """How far some logs of one station go."""

    version: int = 1
    station: Annotated[bytes, msgspec.Meta(max_length=32)] = b""
    """Whose logs, where the signer's key took that station's place; empty: the signer's own."""
    heads: Annotated[tuple[LogHead, ...], msgspec.Meta(max_length=10_000)]
    made_at: int


def sign_heads(
    positions: Iterable[Position], signer: Signer, now: datetime, station: bytes = b""
) -> bytes:
    """Return the word of a station for the ends of its own logs, or of those of its former key."""
    heads = tuple(
        LogHead(one.log.incarnation, one.log.scope.value, one.seq, one.head) for one in positions
    )
    paper = HeadsPaper(station=station, heads=heads, made_at=to_microseconds(now))
    return sign_document(HEADS, paper, signer)


def read_heads(untrusted: bytes) -> tuple[bytes, tuple[Position, ...]]:
    """Return the fingerprint of who signed, and for which ends. Raises PaperRefused.

    Whether the signer may speak for the station is the key ring's to say. Heads in what is no scope
    are left out.
    """
    paper, key = read_unverified(HEADS, HeadsPaper, untrusted)
    signer = fingerprint(key)
    station = paper.station or signer
    return signer, tuple(
        Position(log=LogName(station, head.incarnation, scope), seq=head.seq, head=head.hash)
        for head in paper.heads
        if (scope := Scope.of(head.scope)) is not None
    )
