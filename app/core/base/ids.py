"""Identifiers: UUID version 7 (RFC 9562 §5.7), so that keys sort by the time they were made."""

import os
import threading
import time
from uuid import UUID

_RANDOM_BITS = 74
_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """Return a fresh UUIDv7, strictly greater than every one made before in this process."""
    global _last  # noqa: PLW0603  one counter per process is the point
    fresh = (time.time_ns() // 1_000_000 << _RANDOM_BITS) | (
        int.from_bytes(os.urandom(10), "big") >> (80 - _RANDOM_BITS)
    )
    with _lock:
        _last = fresh = max(fresh, _last + 1)
    milliseconds, rest = fresh >> _RANDOM_BITS, fresh & ((1 << _RANDOM_BITS) - 1)
    high, low = rest >> 62, rest & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def parse_id(text: str) -> UUID | None:
    """Return the id written in `text`, or None when it is not one."""
    try:
        return UUID(text)
    except ValueError:
        return None
