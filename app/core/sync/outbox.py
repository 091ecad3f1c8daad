"""Volumes that are to be written later, one at a time: what a PC remembers of them between its rounds."""

import os
from pathlib import Path

import msgspec

from app.core.storage.faults import told_plainly
from app.core.sync.loading import Outgoing

_NAME = "outgoing.volumes"


class Outbox:
    """Holds the volumes of one bundle."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing waits to be written."""
        return self.next() is None

    def next(self) -> Outgoing | None:
        """Return the bundle whose next volume is to be written."""
        try:
            outgoing = msgspec.msgpack.decode(self._path.read_bytes(), type=Outgoing)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return None if outgoing.is_done else outgoing

    def keep(self, outgoing: Outgoing) -> None:
        """Remember volumes."""
        half = self._folder / f"{_NAME}.{os.urandom(4).hex()}"
        with told_plainly():
            half.write_bytes(msgspec.msgpack.encode(outgoing))
            half.replace(self._path)

    def written(self, outgoing: Outgoing) -> None:
        """Remember that the next volume was written."""
        self.keep(msgspec.structs.replace(outgoing, written=outgoing.written + 1))

    def clear(self) -> None:
        """Forget what waits: the files are chosen anew."""
        self._path.unlink(missing_ok=True)

    @property
    def _path(self) -> Path:
        return self._folder / _NAME
