"""Wrong tries at sign-in, kept in the key folder too: records that are rolled back do not refill them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from app.core.base.clock import from_microseconds, to_microseconds
from app.core.keys.folder import KeyFolder
from app.core.storage.faults import told_plainly
from app.core.storage.locks import FileLock

_NAME = "tries.json"
_LOCK, _TURN = "tries.lock", "tries-turn.lock"
_MOST = 1000
"""Names that are remembered, the latest: whoever types names of nobody does not fill the disk."""


class Tries(NamedTuple):
    """Wrong tries under one name."""

    failures: int
    last_at: datetime


class KeptTries:
    """The tries that one PC remembers of a site. A file that cannot be read is as good as none."""

    def __init__(self, keys: KeyFolder) -> None:
        self._keys = keys

    def of(self, name: UUID) -> Tries | None:
        """Return the wrong tries that stand under a name."""
        found = self._read().get(name.hex)
        return None if found is None else Tries(found[0], from_microseconds(found[1]))

    def keep(self, name: UUID, tries: Tries) -> None:
        """Remember tries, on disk when this returns."""
        with self._alone():
            known = self._read()
            known.pop(name.hex, None)
            known[name.hex] = (tries.failures, to_microseconds(tries.last_at))
            self._write(dict(list(known.items())[-_MOST:]))

    def forget(self, name: UUID) -> None:
        """Let the tries under a name stand no longer."""
        if name.hex not in self._read():
            return
        with self._alone():
            known = self._read()
            known.pop(name.hex, None)
            self._write(known)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until no other program on this PC is at a try."""
        with told_plainly(), FileLock(self._keys.path / _TURN, for_all=False) as lock:
            lock.take(wait=True)
            yield

    def _read(self) -> dict[str, tuple[int, int]]:
        content = self._keys.read_private(_NAME)
        try:
            return msgspec.json.decode(content or b"{}", type=dict[str, tuple[int, int]])
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return {}

    def _write(self, known: dict[str, tuple[int, int]]) -> None:
        self._keys.write_private(_NAME, msgspec.json.encode(known))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with told_plainly(), FileLock(self._keys.path / _LOCK, for_all=False) as lock:
            lock.take(wait=True)
            yield
