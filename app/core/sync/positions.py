"""Positions of logs, between the ledger's values and their form on the way (bundle.manifest)."""

from collections.abc import Iterable

import msgspec

from app.core.journal import LogName, Position, Vector
from app.core.storage.tables import Scope
from app.core.sync.bundle.manifest import LogRef
from app.core.sync.bundle.manifest import Position as PositionWire


def to_ref(log: LogName, branch: bytes = b"") -> LogRef:
    """Return how a log is named on the way."""
    return LogRef(log.station, log.incarnation, log.scope.value, branch)


def from_ref(ref: LogRef) -> LogName | None:
    """Return a log that was named on the way, one of a later version too; None where it has no name."""
    scope = Scope.of(ref.scope)
    return None if scope is None else LogName(ref.station, ref.incarnation, scope)


def to_wires(positions: Iterable[Position]) -> tuple[PositionWire, ...]:
    """Return positions as they travel."""
    return tuple(PositionWire(to_ref(p.log), p.seq, p.head) for p in positions)


def from_wires(wires: Iterable[PositionWire]) -> Vector:
    """Return positions that travelled; those of logs without a name are left out."""
    return tuple(
        Position(log=log, seq=wire.seq, head=wire.head)
        for wire in wires
        if (log := from_ref(wire.log)) is not None
    )


def pack(positions: Iterable[Position]) -> bytes:
    """Return positions as a row keeps them."""
    return msgspec.msgpack.encode(to_wires(positions))


def unpack(packed: bytes) -> Vector:
    """Return the positions that a row keeps."""
    return from_wires(msgspec.msgpack.decode(packed, type=tuple[PositionWire, ...]))
