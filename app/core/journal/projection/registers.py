"""What a column holds when it was edited in several places: pure, and the same in every order.

An edit supersedes the versions it saw, whatever the clocks say. What no edit superseded is live; one
live value is the ordinary case, several stand side by side until somebody decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from app.core.storage.columns import Wire

_LENGTH = 16

Versions = dict[str, bytes]
"""Of a row's columns, as `row_versions` has them."""


def pack_versions(versions: Mapping[str, bytes]) -> bytes:
    """Return the versions of a row's columns as they are kept in the row, always in one order."""
    return _IN_ORDER.encode(versions)


def unpack_versions(packed: bytes) -> Versions:
    """Return the versions of a row's columns; "" stands for every column not named."""
    return msgspec.msgpack.decode(packed, type=dict[str, bytes]) if packed else {}


def split_versions(joined: bytes) -> tuple[bytes, ...]:
    """Return the versions that follow one another. Raises ValueError for what are none."""
    if not joined or len(joined) % _LENGTH:
        raise ValueError("these are no versions")
    return tuple(joined[at : at + _LENGTH] for at in range(0, len(joined), _LENGTH))


def are_several(joined: bytes) -> bool:
    """Tell whether more than one version stands."""
    return len(joined) > _LENGTH


@dataclass(slots=True)
class Register:
    """One column of one row.

    `early` counts for each version how often an edit superseded it more than it came: a version
    that arrives after the edit of it is dead on arrival.
    """

    live: dict[bytes, Wire]
    bases: tuple[bytes, ...]
    """What inserted the row; the first of them stands in `live` for all."""
    regulated: bool = False
    early: dict[bytes, int] = field(default_factory=dict)

    def write(self, version: bytes, superseded: Iterable[bytes], value: Wire) -> None:
        """Take in one edit."""
        seen = set(superseded)
        if version in seen:  # the same entry wrote it before
            seen.discard(version)
            is_dead = self._take_back(version)
        else:
            is_dead = self._came(version)
        for one in seen:
            self._supersede(one)
        if not is_dead or not self.live:  # edits may supersede each other in a ring
            twin = self.live.get(version, value)
            self.live[version] = max(value, twin, key=msgspec.msgpack.encode)

    def insert_again(self, version: bytes, value: Wire) -> None:
        """Take in that another entry inserted the row too: both are one beginning."""
        first = self.bases[0]
        was_superseded = self.early.pop(version, 0) > 0
        if was_superseded and len(self.live) > 1:
            self.live.pop(first, None)
        if first in self.live and version < first:
            del self.live[first]
            self.live[version] = value
        self.bases = tuple(sorted({*self.bases, version}))

    @property
    def versions(self) -> bytes:
        """Return the live versions as the row keeps them."""
        return b"".join(sorted(self.live))

    @property
    def value(self) -> Wire:
        """Return what is shown: the newest, or in a regulated column what stood there first."""
        return self.live[min(self.live) if self.regulated else max(self.live)]

    def _take_back(self, version: bytes) -> bool:
        """Make room for a later edit of the same entry; tell whether the one before was dead."""
        if version in self.bases:
            version = self.bases[0]
        if version not in self.live:
            return True
        del self.live[version]
        return False

    def _came(self, version: bytes) -> bool:
        """Note that a version arrived; tell whether it was superseded before."""
        missed = self.early.get(version, 0)
        if missed > 1:
            self.early[version] = missed - 1
        else:
            self.early.pop(version, None)
        return missed > 0

    def _supersede(self, version: bytes) -> None:
        if version in self.bases:
            self.live.pop(self.bases[0], None)
        elif version in self.live:
            del self.live[version]
        else:
            self.early[version] = self.early.get(version, 0) + 1


_IN_ORDER = msgspec.msgpack.Encoder(order="deterministic")
