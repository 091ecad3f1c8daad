"""Who is erased, kept in the key folder: a restored backup does not know it, and this PC does.

Ids alone, which say nothing by themselves. The file is not secret; it lies where no copy or backup of
the records takes it.
"""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from app.core.keys import KeyFolder

_NAME = "erased.json"


class ErasedOutside:
    """The list of one key folder."""

    def __init__(self, keys: KeyFolder) -> None:
        self._keys = keys

    def read(self) -> frozenset[UUID]:
        """Return who is erased; nobody where the list is lost: peers bring erasures, too."""
        content = self._keys.read_private(_NAME)
        if content is None:
            return frozenset()
        try:
            return frozenset(msgspec.json.decode(content, type=list[UUID]))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return frozenset()

    def add(self, people: Iterable[UUID]) -> None:
        """Keep more people; on disk when this returns."""
        known = self.read()
        wanted = known | set(people)
        if wanted != known:
            self._keys.write_private(_NAME, msgspec.json.encode(sorted(wanted)))
