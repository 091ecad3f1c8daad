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
    """How far the signer's logs go."""

    version: int = 1
    heads: Annotated[tuple[LogHead, ...], msgspec.Meta(max_length=10_000)]
    made_at: int


def sign_heads(positions: Iterable[Position], signer: Signer, now: datetime) -> bytes:
    """Return the station's word for the ends of its own logs."""
    heads = tuple(
        LogHead(one.log.incarnation, one.log.scope.value, one.seq, one.head) for one in positions
    )
    return sign_document(HEADS, HeadsPaper(heads=heads, made_at=to_microseconds(now)), signer)


def read_heads(untrusted: bytes) -> tuple[Position, ...]:
    """Return what a station signed for; its logs are those of the key that signed. Raises PaperRefused.

    Heads in a scope that this version does not know are left out.
    """
    paper, key = read_unverified(HEADS, HeadsPaper, untrusted)
    station = fingerprint(key)
    return tuple(
        Position(
            log=LogName(station, head.incarnation, Scope(head.scope)), seq=head.seq, head=head.hash
        )
        for head in paper.heads
        if head.scope in set(Scope)
    )
