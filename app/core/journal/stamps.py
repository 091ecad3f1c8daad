"""Hybrid logical clock stamps: 48 bits of milliseconds and 16 below, strictly rising in a log.

After Kulkarni et al., "Logical Physical Clocks" (2014). A stamp orders edits whatever the PCs'
clocks say; the wall time is kept beside it and is only ever shown.

The low bits are drawn rather than counted. Two copies of a PC have one name until they notice, and a
version is a stamp and a name: what both write at one moment, or after one entry with their clocks
behind, would bear one version, and an edit of the one would supersede the other's too.
"""

import os
from datetime import datetime, timedelta

from app.core.base.clock import to_microseconds

_LOW_BITS = 16
_BELIEVED = timedelta(days=1)


def stamp_after(last: int, now: datetime) -> int:
    """Return a stamp for an entry made `now`, after one stamped `last` (0: there is none)."""
    return max(last + 1, (to_microseconds(now) // 1000) << _LOW_BITS) + _drawn()


def latest_believed(now: datetime) -> int:
    """Return the latest stamp of others that ours have to follow.

    One that is more than a day ahead is a wrong clock: its entry is kept, but does not drag ours.
    """
    return (to_microseconds(now + _BELIEVED) // 1000) << _LOW_BITS


def stamp_milliseconds(stamp: int) -> int:
    """Return the milliseconds since 1970 of a stamp."""
    return stamp >> _LOW_BITS


def version_of(stamp: int, station: bytes) -> bytes:
    """Return the 16-byte version an entry gives to what it writes: stamp, then station.

    Comparing versions as bytes orders them by stamp and breaks ties by station.
    """
    return stamp.to_bytes(8, "big") + station[:8]


def _drawn() -> int:
    """Return less than half a millisecond; by the system, for a copied PC may go on from a copied state."""
    return int.from_bytes(os.urandom(2), "big") >> 1
