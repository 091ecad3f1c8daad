"""Remembers over a power cut that what follows from records which came is still to be done.

Records stand first; lists, certificates and whatever else follows from them come right after, in
transactions of their own. A note beside the copies of files says from where on that may be missing.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import msgspec

from app.core.base.errors import Cancelled
from app.core.journal import ChainBroken, Site, applied_so_far, rows_applied_since
from app.core.sync.refusals import BundleRefused

_NOTES = "unsettled-*"


class Unsettled:
    """The notes of one PC, in the folder of its copies: one for each time that files are taken in."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._site = site
        self._folder = folder

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Keep a note while files are taken in; it stays where what follows was not done.

        Of what came before a file was refused, or before somebody stopped it, all was told.
        """
        with self._site.read() as session:
            applied = applied_so_far(session.connection())
        self._folder.mkdir(parents=True, exist_ok=True)
        note = self._folder / f"{_NOTES[:-1]}{os.urandom(8).hex()}"
        with note.open("wb") as file:
            file.write(msgspec.msgpack.encode(applied))
            file.flush()
            os.fsync(file.fileno())
        try:
            yield
        except (BundleRefused, ChainBroken, Cancelled):
            note.unlink(missing_ok=True)
            raise
        note.unlink(missing_ok=True)

    def left(self) -> Iterator[Mapping[str, set[UUID]]]:
        """Yield the rows, by table, of which nobody may have heard; each note goes when that returns."""
        for note in sorted(self._folder.glob(_NOTES)):
            try:
                applied = msgspec.msgpack.decode(note.read_bytes(), type=dict[int, int])
            except msgspec.DecodeError:
                applied = {}  # written by half: all that ever came is told once more
            with self._site.read() as session:
                touched = rows_applied_since(session.connection(), applied)
            yield {**touched, "asset": set()}  # files come without entries
            note.unlink(missing_ok=True)
