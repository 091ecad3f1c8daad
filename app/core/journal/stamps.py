"""Hybrid logical clock stamps: 48 bits of milliseconds and 16 of counter, strictly rising in a log.

After Kulkarni et al., "Logical Physical Clocks" (2014). A stamp orders edits whatever the PCs'
clocks say; the wall time is kept beside it and is only ever shown.
"""

from datetime import datetime

from app.core.base.clock import to_microseconds

_COUNTER_BITS = 16


def stamp_after(last: int, now: datetime) -> int:
    """Return the stamp for an entry made `now`, after one stamped `last` (0: there is none)."""
    return max(last + 1, (to_microseconds(now) // 1000) << _COUNTER_BITS)


def stamp_milliseconds(stamp: int) -> int:
    """Return the milliseconds since 1970 of a stamp."""
    return stamp >> _COUNTER_BITS


def version_of(stamp: int, station: bytes) -> bytes:
    """Return the 16-byte version an entry gives to what it writes: stamp, then station.

    Comparing versions as bytes orders them by stamp and breaks ties by station.
    """
    return stamp.to_bytes(8, "big") + station[:8]
